"""Which mail a person wants of which kind of notice."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from apps.notices.kinds import KINDS
from apps.notices.models import Mail


class MailForm(forms.Form):
    """One choice a kind, named by the kind."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in KINDS.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.title, choices=Mail.choices, initial=chosen[name],
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip

    def rows(self) -> Iterator[dict[str, Any]]:
        """A kind, its three buttons and what is wrong, for the table."""
        for field in self:
            yield {"field": field, "buttons": list(field), "errors": field.errors}
