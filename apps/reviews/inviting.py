"""Asking for a review of people who are not on the plan yet. Used by the asking page; ``hand_over``
by plans, through plans/joining.py, when one of them joins.

Their review keeps the address it was sent to and waits. Who is asked and invited in one step gets
one mail that says both.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.plans import people
from apps.plans.models import Invitation, Membership, Plan, Role
from apps.plans.services import hold
from apps.reviews import telling
from apps.reviews.models import FINISHED, Grade, Request, Review, State, Verdict
from apps.reviews.services import request_review


@dataclass(frozen=True)
class Asked:
    """``added`` are those to be mailed that they are invited and asked."""

    request: Request
    added: list[people.Added] = field(default_factory=list)


def open_invitations(plan: Plan) -> list[Invitation]:
    """Mentors invited but not joined; some of the invitations may have expired."""
    found = plan.invitations.filter(role=Role.MENTOR, accepted_at=None, revoked_at=None)
    return list(found.order_by("created_at", "pk"))


@transaction.atomic
def ask(
    *, plan: Plan, by: Any, mentors: Iterable[Any], invitations: Iterable[Invitation] = (),
    invite: Iterable[str] = (), renews: bool = False, uid: str = "", **given: Any,
) -> Asked:  # fmt: skip
    """Ask mentors, people with an open invitation, and the addresses ``invite``. ``renews`` says
    whether the asking person may send invitations: if not, who is invited already learns of the
    request on joining."""
    hold(plan)
    if uid and (posted := Request.objects.filter(uid=uid, plan=plan).first()):
        return Asked(posted)
    at = timezone.now()  # before any mail: see hand_over
    waiting = {one.email: one for one in invitations}
    added = []
    for email in invite:
        waiting.pop(email, None)  # replaced by a fresh invitation
        added.append(people.add_person(plan=plan, email=email, role=Role.MENTOR, by=by))
    joined = [one.membership.user for one in added if one.membership]
    if renews:
        renewed = waiting.values()
        added += [people.renew_invitation(invitation=one, by=by) for one in renewed]
    addresses = [*waiting, *(one.email for one in added if one.invitation)]
    request = request_review(
        plan=plan, by=by, mentors=[*mentors, *joined], mailed=joined, uid=uid, at=at,
        invited=dict.fromkeys(addresses), **given,
    )  # fmt: skip
    return Asked(request, added)


def hand_over(membership: Membership, email: str, mailed_at: datetime | None) -> str:
    """Give a new mentor the reviews that wait for their address; the page of the first. They are
    mailed unless the invitation's mail was sent with the request or after it."""
    if membership.role != Role.MENTOR:
        return ""
    waiting = Review.objects.select_for_update(of=("self",)).filter(
        request__plan=membership.plan, invited=email, state=State.REQUESTED
    )
    related = waiting.select_related("request__plan", "request__rubric", "request__asked_by")
    reviews = list(related.order_by("pk"))
    for review in reviews:
        review.mentor, review.mentor_name = membership.user, str(membership.user)[:120]
        review.invited = ""
        review.save(update_fields=["mentor", "mentor_name", "invited"])
        told = mailed_at is not None and mailed_at >= review.request.created_at
        telling.requested(review=review, by=review.request.asked_by, mail=not told)
    return telling.page(reviews[0]) if reviews else ""


def asked_again(earlier: Request, changed: Collection[str]) -> dict[str, Any]:
    """What a form that asks again starts with: the same people and rubric; the sections
    that changed since or were not found acceptable, or, where there are none, those of the earlier
    request."""
    reviews = earlier.reviews.exclude(state=State.WITHDRAWN)
    finished = Verdict.objects.filter(review__in=reviews.filter(state__in=FINISHED))
    unsettled = finished.exclude(grade__in=["", Grade.ACCEPTABLE]).values_list("section", flat=True)
    addresses = {review.invited for review in reviews}
    waiting = [one.uid for one in open_invitations(earlier.plan) if one.email in addresses]
    return {
        "mentors": [*(str(review.mentor_id) for review in reviews if review.mentor_id), *waiting],
        "sections": sorted({*changed, *unsettled}) or earlier.sections,
        "rubric": earlier.rubric_id,
    }
