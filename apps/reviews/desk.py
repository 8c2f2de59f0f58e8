"""A person's desk: which reviews, answers and threads wait for them, over all their plans.

Used by the desk's page, the link to it in the header and the card of a plan's page. What is new but
waits for nobody is in desk_news.py.
"""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.comments import mine
from apps.comments.models import Thread
from apps.plans.access import FOUNDERS
from apps.plans.models import HiddenSection, Membership, Role
from apps.reviews.models import FINISHED, OPEN, Grade, Review, Verdict

# What a founder owes an answer; what is acceptable needs none.
POINTS = (Grade.TO_FIX, Grade.IMPROVABLE)


def waiting(user: Any) -> QuerySet[Review]:
    """Reviews that wait for me: the nearest due date first, those without one last."""
    mine = Review.objects.filter(
        mentor=user,
        state__in=OPEN,
        request__plan__archived_at=None,
        request__plan__memberships__user=user,
        request__plan__memberships__role=Role.MENTOR,
    )
    due = F("request__due").asc(nulls_last=True)
    return _with_request(mine).order_by(due, "request__created_at", "pk")


def returned(user: Any) -> QuerySet[Review]:
    """Each mentor's last finished review of a plan I found, as long as the founders owe an answer
    to some of it: ``points`` says to how much. The newest first."""
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("review__request__plan"), section=OuterRef("section"),
        role=OuterRef(OuterRef("role")),
    )  # fmt: skip
    open_points = Verdict.objects.filter(
        ~Exists(hidden), review=OuterRef("pk"), grade__in=POINTS, reply=""
    )
    points = open_points.order_by().values("review").annotate(count=Count("pk")).values("count")
    later = Review.objects.filter(
        mentor=OuterRef("mentor"), request__plan=OuterRef("request__plan"), state__in=FINISHED,
        ended_at__gt=OuterRef("ended_at"),
    )  # fmt: skip
    found = Review.objects.filter(
        state__in=FINISHED,
        request__plan__archived_at=None,
        request__plan__memberships__user=user,
        request__plan__memberships__role__in=FOUNDERS,
    ).annotate(role=F("request__plan__memberships__role"))
    found = found.annotate(points=Coalesce(Subquery(points), 0)).filter(
        ~Exists(later), points__gt=0
    )
    return _with_request(found).order_by("-ended_at", "-pk")


def assigned(user: Any) -> QuerySet[Thread]:
    return mine.with_latest(mine.assigned(user))


def mentions(user: Any) -> QuerySet[Thread]:
    return mine.with_latest(mine.mentions(user))


def count(user: Any) -> int:
    """How many things wait for the person. One query: it stands on every page."""
    things = (returned(user), mine.assigned(user), mine.mentions(user))
    each = [found.order_by().values("pk") for found in things]
    return waiting(user).order_by().values("pk").union(*each, all=True).count()


def only_mentors(user: Any) -> bool:
    """Whether the person mentors a plan and founds none: then the desk is their home."""
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    return Role.MENTOR in roles and not roles & FOUNDERS


def _with_request(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related(
        "mentor", "request__plan", "request__version", "request__asked_by"
    ).defer("request__version__document")
