"""A document's content over that of a plan. Pure."""

from typing import Any

from apps.plans.document import FORMAT, Document
from apps.plans.sections import Part, registry


def merge(current: Document, plan: dict[str, Any], sections: dict[str, Any]) -> Document:
    """``plan`` and ``sections`` of a file over the ``current`` document (empty for a new plan).

    What the file names, it replaces: a table as a whole, a row or sheet field by field. What it
    does not name stays, but for evidence: a record that comes without any has none.
    """
    held = current.get("sections", {})
    merged: dict[str, Any] = {}
    for section in registry:
        if section.name not in held and section.name not in sections:
            continue
        old, new = held.get(section.name, {}), sections.get(section.name, {})
        named = {part.name: part for part in section.parts if part.name in new}
        merged[section.name] = old | {
            name: _merge_part(part, old.get(name), new[name]) for name, part in named.items()
        }
    return {"format": FORMAT, "plan": {**current.get("plan", {}), **plan}, "sections": merged}


def _merge_part(part: Part, old: Any, new: Any) -> Any:
    if not part.is_table:
        return {**(old or {}), "evidence": {}, **new}
    rows = {row["uid"]: row for row in old or []}
    return [{**rows.get(row["uid"], {}), "evidence": {}, **row} for row in new]
