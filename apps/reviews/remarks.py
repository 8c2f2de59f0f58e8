"""The comments of a review: what its mentor began beside the version (``Remark``), or elsewhere on
the plan while the review was open. Used by the steps, by later rounds, by the board and by the page
of a finished review; written by drafts.remark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from apps.comments.cards import Card, Deck
from apps.comments.models import Comment, Thread
from apps.comments.threads import for_everyone, in_full
from apps.plans.access import Access
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.labels import place_words
from apps.plans.sections import registry
from apps.reviews.models import Review


def written(access: Access, reviews: Iterable[Review]) -> dict[int, list[Thread]]:
    """{pk of a review: its threads, the oldest first} as the reader sees them; as many queries for
    any number of reviews."""
    given = [one for one in reviews if one.mentor_id and one.accepted_at]
    found: dict[int, list[Thread]] = {one.pk: [] for one in reviews}
    if not given:
        return found
    spans = Q()
    for one in given:
        spans |= _of(one)
    threads = for_everyone(access.plan, access.hidden).filter(spans).select_related("remark")
    for thread in in_full(threads).order_by("created_at", "pk"):
        for one in given:
            if _belongs(thread, one):
                found[one.pk].append(thread)
    return found


def _of(review: Review) -> Q:
    until = review.ended_at or timezone.now()
    meanwhile = Q(created_by=review.mentor_id, created_at__range=(review.accepted_at, until))
    return Q(remark__review=review) | (meanwhile & Q(remark=None))


def _belongs(thread: Thread, review: Review) -> bool:
    if hasattr(thread, "remark"):
        return thread.remark.review_id == review.pk
    until = review.ended_at or timezone.now()
    mine = thread.created_by_id == review.mentor_id
    return mine and review.accepted_at <= thread.created_at <= until


# --- On the page of the finished review -----------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """A comment of the mentor's and what became of it."""

    card: Card
    mentor: int | None

    @cached_property
    def answer(self) -> Comment | None:
        """The newest word of somebody else."""
        others = [one for one in self.card.answers if one.author_id != self.mentor]
        return others[-1] if others else None

    @property
    def place(self) -> str:
        """Where it stands in its section."""
        return self.card.place.partition(" · ")[2]


@dataclass(frozen=True)
class Group:
    title: str
    comments: list[Told]


def by_section(review: Review, access: Access, user: Any, contents: Contents) -> list[Group]:
    """The review's comments in the order of the sections, those on the whole plan first.
    ``contents`` is the plan as the reader sees it now."""
    deck = Deck(access, user, contents)
    found: dict[str, list[Told]] = {name: [] for name in ("", *(one.name for one in registry))}
    for thread in written(access, [review])[review.pk]:
        found.setdefault(thread.section, []).append(Told(deck.card(thread), review.mentor_id))
    return [Group(place_words(Place(section)), told) for section, told in found.items() if told]
