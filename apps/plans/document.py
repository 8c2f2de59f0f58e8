"""The document: the one JSON form of a plan, hub of versions, copies, samples and the PDF.

    {"format": "ventureplan/1",
     "plan": {"title": …},
     "sections": {"market": {"analysis": {field: value, …},
                             "segment": [{"uid": …, field: value, …, "evidence": {…}}, …]}}}

Decimals are strings, days ISO strings, references uids. ``dump`` and ``restore`` are exact
inverses; ``restore`` builds unsaved instances and makes no query.
"""

import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from apps.plans.contents import Contents
from apps.plans.models import Plan, Record
from apps.plans.sections import Part, Section, registry

FORMAT = "ventureplan/1"
ATTACHED_AS = "ventureplan.json"  # its name inside a PDF
Document = dict[str, Any]
# What no database stores as text: NUL, and halves of a character (surrogates).
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class DocumentError(Exception):
    """The document cannot be read; the message is a sentence for people."""


def to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def dump_record(part: Part, record: Record) -> dict[str, Any]:
    """{field: value}, and "evidence" where there is any."""
    data = {name: to_json(getattr(record, name)) for name in part.fields}
    if record.evidence:
        data["evidence"] = record.evidence
    return data


def dump(contents: Contents) -> Document:
    """The document of the sections that the contents' reader may see."""
    sections: dict[str, Any] = {}
    for content in contents.sections():
        parts: dict[str, Any] = {}
        for part in content.section.parts:
            value = content[part.name]
            if part.is_table:
                parts[part.name] = [{"uid": row.uid, **dump_record(part, row)} for row in value]
            else:
                parts[part.name] = dump_record(part, value)
        sections[content.section.name] = parts
    plan = {name: to_json(getattr(contents.plan, name)) for name in Plan.CONTENT}
    return {"format": FORMAT, "plan": plan, "sections": sections}


def content_hash(document: Document) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def restore_record(part: Part, plan: Plan, data: dict[str, Any]) -> Record:
    """An unsaved instance. Fields the document lacks keep their defaults; unknown ones are left."""
    record = part.model(plan=plan, evidence=data.get("evidence") or {})
    if part.is_table and data.get("uid"):
        record.uid = data["uid"]
    for name in part.fields:
        if name not in data:
            continue
        setattr(record, name, read(part.model_field(name), data[name], part.title))
    return record


def read(field: Field, value: Any, place: Any) -> Any:
    """The value as the field holds it, or a ``DocumentError`` that names the place."""
    try:
        return field.to_python(value)
    except (ValidationError, TypeError, ValueError) as error:
        problems = getattr(error, "messages", [_("This value cannot be read.")])
        raise DocumentError(
            _("%(part)s, %(field)s: %(problem)s")
            % {"part": place, "field": field.name, "problem": " ".join(problems)}
        ) from error


def refuse_unstorable(value: Any) -> None:
    """``DocumentError`` if a text or key anywhere in the document cannot be stored."""
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise DocumentError(
            _("The plan holds a character that cannot be stored. Remove it and try again.")
        )
    if isinstance(value, dict | list):
        for item in value:
            refuse_unstorable(item)
    if isinstance(value, dict):
        for item in value.values():
            refuse_unstorable(item)


def restore(document: Document, hidden: frozenset[str] = frozenset()) -> Contents:
    """The contents of a document."""
    if document.get("format") != FORMAT:
        raise DocumentError(_("This is not a plan document that this version can read."))
    refuse_unstorable(document)
    settings = document.get("plan") or {}
    plan = Plan()
    for name in Plan.CONTENT:
        if name in settings:
            field = Plan._meta.get_field(name)
            setattr(plan, name, read(field, settings[name], _("Plan settings")))

    def fetch(section: Section, part: Part) -> list[Record]:
        value = (document.get("sections") or {}).get(section.name, {}).get(part.name)
        items = value if part.is_table else [value]
        records = [restore_record(part, plan, item) for item in items or [] if item]
        for position, record in enumerate(records):
            record.position = position
        return records

    missing = {section.name for section in registry} - set(document.get("sections") or {})
    return Contents(plan, fetch, hidden | missing)
