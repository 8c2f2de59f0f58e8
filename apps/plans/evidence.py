"""Evidence for a quantified assumption: one mechanism for every section.

A record keeps {field: {basis, source, date, confidence, note}} in its ``evidence``. The record's
form carries these five as extra inputs of each quantified field (see forms.RecordForm).

If the figure changes and its evidence does not, the evidence keeps ``given_for``, the figure that
it was given for, until it is edited or confirmed.
"""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core import money


class Basis(models.TextChoices):
    MEASURED = "measured", _("Measured")
    SOURCED = "sourced", _("From a source")
    ESTIMATED = "estimated", _("Estimated")
    GUESSED = "guessed", _("Guessed")


class Confidence(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


KEYS = ("basis", "source", "date", "confidence", "note")
GIVEN_FOR = "given_for"
CONFIRM = "confirm"


def input_name(field: str, key: str) -> str:
    return f"{field}__{key}"


def evidence_fields(field: str) -> dict[str, forms.Field]:
    """The five inputs of one quantified field, by input name."""
    optional: dict[str, Any] = {"required": False}
    fields = {
        "basis": forms.ChoiceField(
            choices=[("", "—"), *Basis.choices], label=_("Where the figure comes from"), **optional
        ),
        "source": forms.CharField(
            max_length=500,
            label=_("Source"),
            help_text=_("A report, an interview, or a web address."),
            **optional,
        ),
        "date": forms.DateField(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            label=_("As of"),
            **optional,
        ),
        "confidence": forms.ChoiceField(
            choices=[("", "—"), *Confidence.choices], label=_("Confidence"), **optional
        ),
        "note": forms.CharField(max_length=1000, label=_("Note"), **optional),
    }
    return {input_name(field, key): made for key, made in fields.items()}


def label(key: str) -> Any:
    """What one of the five inputs is called: "Where the figure comes from"."""
    return evidence_fields("")[input_name("", key)].label


def collect(field: str, cleaned: dict[str, Any]) -> dict[str, str]:
    """The evidence of one field from a form's cleaned data; empty answers are left out."""
    values = {key: cleaned.get(input_name(field, key)) for key in KEYS}
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in values.items()
        if value
    }


def confirm_field() -> forms.Field:
    """Offered where the evidence was given for another figure than the one that stands there."""
    return forms.BooleanField(
        required=False, label=_("The evidence holds for the figure as it stands now")
    )


def remember(
    given: dict[str, Any], kept: dict[str, Any], *, was: Any, now: Any, confirmed: bool
) -> dict[str, Any]:
    """The evidence ``given`` for a figure that ``was`` one thing and is ``now`` another (both in
    document form), where ``kept`` is the evidence so far."""
    same = bool(given) and given == {key: kept[key] for key in KEYS if key in kept}
    first = kept.get(GIVEN_FOR, was)
    if confirmed or not same or first in (None, now):
        return given
    return {**given, GIVEN_FOR: first}


def sentence(given: dict[str, str]) -> str:
    """One field's evidence as people read it: Estimated · report X · 1 March 2026 · …"""
    parts = [str(dict(Basis.choices).get(given.get("basis", ""), "")), given.get("source", "")]
    if given.get("date"):
        parts.append(money.day(date.fromisoformat(given["date"])))
    if given.get("confidence") in Confidence.values:
        parts.append(
            gettext("confidence %(level)s")
            % {"level": str(Confidence(given["confidence"]).label).lower()}
        )
    parts.append(given.get("note", ""))
    return " · ".join(part for part in parts if part)
