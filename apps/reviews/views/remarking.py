"""A comment beside the version under review: comments' own form, bound to version and review, with
the way back to the step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django_htmx.http import HttpResponseClientRedirect

from apps.comments import places
from apps.comments.cards import Deck
from apps.comments.models import Thread
from apps.comments.views.writing import Start
from apps.core.views import kept
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.sections import registry
from apps.reviews import drafts, rounds
from apps.reviews.models import Review, State
from apps.reviews.views.asking import OwnReview
from apps.reviews.views.reviewing import over_reason
from apps.versions.models import Version


class Remark(OwnReview, Start):
    """At a place of the version, in a section that the review is about."""

    action = "review.write"

    @cached_property
    def draft(self) -> Review:
        return self.review()

    @property
    def version(self) -> Version:
        return self.draft.request.version

    @cached_property
    def contents(self) -> Contents:
        return restore(self.version.document, self.access.hidden)

    @cached_property
    def deck(self) -> Deck:
        return Deck(self.access, self.request.user, self.contents)

    @cached_property
    def place(self) -> Place:
        asked = super().place
        sections = {one.name for one in rounds.asked_sections(self.draft.request, self.access)}
        if asked.section and asked.section not in sections:
            raise Http404
        part = places.part_of(asked)
        if asked.row and part and places.record_at(self.contents, asked, part) is None:
            raise Http404
        return asked

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.draft.state != State.IN_REVIEW:
            answer = self.to_review(self.draft)
            return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except drafts.Over:
            self.draft.refresh_from_db()
            return kept(request, status=409, reason=over_reason(self.draft))

    def save(self, given: dict[str, Any]) -> Thread:
        return drafts.remark(
            review=self.draft, place=self.place, text=given["text"], notify=given["notify"],
            uid=given["uid"],
        )  # fmt: skip

    def start(self) -> str:
        return reverse("reviews:remark", args=[self.plan.uid, self.draft.uid])

    def back(self) -> str:
        return f"{self.step()}#at-{places.key(self.place)}"

    def saved(self, thread: Thread) -> str:
        return f"{self.step()}#thread-{thread.uid}"

    def step(self) -> str:
        """Where the place stands among the steps of the review."""
        uids = [self.plan.uid, self.draft.uid]
        if not self.place.section:
            return reverse("reviews:finish", args=uids)
        section = registry[self.place.section]
        return reverse("reviews:section", args=[*uids, section]) + "?view=places"
