"""The desk, and the way in: whoever only mentors starts there, everybody else at their plans."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from apps.reviews import desk, desk_news


class Desk(LoginRequiredMixin, TemplateView):
    """What waits for the person, as a mentor and as a founder, and what is new to a mentor."""

    template_name = "reviews/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            waiting=desk.waiting(user),
            returned=desk.returned(user),
            assigned=desk.assigned(user),
            mentions=desk.mentions(user),
            threads=desk_news.answered_threads(user),
            verdicts=desk_news.answered_verdicts(user),
            decisions=desk_news.decisions(user),
            followed=desk_news.followed(user),
            **kwargs,
        )


class Start(LoginRequiredMixin, View):
    """Where signing in and the site's name lead."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("desk:home" if desk.only_mentors(request.user) else "plans:list")
