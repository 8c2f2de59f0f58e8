"""What is done to a row without a form of its own: move, delete, bring back, make into another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from django_htmx.http import HttpResponseClientRedirect

from apps.plans import services
from apps.plans.making import make_row, makings
from apps.plans.models import DeletedRow
from apps.plans.paging import page_number
from apps.plans.progress import record_progress
from apps.plans.room import FullTable, full_table
from apps.plans.views.records import deleted_row
from apps.plans.views.sections import PartMixin, part_response


class RowAction(PartMixin, View):
    """A change of one row without a form of its own. POST only."""

    action = "section.edit"
    tables_only = True

    def get_row(self) -> Any:
        path = f"{self.section.name}.{self.part.name}"
        row = self.contents.find(path, self.kwargs["row"])
        if row is None:
            raise Http404
        return row

    def done(self, said: str, row: Any = None, deleted: DeletedRow | None = None) -> HttpResponse:
        """``row`` is what to show the page of, ``deleted`` what to offer back."""
        if self.request.htmx:
            uid = row.uid if row else ""
            return part_response(self, self.request, saved=said, deleted=deleted, row=uid)
        messages.success(self.request, said)
        if deleted is None:
            return redirect(self.part_url(row))
        return redirect(self.part_url(page=page_number(row.number), deleted=deleted.row))

    def refused(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        to = self.part_url()
        return HttpResponseClientRedirect(to) if self.request.htmx else redirect(to)


class MoveRow(RowAction):
    """Up or down by one, or to a position."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = self.get_row()
        steps = {"up": row.number - 2, "down": row.number}  # places count from 0
        to = request.POST.get("to", "")
        if to not in steps and not (to.isdecimal() and len(to) < 6):
            raise Http404
        target = steps[to] if to in steps else int(to)
        services.move_row(section=self.section, part=self.part, row=row, to=target, by=request.user)
        return self.done(_("Moved: %(record)s") % {"record": row}, row)


class DeleteRow(RowAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = self.get_row()
        deleted = services.delete_row(
            section=self.section, part=self.part, row=row, by=request.user
        )
        said = _("Deleted: %(record)s") % {"record": deleted.label}
        if pointing := services.count_references(
            plan=self.plan, section=self.section, part=self.part, row=deleted.row,
            hidden=self.access.hidden,
        ):  # fmt: skip
            said += " " + ngettext(
                "%(count)s entry refers to it and now shows “removed”.",
                "%(count)s entries refer to it and now show “removed”.",
                pointing,
            ) % {"count": pointing}
        return self.done(said, row, deleted)


class UndeleteRow(RowAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        deleted = deleted_row(self, self.kwargs["row"])
        try:
            if deleted is not None:
                services.undelete_row(deleted=deleted, by=request.user)
        except FullTable:
            return self.refused(full_table(self.part))
        # Undo clicked twice: the row is back already.
        self.__dict__.pop("contents", None)  # those before the row came back, if read at all
        row = self.get_row()
        return self.done(_("Brought back: %(record)s") % {"record": row}, row)


class MakeRow(RowAction):
    """Make the row into a row of another part too, and lead there; see making.py.

    Asked a second time, also at the same moment, it leads to what was made the first time.
    """

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.make(request)
        except services.Conflict:  # somebody else was quicker: take the row as it is now
            self.__dict__.pop("contents", None)
            return self.make(request)

    def make(self, request: HttpRequest) -> HttpResponse:
        row = self.get_row()
        row.plan, row.contents = self.plan, self.contents
        link = request.POST.get("link", "")
        making = next((one for one in makings(self.part, row) if one.make.link == link), None)
        if making is None:
            raise Http404
        try:
            made, new = make_row(
                section=self.section, part=self.part, row=row, make=making.make, by=request.user
            )
        except FullTable:
            return self.refused(full_table(making.part))
        if new:
            said = _("“%(record)s” is now in “%(part)s” too. Complete it here.")
            messages.success(request, said % {"record": made, "part": making.part.title})
        return HttpResponseRedirect(
            reverse("plans:row", args=[self.plan.uid, making.section, making.part.name, made.uid])
        )


class Starters(RowAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        added = services.add_starters(
            plan=self.plan, section=self.section, part=self.part, by=request.user
        )
        return self.done(self.told(added))

    def told(self, added: int) -> str:
        """What was added, and that it is only begun: progress now counts what the rows lack."""
        said = ngettext(
            "%(count)s usual row was added.", "%(count)s usual rows were added.", added
        ) % {"count": added}
        self.__dict__.pop("contents", None)  # those before the rows came
        self.__dict__.pop("content", None)
        rows = self.content[self.part.name] if added else []
        if lacking := sum(len(record_progress(self.part, row)[1]) for row in rows):
            said += " " + ngettext(
                "They are a beginning: %(count)s field in them is still yours to fill in and "
                "counts as missing until then. Delete the rows that do not fit.",
                "They are a beginning: %(count)s fields in them are still yours to fill in and "
                "count as missing until then. Delete the rows that do not fit.",
                lacking,
            ) % {"count": lacking}
        return said
