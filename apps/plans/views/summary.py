"""The one-page summary of a plan as a page: what the PDF of that name and the first page of a share
link tell, of the sections that the reader may see."""

from typing import Any

from django.views.generic import TemplateView

from apps.plans.contents import load
from apps.plans.reading import NotedReading
from apps.plans.summary import key_figures, one_page
from apps.plans.views.plans import PlanView


class PlanSummary(PlanView, NotedReading, TemplateView):
    """Reads the whole plan for its figures: one query a part."""

    action = "plan.read"
    template_name = "plans/plan_summary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contents = load(self.plan, self.access.hidden)
        kwargs |= one_page(contents, key_figures(contents))
        return super().get_context_data(**kwargs)
