"""A record as its own form would post it, and which field names a row. Pure."""

from typing import Any

from apps.plans.evidence import input_name
from apps.plans.models import Record
from apps.plans.sections import Part


def form_data(part: Part, record: Record) -> dict[str, Any]:
    """What a browser would send for the record's form as it stands."""
    data: dict[str, Any] = {}
    for name in part.fields:
        value = part.model_field(name).value_from_object(record)
        if isinstance(value, dict):  # scores of rows
            data |= {f"{name}-{uid}": str(score) for uid, score in value.items()}
        elif value is not None and value != "":
            data[name] = value
    for name in part.quantified:
        for key, value in record.evidence.get(name, {}).items():
            data[input_name(name, key)] = value
    return data


def name_field(part: Part) -> str:
    """The field people call a row by: the first that none can do without, else the first."""
    needed = (name for name in part.fields if must_be_given(part, name))
    return next(needed, part.fields[0])


def must_be_given(part: Part, name: str) -> bool:
    field = part.model_field(name)
    return part.is_table and not field.blank and field.get_default() in ("", None)
