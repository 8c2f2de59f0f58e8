"""All checks of a plan run together. Pure: no request, no query beyond the contents' own.

Used by the views and services of this app and by exports (the annex of the PDF).
"""

import hashlib
import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Finding, Place
from apps.plans.contents import Contents
from apps.plans.document import to_json
from apps.plans.sections import Section, registry

logger = logging.getLogger(__name__)

SEVERITIES = {"error": _("Errors"), "warning": _("Warnings"), "hint": _("Hints")}
ORDER = list(SEVERITIES)


@dataclass(frozen=True)
class End:
    """A place of a finding, and what a person calls it: "Market · Segments · Banks · Fit"."""

    place: Place
    label: str


@dataclass(frozen=True)
class Checked:
    """A finding with its ends. ``dismissal`` is what the founders said to it, or None."""

    finding: Finding
    ends: tuple[End, ...]
    signature: str
    dismissal: Any = None

    @property
    def sections(self) -> set[str]:
        """The section that found it, and those of its ends."""
        owner = self.finding.key.partition(".")[0]
        return {owner, *(place.section for place in self.finding.places)}


@dataclass(frozen=True)
class Report:
    """``failed``: the sections whose checks could not be run."""

    open: list[Checked] = field(default_factory=list)
    dismissed: list[Checked] = field(default_factory=list)
    failed: list[Section] = field(default_factory=list)

    def count(self, severity: str) -> int:
        return sum(one.finding.severity == severity for one in self.open)

    def about(self, sections: Collection[str]) -> "Report":
        """Only what concerns these sections, at every end."""

        def concerned(found: list[Checked]) -> list[Checked]:
            return [one for one in found if one.sections <= set(sections)]

        failed = [section for section in self.failed if section.name in sections]
        return Report(concerned(self.open), concerned(self.dismissed), failed)

    @property
    def by_severity(self) -> list[tuple[str, Any, list[Checked]]]:
        """(severity, heading, findings), the gravest first, without empty ones."""
        groups = [
            (severity, heading, [one for one in self.open if one.finding.severity == severity])
            for severity, heading in SEVERITIES.items()
        ]
        return [group for group in groups if group[2]]


def report(contents: Contents, dismissals: Mapping[str, Any] | None = None) -> Report:
    """Every finding that the contents' reader may know of. ``dismissals`` by signature."""
    made = Report()
    for content in contents.sections():
        try:
            found = [
                checked(contents, finding, dismissals or {})
                for finding in content.section.checks(contents)
                if may_be_known(contents, finding)
            ]
        except Exception:  # one section's mistake must not hide what the others found
            logger.exception("The checks of %s failed", content.section.name)
            made.failed.append(content.section)
            continue
        for one in found:
            (made.open if one.dismissal is None else made.dismissed).append(one)
    for findings in (made.open, made.dismissed):
        findings.sort(key=lambda one: ORDER.index(one.finding.severity))
    return made


def may_be_known(contents: Contents, finding: Finding) -> bool:
    """A finding with an end in a hidden section would tell what stands there."""
    return not any(place.section in contents.hidden for place in finding.places)


def checked(contents: Contents, finding: Finding, dismissals: Mapping[str, Any]) -> Checked:
    if finding.severity not in SEVERITIES:
        raise ValueError(f"{finding.key} has the unknown severity {finding.severity!r}.")
    signature = sign(contents, finding)
    ends = tuple(End(place, label_of(contents, place)) for place in finding.places if exists(place))
    return Checked(finding, ends, signature, dismissals.get(signature))


def exists(place: Place) -> bool:
    """Whether the place can be shown: its section may be left out of an installation."""
    path = f"{place.section}.{place.part}"
    return registry.has(path) if place.part else place.section in registry


def sign(contents: Contents, finding: Finding) -> str:
    """The rule, its places and the values at them: the same in every language, for a live plan and
    for its document."""
    ends = [
        [place.section, place.part, place.row, place.field, value_at(contents, place)]
        for place in finding.places
    ]
    text = json.dumps([finding.key, ends], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def record_at(contents: Contents, place: Place) -> Any:
    """The record of a place, or None where it names a whole part or section."""
    path = f"{place.section}.{place.part}"
    if not registry.has(path):
        return None
    _section, part = registry.part(path)
    if part.is_table:
        return contents.find(path, place.row) if place.row else None
    return contents.part(path)


def value_at(contents: Contents, place: Place) -> Any:
    """What stands in the place's field, in document form; None where it names no field."""
    record = record_at(contents, place)
    if record is None or place.field not in registry[place.section].part(place.part).fields:
        return None
    return to_json(getattr(record, place.field))


def label_of(contents: Contents, place: Place) -> str:
    """Section, part, row and field, as the pages name them. For places that exist."""
    section = registry[place.section]
    words = [str(section.title)]
    if place.part:
        part, record = section.part(place.part), record_at(contents, place)
        words.append(str(part.title))
        if record is not None and part.is_table:
            words.append(str(record))
        if place.field in part.fields:
            words.append(str(part.label(place.field)))
    return " · ".join(words)
