"""Form parts that know nothing of the domain. Used by every app that has forms."""

from typing import Any

from django import forms


class LongTextWidget(forms.Textarea):
    """A text area that starts small; the page lets it grow with its text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, "data-grow": "", **(attrs or {})})


class MonthInput(forms.DateInput):
    """A calendar month, written and read as YYYY-MM in every language."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "YYYY-MM", **(attrs or {})}, format="%Y-%m")
