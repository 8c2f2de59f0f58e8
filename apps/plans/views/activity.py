"""Who did what on a plan: the page, and the same as a CSV file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import ListView, View

from apps.core.csv_export import csv_response
from apps.plans.access import Access, PlanMixin
from apps.plans.activity import Entry, entries, told
from apps.plans.activity_filter import ActivityFilter
from apps.plans.views.plans import PlanList, PlanView


class FilteredActivity(PlanMixin):
    action = "activity.read"

    @cached_property
    def form(self) -> ActivityFilter:
        return ActivityFilter(self.request.GET, access=self.access)  # type: ignore[attr-defined]


class PlanActivity(FilteredActivity, PlanView, ListView):
    """Newest first. Entries of sections hidden from the reader are left out."""

    template_name = "plans/activity.html"
    paginate_by = 50
    paginate_queryset = PlanList.paginate_queryset

    def get_queryset(self) -> Any:
        return self.form.activity(folded=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("page", None)
        asked = {name for name, value in query.items() if value}
        context = super().get_context_data(
            form=self.form, querystring=query.urlencode(), filtered=bool(asked), **kwargs
        )
        context["entries"] = entries(context["page_obj"].object_list, self.access)
        return context


class ActivityCsv(FilteredActivity, View):
    """All pages of the list in one file, with every edit that a restore or an import made. A choice
    that makes no sense is answered by the page, which says so."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.form.is_valid():
            page = reverse("plans:activity", args=[self.plan.uid])
            return redirect(f"{page}?{request.GET.urlencode()}")
        rows = csv_rows(self.form.activity(), self.access, translation.get_language() or "en")
        today = timezone.localdate().isoformat()
        return csv_response(rows, f"activity-{self.plan.uid}-{today}.csv")


def csv_rows(found: Any, access: Access, language: str) -> Iterator[list[str]]:
    """A row for each changed field; one for what changed none. Written after the view returned, so
    the language is set here."""
    with translation.override(language):
        yield heading()
        for entry in told(found.iterator(chunk_size=500), access):
            yield from entry_rows(entry)


def heading() -> list[str]:
    return [
        _("Time (%(zone)s)") % {"zone": f"{timezone.localtime():%Z}"},
        pgettext("activity", "Person"),
        pgettext("activity", "What"),
        _("Section"),
        _("Part"),
        pgettext("activity", "About"),
        pgettext("activity", "Field"),
        pgettext("activity", "Before"),
        pgettext("activity", "After"),
    ]


def entry_rows(entry: Entry) -> Iterator[list[str]]:
    activity = entry.activity
    row = [
        f"{timezone.localtime(activity.at):%Y-%m-%d %H:%M:%S}", entry.person,
        capfirst(activity.get_verb_display()), entry.section, entry.part, entry.what,
    ]  # fmt: skip
    if not entry.changes:
        yield [*row, "", "", ""]
    for change in entry.changes:
        yield [*row, change.label, change.old, change.new]
