"""The form of the company's logo and colour."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.exports.look import clean_accent, clean_logo


class LookForm(forms.Form):
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_(
            "A PNG, JPEG or WebP file. It stands on the cover, up to 60 mm wide and 20 mm high."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_logo = forms.BooleanField(label=_("Print no logo"), required=False)
    accent = forms.CharField(
        label=_("Accent colour"),
        required=False,
        max_length=7,
        help_text=_(
            "For headings, lines and the edge of the cover, as # and six digits, for example "
            "#1b50c7. Empty: the blue of VenturePlan."
        ),
    )

    def __init__(self, *args: Any, has_logo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["without_logo"]

    def clean_logo(self) -> bytes | None:
        """The picture as it is kept; None where none was chosen."""
        upload: UploadedFile | None = self.cleaned_data["logo"]
        return clean_logo(upload) if upload else None

    def clean_accent(self) -> str:
        return clean_accent(self.cleaned_data["accent"])
