"""The one question of an export: in which language."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.exports.models import Export


class ExportForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the PDF"),
        choices=Export._meta.get_field("language").choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Headings, labels, dates and numbers are printed in this language; what the team "
            "wrote is printed as it was written."
        ),
    )
