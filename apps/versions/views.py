"""The list of a plan's versions, and saving one by hand."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView

from apps.plans.views.plans import PlanList, PlanView
from apps.versions.forms import VersionForm
from apps.versions.models import Reason, Version
from apps.versions.services import take_version


class VersionList(PlanView, ListView):
    actions = {"GET": "version.read", "POST": "version.create"}
    template_name = "versions/list.html"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset
    form: VersionForm | None = None

    def get_queryset(self) -> QuerySet[Version]:
        versions = self.plan.versions.defer("document").select_related("author")
        return versions.order_by("-number")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form or VersionForm(), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.form = VersionForm(request.POST)
        if not self.form.is_valid():
            response = self.get(request, **kwargs)
            response.status_code = 422
            return response
        label = self.form.cleaned_data["label"]
        latest = self.plan.versions.defer("document").order_by("-number").first()
        version = take_version(plan=self.plan, by=request.user, reason=Reason.MANUAL, label=label)
        if latest and version.number == latest.number:
            text = _("Nothing changed since version %(number)s, so no new one was saved.")
            messages.info(request, text % {"number": version.number})
        else:
            text = _("Version %(number)s is saved.") % {"number": version.number}
            messages.success(request, text)
        return redirect("versions:list", plan=self.plan.uid)
