"""One value of a document: is it of the right kind, and what does the field make of it?

Used by checking.py. The kinds are those of the published schema; what a value may be within its
kind is decided by the model field itself.
"""

from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from apps.plans import fields
from apps.plans.evidence import KEYS, evidence_fields, input_name
from apps.plans.room import MAX_ROWS
from apps.plans.sections import registry
from apps.transfer.reading import printable
from apps.transfer.schema import Schema, field_schema

TYPES: dict[str, Any] = {
    "string": str, "number": (int, Decimal), "integer": int, "boolean": bool,
    "array": list, "object": dict, "null": NoneType,
}  # fmt: skip
MAX_LISTED = 12  # so many choices fit into a sentence


def clean(field: models.Field, value: Any) -> Any:
    """The value as the record holds it; ``ValidationError`` with what to write instead."""
    described = field_schema(field)
    if not is_kind(value, described):
        raise ValidationError(_wanted(field, described))
    offered = [str(key) for key, _name in getattr(field, "options", field.flatchoices)]
    chosen = value if isinstance(value, list) else [value]
    for item in chosen if offered else []:
        if item not in offered and not (item == "" and field.blank):
            raise ValidationError(_not_offered(item, offered))
    return field.clean(value, None)


def is_kind(value: Any, described: Schema) -> bool:
    """Whether the value is of the schema's JSON type, and so is all that is in it."""
    types = described.get("type", "string")
    names = [types] if isinstance(types, str) else types
    if not any(_is(value, name) for name in names):
        return False
    if isinstance(value, list):
        return len(value) <= MAX_ROWS and all(is_kind(one, described["items"]) for one in value)
    if isinstance(value, dict):
        inner = described["additionalProperties"]
        return len(value) <= MAX_ROWS and all(is_kind(one, inner) for one in value.values())
    return True


def _is(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def _wanted(field: models.Field, described: Schema) -> str:
    if isinstance(field, fields.RowScores):
        return _("Write {uid: score} with whole numbers from %(low)s to %(high)s.") % {
            "low": field.low, "high": field.high
        }  # fmt: skip
    types = described["type"]
    kind = types if isinstance(types, str) else types[0]
    if isinstance(field, models.DateField):
        return _('Write a day as text, such as "2027-01-31".')
    if isinstance(field, models.DecimalField):
        return _('Write a number without grouping, such as "1250.5".')
    return {
        "string": _("Write text in quotation marks; \"\" for none."),
        "integer": _("Write a whole number without quotation marks."),
        "boolean": _("Write true or false without quotation marks, or null."),
        "array": _("Write a list of texts, such as [\"a\", \"b\"], of at most %(most)s.")
        % {"most": MAX_ROWS},
    }[kind]  # fmt: skip


def _not_offered(value: str, offered: list[str]) -> str:
    return _("“%(value)s” is not offered. Write one of: %(choices)s.") % {
        "value": printable(value),
        "choices": ", ".join(offered[:MAX_LISTED]) + (" …" if len(offered) > MAX_LISTED else ""),
    }


def clean_evidence(name: str, given: Any) -> dict[str, str]:
    """The evidence behind one quantified field; unknown keys and empty texts are left out."""
    if not isinstance(given, dict) or not all(isinstance(given.get(key, ""), str) for key in KEYS):
        raise ValidationError(
            _('Write evidence as {"basis": …, "source": …, "date": …} with texts only.')
        )
    made = evidence_fields(name)
    for key in KEYS:
        made[input_name(name, key)].clean(given.get(key, ""))
    if given.get("date"):
        try:
            date.fromisoformat(given["date"])
        except ValueError as error:
            raise ValidationError(_('Write a day as text, such as "2027-01-31".')) from error
    return {key: given[key] for key in KEYS if given.get(key)}


def leads_nowhere(field: models.Field, value: Any, known: dict[str, set[str]]) -> list[str]:
    """The references of the value that find nothing. ``known``: the uids of every table in sight;
    a table that is not in it is out of sight, and nothing can be said."""
    if isinstance(field, fields.SectionRef):
        return [value] if value and value not in registry else []
    if not isinstance(field, fields.RowRef | fields.RowRefs | fields.RowScores):
        return []
    if field.target not in known:
        return []
    uids = [value] if isinstance(value, str) else list(value or [])
    return [uid for uid in uids if uid and uid not in known[field.target]]
