"""When a mentor last looked at a plan. Used by the middleware and by what the desk calls new.

Opened pages make one visit as long as no PAUSE lies between them: whoever opens the first of three
new answers still finds the other two on the desk.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, When
from django.utils import timezone

from apps.plans.models import Plan
from apps.reviews.models import Visit

PAUSE = timedelta(minutes=30)


def note(*, user: Any, plan: Plan, catches_up: bool = False) -> None:
    """``catches_up`` says that the page told what had changed."""
    visits, now = Visit.objects.filter(user=user, plan=plan), timezone.now()
    if not visits.update(before=_last(), at=now, **({"caught_up": now} if catches_up else {})):
        Visit.objects.get_or_create(user=user, plan=plan)


def last(user: Any, plan: str) -> QuerySet[Any]:
    """For a subquery of rows whose plan is at the path ``plan``: when the person's visit before the
    present one ended; NULL if there was none."""
    visits = Visit.objects.filter(user=user, plan=OuterRef(plan))
    return visits.annotate(last=_last()).values("last")[:1]


def _last() -> Case:
    over = When(at__lt=timezone.now() - PAUSE, then=F("at"))
    return Case(over, default=F("before"))
