"""A change of many rows at once, as a table declares it (plans/bulk.py): asked for confirmation
where that is needed, and undone by restoring the version taken before."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from apps.plans.bulk import BulkForm
from apps.plans.sections import BulkChange
from apps.plans.views.sections import PartMixin
from apps.versions import services

CONFIRMED = "confirmed"  # the button of the page that asks


class BulkChangeView(PartMixin, TemplateView):
    action = "section.edit"
    tables_only = True
    template_name = "versions/bulk.html"

    @cached_property
    def change(self) -> BulkChange:
        name = self.kwargs["change"]
        change = next((one for one in self.part.bulk if one.name == name), None)
        if change is None:
            raise Http404
        return change

    def form(self, data: Any = None) -> BulkForm:
        return self.change.form(data, content=self.content)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(**kwargs | {"change": self.change})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if CONFIRMED not in request.POST and self.form().asks:
            return self.get(request, **kwargs)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)
        changed, before = services.change_in_bulk(
            plan=self.plan, section=self.section, change=self.change, form=form,
            by=request.user, hidden=self.access.hidden,
        )  # fmt: skip
        if before is None:
            messages.info(request, _("Nothing was changed: there was nothing to do."))
        else:
            undo = reverse("versions:restore", args=[self.plan.uid, before.number])
            link = format_html('<a href="{}">{}</a>', undo, _("Undo"))
            text = ngettext(
                "%(label)s: %(count)d row is changed. Before that, version %(number)d was saved.",
                "%(label)s: %(count)d rows are changed. Before that, version %(number)d was saved.",
                changed,
            )
            number = before.number
            said = text % {"label": self.change.label, "count": changed, "number": number}
            messages.success(request, format_html("{} {}", said, link))
        return redirect(self.part_url())
