"""The workbook while it is written: sheets with months in their columns, lines found by key.

Months stand in the same columns of every sheet that has them, so that a formula reads across.
Used by the other modules of this package.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.choices import cost_label
from apps.funding.inputs import MONTHS
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.funding.statements import YEARS
from apps.plans.checks import Place
from apps.plans.sections import registry
from apps.plans.workbook import Formula, Sheet, Workbook, address, column_name

ACQUIRED = "acquisition_known"  # the name of the cell, as are all names of what is known
FIRST = 7  # the column of the first month
LAST = FIRST + MONTHS - 1
HEAD = 3  # the row of the month heads; the number of each month stands below it
LABEL, SOURCE = 0, 1
YEAR_AT = (2, 3, 4)
WHOLE_AT = 5

Months = Sequence[Any]
# What the months of a year come to.
OVER = {"sum": sum, "first": lambda months: months[0], "last": lambda months: months[-1]}


def month_column(month: int) -> str:
    return column_name(FIRST + month)


def head(month: int) -> str:
    """The month's first day, in the head of the same sheet."""
    return address(HEAD, FIRST + month, row_fixed=True)


def number(month: int) -> str:
    """1 for the plan's first month, in the head of the same sheet."""
    return address(HEAD + 1, FIRST + month, row_fixed=True)


def head_form(column: int, figures: Collection[int]) -> str:
    """The form of a head that stands over figures, over words, or over the first column."""
    return "head" if column in figures else "head_text" if column else "head_label"


def plus(terms: Sequence[str]) -> str:
    """Terms as a sum; 0 if there is none."""
    return "+".join(terms) or "0"


