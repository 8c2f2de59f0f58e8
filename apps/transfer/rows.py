"""A table from outside against the one in the plan: what each line would add or change.

No request, nothing is written. A line is matched with a row by its uid, else by its name. Each one
that differs goes through the part's own form, so that the messages are those of the editor. Rows
that the table does not mention stay, and so do the fields that it has no column for.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.plans import fields
from apps.plans.contents import Contents
from apps.plans.display import show_stored
from apps.plans.document import dump_record
from apps.plans.forms import RecordForm
from apps.plans.models import Record, RowRecord
from apps.plans.sections import Part, Section
from apps.plans.services import difference
from apps.transfer.cells import Writer, read, row_name
from apps.transfer.checking import RESERVED
from apps.transfer.inputs import form_data, name_field
from apps.transfer.reading import printable
from apps.transfer.schema import UID as UID_PATTERN
from apps.transfer.tables import MAX_CELL, UID, Line, Table

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"
REFUSED, CONFLICT = "refused", "conflict"


@dataclass
class Cell:
    """A field that the line would change. ``new`` is the text as typed where it is refused."""

    label: str
    old: str
    new: str
    errors: list[str] = field(default_factory=list)


@dataclass
class Row:
    """A line of the table with the record it is about."""

    line: Line
    record: RowRecord
    held: dict[str, str]  # the record's cells as an export would write them
    is_new: bool = False
    state: str = UNCHANGED
    cells: list[Cell] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    name: str = ""


class RowImport:
    """``rows`` is the preview, in the order of the lines. ``revisions``: what an earlier preview
    showed to the person; a row that has another one by now is a conflict."""

    def __init__(
        self, *, section: Section, part: Part, contents: Contents, table: Table,
        revisions: dict[str, int] | None = None,
    ) -> None:  # fmt: skip
        self.part, self.contents, self.table = part, contents, table
        self.revisions = revisions
        path = f"{section.name}.{part.name}"
        self.stored: list[RowRecord] = contents.part(path)
        self.writer = Writer(contents)
        self.gone = set(revisions or ()) - {row.uid for row in self.stored}
        self.rows = self._matched()
        # New rows stand beside the others from now on, so that lines may refer to one another.
        new = [row.record for row in self.rows if row.is_new]
        self.contents = with_rows(contents, path, new)
        # {table: {uid: name}}; the own one now, before forms change what its rows are called.
        self._names = {path: self._named(path)}
        for row in self.rows:
            self._compare(row)
        self.counts = Counter(row.state for row in self.rows)

    @property
    def acceptable(self) -> bool:
        return not self.counts[REFUSED] and not self.counts[CONFLICT]

    @property
    def shown(self) -> list[Row]:
        """What needs a look first, else in the order of the lines."""
        first = (REFUSED, CONFLICT, ADDED, CHANGED, UNCHANGED)
        return sorted(self.rows, key=lambda row: first.index(row.state))

    @property
    def changes(self) -> int:
        return sum(self.counts[state] for state in (ADDED, CHANGED, CONFLICT))

    def changed(self) -> list[tuple[Record, dict[str, Any]]]:
        return [(row.record, row.before) for row in self.rows if row.state == CHANGED]

    def added(self) -> list[RowRecord]:
        return [row.record for row in self.rows if row.state == ADDED]

    def seen(self) -> dict[str, int]:
        """The revisions that the preview shows."""
        return {row.record.uid: row.record.revision for row in self.rows if not row.is_new}

    # --- Which row is a line about? ---------------------------------------------------------------
    def _matched(self) -> list[Row]:
        name = name_field(self.part)
        # Written before any form changes a record: what refers to a row still says its old name.
        held = {row.uid: self._cells(row) for row in self.stored}
        by_uid = {row.uid: row for row in self.stored}
        by_name: dict[str, list[RowRecord]] = defaultdict(list)
        for row in self.stored:
            by_name[normal(self.writer.text(row, name)).casefold()].append(row)
        found: list[Row] = []
        taken: dict[str, int] = {}
        for line in self.table.lines:
            uid = line.cells.get(UID, "").strip()
            named = by_name.get(normal(line.cells.get(name, "")).casefold(), [])
            candidates = [by_uid[uid]] if uid in by_uid else named
            record = candidates[0] if candidates else self._new(line, uid, taken)
            row = Row(line, record, held.get(record.uid, {}), is_new=not candidates)
            row.name = printable(line.cells.get(name, "")) or str(record)[:60]
            if len(candidates) > 1:
                row.errors.append(_("Several rows have this name. Add the column with the row IDs, "
                                    "as in the table downloaded as CSV."))  # fmt: skip
            elif record.uid in taken:
                row.errors.append(
                    _("Line %(line)s is about the same row. Remove one of the two.")
                    % {"line": taken[record.uid]}
                )
            taken.setdefault(record.uid, line.number)
            if line.too_many:
                row.errors.append(_("There are more cells than headings. Remove those too many."))
            found.append(row)
        return found

    def _cells(self, record: Record) -> dict[str, str]:
        return {name: self.writer.text(record, name) for name in self.table.names}

    def _new(self, line: Line, uid: str, taken: dict[str, int]) -> RowRecord:
        """A row that is not there yet; under its old uid, if it says one."""
        record = self.part.model(plan=self.contents.plan, position=len(self.stored))
        record.contents = self.contents
        if re.fullmatch(UID_PATTERN, uid) and uid not in RESERVED and uid not in taken:
            record.uid = uid
        for name in self.table.names:
            model_field = self.part.model_field(name)
            if isinstance(model_field, fields.ShortText | fields.LongText):
                setattr(record, name, line.cells.get(name, "").strip())
        return record

    # --- What does it change? ---------------------------------------------------------------------
    def _compare(self, row: Row) -> None:
        given = {
            name: row.line.cells.get(name, "")
            for name in self.table.names
            if normal(row.line.cells.get(name, "")) != normal(row.held.get(name, ""))
        }
        if row.errors:
            row.state = REFUSED
            return
        if not given and not row.is_new:
            return
        if row.is_new:  # back to a blank one: the texts that named it come from the form
            for name in self.table.names:
                setattr(row.record, name, self.part.model_field(name).get_default())
        form, refused = self._form(row.record, given)
        row.before = form.before
        valid = form.is_valid()
        messages = {**form.errors, **refused}
        if valid and not refused:
            self._accept(row)
            return
        row.state = REFUSED
        for name, text in given.items():
            errors = [str(message) for message in messages.pop(name, [])]
            old = show_stored(self.part, row.record, name, row.before[name])
            row.cells.append(Cell(str(self.part.label(name)), old, text.strip(), errors))
        for name, said in messages.items():
            label = f"{self.part.label(name)}: " if name in self.part.fields else ""
            row.errors += [f"{label}{message}" for message in said]

    def _form(self, record: Record, given: dict[str, str]) -> tuple[RecordForm, dict[str, Any]]:
        """The record's form with the given cells over what it holds, and the cells that it cannot
        take."""
        data = form_data(self.part, record)
        refused: dict[str, list[str]] = {}
        for name, text in given.items():
            try:
                value = self._value(record, name, text)
            except ValidationError as error:
                refused[name] = error.messages
                continue
            if isinstance(value, dict):
                data = {key: kept for key, kept in data.items() if not key.startswith(f"{name}-")}
                data |= {f"{name}-{uid}": score for uid, score in value.items()}
            else:
                data[name] = value
        form = self.part.form(
            data, instance=record, part=self.part, contents=self.contents, fold=False
        )
        for name in given.keys() - form.fields.keys():
            refused[name] = [_("This is not asked for, given the row's other answers. Leave it as "
                               "it is.")]  # fmt: skip
        return form, refused

    def _value(self, record: Record, name: str, text: str) -> Any:
        if len(text) > MAX_CELL:
            raise ValidationError(
                _("At most %(most)s characters fit; these are %(length)s.")
                % {"most": f"{MAX_CELL:,}", "length": f"{len(text):,}"}
            )
        model_field = self.part.model_field(name)
        return read(model_field, text, self._offered(record, model_field))

    def _offered(self, record: Record, model_field: Any) -> dict[str, str]:
        """{uid: name} of the rows that a reference may lead to: those in sight but the record's
        own, and what it leads to already."""
        target = getattr(model_field, "target", "")
        if not target or not self.writer.sees(target):
            return {}
        if target not in self._names:
            self._names[target] = self._named(target)
        offered = dict(self._names[target])
        offered.pop(record.uid, None)
        held = getattr(record, model_field.name) or []
        for uid in [held] if isinstance(held, str) else held:
            offered.setdefault(uid, "")
        return offered

    def _named(self, target: str) -> dict[str, str]:
        return {row.uid: row_name(row) for row in self.contents.part(target)}

    def _accept(self, row: Row) -> None:
        after = dump_record(self.part, row.record)
        blank = dump_record(self.part, self.part.model(plan=self.contents.plan))
        changes = difference(blank if row.is_new else row.before, after)
        for name, (old, new) in changes.items():
            if name in self.part.fields:
                shown = [show_stored(self.part, row.record, name, text) for text in (old, new)]
                row.cells.append(Cell(str(self.part.label(name)), *shown))
        if row.is_new:
            row.state = ADDED
        elif changes:
            row.state = CHANGED
        if row.state != UNCHANGED and self._meanwhile(row):
            row.state = CONFLICT

    def _meanwhile(self, row: Row) -> bool:
        """Whether somebody saved, added or deleted the row since the person looked."""
        if self.revisions is None:
            return False
        if row.is_new and self.gone:  # without its ID a deleted row looks like a new one
            return True
        return self.revisions.get(row.record.uid, 0) != row.record.revision


def with_rows(contents: Contents, path: str, rows: list[RowRecord]) -> Contents:
    """The same contents with more rows in the table ``path``."""

    def fetch(section: Section, part: Part) -> list[Any]:
        value = contents.part(f"{section.name}.{part.name}")
        held = value if part.is_table else [value]
        return held + rows if f"{section.name}.{part.name}" == path else held

    more = Contents(contents.plan, fetch, contents.hidden)
    more.part(path)  # every row of it, new or not, now belongs to these contents
    return more


def normal(text: str) -> str:
    """The text as far as a spreadsheet keeps it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
