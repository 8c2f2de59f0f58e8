"""What differs between two documents of a plan: sections → parts → rows → fields.

Pure: no request, no query. Used by the pages of this app, and by comments, reviews and sharing.
Rows are matched by uid; what a section no longer declares is left out.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.document import Document, restore
from apps.plans.evidence import GIVEN_FOR
from apps.plans.fields import ChoiceList
from apps.plans.models import Plan
from apps.plans.sections import Part, Section, registry

NOTHING: frozenset[str] = frozenset()
BLANK = (None, "", [], {})


@dataclass(frozen=True)
class FieldDiff:
    """One field's old and new value in document form; with ``evidence`` the evidence behind it.
    ``target``: the other section that a reference points into."""

    place: Place
    old: Any
    new: Any
    evidence: bool = False
    target: str = ""


@dataclass(frozen=True)
class RowDiff:
    """A row, or (``uid`` empty) the record of a sheet. ``kind``: "added", "removed" or "changed".

    The indexes are its places in the old and the new table; None where it is not in it. A row has
    ``moved`` if it changed its place among the rows that both tables have: from which to which of
    these places, from 1. What else came or went moves nothing.
    """

    uid: str
    kind: str
    fields: tuple[FieldDiff, ...]
    old_index: int | None = None
    new_index: int | None = None
    moved: tuple[int, int] | None = None

    @property
    def count(self) -> int:
        return len(self.fields) + bool(self.moved) if self.kind == "changed" else 1


@dataclass(frozen=True)
class PartDiff:
    name: str
    rows: tuple[RowDiff, ...]


@dataclass(frozen=True)
class SectionDiff:
    name: str
    parts: tuple[PartDiff, ...]

    def fields(self) -> Iterator[FieldDiff]:
        for part in self.parts:
            for row in part.rows:
                yield from row.fields

    @property
    def count(self) -> int:
        """How many changes: a row that came or went counts as one."""
        return sum(row.count for part in self.parts for row in part.rows)


@dataclass(frozen=True)
class PlanDiff:
    """``settings`` are the plan's own fields; ``sections`` only those that changed, in order.

    It keeps both documents and the sections ``hidden`` from its reader, so that it can be shown:
    {% include "versions/_diff.html" with diff=… %}.
    """

    old: Document
    new: Document
    hidden: frozenset[str] = NOTHING
    settings: tuple[FieldDiff, ...] = ()
    sections: dict[str, SectionDiff] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.settings or self.sections)

    @cached_property
    def contents(self) -> tuple[Contents, Contents]:
        """The old and the new plan as the reader may see them: names, figures, units."""
        return restore(self.old, self.hidden), restore(self.new, self.hidden)

    @property
    def count(self) -> int:
        return len(self.settings) + sum(section.count for section in self.sections.values())


def diff(old: Document, new: Document, hidden: frozenset[str] = NOTHING) -> PlanDiff:
    """All that differs for a reader from whom the sections in ``hidden`` are kept."""
    sections = {}
    for section in registry:
        if section.name not in hidden:
            found = _section_diff(section, old, new, hidden)
            if found.parts:
                sections[section.name] = found
    return PlanDiff(old, new, hidden, _settings_diff(old, new), sections)


def changed_sections(old: Document, new: Document) -> set[str]:
    """The names of the sections that differ."""
    return {section.name for section in registry if _section_diff(section, old, new).parts}


def changes_at(found: PlanDiff, place: Place) -> Iterator[tuple[str, str, RowDiff]]:
    """(section, part, row) of what a difference holds at a place: one field, a row, a part, a
    section, or all sections where the place names none."""
    for name, section in found.sections.items():
        for part in section.parts if place.section in ("", name) else ():
            for row in part.rows if place.part in ("", part.name) else ():
                if place.row in ("", row.uid):
                    fields = tuple(
                        one for one in row.fields if place.field in ("", one.place.field)
                    )
                    if fields or not place.field:
                        yield name, part.name, replace(row, fields=fields)


def summary(found: PlanDiff) -> dict[str, dict[str, int]]:
    """{section: {target: number of changes}}: small enough to keep with a version.

    The plan's settings stand under "". A change of a reference stands under the section that it
    points into, everything else under "", so that no count tells of a hidden section.
    """
    counts = {"": {"": len(found.settings)}} if found.settings else {}
    for name, section in found.sections.items():
        targets = Counter(change.target for part in section.parts for row in part.rows
                          for change in row.fields if row.kind == "changed")  # fmt: skip
        counts[name] = {**targets, "": section.count - targets.total() + targets[""]}
    return counts


# --- Inside ---------------------------------------------------------------------------------------
def _settings_diff(old: Document, new: Document) -> tuple[FieldDiff, ...]:
    was, now = old.get("plan") or {}, new.get("plan") or {}
    return tuple(
        FieldDiff(Place("", field=name), was.get(name), now.get(name))
        for name in Plan.CONTENT
        if _differ(was.get(name), now.get(name))
    )


def _section_diff(
    section: Section, old: Document, new: Document, hidden: frozenset[str] = NOTHING
) -> SectionDiff:
    was, now = ((doc.get("sections") or {}).get(section.name) or {} for doc in (old, new))
    parts = []
    for part in section.parts:
        before, after = was.get(part.name), now.get(part.name)
        if before == after:
            continue
        look = _RecordDiff(section, part, hidden)
        rows = look.table(before or [], after or []) if part.is_table else look.sheet(before, after)
        if rows:
            parts.append(PartDiff(part.name, rows))
    return SectionDiff(section.name, tuple(parts))


@dataclass(frozen=True)
class _RecordDiff:
    section: Section
    part: Part
    hidden: frozenset[str]

    def sheet(self, before: dict | None, after: dict | None) -> tuple[RowDiff, ...]:
        fields = self.fields("", before or {}, after or {})
        return (RowDiff("", "changed", fields),) if fields else ()

    def table(self, before: list[dict], after: list[dict]) -> tuple[RowDiff, ...]:
        """The rows in their new order, each removed one at its old index."""
        old = {row["uid"]: (index, row) for index, row in enumerate(before)}
        new = {row["uid"]: (index, row) for index, row in enumerate(after)}
        moved = moves([uid for uid in old if uid in new], [uid for uid in new if uid in old])
        found = []
        for uid in [*new, *(uid for uid in old if uid not in new)]:
            old_index, was = old.get(uid, (None, {}))
            new_index, now = new.get(uid, (None, {}))
            kind = "changed" if uid in old and uid in new else "added" if uid in new else "removed"
            fields = self.fields(uid, was, now)
            if kind != "changed" or fields or uid in moved:
                found.append(RowDiff(uid, kind, fields, old_index, new_index, moved.get(uid)))
        return tuple(
            sorted(found, key=lambda row: row.old_index if row.new_index is None else row.new_index)
        )

    def fields(self, uid: str, was: dict, now: dict) -> tuple[FieldDiff, ...]:
        found = []
        evidence_was, evidence_now = was.get("evidence") or {}, now.get("evidence") or {}
        for name in self.part.fields:
            place = Place(self.section.name, self.part.name, uid, name)
            target = getattr(self.part.model_field(name), "target", "").partition(".")[0]
            old, new = was.get(name), now.get(name)
            if target in self.hidden and seen_hidden(old) == seen_hidden(new):
                pass  # it reads "hidden" before and after
            elif _differ(old, new) and not self.same_choice(name, old, new):
                other = target if target != self.section.name else ""
                found.append(FieldDiff(place, old, new, target=other))
            given = evidence_was.get(name), evidence_now.get(name)
            if _differ(*map(_as_written, given)):
                found.append(FieldDiff(place, *given, evidence=True))
        return tuple(found)

    def same_choice(self, name: str, old: Any, new: Any) -> bool:
        """Whether the same is ticked; a form may send it in another order."""
        if not isinstance(self.part.model_field(name), ChoiceList):
            return False
        return sorted(old or []) == sorted(new or [])


def _as_written(evidence: dict[str, Any] | None) -> dict[str, Any]:
    """Without the figure that it was given for: nobody wrote that."""
    return {key: said for key, said in (evidence or {}).items() if key != GIVEN_FOR}


def _differ(old: Any, new: Any) -> bool:
    """Whether two values differ; nothing written is the same in every form."""
    return old != new and not (old in BLANK and new in BLANK)


def seen_hidden(value: Any) -> Any:
    """What a reader sees of references into a section that is hidden from them."""
    if isinstance(value, dict):
        return list(value.values())
    return len(value or ()) if isinstance(value, list) else bool(value)


def moves(old: list[str], new: list[str]) -> dict[str, tuple[int, int]]:
    """{row that moved: its place before and after, from 1}, of the rows that both tables have."""
    before, after = ({uid: n for n, uid in enumerate(uids, start=1)} for uids in (old, new))
    return {uid: (before[uid], after[uid]) for uid in moved_rows(old, new)}


def moved_rows(old: list[str], new: list[str]) -> set[str]:
    """The fewest rows that explain the new order: all but a longest run that kept its order."""
    place = {uid: index for index, uid in enumerate(old)}
    common = [uid for uid in new if uid in place]
    tails: list[int] = []  # the smallest last place of a run of each length
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for uid in common:
        length = bisect_left(tails, place[uid])
        before[uid] = ends[length - 1] if length else None
        tails[length : length + 1] = [place[uid]]
        ends[length : length + 1] = [uid]
    stayed = set()
    last = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return set(common) - stayed
