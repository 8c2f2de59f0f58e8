"""How a stored value reads to a person: for tables, read pages, conflicts, differences, the PDF."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from apps.core import money
from apps.plans import fields
from apps.plans.evidence import GIVEN_FOR, sentence
from apps.plans.models import Record
from apps.plans.references import Ref
from apps.plans.sections import Part, registry


def show(record: Record, name: str) -> str:
    """The field (or property) ``name`` of the record as text; "—" for unknown."""
    value = getattr(record, name)
    try:
        field = record._meta.get_field(name)
    except FieldDoesNotExist:
        return show_plain(value)
    return show_value(field, value, record)


def show_value(field: Any, value: Any, record: Record) -> str:
    """A model field's value as text, read in the company of ``record``: currency, references."""
    if value is None or value in ("", [], {}):
        return money.UNKNOWN
    if isinstance(field, fields.RowRef):
        return str(record.resolve(field.target, value))
    if isinstance(field, fields.RowRefs):
        return _(", ").join(str(record.resolve(field.target, uid)) for uid in value)
    if isinstance(field, fields.RowScores):
        scores = [f"{record.resolve(field.target, uid)} {score}" for uid, score in value.items()]
        return _(", ").join(scores)
    if isinstance(field, fields.SectionRef):
        return str(registry[value].title) if value in registry else _("removed")
    if isinstance(field, fields.ChoiceList):
        labels = dict(field.options)
        return _(", ").join(str(labels.get(item, item)) for item in value)
    if isinstance(field, fields.Money):
        return money.money(value, record.plan.currency)
    if isinstance(field, fields.Percent | fields.Rate):
        return money.percent(value)
    if isinstance(field, fields.Month):
        return money.month(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return show_plain(value)


def references(record: Record, name: str) -> list[Ref]:
    """What the field ``name`` points at; nothing where it is another kind of field."""
    field = next((one for one in record._meta.fields if one.name == name), None)
    if isinstance(field, fields.RowRef):
        return [record.resolve(field.target, getattr(record, name))]
    if isinstance(field, fields.RowRefs):
        return [record.resolve(field.target, uid) for uid in getattr(record, name) or []]
    return []


def show_plain(value: Any) -> str:
    if value is None or value == "":
        return money.UNKNOWN
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | Decimal):
        return money.number(value)
    if isinstance(value, float):
        return money.number(round(value, 4))
    if isinstance(value, date):
        return money.day(value)
    return str(value)


def show_stored(part: Part, record: Record, name: str, stored: Any) -> str:
    """A value in document form (from the activity or a version) as text."""
    if name == "evidence":
        return show_evidence(part, stored or {})
    return show_value(part.model_field(name), part.model_field(name).to_python(stored), record)


def evidence_doubt(record: Record, name: str) -> str:
    """What to ask where the evidence was given for another figure than stands there; "" where it
    fits."""
    given = record.evidence.get(name, {})
    if GIVEN_FOR not in given:
        return ""
    field = record._meta.get_field(name)
    figure = show_value(field, field.to_python(given[GIVEN_FOR]), record)
    return _("the evidence was given for %(figure)s: is it still right?") % {"figure": figure}


def show_evidence(part: Part, evidence: dict[str, dict[str, str]]) -> str:
    lines = [
        f"{part.label(name)}: {sentence(given)}"
        for name, given in evidence.items()
        if name in part.fields
    ]
    return "\n".join(lines) or money.UNKNOWN
