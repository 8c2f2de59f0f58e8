"""Plan documents for property tests: drawn at random, and a difference laid on a document."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from apps.plans.document import FORMAT, Document
from apps.plans.models import Plan
from apps.plans.sections import Part, registry
from apps.versions.diff import PlanDiff

UIDS = st.lists(st.sampled_from([f"row{n}" for n in range(9)]), unique=True, max_size=7)
TEXTS = st.sampled_from(["one", "two", "three"])


@st.composite
def records(draw: Any, part: Part, uid: str = "") -> dict[str, Any]:
    """Three fields at most: enough for every kind of change. The rest is left unwritten."""
    names = part.fields[:3]
    record: dict[str, Any] = {"uid": uid} if uid else {}
    record |= {name: draw(TEXTS) for name in names}
    if draw(st.booleans()):
        record["evidence"] = {names[0]: {"basis": draw(TEXTS)}}
    return record


@st.composite
def documents(draw: Any) -> Document:
    sections: dict[str, Any] = {}
    for section in list(registry)[:2]:
        parts = sections[section.name] = {}
        for part in section.parts[:3]:
            if part.is_table:
                parts[part.name] = [draw(records(part, uid)) for uid in draw(UIDS)]
            else:
                parts[part.name] = draw(records(part))
    plan = {name: draw(TEXTS) for name in Plan.CONTENT[:2]}
    return {"format": FORMAT, "plan": plan, "sections": sections}


def laid_on(document: Document, found: PlanDiff) -> Document:
    """The document after the changes that ``found`` names, and no others."""
    made = deepcopy(document)
    for change in found.settings:
        made["plan"][change.place.field] = change.new
    for section in found.sections.values():
        for part in section.parts:
            parts = made["sections"][section.name]
            records = parts[part.name]
            if isinstance(records, dict):
                write(records, part.rows[0])
                continue
            kept = {row["uid"]: row for row in records}
            fixed = {}
            for row in part.rows:
                record = kept.get(row.uid, {"uid": row.uid})
                write(record, row)
                if row.kind == "removed" or row.kind == "added" or row.moved:
                    kept.pop(row.uid, None)
                    if row.new_index is not None:
                        fixed[row.new_index] = record
            stayed = iter(kept.values())
            size = len(kept) + len(fixed)
            parts[part.name] = [
                fixed[index] if index in fixed else next(stayed) for index in range(size)
            ]
    return made


def write(record: dict[str, Any], row: Any) -> None:
    for change in row.fields:
        where = record.setdefault("evidence", {}) if change.evidence else record
        where[change.place.field] = change.new
        if change.new is None:
            del where[change.place.field]
    if not record.get("evidence", True):
        del record["evidence"]
