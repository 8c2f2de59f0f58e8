"""The page of a plan's checks: reading it, putting a finding aside, bringing one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from apps.checks import services
from apps.checks.forms import DismissForm
from apps.checks.report import Report
from apps.plans.access import PlanMixin
from apps.plans.views.plans import PlanView


class CheckList(PlanView, TemplateView):
    actions = {"GET": "plan.read", "POST": "check.dismiss"}
    template_name = "checks/list.html"
    refused: DismissForm | None = None
    report: Report | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Before the navigation, which shows what was counted here.
        report = self.report or services.run(self.access)
        return super().get_context_data(report=report, refused=self.refused, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = DismissForm(request.POST)
        self.report = services.run(self.access)
        asked = request.POST.get("signature", "")
        checked = next((one for one in self.report.open if one.signature == asked), None)
        if checked is None:
            messages.info(request, _("This finding is not open any more."))
        elif form.is_valid():
            services.dismiss(
                plan=self.plan,
                checked=checked,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, _("Dismissed. It comes back when what it is about changes."))
        else:
            self.refused = form
            response = self.get(request, **kwargs)
            response.status_code = 422
            return response
        return redirect("checks:list", plan=self.plan.uid)


class CheckRestore(PlanMixin, View):
    action = "check.dismiss"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        signature = request.POST.get("signature", "").replace("\x00", "")[:64]
        if services.bring_back(plan=self.plan, signature=signature, by=request.user):
            messages.success(request, _("The finding is back among the open ones."))
        else:
            messages.info(request, _("This finding was no longer dismissed."))
        return redirect("checks:list", plan=self.plan.uid)


class CheckCount(PlanMixin, TemplateView):
    """The number in the navigation, fetched by htmx where the kept one may be old."""

    action = "plan.read"
    template_name = "checks/_count.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = services.current_run(self.access)
        return super().get_context_data(counted=counted, current=True, **kwargs)
