"""A mentor's desk: which plans wait for me, which I follow, what changed since I last looked.

Used by the desk's page, the link to it in the header, and the middleware that notes visits.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.plans.models import Activity, HiddenSection, Membership, Plan, Role, Verb
from apps.reviews.models import OPEN, Review, Visit
from apps.versions.models import Version

# What a mentor would want to hear of; who read or exported a plan is no change of it.
CHANGES = (
    Verb.CONFIGURED, Verb.EDITED, Verb.ADDED, Verb.DELETED, Verb.RESTORED, Verb.MOVED,
    Verb.ROLLED_BACK, Verb.COMMENTED, Verb.RESOLVED, Verb.DECIDED,
)  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """A plan I mentor. ``changed`` counts what others did since ``seen``, None before a first
    visit; ``version`` is the number of the newest version that was there then, if one was."""

    plan: Plan
    seen: Any
    changed: int | None
    version: int | None


def waiting(user: Any) -> QuerySet[Review]:
    """What waits for me: the nearest due date first, those without one last."""
    mine = Review.objects.filter(
        mentor=user,
        state__in=OPEN,
        request__plan__archived_at=None,
        request__plan__memberships__user=user,
        request__plan__memberships__role=Role.MENTOR,
    )
    related = mine.select_related(
        "request__plan", "request__version", "request__asked_by"
    ).defer("request__version__document")  # fmt: skip
    due = F("request__due").asc(nulls_last=True)
    return related.order_by(due, "request__created_at", "pk")


def followed(user: Any) -> list[Followed]:
    """The plans I mentor, the most recently changed first. One query for any number of them."""
    seen = Visit.objects.filter(user=user, plan=OuterRef("plan")).values("at")[:1]
    members = Membership.objects.filter(user=user, role=Role.MENTOR, plan__archived_at=None)
    members = members.annotate(
        seen=Subquery(seen), changed=Subquery(_changes(user)), version=Subquery(_version())
    )
    return [
        Followed(
            plan=member.plan,
            seen=member.seen,
            changed=(member.changed or 0) if member.seen else None,
            version=member.version,
        )
        for member in members.select_related("plan").order_by("-plan__updated_at", "-plan__pk")
    ]


def _changes(user: Any) -> QuerySet[Any]:
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("plan"), section=OuterRef("section"), role=Role.MENTOR
    )
    done = Activity.objects.filter(
        ~Exists(hidden), plan=OuterRef("plan"), at__gt=OuterRef("seen"), verb__in=CHANGES
    )
    by_others = done.filter(~Q(by=user) | Q(by=None)).order_by().values("plan")
    return by_others.annotate(count=Count("pk")).values("count")


def _version() -> QuerySet[Any]:
    taken = Version.objects.filter(plan=OuterRef("plan"), created_at__lte=OuterRef("seen"))
    return taken.order_by("-number").values("number")[:1]


def waiting_count(user: Any) -> int | None:
    """How many reviews wait for the person; None for who mentors nobody. One query."""
    reviews = Review.objects.filter(
        mentor=user, state__in=OPEN, request__plan=OuterRef("plan"),
        request__plan__archived_at=None,
    )  # fmt: skip
    count = reviews.order_by().values("request__plan").annotate(count=Count("pk")).values("count")
    found = Membership.objects.filter(user=user, role=Role.MENTOR).annotate(
        waiting=Coalesce(Subquery(count), 0)
    )
    counts = list(found.values_list("waiting", flat=True))
    return sum(counts) if counts else None


def note_visit(*, user: Any, plan: Plan) -> None:
    Visit.objects.update_or_create(user=user, plan=plan, defaults={"at": timezone.now()})
