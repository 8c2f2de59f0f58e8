"""Asking for reviews, and every move of a review. Used by the views of this app.

Each move is a conditional update: of two who move the same review only one does, the other changes
nothing. Every move is logged with the version it applies to. Who may do it is decided before.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.plans.fields import new_uid
from apps.plans.models import Plan, Verb
from apps.plans.services import hold, log
from apps.reviews import rounds, settling, telling
from apps.reviews.models import OPEN, Request, Review, Rubric, State
from apps.versions.models import Reason
from apps.versions.services import take_version


# --- Asking ---------------------------------------------------------------------------------------
@transaction.atomic
def request_review(
    *,
    plan: Plan,
    by: Any,
    mentors: Iterable[Any],
    invited: Iterable[str] = (),
    mailed: Iterable[Any] = (),
    question: str = "",
    sections: Iterable[str] = (),
    due: date | None = None,
    rubric: Rubric | None = None,
    uid: str = "",
    at: datetime | None = None,
) -> Request:
    """Ask for a review of the plan as it stands, frozen as a version. Founders write on meanwhile.

    ``invited`` are addresses of people who have not joined yet: the request waits for them (see
    inviting.py). ``mailed`` are those of the mentors whom another mail tells of it. ``uid`` comes
    with the form: posted twice, it makes one request.
    """
    hold(plan)
    if uid and (posted := Request.objects.filter(uid=uid, plan=plan).first()):
        return posted
    version = take_version(plan=plan, by=by, reason=Reason.REVIEW)
    request = Request.objects.create(
        uid=uid or new_uid(), plan=plan, version=version, rubric=rubric, question=question,
        sections=list(sections), due=due, asked_by=by, created_at=at or timezone.now(),
    )  # fmt: skip
    asked, awaited, mailed = list(mentors), list(invited), set(mailed)
    reviews = Review.objects.bulk_create(
        Review(request=request, mentor=mentor, mentor_name=str(mentor)) for mentor in asked
    )
    Review.objects.bulk_create(
        Review(request=request, invited=email, mentor_name=email[:120]) for email in awaited
    )
    log(plan=plan, by=by, verb=Verb.ASKED_REVIEW, **told(request, *map(str, asked), *awaited))
    for review in reviews:
        telling.requested(review=review, by=by, mail=review.mentor not in mailed)
    return request


# --- Moves ----------------------------------------------------------------------------------------
@transaction.atomic
def accept(*, review: Review) -> bool:
    """Requested → in review. False if it was not waiting any more.

    In a later round the mentor's word on unchanged sections is taken over."""
    accepted = move(review, (State.REQUESTED,), state=State.IN_REVIEW, accepted_at=timezone.now())
    if accepted:
        rounds.carry_over(review)
        _log(review, Verb.TOOK_REVIEW, review.mentor)
    return accepted


@transaction.atomic
def decline(*, review: Review, reason: str) -> bool:
    """Requested → declined, with a reason for the founders."""
    now = timezone.now()
    declined = move(review, (State.REQUESTED,), state=State.DECLINED, reason=reason, ended_at=now)
    if declined:
        _log(review, Verb.DECLINED, review.mentor)
        telling.declined(review=review)
    return declined


@transaction.atomic
def withdraw(*, review: Review, by: Any) -> bool:
    """Any open state → withdrawn, by a founder. What the mentor wrote stays theirs to read."""
    withdrawn = move(review, OPEN, state=State.WITHDRAWN, ended_at=timezone.now())
    if withdrawn:
        log(
            plan=review.request.plan, by=by, verb=Verb.WITHDREW, **told(review.request, review.by)
        )  # fmt: skip
        telling.withdrawn(review=review, by=by)
    return withdrawn


@transaction.atomic
def finish(*, review: Review, outcome: str) -> bool:
    """In review → approved or changes requested; once. From now on founders read it."""
    finished = move(review, (State.IN_REVIEW,), state=outcome, ended_at=timezone.now())
    if finished:
        settling.take_effect(review)
        _log(review, Verb.REVIEWED, review.mentor)
        telling.finished(review=review)
    return finished


def move(review: Review, states: Iterable[str], **values: Any) -> bool:
    """Set the values if the review is in one of the states; the given object follows."""
    moved = Review.objects.filter(pk=review.pk, state__in=states).update(**values)
    if moved:
        for name, value in values.items():
            setattr(review, name, value)
    return bool(moved)


def told(request: Request, *people: str) -> dict[str, Any]:
    """What the activity names: the version, and whom of."""
    facts = {"version": request.version.number, **({"people": people} if people else {})}
    return {"label": request.version.label, "facts": facts}


def _log(review: Review, verb: str, by: Any) -> None:
    log(plan=review.request.plan, by=by, verb=verb, **told(review.request))
