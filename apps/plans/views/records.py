"""Editing one record: the same classes for every section. Each works with and without htmx.

A save that was based on an older revision answers 409 with both texts (see conflict.py).
"""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.plans import movement, services
from apps.plans.activity import Entry, entries
from apps.plans.conflict import TAKE, Conflicted, resolve_choices
from apps.plans.contents import reread
from apps.plans.display import evidence_doubt
from apps.plans.document import dump_record
from apps.plans.evidence import input_name
from apps.plans.forms import RecordForm
from apps.plans.models import Activity, DeletedRow, Record
from apps.plans.room import FullTable, full_table
from apps.plans.views.sections import PartMixin, part_response

REDRAW = "redraw"  # a button of forms in which one answer decides what else is asked
OWN_FORM = "own-form"  # the form on the record's own page, by its id
UID = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")


def deleted_row(view: PartMixin, uid: str) -> DeletedRow | None:
    return DeletedRow.objects.filter(
        plan=view.plan, section=view.section.name, part=view.part.name, row=uid
    ).first()


class RecordView(PartMixin, TemplateView):
    """Show and save the form of one record."""

    action = "section.edit"
    template_name = "plans/record.html"

    @property
    def inline(self) -> bool:
        """Whether htmx puts the answer among the rows of the editor; else it is a whole page."""
        return bool(self.request.htmx) and self.request.htmx.target != OWN_FORM

    def get_record(self) -> Record:
        """The record as it stands, or a blank one that belongs to the plan."""
        raise Http404

    def get_form(self, record: Record, data: Any = None, **kwargs: Any) -> RecordForm:
        record.contents = self.contents
        return self.part.form(
            data, instance=record, part=self.part, contents=self.contents, **kwargs
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.get_record()
        return self.show(self.get_form(record), record.revision)

    def show(
        self, form: RecordForm, revision: int, status: int = 200, **extra: Any
    ) -> HttpResponse:
        record = form.instance
        context = self.get_context_data(
            form=form, record=record, revision=revision, inline=self.inline, **extra
        )
        if self.inline:
            self.template_name = "plans/record_fragment.html"
            form.focus_first()
        elif record.pk:
            context["history"] = self.history(record)
        return self.render_to_response(context, status=status)

    def history(self, record: Record) -> list[Entry]:
        changes = Activity.objects.filter(
            plan=self.plan, section=self.section.name, part=self.part.name, row=record.uid
        )
        return entries(changes.select_related("by").order_by("-at", "-pk")[:50], self.access)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            base = int(request.POST.get("revision", "0"))
        except ValueError:
            base = 0
        try:
            record = self.get_record()
        except Http404:
            return self.deleted_meanwhile()
        data = request.POST
        if REDRAW in data and self.part.form.decider:
            return self.show(self.get_form(record, answers=data), base, redrawn=True)
        if TAKE in data:
            data = resolve_choices(data, self.get_form(self.get_record()))
        form = self.get_form(record, data)
        before, current_revision = form.before, record.revision
        if not form.is_valid():
            return self.show(form, base, status=422)
        try:
            if base != current_revision:
                raise services.Conflict(self.get_record())
            standing = self.standing_before(form)
            services.save_record(
                section=self.section, part=self.part, record=form.instance,
                before=before, base=base, by=request.user,
            )  # fmt: skip
        except services.Conflict as conflict:
            return self.show_conflict(form, base, conflict.current)
        except FullTable:
            form.add_error(None, full_table(self.part))
            return self.show(form, base, status=422)
        return self.saved(form.instance, standing)

    def standing_before(self, form: RecordForm) -> movement.Standing | None:
        """The key figures and so on before the save; None where it cannot move any."""
        changed = services.difference(form.before, dump_record(self.part, form.instance))
        may_move = movement.may_move(self.part, changed)
        return movement.Standing.of(self.contents) if may_move else None

    def show_conflict(self, form: RecordForm, base: int, current: Record | None) -> HttpResponse:
        if current is None:
            return self.deleted_meanwhile()
        if dump_record(self.part, form.instance) == dump_record(self.part, current):
            return self.saved(current)  # the same form posted twice
        conflicted = Conflicted(
            plan=self.plan, section=self.section, part=self.part, mine=form, base=base,
            current=current, contents=self.contents,
        )  # fmt: skip
        merged = self.get_form(current, initial=conflicted.merged)
        return self.show(merged, current.revision, status=409, conflict=conflicted)

    def deleted_meanwhile(self) -> HttpResponse:
        """The row is gone: keep the text, offered as a new row."""
        deleted = deleted_row(self, self.kwargs.get("row", ""))
        if deleted is None:
            raise Http404
        blank = self.part.model(plan=self.plan)
        form = self.get_form(blank, self.request.POST)
        form.is_valid()
        return self.show(form, 0, status=409, deleted=deleted, post_url=self.new_url())

    def new_url(self) -> str:
        return reverse("plans:new_row", args=[self.plan.uid, self.section, self.part.name])

    def saved(self, record: Record, before: movement.Standing | None = None) -> HttpResponse:
        """``before``: how the plan stood, to be compared with how it stands now."""
        after = reread(self.contents, self.section) if before is not None else None
        now = movement.Standing.of(after) if after else None
        context = {
            "said": _("Saved: %(record)s") % {"record": record if record.uid else self.part.title},
            "moved": movement.moved(before.figures, now.figures, self.section) if now else [],
            "brought": before.brought(now) if now else [],
            "doubts": self.doubts(record),
            "address": self.address(record),
        }  # fmt: skip
        said = render_to_string("plans/_saved.html", context)
        if self.request.htmx:
            return part_response(self, self.request, saved=said, contents=after, row=record.uid)
        messages.success(self.request, said)
        return redirect(self.part_url(record))

    def doubts(self, record: Record) -> list[dict[str, str]]:
        """The figures whose evidence was given for another figure."""
        return [
            {"label": self.part.label(name), "field": input_name(name, "basis"), "text": text}
            for name in self.part.quantified
            if (text := evidence_doubt(record, name))
        ]

    def address(self, record: Record) -> str:
        """Where the saved record is edited."""
        if record.uid:
            kind, place = "row", [self.part.name, record.uid]
        else:
            kind, place = "sheet", [self.part.name]
        return reverse(f"plans:{kind}", args=[self.plan.uid, self.section, *place])


class SheetView(RecordView):
    """The one record of a sheet."""

    def get_record(self) -> Record:
        if self.part.is_table:
            raise Http404
        record = services.find_record(plan=self.plan, part=self.part, row="")
        return record or self.part.model(plan=self.plan)


class RowView(RecordView):
    tables_only = True

    def get_record(self) -> Record:
        row = services.find_record(plan=self.plan, part=self.part, row=self.kwargs["row"])
        if row is None:
            raise Http404
        return row


class NewRow(RecordView):
    """A row that is not there yet. Its uid is chosen with the form, so that a form posted twice
    makes one row."""

    tables_only = True

    def get_record(self) -> Record:
        row = self.part.model(plan=self.plan)
        posted = self.request.POST.get("uid", "")
        # A deleted row keeps its uid, to come back under it.
        if UID.fullmatch(posted) and deleted_row(self, posted) is None:
            row.uid = posted
        return row
