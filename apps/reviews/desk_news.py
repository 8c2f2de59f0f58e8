"""What is new to a mentor since the last visit: answers, decisions, changed plans. Used by the
desk's page; what waits for somebody is in desk.py."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from apps.comments import mine
from apps.comments.models import Thread
from apps.plans.models import Activity, HiddenSection, Membership, Plan, Role, Verb
from apps.plans.sections import registry
from apps.reviews import visits
from apps.reviews.models import FINISHED, Decision, Request, Review, Verdict, Visit
from apps.versions.models import Version

# What a mentor would want to hear of; who read or exported a plan is no change of it.
CHANGES = (
    Verb.CONFIGURED, Verb.EDITED, Verb.ADDED, Verb.DELETED, Verb.RESTORED, Verb.MOVED,
    Verb.ROLLED_BACK, Verb.COMMENTED, Verb.RESOLVED, Verb.DECIDED,
)  # fmt: skip

PLAN = "review__request__plan"  # of a verdict


@dataclass(frozen=True)
class Followed:
    """A plan I mentor. ``changed`` counts what others did since I last looked at what changed, or
    since the version that I reviewed; None where I did neither. ``version`` is the number of the
    newest version that was there then, if one was; ``visited`` is when I last opened the plan."""

    plan: Plan
    visited: datetime | None
    changed: int | None
    version: int | None


@dataclass(frozen=True)
class News:
    """An answer or a decision, and the very place where it stands."""

    plan: Plan
    about: str
    text: str
    by: str
    at: datetime
    url: str


def followed(user: Any) -> list[Followed]:
    """The plans I mentor, the most recently changed first. One query for any number of them."""
    visit = Visit.objects.filter(user=user, plan=OuterRef("plan"))
    reviewed = Review.objects.filter(
        mentor=user, request__plan=OuterRef("plan"), state__in=FINISHED
    ).order_by("-request__version__number")  # fmt: skip
    members = Membership.objects.filter(user=user, role=Role.MENTOR, plan__archived_at=None)
    members = members.annotate(
        visited=Subquery(visit.values("at")[:1]),
        looked=Subquery(visit.values("caught_up")[:1]),
        judged=Subquery(reviewed.values("request__version__created_at")[:1]),
        # the later of the two; of two moments of which one is NULL, Greatest gives NULL on SQLite
        seen=Greatest(Coalesce("looked", "judged"), Coalesce("judged", "looked")),
    )
    members = members.annotate(changed=Subquery(_changes(user)), version=Subquery(_version()))
    return [
        Followed(
            plan=member.plan,
            visited=member.visited,
            changed=(member.changed or 0) if member.seen else None,
            version=member.version,
        )
        for member in members.select_related("plan").order_by("-plan__updated_at", "-plan__pk")
    ]


def answered_threads(user: Any) -> QuerySet[Thread]:
    """Threads I began that somebody else answered and I have not read since."""
    return mine.with_latest(mine.answers(user))


def answered_verdicts(user: Any) -> list[News]:
    """What founders answered to my verdicts since my last visit, the newest first; not what I have
    judged in a later round."""
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("review__request__plan"), section=OuterRef("section"), role=Role.MENTOR
    )
    found = Verdict.objects.filter(
        ~Exists(hidden), review__mentor=user, review__state__in=FINISHED, **_mentored(user, PLAN)
    ).exclude(reply="")
    found = _since_last_visit(found, user, PLAN, "replied_at")
    found = _not_judged_since(found, user, PLAN, "review__request__version", "replied_at")
    found = found.order_by("-replied_at", "-pk")
    return [
        News(
            plan=(plan := said.review.request.plan),
            about=str(registry[said.section].title),
            text=said.reply,
            by=str(said.replied_by or ""),
            at=said.replied_at,
            url=reverse("reviews:review", args=[plan.uid, said.review.uid]) + f"#{said.section}",
        )
        for said in found.select_related("review__request__plan", "replied_by")
        if said.section in registry
    ]


def decisions(user: Any) -> list[News]:
    """What founders decided since my last visit where mentors disagree, the newest first; not what
    I have judged in a later round. A mentor reads decisions on what they reviewed and on every
    round before the newest; see board.py."""
    asked = Request.objects.filter(plan=OuterRef("plan")).order_by().values("plan")
    mine = Review.objects.filter(
        mentor=user, request__plan=OuterRef("plan"), state__in=FINISHED
    ).order_by().values("request__plan")  # fmt: skip
    found = Decision.objects.filter(**_mentored(user, "plan")).annotate(
        newest=Subquery(asked.annotate(last=Max("version__number")).values("last")),
        finished=Subquery(mine.annotate(last=Max("request__version__number")).values("last")),
    )
    found = found.filter(
        Q(version__number__lt=F("newest")) | Q(version__number__lte=F("finished"))
    )  # fmt: skip
    found = _since_last_visit(found, user, "plan", "at")
    found = _not_judged_since(found, user, "plan", "version", "at").order_by("-at", "-pk")
    found = found.select_related("plan", "version", "criterion", "by").defer("version__document")
    hidden = _hidden_from_mentors(user)
    return [_decided(one) for one in found if not hidden[one.plan_id].intersection(_about(one))]


def _mentored(user: Any, plan: str) -> dict[str, Any]:
    return {
        f"{plan}__memberships__user": user,
        f"{plan}__memberships__role": Role.MENTOR,
        f"{plan}__archived_at": None,
    }


def _since_last_visit(found: QuerySet[Any], user: Any, plan: str, at: str) -> QuerySet[Any]:
    found = found.annotate(last_visit=Subquery(visits.last(user, plan)))
    return found.filter(Q(last_visit=None) | Q(**{f"{at}__gt": F("last_visit")}))


def _not_judged_since(
    found: QuerySet[Any], user: Any, plan: str, version: str, at: str
) -> QuerySet[Any]:
    """Without what the person had before them when they finished a review of a later version."""
    later = Review.objects.filter(
        mentor=user, state__in=FINISHED, request__plan=OuterRef(plan), ended_at__gt=OuterRef(at),
        request__version__number__gt=OuterRef(f"{version}__number"),
    )  # fmt: skip
    return found.filter(~Exists(later))


def _hidden_from_mentors(user: Any) -> defaultdict[int, set[str]]:
    """{pk of a plan I am on: the sections hidden from its mentors}"""
    found: defaultdict[int, set[str]] = defaultdict(set)
    pairs = HiddenSection.objects.filter(plan__memberships__user=user, role=Role.MENTOR)
    for plan, section in pairs.values_list("plan", "section"):
        found[plan].add(section)
    return found


def _about(decision: Decision) -> list[str]:
    return decision.criterion.sections if decision.criterion else [decision.section]


def _decided(one: Decision) -> News:
    section = registry[one.section].title if one.section in registry else one.section
    anchor = one.criterion.uid if one.criterion else one.section
    board = reverse("reviews:board", args=[one.plan.uid])
    return News(
        plan=one.plan,
        about=str(one.criterion or section),
        text=one.decision,
        by=str(one.by or ""),
        at=one.at,
        url=f"{board}?version={one.version.number}#{anchor}",
    )


def _changes(user: Any) -> QuerySet[Any]:
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("plan"), section=OuterRef("section"), role=Role.MENTOR
    )
    done = Activity.objects.filter(
        ~Exists(hidden), plan=OuterRef("plan"), at__gt=OuterRef("seen"), verb__in=CHANGES
    ).exclude(facts__has_key="founders_only")
    by_others = done.filter(~Q(by=user) | Q(by=None)).order_by().values("plan")
    return by_others.annotate(count=Count("pk")).values("count")


def _version() -> QuerySet[Any]:
    taken = Version.objects.filter(plan=OuterRef("plan"), created_at__lte=OuterRef("seen"))
    return taken.order_by("-number").values("number")[:1]
