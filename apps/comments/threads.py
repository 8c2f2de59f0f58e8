"""Which threads a person sees, which are new to them, and who else reads one. Used by this app's
pages and by reviews, sharing and exports. Writing is in services.py.

``visible`` is the rule as a query, ``reads`` the same rule for one thread in hand.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from apps.comments.models import Comment, Reading, Thread, Visibility
from apps.plans.access import ADVISERS, Access
from apps.plans.models import Plan, Role


def visible(access: Access) -> QuerySet[Thread]:
    """The threads this person may read. Those of a hidden section do not exist for them."""
    if access.founder:
        return Thread.objects.filter(plan=access.plan).exclude(section__in=access.hidden)
    if access.reads_comments:
        return for_everyone(access.plan, access.hidden)
    return Thread.objects.none()


def for_everyone(plan: Plan, hidden: frozenset[str] = frozenset()) -> QuerySet[Thread]:
    """What mentors read of the sections not ``hidden``: also what a share link may show."""
    threads = Thread.objects.filter(plan=plan, visibility=Visibility.EVERYONE)
    return threads.exclude(section__in=hidden)


def reads(access: Access, section: str, visibility: str) -> bool:
    """Whether the person may read a thread of that section and visibility."""
    allowed = access.founder if visibility == Visibility.FOUNDERS else access.reads_comments
    return allowed and access.sees(section)


@dataclass(frozen=True)
class Person:
    """Somebody (an account) on the plan, with their standing."""

    user: Any
    access: Access


def people(plan: Plan) -> list[Person]:
    """Everybody on the plan, in the order they came. Two queries."""
    hidden: dict[str, set[str]] = {}
    for role, section in plan.hidden_sections.values_list("role", "section"):
        hidden.setdefault(role, set()).add(section)
    members = plan.memberships.select_related("user").order_by("created_at", "pk")
    return [
        Person(
            member.user,
            Access(plan, Role(member.role), frozenset(hidden.get(member.role, ()))),
        )
        for member in members
    ]


def readers(everybody: list[Person], section: str, visibility: str) -> list[Any]:
    """Those of the people who may read a thread of that section and visibility."""
    return [one.user for one in everybody if reads(one.access, section, visibility)]


def assignable(everybody: list[Person], thread: Thread) -> list[Any]:
    """Those who read the thread and can answer it."""
    advisers = [one for one in everybody if one.access.role in ADVISERS]
    return readers(advisers, thread.section, thread.visibility)


def with_unread(threads: QuerySet[Thread], user: Any) -> QuerySet[Thread]:
    """Adds ``unread``: somebody else wrote since the person last read the thread."""
    read = Reading.objects.filter(
        user=user, thread=OuterRef("thread"), read_at__gte=OuterRef("created_at")
    )
    new = Comment.objects.filter(~Exists(read), thread=OuterRef("pk")).exclude(author=user)
    return threads.annotate(unread=Exists(new))


def unread(access: Access, user: Any) -> QuerySet[Thread]:
    """The person's unread threads."""
    return with_unread(visible(access), user).filter(unread=True)


def in_full(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """With all that a page shows of a thread; three queries for any number of them."""
    comments = Comment.objects.select_related("author").prefetch_related("edits")
    return threads.select_related("created_by", "assignee", "resolved_by", "version").defer(
        "version__document"
    ).prefetch_related(Prefetch("comments", comments))  # fmt: skip
