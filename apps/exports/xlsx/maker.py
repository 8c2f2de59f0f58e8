"""Writes the workbooks that sections describe as one XLSX file. Run in the renderer process.

What people typed is written as text and never as a formula; only sections write formulas.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from apps.core import money
from apps.exports.choices import Paper, Stage
from apps.exports.printable import clean
from apps.exports.render import Order, Printed, Progress
from apps.exports.xlsx.cell_formats import Formats, font_of
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.sections import registry
from apps.plans.workbook import Cell, Chart, Formula, Sheet, Style, Workbook

HEAD_HEIGHT = 30  # points: two lines
EARLIEST = 1900  # the year in which a spreadsheet's calendar begins
PAPER = {Paper.A4: 9, Paper.LETTER: 1}  # as the file format counts them
NOTHING_CHANGES = {
    "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
}  # fmt: skip


def produce(order: Order, target: Path, tools: Any, progress: Progress) -> Printed:
    """The whole job: read the version, describe its workbooks, write them."""
    progress(Stage.CONTENT, 10)
    hidden = frozenset(section.name for section in registry) - set(order["counted"])
    contents = restore(clean(order["document"]), hidden=hidden)
    with translation.override(order["language"]):
        books = described(contents, order["sections"])
        progress(Stage.WRITING, 60)
        write([Workbook([about(contents, books, order)]), *books], target, contents, order)
    return Printed(0, "")


def described(contents: Contents, sections: list[str]) -> list[Workbook]:
    """What the chosen sections have to calculate with. Nothing is told row by row of the others."""
    told = frozenset(sections)
    return [
        content.section.workbook(content, told)
        for content in contents.sections()
        if content.section.workbook and content.section.name in told
    ]


# --- The first sheet -----------------------------------------------------------------------------
def about(contents: Contents, books: list[Workbook], order: Order) -> Sheet:
    """What the file is, of which version, and how to read it."""
    plan, sheet = contents.plan, Sheet(pgettext("workbook", "About"), widths={0: 26, 1: 96})
    sheet.put(0, 0, plan.title, "title")
    sheet.put(1, 0, plan.pitch or plan.company, "lead")
    taken_at = timezone.localtime(datetime.fromisoformat(order["taken_at"]))
    facts = [
        (pgettext("workbook", "Company"), plan.company or money.UNKNOWN),
        (pgettext("workbook", "Version"), str(order["number"])),
        (pgettext("workbook", "Date"), money.day(taken_at)),
        (pgettext("workbook", "Content hash"), order["hash"]),
        (pgettext("workbook", "Currency"), plan.currency),
    ]
    if order["illustrative"]:
        facts.append(
            (pgettext("workbook", "Note"), _("A sample plan: every figure in it is illustrative."))
        )
    if order.get("watermark"):
        facts.append((pgettext("workbook", "Made for"), order["watermark"]))
    for label, value in facts:
        row = max(sheet.next_row, 3)
        sheet.put(row, 0, label)
        sheet.put(row, 1, clean(value))
    _told(sheet, _("How to read it"), conventions())
    _told(
        sheet, _("What is left out or taken as zero"), [note for one in books for note in one.notes]
    )
    if not books:
        missing = [_("The chapter that holds the financial model is not part of this export.")]
        _told(sheet, pgettext("workbook", "Note"), missing)
    _told(
        sheet, pgettext("workbook", "Sheets"), [one.title for book in books for one in book.sheets]
    )
    return sheet


def conventions() -> list[str]:
    return [
        _("Blue on yellow is an input; change it and everything else follows. Black is a formula."),
        _("An empty cell is unknown, never zero. A note on it says what the model does meanwhile."),
        _("Choose a scenario on the sheet of inputs: the whole workbook shows that one."),
        _("Amounts are rounded to the cent, half up, in the month in which they arise; cells show "
          "whole units."),
        _("The file shows the plan as of this version. What is changed in it stays in it."),
    ]  # fmt: skip


def _told(sheet: Sheet, heading: str, lines: list[str]) -> None:
    if not lines:
        return
    sheet.put(sheet.next_row + 1, 0, heading, "heading")
    for line in lines:
        sheet.put(sheet.next_row, 1, line, "words")


# --- The file ------------------------------------------------------------------------------------
def write(books: list[Workbook], target: Path, contents: Contents, order: Order) -> None:
    file = xlsxwriter.Workbook(str(target), NOTHING_CHANGES)
    try:
        plan, made_at = contents.plan, datetime.fromisoformat(order["taken_at"])
        file.set_properties(
            {
                "title": plan.title,
                "company": plan.company,
                "keywords": order["hash"],
                "comments": _("Version %(number)s") % {"number": order["number"]},
                "created": made_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        formats = Formats(file, order["language"])
        made: dict[str, Worksheet] = {}
        for book in books:
            for sheet in book.sheets:
                made[sheet.title] = file.add_worksheet(sheet.title)
                fill(made[sheet.title], sheet, formats)
                print_setup(made[sheet.title], sheet, plan.title, order)
            for name, place in book.names.items():
                file.define_name(name, f"={place}")
            for chart in book.charts:
                draw(file, made[chart.sheet], chart, order["language"])
    finally:
        file.close()


def fill(target: Worksheet, sheet: Sheet, formats: Formats) -> None:
    for column, width in sheet.widths.items():
        target.set_column(column, column, width, formats.of(Style()))
    target.freeze_panes(sheet.head_rows, sheet.head_columns)
    target.hide_gridlines(2)
    for row in {row for (row, _column), cell in sheet.cells.items() if cell.style.form == "head"}:
        target.set_row(row, HEAD_HEIGHT)
    for (row, column), cell in sheet.cells.items():
        write_cell(target, row, column, cell, formats)
    for (row, column), source in sheet.choices.items():
        target.data_validation(
            row, column, row, column, {"validate": "list", "source": f"={source}"}
        )


def write_cell(target: Worksheet, row: int, column: int, cell: Cell, formats: Formats) -> None:
    value, look = cell.value, formats.of(cell.style)
    if isinstance(value, Formula):
        target.write_formula(row, column, value.text, look, as_stored(value.value))
    elif value is None:
        target.write_blank(row, column, None, look)
    elif isinstance(value, date) and value.year >= EARLIEST:
        target.write_datetime(row, column, value, look)
    elif isinstance(value, int | Decimal):
        target.write_number(row, column, float(value), look)
    else:
        target.write_string(row, column, str(value), look)
    if cell.note:
        target.write_comment(row, column, cell.note, {"x_scale": 1.6, "font_size": 9})


def as_stored(value: Any) -> Any:
    """A formula's value as the file holds it: days are counted from the end of 1899."""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return float(value) if isinstance(value, int | Decimal) else value


