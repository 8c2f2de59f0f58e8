"""Who is told of what happens to reviews. Used by the services of this app."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apps.comments.models import Comment, Thread
from apps.comments.telling import comment_key
from apps.comments.threads import Person, people
from apps.notices.models import Mail
from apps.notices.services import mail_after_all, no_mail, notify
from apps.plans.models import Plan, Role
from apps.reviews import rounds
from apps.reviews.models import FINISHED, Grade, Review, Settled


def requested(*, review: Review, by: Any, mail: bool = True) -> None:
    """``mail`` is False where an invitation's mail says it already."""
    notify(
        kind="review_requested", plan=review.request.plan, to=[review.mentor], by=by, mail=mail,
        key=f"review {review.uid} requested", url=page(review), text=review.request.question,
        **asked(review),
    )  # fmt: skip


def due(*, review: Review) -> None:
    """A reminder; the key keeps it from being told twice."""
    notify(
        kind="review_due", plan=review.request.plan, to=[review.mentor],
        by=review.request.asked_by, key=f"review {review.uid} due", url=page(review),
        text=review.request.question, **asked(review),
    )  # fmt: skip


def asked(review: Review) -> dict[str, Any]:
    """What a mail says of a request, for notices to put in the reader's language; of sections
    hidden from mentors since, nothing. Who reviewed before is told which round it is."""
    request = review.request
    hidden = request.plan.hidden_sections.filter(role=Role.MENTOR)
    kept = set(hidden.values_list("section", flat=True))
    sections = [name for name in request.sections if name not in kept]
    about: dict[str, Any] = {"sections": sections} if sections or not request.sections else {}
    rubric = request.rubric
    if rubric:
        about["rubric"] = {"en": rubric.name_en, "zh-hans": rubric.name_zh or rubric.name_en}
    before = Review.objects.filter(
        request__plan=request.plan, mentor=review.mentor, state__in=FINISHED,
        request__version__number__lt=request.version.number,
    )  # fmt: skip
    if review.mentor and before.exists():
        about["round"] = rounds.numbers(request.plan)[request.version_id]
    return about | {"due": request.due.isoformat() if request.due else ""}


def declined(*, review: Review) -> None:
    notify(
        kind="review_declined", plan=review.request.plan, to=founders(review.request.plan),
        by=review.mentor, key=f"review {review.uid} declined", url=request_page(review),
        text=review.reason,
    )  # fmt: skip


def withdrawn(*, review: Review, by: Any) -> None:
    will_not_be_finished(review=review)
    if review.mentor is not None:
        notify(
            kind="review_withdrawn", plan=review.request.plan, to=[review.mentor], by=by,
            key=f"review {review.uid} withdrawn", url=page(review),
        )  # fmt: skip


def finished(*, review: Review) -> None:
    """One mail to each founder for the whole review: the outcome, and verdicts, comments and words
    on earlier points counted, leaving out sections hidden from who reads it. It stands for the
    mails of its comments."""
    plan = review.request.plan
    verdicts = list(review.verdicts.values_list("section", "grade"))
    sections = list(_comments(review).values_list("thread__section", flat=True))
    words = review.settlements.select_related("verdict", "thread").order_by("pk")
    points = [(one.section, one.state) for one in words]
    for one in people(plan):
        if one.access.founder:
            came = Counter(state for section, state in points if one.access.sees(section))
            seen = Counter(grade for section, grade in verdicts if one.access.sees(section))
            told = notify(
                kind="review_finished", plan=plan, to=[one.user], by=review.mentor,
                key=f"review {review.uid} finished", url=request_page(review),
                outcome=review.state, text=review.summary,
                comments=sum(one.access.sees(section) for section in sections),
                settled=came[Settled.YES], still=came[Settled.NO],
                **{grade: seen[grade] for grade in Grade.values},
            )  # fmt: skip
            mailed = any(notice.mail != Mail.NONE for notice in told)
            (no_mail if mailed else mail_after_all)(keys=_keys(review), to=[one.user])


def wait_for_the_review(*, review: Review, thread: Thread) -> None:
    """Founders get no mail of a comment of a review that is being written."""
    keys = [comment_key(comment) for comment in thread.comments.all()]
    no_mail(keys=keys, to=founders(review.request.plan))


def will_not_be_finished(*, review: Review) -> None:
    """What the review's mail was to tell comes in the digest."""
    if review.accepted_at and review.mentor:
        mail_after_all(keys=_keys(review), to=founders(review.request.plan))


def _comments(review: Review) -> QuerySet[Comment]:
    """What the mentor wrote on the plan while the review was open."""
    return Comment.objects.filter(
        thread__plan=review.request.plan, author=review.mentor, created_at__gte=review.accepted_at
    )


def _keys(review: Review) -> list[str]:
    return [comment_key(comment) for comment in _comments(review).only("uid")]


def decided(
    *, plan: Plan, about: list[str], name: dict[str, str], to: list[Any], by: Any, key: str,
    url: str,
) -> None:  # fmt: skip
    """Mentors from whom one of the sections it is about is hidden are not told."""
    seeing = {one.user.pk for one in people(plan) if not one.access.hidden.intersection(about)}
    notify(
        kind="decision_recorded", plan=plan, to=[user for user in to if user.pk in seeing],
        by=by, key=key, url=url, criterion=name,
    )  # fmt: skip


def founders(plan: Plan) -> list[Any]:
    members = plan.memberships.filter(role__in=(Role.OWNER, Role.COFOUNDER))
    return [member.user for member in members.select_related("user")]


def mentors(plan: Plan) -> list[Person]:
    return [one for one in people(plan) if one.access.role == Role.MENTOR]


def page(review: Review) -> str:
    return reverse("reviews:review", args=[review.request.plan.uid, review.uid])


def request_page(review: Review) -> str:
    return reverse("reviews:request", args=[review.request.plan.uid, review.request.uid])
