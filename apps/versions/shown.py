"""A difference in words: what _diff.html prints. Used through version_tags, and by reviews and
comments for single fields. No request, no query.

Texts are compared word by word, lists item by item, figures get their difference, references read
as the names of what they point at.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from apps.plans import fields
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.display import show_stored, show_value
from apps.plans.evidence import sentence
from apps.plans.models import Plan, Record
from apps.plans.sections import Part, Section, registry
from apps.versions.diff import BLANK, FieldDiff, PlanDiff, RowDiff
from apps.versions.steps import field_step
from apps.versions.words import CONTEXT, Piece, compare, folded

LISTS = fields.ChoiceList | fields.RowRefs | fields.RowScores


@dataclass(frozen=True)
class ShownField:
    """``kind``: "text" and "items" are told by their pieces, "value" by ``old`` and ``new``, with
    the ``step`` between them where there is one."""

    label: str
    kind: str
    old: str
    new: str
    pieces: list[Piece] = field(default_factory=list)
    step: str = ""
    evidence: bool = False


@dataclass(frozen=True)
class ShownRow:
    """``kind`` as in RowDiff. ``places``: those between which a row moved, as in RowDiff."""

    title: str
    kind: str
    place: Place
    fields: list[ShownField]
    places: tuple[int, int] | None = None


@dataclass(frozen=True)
class ShownPart:
    part: Part
    rows: list[ShownRow]


@dataclass(frozen=True)
class ShownSection:
    section: Section
    count: int
    parts: list[ShownPart]


@dataclass(frozen=True)
class ShownDiff:
    count: int
    settings: list[ShownField]
    sections: list[ShownSection]


def shown(diff: PlanDiff) -> ShownDiff:
    sections = []
    for name, found in diff.sections.items():
        section = registry[name]
        parts = [
            ShownPart(part, [shown_row(diff, section, part, row) for row in rows.rows])
            for rows in found.parts
            for part in [section.part(rows.name)]
        ]
        sections.append(ShownSection(section, found.count, parts))
    settings = [shown_field(diff, change) for change in diff.settings]
    return ShownDiff(diff.count, settings, sections)


def shown_row(
    diff: PlanDiff, section: Section, part: Part, row: RowDiff, context: int = CONTEXT
) -> ShownRow:
    """``context``: how much unchanged text is kept beside a change of a text."""
    side = diff.contents[0] if row.kind == "removed" else diff.contents[1]
    record = record_of(side, section.name, part, row.uid)
    return ShownRow(
        title=str(record) if part.is_table else "",
        kind=row.kind,
        place=Place(section.name, part.name, row.uid),
        fields=[shown_field(diff, change, context) for change in row.fields],
        places=row.moved,
    )


def shown_field(diff: PlanDiff, change: FieldDiff, context: int = CONTEXT) -> ShownField:
    """One change in words."""
    if not change.place.section:
        return _shown_setting(diff, change, context)
    section, part = registry.part(f"{change.place.section}.{change.place.part}")
    name = change.place.field
    label = capfirst(str(part.label(name)))
    if change.evidence:
        old, new = (sentence(given or {}) for given in (change.old, change.new))
        pieces = folded(compare(old, new), context)
        return ShownField(label, "text", old, new, pieces, evidence=True)
    model_field, values = part.model_field(name), (change.old, change.new)
    records = [
        record_of(contents, section.name, part, change.place.row) for contents in diff.contents
    ]
    texts = [show_stored(part, r, name, v) for r, v in zip(records, values, strict=True)]
    if isinstance(model_field, LISTS) and change.target not in diff.hidden:
        return ShownField(label, "items", *texts, _items(model_field, values, records))
    return _told(diff, label, model_field, values, texts, context)


def _shown_setting(diff: PlanDiff, change: FieldDiff, context: int) -> ShownField:
    model_field, values = Plan._meta.get_field(change.place.field), (change.old, change.new)
    texts = [
        show_value(model_field, model_field.to_python(value), contents.plan)
        for value, contents in zip(values, diff.contents, strict=True)
    ]
    return _told(diff, capfirst(model_field.verbose_name), model_field, values, texts, context)


def record_of(contents: Contents, section: str, part: Part, uid: str) -> Record:
    """The record in these contents; a blank one where it is not there."""
    path = f"{section}.{part.name}"
    record = contents.find(path, uid) if part.is_table else contents.part(path)
    if record is None:
        record = part.model(plan=contents.plan)
        record.contents = contents
    return record


def _told(
    diff: PlanDiff, label: str, model_field: Any, values: tuple[Any, Any], texts: list[str],
    context: int,
) -> ShownField:  # fmt: skip
    if _is_text(model_field):
        old, new = ("" if value in BLANK else str(value) for value in values)
        return ShownField(label, "text", *texts, folded(compare(old, new), context))
    old_currency, currency = (contents.plan.currency for contents in diff.contents)
    by = ""
    if old_currency == currency or not isinstance(model_field, fields.Money):
        by = field_step(model_field, *map(model_field.to_python, values), currency)
    return ShownField(label, "value", *texts, step=by)


def _is_text(model_field: Any) -> bool:
    if isinstance(model_field, fields.RowRef | fields.SectionRef) or model_field.choices:
        return False
    return model_field.get_internal_type() in {"CharField", "TextField"}


def _items(model_field: Any, values: tuple[Any, Any], records: list[Record]) -> list[Piece]:
    """The items of a list: those that stayed, went and came. Of many scores only what changed."""
    scores = isinstance(model_field, fields.RowScores)
    old, new = (dict(v or {}) if scores else dict.fromkeys(v or []) for v in values)
    pieces = []
    for key in [*old, *(key for key in new if key not in old)]:
        was = _item(model_field, key, old.get(key), records[0])
        now = _item(model_field, key, new.get(key), records[1])
        if key in old and key in new and old[key] == new[key]:
            pieces += [] if scores else [Piece("same", now)]
            continue
        pieces += [Piece("del", was)] if key in old else []
        pieces += [Piece("ins", now)] if key in new else []
    return pieces


def _item(model_field: Any, key: Any, score: Any, record: Record) -> str:
    if isinstance(model_field, fields.ChoiceList):
        return str(dict(model_field.options).get(key, key))
    name = str(record.resolve(model_field.target, key))
    return name if score is None else f"{name} {score}"
