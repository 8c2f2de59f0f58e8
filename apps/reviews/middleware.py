"""Notes when a mentor opens a page of a plan; their desk shows what changed since."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from apps.plans.models import Role
from apps.reviews import visits

logger = logging.getLogger(__name__)

# Where a mentor reads what changed; any other page leaves it new.
CATCHING_UP = {"versions:compare", "plans:activity"}
AGAIN = 60  # seconds: a page that asks for itself every second is one visit


class VisitMiddleware:
    """Any feature's page of a plan counts, so this is no matter of a single view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Every page of a plan shows it by its access; see plans.access.PlanMixin.
        context = getattr(response, "context_data", None) or {}
        access = context.get("access")
        if request.method == "GET" and response.status_code == 200 and access is not None:
            self.note(request, access)
        return response

    def note(self, request: HttpRequest, access: object) -> None:
        if access.role != Role.MENTOR:  # type: ignore[attr-defined]
            return
        plan = access.plan  # type: ignore[attr-defined]
        try:
            match = request.resolver_match
            catches_up = match is not None and match.view_name in CATCHING_UP
            if cache.add(f"visit:{plan.pk}:{request.user.pk}:{catches_up}", 1, AGAIN):
                visits.note(user=request.user, plan=plan, catches_up=catches_up)
        except Exception:  # a page must open also when it cannot be noted that it was
            logger.exception("A visit of plan %s could not be noted", plan.uid)
