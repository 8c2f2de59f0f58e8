"""The letter to the reviewers as a page."""

from typing import Any

from django.views.generic import TemplateView

from apps.plans.views.plans import PlanView
from apps.reviews import board, letter, tables, visibility


class LetterPage(PlanView, TemplateView):
    """?version=… chooses the round; first of all the newest one with reviews to read."""

    action = "review.read"
    template_name = "reviews/letter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        numbers = board.readable_rounds(self.access, user)
        asked = self.request.GET.get("version", "")
        number = next((one for one in numbers if str(one) == asked), (numbers or [0])[0])
        found = visibility.readable(self.access, user).defer(None)
        reviews = list(tables.in_full(found.filter(request__version__number=number)))
        written = None
        if reviews:
            now, earlier = tables.document_now(self.plan), letter.rounds_before(found, number)
            written = letter.write(self.access, reviews, now, earlier=earlier)
        return super().get_context_data(letter=written, numbers=numbers, number=number, **kwargs)
