"""One table of a section as CSV: out, and in by way of a preview of every row."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from apps.plans.contents import load
from apps.plans.document import DocumentError
from apps.plans.room import MAX_ROWS
from apps.plans.services import Conflict
from apps.plans.views.sections import PartMixin
from apps.transfer import services
from apps.transfer.forms import TableForm
from apps.transfer.reading import printable
from apps.transfer.rows import RowImport
from apps.transfer.schema import MAX_LINKED_ROWS
from apps.transfer.tables import MAX_CELL, Table, heading, read_csv, write_csv
from apps.transfer.views.documents import attachment, file_name


class TableFile(PartMixin, View):
    """The table as the person may see it, in their language."""

    action = "plan.download"
    tables_only = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        text = write_csv(self.contents, self.part, f"{self.section.name}.{self.part.name}")
        return attachment(text, "text/csv", file_name(self.plan, f" - {self.part.title}.csv"))


class TableImport(PartMixin, TemplateView):
    """Upload or paste, look at every row, take all of it or nothing.

    The page of the preview holds the text, so that it can be corrected there, and the revisions of
    the rows that it shows: a row that somebody saves meanwhile comes back as a conflict.
    """

    action = "section.edit"
    tables_only = True
    template_name = "transfer/table.html"

    @property
    def most(self) -> int:
        """How many rows at a time."""
        path = f"{self.section.name}.{self.part.name}"
        targets = {getattr(self.part.model_field(name), "target", "") for name in self.part.fields}
        return MAX_LINKED_ROWS if path in targets else MAX_ROWS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=TableForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        try:
            if not form.is_valid():
                return self.show(422, form=form)
            table = read_csv(form.cleaned_data["text"], self.part, self.most)
        except DocumentError as error:
            form.add_error("file" if "file" in request.FILES else "text", str(error))
            return self.show(422, form=form)
        text = form.cleaned_data["text"]
        seen = request.POST.get("seen", "") == digest(text)
        revisions = read_revisions(request.POST.get("revisions", "")) if seen else None
        made = self.compare(table, revisions)
        if "apply" not in request.POST or not seen or not made.acceptable:
            status = 409 if made.counts["conflict"] else 422 if made.counts["refused"] else 200
            return self.preview(made, form, status)
        try:
            self.save(made, request.FILES.get("file"))
        except Conflict:
            self.plan.refresh_from_db()
            return self.preview(self.compare(table, revisions), form, 409)
        return self.done(made)

    def compare(self, table: Table, revisions: dict[str, int] | None) -> RowImport:
        return RowImport(
            section=self.section, part=self.part, table=table, revisions=revisions,
            contents=load(self.plan, self.access.hidden),
        )  # fmt: skip

    def save(self, made: RowImport, file: Any) -> None:
        services.save_rows(
            plan=self.plan, section=self.section, part=self.part, by=self.request.user,
            changed=made.changed(), added=made.added(),
            label=printable(file.name) if file else "",
        )  # fmt: skip

    def done(self, made: RowImport) -> HttpResponse:
        count = len(made.changed()) + len(made.added())
        said = ngettext("%(count)s row is imported.", "%(count)s rows are imported.", count)
        messages.success(self.request, said % {"count": count})
        page = reverse("plans:edit", args=[self.plan.uid, self.section])
        return HttpResponseRedirect(f"{page}?part={self.part.name}")

    def preview(self, made: RowImport, form: TableForm, status: int) -> HttpResponse:
        text = form.cleaned_data["text"]
        return self.show(
            status,
            form=TableForm(initial={"text": text}),
            made=made,
            encoding=form.cleaned_data["encoding"],
            seen=digest(text),
            revisions=json.dumps(made.seen(), separators=(",", ":")),
        )

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        context = self.get_context_data(
            headings=[heading(self.part, name) for name in self.part.fields],
            max_rows=self.most, max_cell=MAX_CELL, **context,
        )  # fmt: skip
        return self.render_to_response(context, status=status)


def digest(text: str) -> str:
    """Tells whether the text is still the one that was shown, however a browser breaks lines."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def read_revisions(text: str) -> dict[str, int]:
    """What the preview sent along; anything else is as if nothing had been seen."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, dict):
        return {}
    return {uid: number for uid, number in given.items() if isinstance(number, int)}
