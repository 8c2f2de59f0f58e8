"""A workbook as a section describes it: sheets of cells, formulas beside their values, names.

Pure, and no file format: a section's ``workbook(content)`` returns a ``Workbook``, and whoever
writes files (apps/exports/xlsx.py) reads it. Used by sections and by features.

A formula is English and in A1 notation, with its leading "="; only sections write formulas. What
people typed is a plain text and stays one.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Formula:
    """``value``: what it comes to in the model, for programs that do not recalculate; "" where
    the figure is unknown."""

    text: str
    value: Any


Value = str | int | Decimal | date | Formula | None


@dataclass(frozen=True)
class Style:
    """``form`` is one of FORMS. ``input``: readers may change it; ``strong``: it is a total."""

    form: str = "text"
    input: bool = False
    strong: bool = False


# "head" stands over figures, "head_text" over words, "head_label" over the first column; "words" is
# a note of several lines, "count" a number that counts columns.
FORMS = (
    "text", "title", "lead", "heading", "head", "head_text", "head_label", "note",
    "head_month", "words", "count", "money", "price", "percent", "factor", "number", "whole",
    "month",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """``value`` None is unknown: the cell stays empty, and ``note`` says what that means."""

    value: Value
    style: Style = Style()
    note: str = ""


def column_name(column: int) -> str:
    """0 → "A", 26 → "AA"."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def address(row: int, column: int, *, row_fixed: bool = False, column_fixed: bool = False) -> str:
    """(0, 1) → "B1"; a fixed row or column carries its "$"."""
    dollar = ("", "$")
    return f"{dollar[column_fixed]}{column_name(column)}{dollar[row_fixed]}{row + 1}"


@dataclass
class Sheet:
    """``head_rows`` and ``head_columns`` stay in sight and are printed on every page. ``choices``:
    {(row, column): the range whose values the cell may take}."""

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    head_rows: int = 0
    head_columns: int = 0
    choices: dict[tuple[int, int], str] = field(default_factory=dict)
    next_row: int = 0

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        form: str = "text",
        *,
        input: bool = False,
        strong: bool = False,
        note: str = "",
    ) -> None:
        self.cells[row, column] = Cell(value, Style(form, input, strong), note)
        self.next_row = max(self.next_row, row + 1)

    def at(self, row: int, column: int, *, fixed: bool = True) -> str:
        """The cell's address for any sheet: "'Costs'!$B$4"."""
        place = address(row, column, row_fixed=fixed, column_fixed=fixed)
        return f"'{self.title}'!{place}"

    def span(self, row: int, first: int, last: int) -> str:
        """Cells of one row, both ends included, for any sheet."""
        start = address(row, first, row_fixed=True, column_fixed=True)
        end = address(row, last, row_fixed=True, column_fixed=True)
        return f"'{self.title}'!{start}:{end}"

    def formulas(self) -> dict[tuple[int, int], Formula]:
        return {
            place: cell.value
            for place, cell in self.cells.items()
            if isinstance(cell.value, Formula)
        }


@dataclass
class Line:
    """Cells of one row that a chart draws over the heads of their columns."""

    label: str
    values: str
    heads: str


@dataclass
class Chart:
    """Lines over months, on the sheet of that title, with its corner in (row, column)."""

    sheet: str
    row: int
    column: int
    title: str
    lines: list[Line]


@dataclass
class Workbook:
    """``names``: what a formula may call a cell by, {name: address}. ``notes``: what is left out or
    taken as zero because nobody knows it yet, in sentences."""

    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    charts: list[Chart] = field(default_factory=list)
