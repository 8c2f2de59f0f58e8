"""The logo and colour of a plan's documents."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from apps.exports import services
from apps.exports.look_form import LookForm
from apps.exports.models import Look
from apps.plans.access import PlanMixin
from apps.plans.views.plans import PlanView


class LookPage(PlanView, TemplateView):
    action = "plan.configure"
    template_name = "exports/look.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        look = Look.objects.filter(plan=self.plan).first()
        has_logo = bool(look and look.logo)
        form = kwargs.pop("form", None) or LookForm(
            initial={"accent": look.accent if look else ""}, has_logo=has_logo
        )
        return super().get_context_data(form=form, has_logo=has_logo, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = LookForm(request.POST, request.FILES, has_logo=True)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        services.set_look(
            plan=self.plan,
            accent=form.cleaned_data["accent"],
            logo=form.cleaned_data["logo"],
            without_logo=form.cleaned_data["without_logo"],
        )
        messages.success(request, _("The next documents look like this."))
        return redirect("exports:list", plan=self.plan.uid)


class LogoImage(PlanMixin, View):
    action = "plan.read"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        look = Look.objects.filter(plan=self.plan).first()
        if look is None or not look.logo:
            raise Http404
        response = HttpResponse(bytes(look.logo), content_type="image/png")
        response["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(response, private=True, no_cache=True)
        return response
