"""The desk of whoever is a mentor of some plan."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from apps.reviews import desk


class Desk(LoginRequiredMixin, TemplateView):
    template_name = "reviews/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            waiting=desk.waiting(user), followed=desk.followed(user), **kwargs
        )
