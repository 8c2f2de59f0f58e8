"""The form that checks a file against what was stored."""

import hashlib
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_FILE = 100_000_000  # bytes; the largest export has some ten million
SHA256 = re.compile(r"[0-9a-f]{64}")


class VerifyForm(forms.Form):
    """``cleaned_data["sha256"]``: of the file, or as it was typed."""

    file = forms.FileField(label=_("File"), required=False)
    typed = forms.CharField(
        label=_("Or its SHA-256"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("64 digits and letters, as “sha256sum” or “certutil -hashfile” print them."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, typed = cleaned.get("file"), re.sub(r"\s", "", cleaned.get("typed") or "").lower()
        if self.errors:
            return cleaned
        if file is None and not typed:
            self.add_error("file", _("Choose the file that you want to check."))
        elif file is None and not SHA256.fullmatch(typed):
            self.add_error("typed", _("A SHA-256 has 64 characters, 0–9 and a–f."))
        elif file is not None and file.size > MAX_FILE:
            self.add_error("file", _("This file is larger than any that is made here."))
        else:
            cleaned["sha256"] = digest(file) if file is not None else typed
        return cleaned


def digest(file: Any) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()
