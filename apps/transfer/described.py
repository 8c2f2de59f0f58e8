"""A field of the document in words, for people who write such a file. Used by the format page."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.plans import fields
from apps.plans.models import Plan
from apps.plans.sections import Part, registry
from apps.transfer.schema import field_schema, setting


@dataclass(frozen=True)
class Described:
    """``choices``: (what to write, what it means)."""

    name: str
    label: str
    kind: str
    choices: list[tuple[str, str]]


def described_settings() -> list[Described]:
    return [
        _describe(setting(name), name, capfirst(setting(name).verbose_name))
        for name in Plan.CONTENT
    ]


def described_part(part: Part) -> list[Described]:
    return [_describe(part.model_field(name), name, part.label(name)) for name in part.fields]


def _describe(field: models.Field, name: str, label: Any) -> Described:
    choices = [(str(key), str(text)) for key, text in getattr(field, "options", field.flatchoices)]
    return Described(name, str(label), kind_in_words(field), choices)


def kind_in_words(field: models.Field) -> str:
    if isinstance(field, fields.RowRef):
        return _("The uid of a row of %(table)s") % {"table": _table(field.target)}
    if isinstance(field, fields.RowRefs):
        return _("A list of uids of rows of %(table)s") % {"table": _table(field.target)}
    if isinstance(field, fields.RowScores):
        return _("{uid: score}, %(low)s to %(high)s for each row of %(table)s") % {
            "low": field.low, "high": field.high, "table": _table(field.target)
        }  # fmt: skip
    if isinstance(field, fields.SectionRef):
        return _("The name of a section")
    if isinstance(field, fields.ChoiceList):
        return _("A list of these")
    if isinstance(field, models.BooleanField):
        return _("true, false or null")
    if isinstance(field, fields.Month):
        return _("A month as its first day, such as 2027-01-01")
    if isinstance(field, models.DateField):
        return _("A day, such as 2027-01-31")
    if field.flatchoices:
        return _("One of these")
    if isinstance(field, models.IntegerField | models.DecimalField):
        return _number(field)
    limit = fields.LONG_TEXT_MAX if isinstance(field, fields.LongText) else field.max_length
    return _("Text of at most %(length)s characters") % {"length": f"{limit:,}"}


def _number(field: models.Field) -> str:
    limits = field_schema(field)
    words = {"low": f"{limits['minimum']:,}", "high": f"{limits['maximum']:,}"}
    if isinstance(field, models.IntegerField):
        return _("A whole number from %(low)s to %(high)s") % words
    return _("A number from %(low)s to %(high)s, with at most %(places)s decimals") % {
        **words,
        "places": field.decimal_places,
    }


def _table(path: str) -> str:
    if not registry.has(path):
        return path
    section, part = registry.part(path)
    return _("“%(part)s” in the section “%(section)s”") % {
        "part": part.title,
        "section": section.title,
    }
