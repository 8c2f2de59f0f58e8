"""The picture of scores, mentors beside founders; and where founders score themselves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.plans.views.plans import PlanView
from apps.reviews import assessments, drafts, pictures
from apps.reviews.forms.deciding import SelfForm
from apps.reviews.models import Criterion
from apps.reviews.views.reviewing import shown
from apps.versions.models import Version


class Pictures(PlanView, TemplateView):
    action = "review.read"
    template_name = "reviews/pictures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = assessments.rounds(self.access, self.request.user)
        asked = self.plan.versions.filter(review_requests__rubric__isnull=False).distinct()
        return super().get_context_data(
            rubrics=[
                {
                    "rubric": rubric,
                    "by_round": pictures.by_round(rounds),
                    "rounds": [(one, pictures.by_criterion(one)) for one in reversed(rounds)],
                }
                for rubric, rounds in found.items()
            ],
            asked=asked.defer("document").order_by("-number"),
            **kwargs,
        )


class Assess(PlanView, TemplateView):
    """The founders' own points on one version that mentors were asked to score."""

    action = "review.decide"
    template_name = "reviews/assess.html"

    @cached_property
    def version(self) -> Version:
        versions = self.plan.versions.defer("document")
        return get_object_or_404(versions, number=self.kwargs["number"])

    @cached_property
    def criteria(self) -> list[Criterion]:
        found = assessments.criteria_of(self.access, self.version)
        if not found:
            raise Http404
        return found

    def form(self, data: Any = None, **kwargs: Any) -> SelfForm:
        return SelfForm(data, criteria=self.criteria, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        values = assessments.stored(self.version, self.criteria)
        return self.show(self.form(initial=values), drafts.mark(values))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, base = self.form(request.POST), request.POST.get("mark", "")
        if not form.is_valid():
            return self.show(form, base, status=422)
        try:
            assessments.assess(
                plan=self.plan, version=self.version, criteria=self.criteria, base=base,
                values=form.cleaned_data, by=request.user,
            )  # fmt: skip
        except drafts.Changed as changed:
            theirs = shown(self.form(initial=changed.stored))
            return self.show(form, drafts.mark(changed.stored), status=409, theirs=theirs)
        messages.success(request, _("Your own scores are saved."))
        return redirect("reviews:pictures", self.plan.uid)

    def show(self, form: SelfForm, mark: str, status: int = 200, **more: Any) -> HttpResponse:
        context = self.get_context_data(form=form, mark=mark, version=self.version, **more)
        return self.render_to_response(context, status=status)
