"""One value as the cell of a table, and back. Used by tables.py and rows.py.

A cell holds what people read: the label of a choice, the name of a row. ``read`` takes also what
the document holds, the value of the choice or the uid of the row, and labels of every language.
Where a name is not unique its uid stands behind it in brackets. Lists are separated by ";".
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from apps.plans import fields
from apps.plans.contents import Contents
from apps.plans.document import to_json
from apps.plans.models import Record
from apps.plans.sections import registry
from apps.transfer.reading import printable

BRACKETED = re.compile(r"(.*?)\s*\[([A-Za-z0-9_-]{1,32})\]", re.DOTALL)
SEPARATOR = re.compile(r"[;；\n]")
# What makes a spreadsheet run a cell instead of showing it, also behind our own mark.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
GROUPED = re.compile(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?")
DATED = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})?日?)?")
SIGNS = "¥￥$€£%％ \u00a0"


# --- Out -----------------------------------------------------------------------------------------
class Writer:
    """Writes the cells of records of the same contents, as their reader may see them."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._names: dict[str, Counter[str]] = {}

    def cell(self, record: Record, name: str) -> str:
        """The cell of a field, safe to be opened by a spreadsheet."""
        text, field = self.text(record, name), record._meta.get_field(name)
        number = isinstance(field, models.IntegerField | models.DecimalField)
        return text if number else guarded(text)

    def text(self, record: Record, name: str) -> str:
        field, value = record._meta.get_field(name), getattr(record, name)
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(field, fields.RowRef):
            return self.name(field.target, value)
        if isinstance(field, fields.RowRefs):
            return "; ".join(self.name(field.target, uid, ";；") for uid in value)
        if isinstance(field, fields.RowScores):
            named = [(self.name(field.target, uid, ";；:："), n) for uid, n in value.items()]
            return "; ".join(f"{name}: {score}" for name, score in named)
        if isinstance(field, fields.SectionRef):
            return _label(value, [(section.name, section.title) for section in registry])
        if isinstance(field, fields.ChoiceList):
            return "; ".join(_label(one, field.options) for one in value)
        if isinstance(field, models.BooleanField):
            return str(dict(fields.YesNo.ANSWERS)["yes" if value else "no"])
        if field.choices:
            return _label(value, field.flatchoices)
        return to_json(value) if isinstance(value, Decimal | date) else str(value)

    def name(self, target: str, uid: str, avoid: str = "") -> str:
        """What a row is called: its name where that alone leads back to it."""
        row = self.contents.find(target, uid) if self.sees(target) else None
        if row is None:
            return f"[{uid}]"
        name = row_name(row)
        usable = not set(avoid) & set(name) and not BRACKETED.fullmatch(name)
        if usable and self.names(target)[name.casefold()] == 1:
            return name
        plain = "".join(" " if sign in avoid else sign for sign in name)
        return f"{plain} [{uid}]".strip()

    def sees(self, target: str) -> bool:
        return target.partition(".")[0] not in self.contents.hidden and registry.has(target)

    def names(self, target: str) -> Counter[str]:
        if target not in self._names:
            rows = self.contents.part(target)
            self._names[target] = Counter(row_name(row).casefold() for row in rows)
        return self._names[target]


def row_name(row: Any) -> str:
    return " ".join(str(row).split())


def _label(value: str, choices: Iterable[tuple[str, Any]]) -> str:
    """The label, or the value itself where the label would not lead back to it."""
    labels = {str(key): str(label) for key, label in choices}
    label = labels.get(str(value), "")
    unique = list(labels.values()).count(label) == 1 and not SEPARATOR.search(label)
    return label if unique else str(value)


def guarded(text: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; ``unguarded`` gives the text back."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


# --- In ------------------------------------------------------------------------------------------
def read(field: models.Field, text: str, offered: dict[str, str]) -> Any:
    """What the form's input of the field would send. ``offered``: {uid: name} of the rows that a
    reference may lead to. ``ValidationError`` says what to write instead."""
    text = text.strip() if not isinstance(field, fields.LongText) else text
    if isinstance(field, fields.RowRef):
        return _row(text, offered) if text else ""
    if isinstance(field, fields.RowRefs):
        return [_row(one, offered) for one in _listed(text)]
    if isinstance(field, fields.RowScores):
        return _scores(text, offered)
    if isinstance(field, fields.SectionRef):
        return _choice(text, [(section.name, section.title) for section in registry])
    if isinstance(field, fields.ChoiceList):
        return [_choice(one, field.options) for one in _listed(text)]
    if isinstance(field, models.BooleanField):
        answers = [("yes", fields.YesNo.ANSWERS[1][1]), ("no", fields.YesNo.ANSWERS[2][1])]
        answers += [("yes", "true"), ("yes", "1"), ("no", "false"), ("no", "0")]
        return _choice(text, answers)
    if field.choices:
        return _choice(text, field.flatchoices)
    if isinstance(field, models.DateField):
        return _day(text, isinstance(field, fields.Month))
    if isinstance(field, models.IntegerField | models.DecimalField):
        return _number(text)
    return text


def _listed(text: str) -> list[str]:
    return [one.strip() for one in SEPARATOR.split(text) if one.strip()]


def _choice(text: str, choices: Iterable[tuple[str, Any]]) -> str:
    if not text:
        return ""
    choices = list(choices)
    for key, _text in choices:
        if text == str(key):
            return str(key)
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for key, label in choices:
                if text.casefold() == str(label).strip().casefold():
                    return str(key)
    labels = dict.fromkeys(str(label) for _key, label in choices)
    raise ValidationError(
        _("“%(text)s” is not offered. Write one of: %(labels)s.")
        % {"text": printable(text), "labels": _(", ").join(labels)}
    )


def _row(text: str, offered: dict[str, str]) -> str:
    bracketed = BRACKETED.fullmatch(text)
    if bracketed and bracketed[2] in offered:
        return bracketed[2]
    wanted = " ".join(text.split()).casefold()
    found = [uid for uid, name in offered.items() if name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(
            _("%(count)s rows are called “%(text)s”. Write the row's ID in brackets: [%(uid)s].")
            % {"count": len(found), "text": printable(text), "uid": found[0]}
        )
    if text in offered:
        return text
    raise ValidationError(
        _("No row is called “%(text)s”. Correct the name, or add that row first.")
        % {"text": printable(text)}
    )


def _scores(text: str, offered: dict[str, str]) -> dict[str, str]:
    scores = {}
    for one in _listed(text):
        name, colon, score = one.replace("：", ":").rpartition(":")
        if not colon:
            raise ValidationError(
                _("Write each score behind its name, such as “Growth: 4; Competition: 2”.")
            )
        scores[_row(name.strip(), offered)] = score.strip()
    return scores


def _number(text: str) -> str:
    """Without currency, per cent and grouping; the form judges the rest."""
    plain = text.translate({ord(sign): None for sign in SIGNS})
    return plain.replace(",", "").replace("，", "") if GROUPED.fullmatch(plain) else plain


def _day(text: str, month: bool) -> str:
    """As spreadsheets write days, to YYYY-MM-DD; the form judges the rest."""
    if found := DATED.fullmatch(text):
        year, of_year, of_month = found.groups()
        if of_month or month:
            return f"{year}-{of_year:0>2}-{of_month or '1':0>2}"
    ends = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    if month and ends and "1" in (ends[1].lstrip("0"), ends[2].lstrip("0")):
        # A month's first day, whichever of the two numbers a country writes first.
        other = ends[2] if ends[1].lstrip("0") == "1" else ends[1]
        return f"{ends[3]}-{other:0>2}-01"
    return text
