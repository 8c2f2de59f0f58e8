"""What an export asks: of which version, in which language, which chapters and annexes."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.exports.choices import WHO_READS, Annex, Edition, Format, Paper, Standard
from apps.exports.formats import MAKERS
from apps.exports.models import Export
from apps.plans.sections import Section

# What each edition is, and how long it gets where none was made yet.
EDITIONS = {
    Edition.ONE_PAGE: (
        _("Figures, pictures, team and ask on one page, as a PDF; annexes stay out."),
        "",
    ),
    Edition.INVESTOR: (
        _(
            "What an investor reads: the summary, and of each chapter its answers, tables and "
            "pictures, without the details of every row."
        ),
        _("About 20 to 30 pages for a complete plan."),
    ),
    Edition.FULL: (
        _("Everything that was written, with all details, evidence and monthly statements."),
        _("About 60 to 100 pages for a complete plan."),
    ),
}

FORMATS = {
    Format.PDF: _("To send and to print."),
    Format.DOCX: _(
        "To go on writing in Word, WPS or LibreOffice. Word asks once whether to update fields: "
        "Yes fills in the page numbers of the contents."
    ),
    Format.XLSX: _("To recalculate in Excel or LibreOffice; the funding model alone."),
}


class ExportForm(forms.Form):
    # The number of an earlier version; empty for the plan as it stands.
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of the document"),
        choices=Export._meta.get_field("language").choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Headings, labels, dates and numbers are printed in this language; what the team "
            "wrote is printed as it was written."
        ),
    )
    format = forms.ChoiceField(label=_("Format"), required=False, widget=forms.RadioSelect)
    edition = forms.ChoiceField(
        label=_("Edition"), choices=Edition.choices, required=False, widget=forms.RadioSelect
    )
    sections = forms.MultipleChoiceField(
        label=_("Chapters"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A cover and the contents come before them. What you leave out is not printed, but the "
            "figures of the other chapters still count it."
        ),
        required=False,  # but see clean: the letter may go alone
    )
    annexes = forms.MultipleChoiceField(
        label=_("After the chapters"),
        choices=Annex.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Details and monthly statements stand in the chapters of the full edition anyway. The "
            "checks are printed with the reasons for what was dismissed, comments with their "
            "answers and the names of who wrote them. The reply to the reviewers may go alone, "
            "without a chapter."
        ),
    )

    paper = forms.ChoiceField(
        label=_("Paper"), choices=Paper.choices, required=False, widget=forms.RadioSelect
    )
    standard = forms.ChoiceField(
        label=_("Kind of PDF"), choices=Standard.choices, required=False, widget=forms.RadioSelect
    )
    attached = forms.BooleanField(
        label=_("Attach the data of the plan"),
        required=False,
        help_text=_(
            "The printed chapters as a file inside the PDF, from which the plan can be imported "
            "again. Whoever gets the PDF gets the data too."
        ),
    )

    def __init__(
        self,
        *args: Any,
        offered: Collection[Section],
        withheld: Collection[Annex] = (Annex.LETTER, *WHO_READS),
        last_pages: dict[str, int] | None = None,
        **kwargs: Any,
    ) -> None:
        """``offered``: the sections that the person may see; ``withheld``: the annexes that they
        may not. ``last_pages``: what the last export of an edition came to."""
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = [
            (edition.value, described(edition, (last_pages or {}).get(edition)))
            for edition in Edition
        ]
        self.calculating = [section for section in offered if section.workbook]
        self.fields["format"].choices = [
            (
                one.value,
                format_html(
                    '<strong>{}</strong> <span class="muted">{}</span>', one.label, FORMATS[one]
                ),
            )
            for one in Format
            if one in MAKERS and (one != Format.XLSX or self.calculating)
        ]
        chapters = self.fields["sections"]
        chapters.choices = [(section.name, section.title) for section in offered]
        chapters.initial = [section.name for section in offered]
        self.fields["annexes"].choices = [
            choice for choice in Annex.choices if choice[0] not in withheld
        ]

    def clean_edition(self) -> str:
        return self.cleaned_data["edition"] or Edition.INVESTOR

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # What the page does not ask of the chosen format or edition may have been chosen before.
        if cleaned.get("format") == Format.XLSX:
            cleaned |= {"edition": Edition.FULL, "annexes": []}
        one_page = cleaned.get("edition") == Edition.ONE_PAGE
        if one_page:
            cleaned["annexes"] = []
        pdf = cleaned.get("format") == Format.PDF
        letter_alone = pdf and not one_page and Annex.LETTER in cleaned.get("annexes", ())
        if "sections" in cleaned and not cleaned["sections"] and not letter_alone:
            self.add_error("sections", _("Choose at least one chapter."))
        if one_page and not pdf:
            self.add_error(
                "edition",
                _("The one-page summary is a PDF. Choose PDF above, or another edition here."),
            )
        if cleaned.get("format") == Format.XLSX and cleaned.get("sections"):
            self._ask_for_the_model(cleaned["sections"])
        return cleaned

    def _ask_for_the_model(self, chosen: Collection[str]) -> None:
        """A workbook of chapters that calculate nothing would be empty."""
        titles = [str(one.title) for one in self.calculating]
        if not {one.name for one in self.calculating} & set(chosen):
            self.add_error(
                "sections",
                _(
                    "The financial model stands in this chapter: %(chapters)s. Choose it too, or "
                    "another format."
                )
                % {"chapters": gettext(", ").join(titles)},
            )

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or Format.PDF

    def clean_paper(self) -> str:
        return self.cleaned_data["paper"] or Paper.A4

    def clean_standard(self) -> str:
        return self.cleaned_data["standard"] or Standard.ACCESS


def described(edition: Edition, pages: int | None) -> SafeString:
    """An edition's name, what it is, and how long: as the last one was, if there was one."""
    what, usual = EDITIONS[edition]
    measured = ngettext(
        "The last one had %(pages)s page.", "The last one had %(pages)s pages.", pages or 0
    )
    return format_html(
        '<strong>{}</strong> <span class="muted">{} {}</span>',
        edition.label,
        what,
        measured % {"pages": pages} if pages else usual,
    )
