"""Why a finding is put aside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.checks.models import Dismissal


class DismissForm(forms.ModelForm):
    signature = forms.CharField(widget=forms.HiddenInput, max_length=64)

    class Meta:
        model = Dismissal
        fields = ("reason",)
        error_messages = {
            "reason": {
                "required": _("Write down why: the next reader will ask."),
            }
        }
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}
