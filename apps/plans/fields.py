"""The field types that section models are made of. Used by every section app's models.py.

``None`` means unknown for every number; the empty string means unwritten for every text. Ranges are
validators, so that a form says in a sentence what is wrong; text is bounded because a PDF must be
able to print it.
"""

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextWidget, MonthInput
from apps.plans.references import Ref, RowRef, RowRefs, RowScores, SectionRef, form_field_of

__all__ = [
    "Choice", "ChoiceList", "Day", "LongText", "Money", "Month", "Percent", "Quantity", "Rate",
    "Ref", "RowRef", "RowRefs", "RowScores", "Score", "SectionRef", "ShortText", "WholeNumber",
    "YesNo", "new_uid",
]  # fmt: skip

UID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LONG_TEXT_MAX = 20_000


def new_uid() -> str:
    """A public id of 12 characters, 58 bits: not guessable, easy to read aloud."""
    return "".join(secrets.choice(UID_ALPHABET) for _i in range(12))


class ShortText(models.CharField):
    """One line of at most 200 characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)


class LongText(models.TextField):
    """Paragraphs of plain text, at most 20,000 characters."""

    default_validators = [MaxLengthValidator(LONG_TEXT_MAX)]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"widget": LongTextWidget, **kwargs})


class Choice(models.CharField):
    """One of a fixed set: E{…} in frameworks.md."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def get_choices(self, *args: Any, **kwargs: Any) -> list:
        """Nothing chosen reads as it does in every other field."""
        return super().get_choices(*args, **{"blank_choice": [("", "—")], **kwargs})


class ChoiceList(models.JSONField):
    """Several of a fixed set, kept as a list of values: M{…} in frameworks.md."""

    def __init__(self, *args: Any, options: Any = (), **kwargs: Any) -> None:
        # "options", since Django's "choices" would compare the whole list with each choice.
        self.options = list(getattr(options, "choices", options))
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs = {"choices": self.options, "widget": forms.CheckboxSelectMultiple, **kwargs}
        return form_field_of(self, forms.MultipleChoiceField, **kwargs)

    def clean(self, value: Any, model_instance: Any) -> list[str]:
        known = {str(key) for key, _label in self.options}
        if not isinstance(value, list) or not {str(item) for item in value} <= known:
            raise ValidationError(_("Choose only from the list."), code="invalid_choice")
        return [str(item) for item in value]


class Score(models.PositiveSmallIntegerField):
    """A judgement from ``low`` to ``high``, by default 1 to 5; None means not judged yet."""

    def __init__(self, *args: Any, low: int = 1, high: int = 5, **kwargs: Any) -> None:
        self.low, self.high = low, high
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "low": self.low, "high": self.high}

    @property
    def validators(self) -> list:
        return [MinValueValidator(self.low), MaxValueValidator(self.high)]

    def formfield(self, **kwargs: Any) -> forms.Field:
        numbers = [(n, str(n)) for n in range(self.low, self.high + 1)]
        kwargs = {"choices": [("", "—"), *numbers], "coerce": int, "empty_value": None, **kwargs}
        return form_field_of(self, forms.TypedChoiceField, **kwargs)


class YesNo(models.BooleanField):
    """Yes, no, or (None) not answered yet."""

    ANSWERS = (("", "—"), ("yes", _("Yes")), ("no", _("No")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs = {
            "choices": self.ANSWERS,
            "coerce": lambda value: value in {True, "yes", "True"},
            "empty_value": None,
            **kwargs,
        }
        return form_field_of(self, forms.TypedChoiceField, **kwargs)

    def value_from_object(self, obj: models.Model) -> str:
        return {True: "yes", False: "no"}.get(getattr(obj, self.attname), "")


class Bounded(models.DecimalField):
    """A decimal within ``low`` … ``high``. NaN and infinity are refused by DecimalField itself."""

    unit = ""  # what the form shows behind the label: "currency" stands for the plan's own
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal("1e15")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    @property
    def validators(self) -> list:
        limits = []
        if self.low is not None:
            limits.append(MinValueValidator(self.low))
        if self.high is not None:
            limits.append(MaxValueValidator(self.high))
        return [*super().validators, *limits]


class Money(Bounded):
    """An amount in the plan's one currency, not negative."""

    unit = "currency"


class Quantity(Bounded):
    """A count or measure, not negative."""


class Percent(Bounded):
    """0 to 100."""

    unit = "%"
    high = Decimal(100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 6)
        super().__init__(*args, **kwargs)


class Rate(Bounded):
    """A change in per cent, -100 to 10,000."""

    unit = "%"
    low, high = Decimal(-100), Decimal(10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 8)
        super().__init__(*args, **kwargs)


class WholeNumber(models.PositiveIntegerField):
    """A count of things; None means unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    @property
    def validators(self) -> list:
        return [MinValueValidator(0), MaxValueValidator(2_000_000_000)]


class Day(models.DateField):
    """A calendar day; None means unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return super().formfield(**{"widget": widget, **kwargs})


class Month(Day):
    """A calendar month, kept as its first day."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) == 7:
            value = f"{value}-01"
        day = super().to_python(value)
        return day.replace(day=1) if day else None

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(
            **{"widget": MonthInput, "input_formats": ["%Y-%m", "%Y-%m-%d"], **kwargs}
        )
