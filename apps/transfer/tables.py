"""A table as CSV: written for spreadsheets, read from whatever they made of it. Pure.

The heading of a column is its label with the field's name in brackets, so that a person can read it
and an import recognises it in every language. The row's uid stands in the last column.
"""

import csv
import io
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.plans.contents import Contents
from apps.plans.document import DocumentError
from apps.plans.room import MAX_ROWS
from apps.plans.sections import Part
from apps.transfer.cells import Writer, guarded, unguarded
from apps.transfer.reading import printable

UID = "uid"
UID_LABEL = gettext_lazy("Row ID, leave as it is")
ALSO_UID = "id"  # what people call that column
MAX_CELL = 20_000  # characters
SEPARATORS = ",;\t"
NAMED = re.compile(r".*\[([a-z0-9_]+)\]\s*", re.DOTALL)


def heading(part: Part, name: str) -> str:
    """Label [name]."""
    label = UID_LABEL if name == UID else part.label(name)
    return f"{label} [{name}]"


def write_csv(contents: Contents, part: Part, path: str) -> str:
    """Every row of the table ``path``, in the active language. Starts with the mark by which Excel
    knows UTF-8."""
    out, cells = io.StringIO(newline=""), Writer(contents)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(guarded(heading(part, name)) for name in [*part.fields, UID])
    for row in contents.part(path):
        writer.writerow([*(cells.cell(row, name) for name in part.fields), guarded(row.uid)])
    return "\ufeff" + out.getvalue()


@dataclass
class Line:
    """A row of the file: the line it begins in, and its cells by field name."""

    number: int
    cells: dict[str, str]
    too_many: bool = False  # more cells than headings


@dataclass
class Table:
    names: list[str] = field(default_factory=list)  # the fields that have a column
    unknown: list[str] = field(default_factory=list)  # headings that are left out
    lines: list[Line] = field(default_factory=list)


def read_csv(text: str, part: Part, most: int = MAX_ROWS) -> Table:
    """The lines that hold anything, at most ``most``. ``DocumentError`` where that cannot be."""
    first, _end, rest = text.partition("\n")
    separator = ""
    if told := re.fullmatch(r"\ufeff?sep=(.)\s*", first):  # as Excel marks its files
        separator, text = told[1], rest
    columns: list[str] | None = None
    table = Table()
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator or separator_of(text), strict=True
    )
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells, part, table)
                continue
            if len(table.lines) >= most:
                raise DocumentError(
                    _("These are more than %(most)s rows. Import them in pieces.") % {"most": most}
                )
            extra = any(cell.strip() for cell in cells[len(columns) :])
            named = dict(zip(columns, map(unguarded, cells), strict=False))
            named.pop("", None)
            table.lines.append(Line(number, named, extra))
    except csv.Error as error:
        raise DocumentError(
            _("Line %(line)s cannot be read: a quotation mark or a line break stands where it "
              "should not, or a cell is too long. Save the table again as CSV.")
            % {"line": begins}
        ) from error  # fmt: skip
    if columns is None or not table.lines:
        raise DocumentError(_("There is no row below the headings."))
    return table


def separator_of(text: str) -> str:
    """The sign that divides the first line that holds anything, outside of quotation marks."""
    first = re.sub(r'"[^"]*"', "", text.lstrip()[:100_000]).partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _columns(cells: list[str], part: Part, table: Table) -> list[str]:
    """The field of each column, "" for none."""
    labels = _labels(part)
    columns: list[str] = []
    for cell in cells:
        text = unguarded(cell).strip()
        named = NAMED.fullmatch(text)
        name = named[1] if named else ""
        if name not in (*part.fields, UID):
            name = labels.get(text.casefold(), "")
        if name and name in columns:
            raise DocumentError(
                _("Two columns are called “%(name)s”. Remove one of them.")
                % {"name": printable(text)}
            )
        if not name and text:
            table.unknown.append(printable(text))
        columns.append(name)
    table.names = [name for name in part.fields if name in columns]
    if not table.names:
        raise DocumentError(
            _("No column is known. The first line must hold the names of the columns: download "
              "the table as CSV to see them.")
        )  # fmt: skip
    return columns


def _labels(part: Part) -> dict[str, str]:
    """{what a heading may say: field}, in every language; a label that two fields share says
    nothing."""
    said: dict[str, set[str]] = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for name in part.fields:
                said.setdefault(str(part.label(name)).strip().casefold(), set()).add(name)
    known = {label: next(iter(names)) for label, names in said.items() if len(names) == 1}
    ids: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            ids |= dict.fromkeys((ALSO_UID, str(UID_LABEL).casefold()), UID)
    return {**ids, **known, **{name: name for name in (*part.fields, UID)}}
