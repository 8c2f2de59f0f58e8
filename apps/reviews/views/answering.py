"""The letter to the reviewers as a page."""

from typing import Any

from django.views.generic import TemplateView

from apps.plans.views.plans import PlanView
from apps.reviews import board, letter, points, tables, visibility


class LetterPage(PlanView, TemplateView):
    """?version=… chooses the round; first of all the newest one with reviews to read."""

    action = "review.read"
    template_name = "reviews/letter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        numbers = board.readable_rounds(self.access, user)
        asked = self.request.GET.get("version", "")
        number = next((one for one in numbers if str(one) == asked), (numbers or [0])[0])
        written = None
        if numbers:
            reviews = list(points.in_rounds(visibility.readable(self.access, user)))
            written = letter.write(
                self.access, reviews, number, tables.document_now(self.plan),
                decisions=board.seen(self.access, board.decisions(self.access, user)), links=True,
            )  # fmt: skip
        return super().get_context_data(letter=written, numbers=numbers, number=number, **kwargs)
