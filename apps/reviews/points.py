"""The points that mentors make, followed over the rounds until they are settled: a verdict that a
mentor repeats is one point, as is a comment. Used by the letter, by the steps of a later round, and
where founders ask again.

A point is **open** until the founders answer, **answered** until its mentor has looked, **settled**
by the mentor, or **withdrawn** by a decision on the board. An edit of the plan answers nothing; a
section found acceptable settles what was said of it as a whole, but no comment on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from apps.comments.models import Comment, Thread
from apps.plans.access import Access
from apps.plans.checks import Place
from apps.plans.models import Role
from apps.plans.sections import registry
from apps.reviews import remarks
from apps.reviews.models import (
    FINISHED,
    Decision,
    Grade,
    Review,
    Settled,
    Settlement,
    Verdict,
)

OPEN, ANSWERED, SETTLED, WITHDRAWN = "open", "answered", "settled", "withdrawn"


@dataclass(frozen=True)
class Turn:
    """One thing said of a point. ``kind``: "said", "answer", "other" (neither the mentor nor a
    founder), "settled", "still" or "decided". ``review`` is the round it belongs to, if any. It
    stands where ``at`` puts it; ``dated`` is False where that is a guess."""

    kind: str
    by: Any
    text: str
    at: Any  # a moment; a review that is read here has ended
    review: Review | None = None
    grade: str = ""
    dated: bool = True


@dataclass(eq=False)
class Point:
    """``review`` is the one it was first made in; ``verdicts`` the words of it round by round, or
    ``thread`` the comment. ``settled_in`` is the review that settled it, where one did."""

    review: Review
    verdicts: list[Verdict] = field(default_factory=list)
    thread: Thread | None = None
    turns: list[Turn] = field(default_factory=list)
    settled: bool = False
    settled_in: Review | None = None
    decided: bool = False

    @property
    def uid(self) -> str:
        return self.thread.uid if self.thread else self.verdicts[0].uid

    @property
    def place(self) -> Place:
        return self.thread.place if self.thread else Place(self.verdicts[0].section)

    @property
    def fine(self) -> bool:
        """There was nothing to do from the start, and nobody answered."""
        return self.settled_in is self.review and len(self.turns) == 1

    @property
    def settled_later(self) -> Review | None:
        """The round that settled it, if it is a later one than the point's own."""
        return None if self.settled_in is self.review else self.settled_in

    @property
    def answered(self) -> bool:
        """A founder wrote after the mentor's last word."""
        said = [turn.kind for turn in self.turns if turn.kind in {"said", "still", "answer"}]
        return bool(said) and said[-1] == "answer"

    @property
    def status(self) -> str:
        if self.settled:
            return SETTLED
        if self.decided:
            return WITHDRAWN
        return ANSWERED if self.answered else OPEN

    @property
    def last(self) -> Review:
        """The round in which the mentor last spoke of it."""
        return [turn.review for turn in self.turns if turn.review][-1]

    def settle(self, review: Review | None) -> None:
        self.settled, self.settled_in = True, review


