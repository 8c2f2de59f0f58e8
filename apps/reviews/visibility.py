"""Who reads which review. Used by every page of this app and by the letter.

Founders read what is finished. A mentor reads their own, and what others finished of a version once
they finished a review of that version, or of a later one, themselves: no view colours another.
What is about a section hidden from the reader does not exist for them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from apps.plans.access import Access
from apps.plans.sections import registry
from apps.reviews.models import FINISHED, Criterion, Request, Review, Score, Verdict


def own_finished_number(access: Access, user: Any) -> int:
    """The newest version that the person finished a review of; 0 if there is none."""
    mine = Review.objects.filter(mentor=user, request__plan=access.plan, state__in=FINISHED)
    return mine.aggregate(last=Max("request__version__number"))["last"] or 0


def requests(access: Access, user: Any) -> QuerySet[Request]:
    """Founders see every request, a mentor those of which they read a review."""
    found = Request.objects.filter(plan=access.plan)
    if not access.founder:
        mine = Review.objects.filter(request=OuterRef("pk"), mentor=user)
        found = found.filter(
            Exists(mine) | Q(version__number__lte=own_finished_number(access, user))
        )
    return found.select_related("plan", "version", "rubric", "asked_by").defer("version__document")


def asked(access: Access, reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Of a request's reviews those whose mentor the person may know of: who is invited but has not
    joined is the founders' business, as on the list of people."""
    found = reviews if access.founder else reviews.filter(invited="")
    return found.select_related("mentor").order_by("pk")


def readable(access: Access, user: Any) -> QuerySet[Review]:
    """The finished reviews of the plan whose content the person reads."""
    found = Review.objects.filter(request__plan=access.plan, state__in=FINISHED)
    if not access.founder:
        seen = Q(request__version__number__lte=own_finished_number(access, user))
        found = found.filter(Q(mentor=user) | seen)
    return found.select_related("mentor", "request", "request__version", "request__plan").defer(
        "request__version__document"
    )


def sees_criterion(access: Access, criterion: Criterion) -> bool:
    return not access.hidden.intersection(criterion.sections)


def seen_criteria(access: Access, criteria: Iterable[Criterion]) -> list[Criterion]:
    return [criterion for criterion in criteria if sees_criterion(access, criterion)]


def seen_verdicts(access: Access, verdicts: Iterable[Verdict]) -> list[Verdict]:
    """In the order of the plan."""
    place = {section.name: number for number, section in enumerate(registry)}
    seen = [verdict for verdict in verdicts if access.sees(verdict.section)]
    return sorted(seen, key=lambda verdict: place.get(verdict.section, len(place)))


def seen_scores(access: Access, scores: Iterable[Score]) -> list[Score]:
    """In the order of the rubric."""
    seen = [score for score in scores if sees_criterion(access, score.criterion)]
    return sorted(seen, key=lambda score: (score.criterion.rubric_id, score.criterion.order))
