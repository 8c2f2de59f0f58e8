"""The library: searched in both languages at once, and one case."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q, QuerySet
from django.views.generic import DetailView, TemplateView

from apps.library.models import Case, CaseKind, Resource, ResourceKind

CASE_TEXTS = ("name", "summary", "background", "goals", "challenges", "built", "response")
RESOURCE_TEXTS = ("name", "purpose")


class LibraryPage(LoginRequiredMixin, TemplateView):
    template_name = "library/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").replace("\x00", "").strip()[:100]
        kind = self.request.GET.get("kind", "")
        cases = matching(Case.objects.filter(shown=True), words, CASE_TEXTS)
        resources = matching(Resource.objects.filter(shown=True), words, RESOURCE_TEXTS)
        if kind in CaseKind.values:
            cases, resources = cases.filter(kind=kind), resources.none()
        elif kind in ResourceKind.values:
            cases, resources = cases.none(), resources.filter(kind=kind)
        found = list(resources)
        return super().get_context_data(
            q=words,
            kind=kind,
            kinds=[*CaseKind.choices, *ResourceKind.choices],
            cases=list(cases),
            shelves=[
                (label, shelf)
                for value, label in ResourceKind.choices
                if (shelf := [one for one in found if one.kind == value])
            ],
            **kwargs,
        )


def matching(entries: QuerySet[Any], words: str, texts: tuple[str, ...]) -> QuerySet[Any]:
    """Those that hold every word, in whichever of the two languages."""
    for word in words.split():
        any_text = Q()
        for name in texts:
            any_text |= Q(**{f"{name}_en__icontains": word}) | Q(**{f"{name}_zh__icontains": word})
        entries = entries.filter(any_text)
    return entries


class CasePage(LoginRequiredMixin, DetailView):
    template_name = "library/case.html"
    queryset = Case.objects.filter(shown=True).prefetch_related("lessons")
