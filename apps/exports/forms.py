"""What an export asks: of which version, in which language, which chapters and annexes."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.exports.models import Annex, Export
from apps.plans.sections import Section


class ExportForm(forms.Form):
    # The number of an earlier version; empty for the plan as it stands.
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of the PDF"),
        choices=Export._meta.get_field("language").choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Headings, labels, dates and numbers are printed in this language; what the team "
            "wrote is printed as it was written."
        ),
    )
    sections = forms.MultipleChoiceField(
        label=_("Chapters"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A cover and the contents come before them. What you leave out is not printed, but the "
            "figures of the other chapters still count it."
        ),
        error_messages={"required": _("Choose at least one chapter.")},
    )
    annexes = forms.MultipleChoiceField(
        label=_("After the chapters"),
        choices=Annex.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What the checks have found and was not dismissed, with the reasons for what was."
        ),
    )

    def __init__(
        self, *args: Any, offered: Collection[Section], founder: bool = False, **kwargs: Any
    ) -> None:
        """``offered``: the sections that the person may see."""
        super().__init__(*args, **kwargs)
        chapters = self.fields["sections"]
        chapters.choices = [(section.name, section.title) for section in offered]
        chapters.initial = [section.name for section in offered]
        if not founder:  # what mentors said to the founders is the founders' to pass on
            annexes = [choice for choice in Annex.choices if choice[0] != Annex.LETTER]
            self.fields["annexes"].choices = annexes
