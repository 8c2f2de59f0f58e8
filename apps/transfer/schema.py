"""The JSON Schema (2020-12) of the plan document, made from the section registry.

Pure: no request, no query. Served by views/format.py; checking.py takes from it which JSON types a
field may have, so that what is published and what is accepted cannot differ. Fields that the schema
does not name are allowed: an import leaves them out and says so.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import translation

from apps.plans import fields
from apps.plans.document import FORMAT
from apps.plans.evidence import Basis, Confidence
from apps.plans.models import Plan
from apps.plans.room import MAX_ROWS
from apps.plans.sections import Part, Section, registry

Schema = dict[str, Any]
# Lines that may refer to one another are compared with one another: fewer at a time as CSV.
MAX_LINKED_ROWS = 500
UID = r"[A-Za-z0-9_-]{1,32}"  # what an address can hold, see plans.converters
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MONTH = r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"


@cache
def schema() -> Schema:
    """The whole schema. Choices and labels come in every language of the product."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "VenturePlan document",
        "description": (
            "One venture plan. Decimals are strings without grouping, days are YYYY-MM-DD, months "
            "the first day of the month, references the uid of a row. null is unknown."
        ),
        "type": "object",
        "required": ["format"],
        "properties": {
            "format": {"const": FORMAT},
            "plan": {
                "type": "object",
                "properties": {name: field_schema(setting(name)) for name in Plan.CONTENT},
            },
            "sections": {
                "type": "object",
                "properties": {section.name: _section(section) for section in registry},
            },
        },
        "$defs": {"evidence": _evidence()},
    }


def setting(name: str) -> models.Field:
    return Plan._meta.get_field(name)


def titled(text: Any, key: str = "title") -> dict[str, str]:
    """{"title": …, "x-title-zh-hans": …}: English first, then every other language."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[key if code == "en" else f"x-{key}-{code}"] = str(text)
    return said


def _section(section: Section) -> Schema:
    parts = {part.name: _part(section, part) for part in section.parts}
    return {**titled(section.title), "type": "object", "properties": parts}


def _part(section: Section, part: Part) -> Schema:
    properties = {
        name: {
            **titled(part.label(name)),
            **titled(part.form.guide.get(name, ("",))[0], "description"),
            **field_schema(part.model_field(name)),
        }
        for name in part.fields
    }
    if part.quantified:
        one = {"$ref": "#/$defs/evidence"}
        properties["evidence"] = {
            "type": "object",
            "properties": dict.fromkeys(part.quantified, one),
        }
    record = {"type": "object", "properties": properties}
    if not part.is_table:
        return {**titled(part.title), **record}
    properties["uid"] = {
        "type": "string",
        "pattern": f"^{UID}$",
        "description": "Public id of the row, unique in its table; made up if it is missing.",
    }
    return {**titled(part.title), "type": "array", "maxItems": MAX_ROWS, "items": record}


@cache
def field_schema(field: models.Field) -> Schema:
    """What JSON a field holds, without its label. Not to be changed: it is kept."""
    described = _kind(field)
    if field.null:
        described["type"] = [*_listed(described["type"]), "null"]
    return described


def _listed(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types


def _kind(field: models.Field) -> Schema:
    if isinstance(field, fields.RowRef):
        return {"type": "string", "maxLength": field.max_length, **_target(field.target)}
    if isinstance(field, fields.RowRefs):
        return {"type": "array", "items": {"type": "string"}, **_target(field.target)}
    if isinstance(field, fields.RowScores):
        score = {"type": "integer", "minimum": field.low, "maximum": field.high}
        return {"type": "object", "additionalProperties": score, **_target(field.target)}
    if isinstance(field, fields.SectionRef):
        return {"type": "string", "x-refers-to": "a section's name"}
    if isinstance(field, fields.ChoiceList):
        return {"type": "array", "items": {"oneOf": _options(field.options)}}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.DecimalField):
        most = field.decimal_places
        places = rf"(\.[0-9]{{1,{most}}})?" if most else ""
        return {"type": ["string", "number"], "pattern": f"^-?[0-9]+{places}$", **_range(field)}
    if isinstance(field, models.IntegerField):
        return {"type": "integer", **_range(field)}
    if isinstance(field, models.DateField):
        pattern = MONTH if isinstance(field, fields.Month) else DAY
        return {"type": "string", "pattern": pattern}
    if field.choices:
        blank = [("", "—")] if field.blank else []
        return {"type": "string", "oneOf": _options([*blank, *field.flatchoices])}
    longest = fields.LONG_TEXT_MAX if isinstance(field, fields.LongText) else field.max_length
    return {"type": "string", "maxLength": longest}


def _options(choices: Any) -> list[Schema]:
    return [{"const": str(value), **titled(label)} for value, label in choices]


def _range(field: models.Field) -> Schema:
    limits = {}
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            limits["minimum"] = int(validator.limit_value)
        elif isinstance(validator, MaxValueValidator):
            limits["maximum"] = int(validator.limit_value)
    return limits


def _target(path: str) -> Schema:
    """How a reference says where it leads: the uid of a row of "section.part"."""
    return {"x-refers-to": path}


def _evidence() -> Schema:
    """Where one figure comes from; see plans.evidence."""
    return {
        "type": "object",
        "properties": {
            "basis": {"oneOf": _options(Basis.choices)},
            "source": {"type": "string", "maxLength": 500},
            "date": {"type": "string", "pattern": DAY},
            "confidence": {"oneOf": _options(Confidence.choices)},
            "note": {"type": "string", "maxLength": 1000},
        },
    }
