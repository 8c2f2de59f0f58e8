"""Who has read the plan: once a person, plan and day in the activity. Used by the reading pages."""

import logging
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.plans.models import Plan, Verb
from apps.plans.services import log

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60


def note_reading(*, plan: Plan, by: Any) -> None:
    """The cache answers all but the day's first page; after a restart of it the activity does."""
    today = timezone.localdate()
    try:
        if not cache.add(f"plan-read:{plan.uid}:{by.pk}:{today}", 1, DAY):
            return
        with transaction.atomic():
            if not plan.activity.filter(by=by, verb=Verb.VIEWED, at__date=today).exists():
                log(plan=plan, by=by, verb=Verb.VIEWED)
    except Exception:  # a page must open also when it cannot be noted that it was
        logger.exception("A reading of plan %s could not be noted", plan.uid)


class NotedReading:
    """For views on which a member reads the plan; right of PlanMixin, which has let them in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_reading(plan=self.plan, by=request.user)  # type: ignore[attr-defined]
        return super().get(request, *args, **kwargs)  # type: ignore[misc]
