"""The one field of a version saved by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VersionForm(forms.Form):
    label = forms.CharField(
        label=_("Name of the version"),
        max_length=120,
        required=False,
        help_text=_("Optional: what it is for, such as “Before the pitch in May”."),
    )
