"""The annex of assumptions: every figure with evidence, found through the registry's
``quantified``. Used by render.py alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.core import money
from apps.plans.contents import Content, Contents
from apps.plans.display import show
from apps.plans.evidence import Basis, Confidence
from apps.plans.models import Record
from apps.plans.progress import is_filled
from apps.plans.sections import Part, Section


@dataclass(frozen=True)
class Assumption:
    place: str  # the row, or the part where it is a sheet
    label: str
    value: str
    basis: str
    source: str
    note: str
    date: str
    confidence: str


@dataclass(frozen=True)
class Assumptions:
    """Of one section. ``unfounded``: how many figures say nothing of where they come from."""

    section: Section
    lines: list[Assumption]
    unfounded: int


def assumptions(contents: Contents, sections: Collection[str]) -> list[Assumptions]:
    """Of each printed section that has any figure to found."""
    found = [of_section(one) for one in contents.sections() if one.section.name in sections]
    return [one for one in found if one.lines or one.unfounded]


def of_section(content: Content) -> Assumptions:
    lines, unfounded = [], 0
    for part, record in content.records():
        for name in part.quantified:
            given = record.evidence.get(name)
            if given:
                lines.append(assumption(part, record, name, given))
            elif is_filled(getattr(record, name)):
                unfounded += 1
    return Assumptions(content.section, lines, unfounded)


def assumption(part: Part, record: Record, name: str, given: dict[str, Any]) -> Assumption:
    return Assumption(
        place=str(record) if part.is_table else str(part.title),
        label=str(part.label(name)),
        value=show(record, name),
        basis=str(dict(Basis.choices).get(given.get("basis", ""), money.UNKNOWN)),
        source=given.get("source", ""),
        note=given.get("note", ""),
        date=money.day(date.fromisoformat(given["date"])) if given.get("date") else money.UNKNOWN,
        confidence=str(dict(Confidence.choices).get(given.get("confidence", ""), money.UNKNOWN)),
    )
