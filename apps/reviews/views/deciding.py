"""The disagreement board, and the founders' decision on one thing of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.plans.services import Conflict
from apps.plans.views.plans import PlanView
from apps.reviews import board, tables, undecided, visibility
from apps.reviews.board import Disagreement
from apps.reviews.forms.deciding import DecisionForm
from apps.reviews.models import Decision, Review


class BoardMixin(PlanView):
    def reviews(self, number: int) -> list[Review]:
        """The finished reviews of a version that the person reads."""
        found = visibility.readable(self.access, self.request.user)
        return list(tables.in_full(found.filter(request__version__number=number)))

    def disagreements(self, number: int) -> list[Disagreement]:
        """Those of the round on the version and those that earlier rounds left to be decided; where
        several mentors only commented comes last."""
        decided = board.decisions(self.access, self.request.user).filter(version__number=number)
        found = board.disagreements(self.reviews(number), self.access, decided)
        found += undecided.before(number, self.access, self.request.user, found)
        return sorted(found, key=lambda one: not one.conflict)


class Board(BoardMixin, TemplateView):
    """?version=… chooses the round; first of all the newest one with reviews to read."""

    action = "review.read"
    template_name = "reviews/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = board.readable_rounds(self.access, self.request.user)
        asked = self.request.GET.get("version", "")
        number = next((one for one in numbers if str(one) == asked), (numbers or [0])[0])
        found = self.disagreements(number)
        shown = {one.decision.pk for one in found if one.decision}
        every = board.decisions(self.access, self.request.user).order_by("-version__number", "pk")
        return super().get_context_data(
            numbers=numbers,
            number=number,
            reviews=self.reviews(number),
            disagreements=found,
            decisions=[one for one in board.seen(self.access, every) if one.pk not in shown],
            **kwargs,
        )


class Decide(BoardMixin, TemplateView):
    """On one criterion or section of a round. Two founders at once: 409 with both texts."""

    action = "review.decide"
    template_name = "reviews/decide.html"

    @cached_property
    def about(self) -> Disagreement:
        wanted = self.kwargs.get("criterion") or self.kwargs["section"].name
        for one in self.disagreements(self.kwargs["number"]):
            if one.anchor == wanted:
                return one
        raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decision = self.about.decision
        return self.show(DecisionForm(instance=decision), decision.revision if decision else 0)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        about, form = self.about, DecisionForm(request.POST)
        posted = request.POST.get("revision", "")
        base = int(posted) if posted.isdecimal() and len(posted) < 9 else 0
        if not form.is_valid():
            return self.show(form, base, status=422)
        try:
            board.decide(
                plan=self.plan, version=self.plan.versions.get(number=self.kwargs["number"]),
                criterion=about.criterion, section=about.section.name if about.section else "",
                base=base, by=request.user, **form.cleaned_data,
            )  # fmt: skip
        except Conflict:
            theirs = Decision.objects.select_related("by").get(pk=self.stored().pk)
            return self.show(form, theirs.revision, status=409, theirs=theirs)
        messages.success(request, _("The decision is recorded. Mentors read it in the next round."))
        page = reverse("reviews:board", args=[self.plan.uid])
        return redirect(f"{page}?version={self.kwargs['number']}#{about.anchor}")

    def stored(self) -> Decision:
        """Read again: the other founder's may be newer than this request."""
        del self.about
        decision = self.about.decision
        if decision is None:
            raise Http404
        return decision

    def show(
        self, form: DecisionForm, revision: int, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = self.get_context_data(about=self.about, form=form, revision=revision, **more)
        return self.render_to_response(context, status=status)
