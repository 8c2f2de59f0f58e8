"""A version's name, and which two to compare."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.plans.models import Plan


class VersionForm(forms.Form):
    label = forms.CharField(
        label=_("Name of the version"),
        max_length=120,
        required=False,
        help_text=_("Optional: what it is for, such as “Before the pitch in May”."),
    )


class CompareForm(forms.Form):
    """Any two versions, newest first; 0 stands for the plan as it is now. One query."""

    older = forms.TypedChoiceField(label=pgettext_lazy("versions", "From"), coerce=int)
    newer = forms.TypedChoiceField(label=pgettext_lazy("versions", "To"), coerce=int)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = plan.versions.order_by("-number").values_list("number", "label")
        named = [
            (number, f"{gettext('Version %(number)s') % {'number': number}} {label}".strip())
            for number, label in versions
        ]
        self.fields["older"].choices = named
        self.fields["newer"].choices = [(0, pgettext_lazy("versions", "Now")), *named]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