def in_rounds(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """The finished reviews with what they say of points, round by round; three queries."""
    found = reviews.filter(state__in=FINISHED).select_related("mentor", "request__version")
    return (
        found.defer("request__version__document")
        .order_by("request__version__number", "ended_at", "pk")
        .prefetch_related(
            Prefetch("verdicts", Verdict.objects.select_related("replied_by").order_by("pk")),
            Prefetch("settlements", Settlement.objects.order_by("pk")),
        )
    )


def follow(
    access: Access, reviews: Sequence[Review], decisions: Iterable[Decision] = ()
) -> list[Point]:
    """The points that the reader sees of reviews from ``in_rounds``: verdicts in the order of
    sections, then comments in the order they were written, round by round."""
    threads = remarks.written(access, reviews)
    mentors = {review.mentor_id for review in reviews} | set(
        access.plan.memberships.filter(role=Role.MENTOR).values_list("user", flat=True)
    )
    found: list[Point] = []
    for review in reviews:
        mine = [one for one in found if is_by(one, review) and not one.settled]
        _settle(review, mine)
        found += _judged(review, mine, access)
        found += [_commented(review, one, mentors) for one in threads[review.pk]]
    for point in found:
        _resolved(point)
        _decide(point, decisions)
        point.turns.sort(key=lambda turn: turn.at)
    return found


def is_by(point: Point, review: Review) -> bool:
    """Whether the review's mentor made the point; of a deleted account nobody knows."""
    return review.mentor_id is not None and point.review.mentor_id == review.mentor_id


def _settle(review: Review, points: list[Point]) -> None:
    """What the mentor says in this review of their earlier points."""
    said = {(one.verdict_id, one.thread_id): one for one in review.settlements.all()}
    for point in points:
        key = (None, point.thread.pk) if point.thread else (point.verdicts[0].pk, None)
        word = said.get(key)
        if word is None or not word.state:
            continue
        kind = "settled" if word.state == Settled.YES else "still"
        point.turns.append(Turn(kind, review.by, word.text, review.ended_at, review))
        if word.state == Settled.YES:
            point.settle(review)


def _judged(review: Review, mine: list[Point], access: Access) -> list[Point]:
    """Carries the mentor's open points on by the verdicts of this review; the new ones."""
    verdicts = {one.section: one for one in review.verdicts.all() if access.sees(one.section)}
    new = []
    for section in registry:
        verdict = verdicts.get(section.name)
        if verdict is None:
            continue
        about = (one for one in mine if one.verdicts and one.place.section == section.name)
        before = next(about, None)
        if before and (not before.settled or verdict.grade == Grade.ACCEPTABLE):
            _judge_again(before, review, verdict)
        elif before is None or not _same(before.verdicts[-1], verdict):
            new.append(_made(review, verdict))
    return new


def _same(one: Verdict, other: Verdict) -> bool:
    return (one.grade, one.action) == (other.grade, other.action)


def _judge_again(point: Point, review: Review, verdict: Verdict) -> None:
    """A word taken over from the round before says nothing new."""
    if not _same(point.verdicts[-1], verdict):
        _say(point, review, verdict)
    point.verdicts.append(verdict)
    _answered(point, review, verdict)
    if verdict.grade == Grade.ACCEPTABLE:
        point.settle(review)


def _made(review: Review, verdict: Verdict) -> Point:
    point = Point(review, [verdict])
    _say(point, review, verdict)
    _answered(point, review, verdict)
    if verdict.grade == Grade.ACCEPTABLE:
        point.settle(review)
    return point


def _say(point: Point, review: Review, verdict: Verdict) -> None:
    grade = str(verdict.get_grade_display())
    point.turns.append(Turn("said", review.by, verdict.action, review.ended_at, review, grade))


def _answered(point: Point, review: Review, verdict: Verdict) -> None:
    if verdict.reply:
        at, dated = verdict.replied_at or review.ended_at, verdict.replied_at is not None
        point.turns.append(Turn("answer", verdict.replied_by, verdict.reply, at, dated=dated))


def _commented(review: Review, thread: Thread, mentors: set[int | None]) -> Point:
    point = Point(review, thread=thread)
    for comment in thread.comments.all():
        mine = comment.author_id == review.mentor_id and comment.author_id is not None
        kind = "said" if mine or not point.turns else _kind(comment, mentors)
        by = str(comment.author or comment.guest_name)
        mark = review if not point.turns else None
        point.turns.append(Turn(kind, by, comment.text, comment.created_at, mark))
    return point


def _resolved(point: Point) -> None:
    """Its mentor may settle a comment outside any review. A founder who ticks it off has answered
    it; whether that settles it the mentor says."""
    thread = point.thread
    if thread is None or thread.resolved_at is None or point.settled:
        return
    by_mentor = thread.resolved_by_id is not None and thread.resolved_by_id == thread.created_by_id
    kind = "settled" if by_mentor else "answer"
    point.turns.append(Turn(kind, thread.resolved_by, "", thread.resolved_at))
    if by_mentor:
        point.settle(None)


def _kind(comment: Comment, mentors: set[int | None]) -> str:
    return "answer" if comment.author_id and comment.author_id not in mentors else "other"


def _decide(point: Point, decisions: Iterable[Decision]) -> None:
    """What the founders decided of the section, on the version of the mentor's last word or later,
    withdraws what is said of the section as a whole."""
    if point.settled or point.place.part or not point.place.section:
        return
    for one in decisions:
        about = one.section == point.place.section
        if about and one.version.number >= point.last.request.version.number:
            text = "\n".join([one.decision, one.reason])
            point.turns.append(Turn("decided", one.by, text, one.at))
            point.decided = True