def print_setup(target: Worksheet, sheet: Sheet, title: str, order: Order) -> None:
    """Landscape, as wide as needed for a year to be readable, the head on every page."""
    target.set_paper(PAPER[Paper(order["paper"])])
    target.set_landscape()
    columns = max((column for _row, column in sheet.cells), default=0)
    target.fit_to_pages(3 if columns > 20 else 1, 0)
    target.set_margins(0.4, 0.4, 0.6, 0.6)
    if sheet.head_rows:
        target.repeat_rows(0, sheet.head_rows - 1)
    if sheet.head_columns:
        target.repeat_columns(0, sheet.head_columns - 1)
    name = title.replace("&", "&&")[:80]
    target.set_footer(f"&L{name} · {order['number']} · {order['hash'][:12]}&C&A&R&P / &N")


def draw(file: Any, target: Worksheet, chart: Chart, language: str) -> None:
    font = {"name": font_of(language), "size": 9}
    drawn = file.add_chart({"type": "line"})
    for line in chart.lines:
        drawn.add_series(
            {"name": line.label, "categories": f"={line.heads}", "values": f"={line.values}",
             "line": {"width": 2, "color": "#1f4e9c"}}
        )  # fmt: skip
    drawn.set_title({"name": chart.title, "name_font": font | {"size": 11}, "overlay": False})
    drawn.set_legend({"none": True})
    drawn.set_x_axis({"num_font": font, "num_format": "yyyy-mm", "label_position": "low",
                      "interval_unit": 6})  # fmt: skip
    drawn.set_y_axis({"num_font": font, "num_format": "#,##0", "major_gridlines":
                      {"visible": True, "line": {"color": "#d9d9d9"}}})  # fmt: skip
    drawn.set_size({"width": 760, "height": 300})
    target.insert_chart(chart.row, chart.column, drawn)
