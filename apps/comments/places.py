"""Where a thread stands: finding the place, and its name in words. Used by services and pages.

A place is the plan, a section, a part, a record or a field of a record, or what is worked out: a
key figure, a derived column of a row; see plans.checks.Place.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from apps.core import money
from apps.plans.checks import Place
from apps.plans.contents import Contents, load
from apps.plans.derived import KEY, figure_at, figure_label, figure_words, is_figure
from apps.plans.display import show
from apps.plans.document import dump_record, restore, restore_record
from apps.plans.labels import in_each_language, place_words
from apps.plans.models import DeletedRow, Plan, Record
from apps.plans.progress import is_filled
from apps.plans.sections import Part, registry
from apps.versions.models import Version

NAMES = ("section", "part", "row", "field")
ROW = re.compile(r"[A-Za-z0-9_-]{1,32}")


class NoSuchPlace(Exception):
    """The plan has no such place and never had: forged, mistyped, or of another plan."""


@dataclass(frozen=True)
class Found:
    """What the place is called, "" where the registry names it, and holds, in document form."""

    label: str = ""
    excerpt: Any = None


def part_of(place: Place) -> Part | None:
    """The place's part; None for the plan, a section, and a part no longer installed."""
    path = f"{place.section}.{place.part}"
    return registry.part(path)[1] if registry.has(path) else None


def well_formed(place: Place) -> bool:
    """Whether a plan could have such a place, going by the registry alone."""
    if not place.section:
        return not (place.part or place.row or place.field)
    if not place.part:
        return place.section in registry and not (place.row or place.field)
    if is_figure(place):
        known = not place.field or KEY.fullmatch(place.field)
        return place.section in registry and not place.row and bool(known)
    part = part_of(place)
    if part is None or (place.row and not (part.is_table and ROW.fullmatch(place.row))):
        return False
    if not place.field:
        return True
    return place.field in (*part.fields, *part.derived) and bool(place.row) == part.is_table


def look_up(plan: Plan, place: Place, version: Version | None = None) -> Found:
    """The place in the version if one is given, in the plan as it stands, or, so that nobody's
    text is lost when a row is deleted meanwhile, among its deleted rows. Else ``NoSuchPlace``."""
    if not well_formed(place):
        raise NoSuchPlace
    if is_figure(place) and place.field:
        return _figure(plan, place, version)
    part = part_of(place)
    if part is None or (part.is_table and not place.row):
        return Found()
    with translation.override(plan.language):
        record = _record(plan, place, part, version)
        if record is None:
            raise NoSuchPlace
        label = str(record)[:200] if part.is_table else ""
        document = dump_record(part, record)
    if place.field in part.derived:
        return Found(label, in_each_language(lambda: show(record, place.field)))
    return Found(label, document.get(place.field) if place.field else document)


def _figure(plan: Plan, place: Place, version: Version | None) -> Found:
    contents = restore(version.document) if version else load(plan)
    with translation.override(plan.language):
        figure = figure_at(contents, place)
        if figure is None:
            raise NoSuchPlace
        label = str(figure.label)[:200]
    return Found(label, in_each_language(lambda: figure_text_at(contents, place)))


def figure_text_at(contents: Contents, place: Place) -> str:
    """What the key figure reads in the language now active."""
    figure = figure_at(contents, place)
    return money.UNKNOWN if figure is None else figure_words(figure, contents.plan.currency)


def _record(plan: Plan, place: Place, part: Part, version: Version | None) -> Record | None:
    sources = [restore(version.document)] if version else []
    for contents in [*sources, load(plan)]:
        record = record_at(contents, place, part)
        if record is not None:
            return record
    deleted = DeletedRow.objects.filter(
        plan=plan, section=place.section, part=place.part, row=place.row
    ).first()
    return deleted_record(deleted, part, load(plan)) if deleted else None


def row_key(place: Place) -> tuple[str, str, str]:
    return place.section, place.part, place.row


def record_at(contents: Contents, place: Place, part: Part) -> Record | None:
    path = f"{place.section}.{place.part}"
    if part.is_table:
        return contents.find(path, place.row)
    return contents.part(path)


def held(contents: Contents, place: Place) -> list[tuple[str, str]]:
    """(name, text) of what stands at the place: of the field, or of every filled field of the
    record; nothing of larger places, and of rows that are gone."""
    if is_figure(place) and place.field:
        label = figure_label(place.section, place.field)
        return [(label, figure_text_at(contents, place))]
    part = part_of(place)
    if part is None or (part.is_table and not place.row):
        return []
    record = record_at(contents, place, part)
    return [] if record is None else texts(record, part, place)


def texts(record: Record, part: Part, place: Place) -> list[tuple[str, str]]:
    """(name, text) of the field that the place names, or of every filled one."""
    names = [place.field] if place.field else part.fields
    return [
        (str(part.label(name)), show(record, name))
        for name in names
        if place.field or is_filled(getattr(record, name))
    ]


def deleted_record(deleted: DeletedRow, part: Part, contents: Contents) -> Record:
    """The deleted row as it last was, not saved."""
    record = restore_record(part, contents.plan, deleted.document)
    record.contents = contents
    return record


words = place_words  # where a thread stands, in the language now active


def key(place: Place) -> str:
    """The place as part of an HTML id."""
    return "-".join([place.section or "plan", place.part, place.row, place.field]).strip("-")


def url(plan: Plan, place: Place) -> str:
    """The place among the others that can be commented on."""
    if place.section not in registry:
        return reverse("comments:list", args=[plan.uid])
    page = reverse("comments:section", args=[plan.uid, registry[place.section]])
    return f"{page}#at-{key(place)}"


def query(place: Place) -> str:
    """The place as the query of a URL: what ``comments:start`` reads."""
    return urlencode({name: value for name in NAMES if (value := getattr(place, name))})
