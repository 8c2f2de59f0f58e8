"""The threads that concern one person, over all their plans. Used by the desk of reviews.

Who reads which thread is the rule of threads.py, here as one query for any number of plans.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from apps.comments.models import Comment, Thread, Visibility
from apps.comments.threads import with_unread
from apps.plans.access import FOUNDERS
from apps.plans.models import HiddenSection, Role


def readable(user: Any) -> QuerySet[Thread]:
    """What the person reads on the plans in use. Adds their ``role`` there."""
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("plan"), section=OuterRef("section"), role=OuterRef("role")
    )
    threads = Thread.objects.filter(plan__memberships__user=user, plan__archived_at=None)
    threads = threads.annotate(role=F("plan__memberships__role"))
    for_everyone = Q(visibility=Visibility.EVERYONE) & (
        Q(role=Role.MENTOR) | Q(plan__viewers_read_comments=True)
    )
    return threads.filter(Q(role__in=FOUNDERS) | for_everyone).exclude(Exists(hidden))


def with_latest(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Adds ``said``, the newest comment's text; the thread last written in first."""
    written = Comment.objects.filter(thread=OuterRef("pk")).order_by("-created_at", "-pk")
    found = threads.annotate(said=Subquery(written.values("text")[:1]))
    return found.select_related("plan", "created_by").order_by("-updated_at", "-pk")


def assigned(user: Any) -> QuerySet[Thread]:
    """Open threads that the person is to answer."""
    return readable(user).filter(assignee=user, resolved_at=None)


def mentions(user: Any) -> QuerySet[Thread]:
    """Open threads that call the person, who has not written there since; those assigned to them
    are in ``assigned``."""
    answered = Comment.objects.filter(
        thread=OuterRef("thread"), author=user, created_at__gt=OuterRef("created_at")
    )
    calling = Comment.objects.filter(~Exists(answered), thread=OuterRef("pk"), mentions=user)
    found = readable(user).filter(Exists(calling.exclude(author=user)), resolved_at=None)
    return found.filter(~Q(assignee=user) | Q(assignee=None))


def answers(user: Any) -> QuerySet[Thread]:
    """Threads that the person began and somebody else wrote in since they last read them."""
    return with_unread(readable(user).filter(created_by=user), user).filter(unread=True)