@dataclass
class Draft:
    """``chosen``: the label of the scenario that ``result`` is of; ``told``: the sections whose
    rows are told one by one."""

    outlook: Outlook
    result: Result
    chosen: str
    told: frozenset[str]
    book: Workbook = field(default_factory=Workbook)
    lines: dict[Hashable, tuple[Sheet, int]] = field(default_factory=dict)
    inputs: dict[Hashable, str] = field(default_factory=dict)  # as in force, after the scenario
    planned: dict[Hashable, str] = field(default_factory=dict)  # as written in the plan

    # --- Sheets ------------------------------------------------------------------------------
    def sheet(self, title: str, lead: str, widths: Sequence[float]) -> Sheet:
        sheet = Sheet(title, widths=dict(enumerate(widths)))
        sheet.put(0, 0, title, "title")
        sheet.put(1, 0, lead, "lead")
        self.book.sheets.append(sheet)
        return sheet

    def month_sheet(self, title: str, lead: str, heads: Sequence[str] = ()) -> Sheet:
        """``heads``: those between the label and the months; by default source and years."""
        years = [pgettext("workbook", "Year %(number)s") % {"number": n} for n in (1, 2, 3)]
        heads = heads or [pgettext("workbook", "From"), *years, _("36 months"), ""]
        own = [11.0] * (FIRST - 2) if heads[-1] else [13.0] * 4 + [2.0]
        sheet = self.sheet(title, lead, [38, 24, *own, *[11.5] * MONTHS])
        sheet.put(2, 0, Formula("=scenario", self.chosen), "note")
        sheet.put(HEAD, LABEL, self.currency, "head_label")
        for column, text in enumerate(heads, start=1):
            sheet.put(HEAD, column, text, "head_text" if column == SOURCE else "head")
        for month in range(MONTHS):
            column = FIRST + month
            first = f"=DATE(YEAR(plan_start),MONTH(plan_start)+{month},1)"
            sheet.put(HEAD, column, Formula(first, self.outlook.day(month)), "head_month")
            before = address(HEAD + 1, column - 1)
            count = Formula(f"={before}+1", month + 1) if month else 1
            sheet.put(HEAD + 1, column, count, "count")
        sheet.put(HEAD + 1, LABEL, _("Number of the month"), "note")
        sheet.head_rows, sheet.head_columns = HEAD + 2, 1
        return sheet

    @property
    def currency(self) -> str:
        return self.outlook.contents.plan.currency

    def heading(self, sheet: Sheet, text: str) -> None:
        row = sheet.next_row
        sheet.put(row + 1, LABEL, text, "heading")

    # --- Lines of months ---------------------------------------------------------------------
    def line(
        self,
        sheet: Sheet,
        key: Hashable,
        label: str,
        formula: Callable[[int], str],
        values: Months,
        *,
        source: str = "",
        form: str = "money",
        strong: bool = False,
        over: str = "sum",
        known: str = "",
        row: int | None = None,
    ) -> int:
        """A row of formulas, one a month, and what the years come to: "sum", "first", "last" of
        their months, or "" for nothing. ``known``: the name of the cell that is 0 while the line
        is unknown; then all of it stays empty. By default it is the next row of the sheet."""
        row = sheet.next_row if row is None else row
        self.lines[key] = sheet, row
        for column in range(FIRST if strong else 0):  # a total is one band
            if (row, column) not in sheet.cells:
                sheet.put(row, column, None, strong=True)
        sheet.put(row, LABEL, label, strong=strong)
        if source:
            sheet.put(row, SOURCE, source, "note")
        shown = not known or self.is_known(known)
        for month in range(MONTHS):
            value = values[month] if shown else ""
            text = formula(month).replace(f"'{sheet.title}'!", "")  # its own cells need no sheet
            cell = Formula(guarded(text, known), value)
            sheet.put(row, FIRST + month, cell, form, strong=strong)
        if over:
            self._years(sheet, row, over, values if shown else None, known, form, strong)
        return row

    def _years(
        self, sheet: Sheet, row: int, over: str, values: Any, known: str, form: str, strong: bool
    ) -> None:
        for column, (first, last) in zip((*YEAR_AT, WHOLE_AT), (*YEARS, (0, MONTHS)), strict=True):
            start, end = address(row, FIRST + first), address(row, FIRST + last - 1)
            text = {"sum": f"=SUM({start}:{end})", "first": f"={start}", "last": f"={end}"}[over]
            value = "" if values is None else OVER[over](values[first:last])
            sheet.put(row, column, Formula(guarded(text, known), value), form, strong=strong)

    def is_known(self, name: str) -> bool:
        given = self.result.inputs
        return not given.withheld.acquisition if name == ACQUIRED else getattr(given, name)

    def at(self, key: Hashable, month: int) -> str:
        """The month's cell of a line, for any sheet."""
        sheet, row = self.lines[key]
        return f"'{sheet.title}'!{address(row, FIRST + month)}"

    def span(self, key: Hashable, first: int = 0, last: int = MONTHS) -> str:
        """The months ``first`` up to ``last`` (without it) of a line, for any sheet."""
        sheet, row = self.lines[key]
        return sheet.span(row, FIRST + first, FIRST + last - 1)

    # --- Words -------------------------------------------------------------------------------
    def source(self, place: Place | None) -> str:
        """Where a figure is written: "Team › Roles"; the row's own name stands beside it."""
        if place is None or place.section not in registry:
            return ""
        section = registry[place.section]
        path = f"{place.section}.{place.part}"
        titles = [section.title, *([registry.part(path)[1].title] if registry.has(path) else [])]
        return " › ".join(str(title) for title in titles)

    def own(self, part: str) -> str:
        return self.source(Place("funding", part))

    def day(self, month: int) -> date:
        return self.outlook.day(month)


def guarded(text: str, known: str) -> str:
    """The formula, empty while the named cell is 0."""
    return f'=IF({known},{text.removeprefix("=")},"")' if known else text


def group_label(group: str) -> str:
    return cost_label(group)


def share(percent: Decimal | None) -> Decimal | None:
    """12.5 → 0.125; unknown stays unknown."""
    return None if percent is None else percent / 100
