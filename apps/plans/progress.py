"""Honest progress: only required fields and rows count, empty optional fields never do.

Pure functions of content. A required row that is not there weighs as much as its required fields,
so that adding an empty row changes nothing and a section without its required rows is never
complete.
"""

from dataclasses import dataclass
from typing import Any

from apps.plans.contents import Content
from apps.plans.fields import RowRef, RowRefs
from apps.plans.models import Record
from apps.plans.sections import Part


@dataclass(frozen=True)
class Missing:
    """A gap: a field of a record, or (``field`` empty) a row of a table. ``label`` is the row's."""

    part: str
    row: str = ""
    field: str = ""
    label: str = ""


@dataclass(frozen=True)
class Progress:
    done: int
    total: int
    missing: tuple[Missing, ...]

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means complete."""
        return 100 * self.done // self.total if self.total else 100


def is_filled(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != [] and value != {}


def answer(record: Record, name: str) -> Any:
    """What the record says to a need: a field, or "field__key" of its evidence."""
    field, _dunder, key = name.partition("__")
    return record.evidence.get(field, {}).get(key) if key else getattr(record, name)


def points_nowhere(part: Part, record: Record, name: str) -> bool:
    """Whether the field refers to rows that are all removed."""
    field = part.model_field(name.partition("__")[0])
    if not isinstance(field, RowRef | RowRefs) or record.contents is None:
        return False
    value = getattr(record, name)
    uids = [value] if isinstance(value, str) else value or []
    return all(record.resolve(field.target, uid).state == "removed" for uid in uids)


def record_progress(part: Part, record: Record) -> tuple[int, list[Missing]]:
    """How many needs the record has, and which are not met."""
    needs = part.required(record)
    gaps = [
        Missing(part.name, record.uid, name, str(record)[:200] if part.is_table else "")
        for name in needs
        if not is_filled(answer(record, name)) or points_nowhere(part, record, name)
    ]
    return len(needs), gaps


def asks_nothing(content: Content, part: Part) -> bool:
    """Whether nothing in the part counts at the plan's stage and nothing is written in it either:
    such a part is not complete, it is simply not asked for."""
    value = content[part.name]
    if part.is_table:
        return not value and not part.rows_needed(content.plan)
    return not part.required(value) and not value.revision


def section_progress(content: Content) -> Progress:
    done, total, missing = 0, 0, []
    for part in content.section.parts:
        value = content[part.name]
        records = value if part.is_table else [value]
        for record in records:
            needed, gaps = record_progress(part, record)
            done += needed - len(gaps)
            total += needed
            missing += gaps
        needed_rows = part.rows_needed(content.plan) if part.is_table else 0
        absent = max(0, needed_rows - len(records))
        if absent:
            total += absent * max(1, len(part.required(part.model(plan=content.plan))))
            missing += [Missing(part.name)] * absent
    return Progress(done, total, tuple(missing))
