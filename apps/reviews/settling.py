"""A mentor's word, in a later round, on the points of the rounds before: settled, or still open.

Kept with the draft of the review by drafts.py, in effect once it is finished (services.py).
"""

from collections.abc import Iterable
from typing import Any

from apps.comments import services as comments
from apps.comments import threads
from apps.plans.access import Access
from apps.plans.sections import registry
from apps.reviews import board, points, rounds
from apps.reviews.models import Grade, Review, Settled, Settlement
from apps.reviews.points import Point

Values = dict[str, Any]


def points_before(review: Review, access: Access) -> list[Point]:
    """The points of the mentor's earlier rounds as the mentor sees them, with what came of them."""
    request = review.request
    earlier = Review.objects.filter(
        mentor=review.mentor, request__plan=request.plan,
        request__version__number__lt=request.version.number,
    )  # fmt: skip
    decisions = board.decided_before(review, access)
    return points.follow(access, list(points.in_rounds(earlier)), decisions)


def names(point: Point) -> tuple[str, str]:
    """The fields of a form that take the word on the point."""
    return f"{point.uid}-state", f"{point.uid}-text"


def _about(point: Point) -> dict[str, Any]:
    return {"thread": point.thread, "verdict": None if point.thread else point.verdicts[0]}


def read(review: Review, asked: Iterable[Point]) -> Values:
    said = {(one.verdict_id, one.thread_id): one for one in review.settlements.all()}
    values: Values = {}
    for point in asked:
        verdict, thread = _about(point)["verdict"], point.thread
        word = said.get((verdict and verdict.pk, thread and thread.pk))
        state, text = names(point)
        values |= {state: word.state if word else "", text: word.text if word else ""}
    return values


def write(review: Review, asked: Iterable[Point], values: Values) -> None:
    for point in asked:
        given = dict(zip(("state", "text"), (values[name] for name in names(point)), strict=True))
        if any(given.values()):
            Settlement.objects.update_or_create(review=review, **_about(point), defaults=given)
        else:
            review.settlements.filter(**_about(point)).delete()


def words(review: Review, access: Access) -> list[Settlement]:
    """What a review says of earlier points, in the order of sections, those about the whole plan
    first; as far as the reader sees them. Two queries."""
    order = {name: at for at, name in enumerate(["", *(section.name for section in registry)])}
    said = review.settlements.exclude(state="").order_by("pk").prefetch_related("thread__comments")
    said = said.select_related("verdict__review__request__version", "thread__version").defer(
        "verdict__review__request__version__document", "thread__version__document"
    )
    found = [one for one in said if _sees(access, one)]
    return sorted(found, key=lambda one: order.get(one.section, len(order)))


def _sees(access: Access, word: Settlement) -> bool:
    if word.thread:
        return threads.reads(access, word.section, word.thread.visibility)
    return access.sees(word.section)


def gaps(review: Review, access: Access) -> list[tuple[str, str]]:
    """(kind, section) of what does not go together: "settle" for words without a choice, and
    "contradiction" where the verdict says otherwise than the word on the point."""
    said = list(review.settlements.select_related("verdict", "thread").order_by("pk"))
    earlier = rounds.before(review) if said else None
    if earlier is None:
        return []
    before = {one.section: one for one in earlier.verdicts.all()}
    now = {one.section: one for one in review.verdicts.all()}
    found = []
    for word in said:
        section = word.section
        if access.sees(section) or not section:
            verdict = now.get(section) if word.verdict else None
            if word.text and not word.state:
                found.append(("settle", section))
            elif verdict and word.state and _contradict(word, verdict, before.get(section)):
                found.append(("contradiction", section))
    return found


def _contradict(word: Settlement, verdict: Any, before: Any) -> bool:
    """Settled, but the verdict asks for the very same; or still open, but acceptable."""
    if word.state == Settled.NO:
        return verdict.grade == Grade.ACCEPTABLE
    same = before and (before.grade, before.action) == (verdict.grade, verdict.action)
    return bool(same) and verdict.grade != Grade.ACCEPTABLE


def take_effect(review: Review) -> None:
    """A comment that is settled is resolved; one that is still open is opened again."""
    for word in review.settlements.exclude(thread=None).select_related("thread__plan"):
        if word.state == Settled.YES:
            comments.resolve(thread=word.thread, by=review.mentor)
        elif word.state == Settled.NO:
            comments.reopen(thread=word.thread, by=review.mentor)
