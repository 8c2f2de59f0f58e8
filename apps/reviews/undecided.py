"""What mentors disagreed on in rounds before, that nobody decided and that one of them keeps open.
Used by the pages of the board; board.py finds the disagreements of one round."""

from collections import defaultdict
from typing import Any

from apps.plans.access import Access
from apps.reviews import board, points, tables, visibility
from apps.reviews.board import Disagreement
from apps.reviews.models import Decision

UNSETTLED = {points.OPEN, points.ANSWERED}


def before(number: int, access: Access, user: Any, shown: list[Disagreement]) -> list[Disagreement]:
    """The sections to be decided still when version ``number`` was reviewed: several mentors
    commented on them or judged them differently, and a comment there is not settled. Criteria are
    scored again in each round. What is ``shown`` of the round itself is not told twice."""
    readable = visibility.readable(access, user).filter(request__version__number__lte=number)
    live: dict[int, set[str]] = defaultdict(set)
    for point in points.follow(access, list(points.in_rounds(readable))):
        made = point.review.request.version.number
        if point.thread and made < number and point.status in UNSETTLED:
            live[made].add(point.place.section)
    decisions = list(board.decisions(access, user).filter(criterion=None))
    now = [one for one in decisions if one.version.number == number]
    told, found = {one.anchor for one in shown}, []
    for made in sorted(live, reverse=True):
        reviews = list(tables.in_full(readable.filter(request__version__number=made)))
        for one in board.disagreements(reviews, access, now):
            open_still = one.section and one.anchor in live[made] - told
            if open_still and not _decided(decisions, one.anchor, made, number):
                told.add(one.anchor)
                found.append(one)
    return found


def _decided(decisions: list[Decision], section: str, first: int, number: int) -> bool:
    """In that round or in one between it and the round on version ``number``."""
    return any(one.section == section and first <= one.version.number < number for one in decisions)
