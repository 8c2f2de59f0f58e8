"""The forms of this app: a file with a whole plan, and a table as a file or as pasted text."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.plans.document import DocumentError
from apps.plans.plan_forms import StyledForm
from apps.transfer.limits import MAX_PDF, MAX_TABLE
from apps.transfer.reading import decode, printable, read_json


class DocumentForm(StyledForm, forms.Form):
    """A plan document: the file itself, or on the page that asks again what was read from it.

    ``cleaned_data`` has ``given``, the JSON object, and ``name``, that of the file.
    """

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput({"accept": ".json,application/json,.pdf,application/pdf"}),
        help_text=_(
            "A plan downloaded as JSON, a PDF that was exported with its data, or a file of your "
            "own in the same format."
        ),
    )
    document = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("document")
        if self.errors:
            return cleaned
        if file is None and not text:
            self.add_error("file", _("Choose a file."))
            return cleaned
        try:
            if file is not None:
                data = file.read(MAX_PDF + 1)
                cleaned["name"] = printable(file.name)
            else:
                data = text.encode()
            cleaned["given"] = read_json(data)
        except DocumentError as error:
            self.add_error("file", str(error))
        return cleaned

    def again(self) -> "DocumentForm":
        """The form of the next page, which sends back what was read."""
        given = json.dumps(
            self.cleaned_data["given"], ensure_ascii=False, separators=(",", ":"), default=str
        )
        return DocumentForm(initial={"document": given, "name": self.cleaned_data["name"]})


class TableForm(StyledForm, forms.Form):
    """A table: a file wins over text. ``cleaned_data["text"]`` is what was given, ``encoding`` what
    it was in, where it was a file."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text=_("CSV as Excel, WPS, Numbers or LibreOffice save it. An .xlsx file must be "
                    "saved as CSV first."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the rows here"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=_("The first line holds the names of the columns. Cells copied in a "
                    "spreadsheet can be pasted as they are."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        cleaned["encoding"] = ""
        if file is not None:
            data = file.read(MAX_TABLE + 1)
            try:
                text, cleaned["encoding"] = decode(data)
            except DocumentError as error:
                self.add_error("file", str(error))
        else:
            data = text.encode()
        name = "file" if file is not None else "text"
        if len(data) > MAX_TABLE:
            self.add_error(name, _("This is too large for one table. Import it in pieces."))
        elif not text.strip():
            self.add_error(name, _("Choose a file, or paste the rows."))
        cleaned["text"] = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        return cleaned
