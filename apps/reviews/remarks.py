"""The comments of a review: what its mentor began beside the version (``Remark``), or elsewhere on
the plan while the review was open. Used by the steps, by later rounds and by the board; written by
drafts.remark."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from apps.comments.models import Thread
from apps.comments.threads import for_everyone, in_full
from apps.plans.access import Access
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
