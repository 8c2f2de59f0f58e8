"""Where the reviews of a plan stand, for the card on the plan's page: who was asked, the last
outcome, the next step. To founders all of it, to a mentor what is theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

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

    asked: Request | None = None
    reviews: Sequence[Review] = ()  # those of ``asked`` that the person may know of
    readable: Collection[int] = ()  # pks of those of ``asked`` whose outcome they may know
    mine: Review | None = None  # the mentor's own open one
    last: Review | None = None
    changed: bool = False
    to_answer: Sequence[Review] = ()  # with ``points``; founders only

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
    if asked is None:  # so there is nothing else
        return Card()
    sent = Review.objects.filter(request=asked).exclude(state=State.WITHDRAWN)
    own = Review.objects.filter(request__plan=access.plan, mentor=user, state__in=OPEN)
    readable = visibility.readable(access, user)
    last = readable.order_by("-ended_at", "-pk").first()
    returned = desk.returned(user).filter(request__plan=access.plan)
    return Card(
        asked=asked,
        reviews=list(visibility.asked(access, sent)),
        readable=set(readable.filter(request=asked).values_list("pk", flat=True)),
        mine=None if access.founder else own.order_by("pk").first(),
        last=last,
        changed=last is not None and _changed(last, access, contents),
        to_answer=list(returned) if access.founder else (),
    )


def _changed(review: Review, access: Access, contents: Contents) -> bool:
    document = Version.objects.only("document").get(pk=review.request.version_id).document
    return bool(tables.changed_since(document, dump(contents), access))
