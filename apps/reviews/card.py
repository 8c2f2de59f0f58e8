"""Where the reviews of a plan stand, for the card on the plan's page: who was asked, the last
outcome, the next step. To founders all of it, to a mentor what is theirs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.plans.access import Access
from apps.plans.contents import Contents
from apps.plans.document import dump
from apps.reviews import desk, tables, visibility
from apps.reviews.models import OPEN, Request, Review, State
from apps.versions.models import Version


@dataclass(frozen=True)
class Card:
    """``asked`` is the newest request, ``last`` the last finished review that the person reads,
    ``changed`` whether they see a difference since its version."""

    asked: Request | None
    reviews: list[Review]  # those of ``asked`` that the person may know of
    mine: Review | None  # the mentor's own open one
    readable: set[int]  # pks of those of ``asked`` whose outcome they may know
    last: Review | None
    changed: bool
    to_answer: list[Review]  # with ``points``; founders only

    @property
    def points(self) -> int:
        return sum(review.points for review in self.to_answer)

    @property
    def waiting(self) -> int:
        return sum(review.is_open for review in self.reviews)

    @property
    def step(self) -> str:
        """What the person does next: "review", "answer", "wait" or "ask"."""
        if self.mine:
            return "review"
        if self.to_answer:
            return "answer"
        return "wait" if self.waiting else "ask"


def card(access: Access, user: Any, contents: Contents) -> Card:
    """``contents`` is the plan as the person sees it."""
    asked = visibility.requests(access, user).first()
    own = Review.objects.filter(request__plan=access.plan, mentor=user, state__in=OPEN)
    readable = visibility.readable(access, user)
    last = readable.order_by("-ended_at", "-pk").first()
    return Card(
        asked=asked,
        reviews=list(_of(asked)) if asked else [],
        mine=None if access.founder else own.select_related("request").order_by("pk").first(),
        readable=set(readable.filter(request=asked).values_list("pk", flat=True)),
        last=last,
        changed=last is not None and _changed(last, access, contents),
        to_answer=list(desk.returned(user).filter(request__plan=access.plan))
        if access.founder
        else [],
    )


def _of(asked: Request) -> QuerySet[Review]:
    return asked.reviews.exclude(state=State.WITHDRAWN).select_related("mentor").order_by("pk")


def _changed(review: Review, access: Access, contents: Contents) -> bool:
    document = Version.objects.only("document").get(pk=review.request.version_id).document
    return bool(tables.changed_since(document, dump(contents), access))
