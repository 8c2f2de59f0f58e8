"""What giving a plan another document would change: counts for each section, names for a table.

Pure. Rows are matched by uid.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from apps.plans.document import Document
from apps.plans.models import Plan
from apps.plans.sections import Part, registry
from apps.transfer.inputs import name_field
from apps.transfer.reading import printable
from apps.transfer.schema import setting


@dataclass
class PartChange:
    """The rows of a table, or the fields of a sheet, that would come, go or change."""

    title: str
    is_table: bool
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    moved: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


@dataclass
class SectionChange:
    title: str
    parts: list[PartChange]

    def count(self, kind: str) -> int:
        return sum(len(getattr(part, kind)) for part in self.parts)

    @property
    def added(self) -> int:
        return self.count("added")

    @property
    def changed(self) -> int:
        return self.count("changed")

    @property
    def removed(self) -> int:
        return self.count("removed")


@dataclass
class Preview:
    """``settings``: (label, old, new) of the plan's own fields in document form."""

    settings: list[tuple[str, str, str]]
    sections: list[SectionChange]

    def __bool__(self) -> bool:
        return bool(self.settings or self.sections)


def preview(old: Document, new: Document) -> Preview:
    """``new`` holds every section that ``old`` does; see merging.py."""
    settings = [
        (capfirst(setting(name).verbose_name), old["plan"][name], new["plan"][name])
        for name in Plan.CONTENT
        if old["plan"][name] != new["plan"][name]
    ]
    sections = []
    for section in registry:
        was, will = (document["sections"].get(section.name, {}) for document in (old, new))
        parts = [_part(part, was.get(part.name), will.get(part.name)) for part in section.parts]
        if found := [part for part in parts if part]:
            sections.append(SectionChange(str(section.title), found))
    return Preview(settings, sections)


def _part(part: Part, old: Any, new: Any) -> PartChange:
    change = PartChange(str(part.title), part.is_table)
    if not part.is_table:
        was, will = old or {}, new or {}
        names = [name for name in (*part.fields, "evidence") if was.get(name) != will.get(name)]
        change.changed = [str(part.label(n)) for n in names if n != "evidence"] or names
        return change
    was = {row["uid"]: row for row in old or []}
    will = {row["uid"]: row for row in new or []}
    change.added = [_name(part, row) for uid, row in will.items() if uid not in was]
    change.removed = [_name(part, row) for uid, row in was.items() if uid not in will]
    change.changed = [
        _name(part, row) for uid, row in will.items() if uid in was and was[uid] != row
    ]
    change.moved = [uid for uid in was if uid in will] != [uid for uid in will if uid in was]
    return change


def _name(part: Part, row: dict[str, Any]) -> str:
    return printable(str(row.get(name_field(part)) or row["uid"]))
