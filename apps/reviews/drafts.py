"""A mentor's review while it is written: step by step, each saved as a draft. Used by the views.

A step is a verdict on one section, the scores, or the summary. Saving a step that another window
changed meanwhile raises ``Changed`` with that text and writes nothing.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from apps.comments.models import Thread
from apps.comments.services import start_thread
from apps.plans.access import Access
from apps.plans.checks import Place
from apps.reviews import rounds, settling, telling, visibility
from apps.reviews.models import (
    Criterion,
    Grade,
    Recommendation,
    Remark,
    Review,
    Score,
    State,
    Verdict,
)
from apps.reviews.points import Point

MORE = "more"  # chosen instead of points: "need more information"
NO_VERDICT = {"grade": "", "action": ""}
Values = dict[str, Any]


class Changed(Exception):
    """Somebody (the mentor, in another window) saved the step since. ``stored`` is that text."""

    def __init__(self, stored: Values) -> None:
        super().__init__("stale step")
        self.stored = stored


class Over(Exception):
    """The review is not being written any more: finished, or withdrawn by the founders."""


@dataclass(frozen=True)
class VerdictStep:
    """And a word on each of the ``points`` that the mentor made of the section before."""

    section: str
    points: tuple[Point, ...] = ()

    def read(self, review: Review) -> Values:
        verdict = review.verdicts.filter(section=self.section).first()
        said = {"grade": verdict.grade, "action": verdict.action} if verdict else dict(NO_VERDICT)
        return said | settling.read(review, self.points)

    def write(self, review: Review, values: Values) -> None:
        settling.write(review, self.points, values)
        said = {name: values[name] for name in NO_VERDICT}
        if not any(said.values()):
            review.verdicts.filter(section=self.section).delete()
            return
        Verdict.objects.update_or_create(review=review, section=self.section, defaults=said)


@dataclass(frozen=True)
class ScoresStep:
    """{"<criterion>-points": "0"…"5", MORE or "", "<criterion>-note": text}"""

    criteria: tuple[Criterion, ...]

    def read(self, review: Review) -> Values:
        scores = {score.criterion_id: score for score in review.scores.all()}
        values: Values = {}
        for criterion in self.criteria:
            score = scores.get(criterion.pk)
            values[f"{criterion.uid}-points"] = shown_points(score)
            values[f"{criterion.uid}-note"] = score.note if score else ""
        return values

    def write(self, review: Review, values: Values) -> None:
        for criterion in self.criteria:
            points, note = values[f"{criterion.uid}-points"], values[f"{criterion.uid}-note"]
            if not (points or note):
                review.scores.filter(criterion=criterion).delete()
                continue
            given = {
                "points": int(points) if points not in {"", MORE} else None,
                "needs_more": points == MORE,
                "note": note,
            }
            Score.objects.update_or_create(review=review, criterion=criterion, defaults=given)


@dataclass(frozen=True)
class SummaryStep:
    """And a word on each of the ``points`` that the mentor made before."""

    points: tuple[Point, ...] = ()

    def read(self, review: Review) -> Values:
        said = {"recommendation": review.recommendation, "summary": review.summary}
        return said | settling.read(review, self.points)

    def write(self, review: Review, values: Values) -> None:
        settling.write(review, self.points, values)
        said = {name: values[name] for name in ("recommendation", "summary")}
        Review.objects.filter(pk=review.pk).update(**said)


Step = VerdictStep | ScoresStep | SummaryStep


def shown_points(score: Score | None) -> str:
    if score is None or (score.points is None and not score.needs_more):
        return ""
    return MORE if score.needs_more else str(score.points)


def mark(values: Values) -> str:
    """Names what a form was filled from; goes with it as a hidden field."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def save(*, review: Review, step: Step, base: str, values: Values) -> None:
    """Write the step if it still says what ``base`` marks. Saved twice, it changes nothing."""
    current = Review.objects.select_for_update().get(pk=review.pk)
    if current.state != State.IN_REVIEW:
        raise Over
    stored = step.read(current)
    if stored == values:
        return
    if mark(stored) != base:
        raise Changed(stored)
    step.write(current, values)
    review.refresh_from_db(fields=["recommendation", "summary"])


@transaction.atomic
def remark(
    *, review: Review, place: Place, text: str, notify: Iterable[Any] = (), uid: str = ""
) -> Thread:
    """Comment on the version under review. Raises ``Over`` and ``places.NoSuchPlace``.

    Comments are read at once; a founder's mail of them is the one mail of the finished review."""
    current = Review.objects.select_for_update().get(pk=review.pk)
    if current.state != State.IN_REVIEW:
        raise Over
    request = review.request
    thread = start_thread(
        plan=request.plan, place=place, text=text, by=review.mentor, version=request.version,
        notify=notify, uid=uid,
    )  # fmt: skip
    Remark.objects.get_or_create(thread=thread, defaults={"review": review})
    telling.wait_for_the_review(review=review, thread=thread)
    return thread


# --- Is it ready? ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Gap:
    """What stands in the way of finishing, and at which step."""

    # "verdict", "grade", "action", "settle", "contradiction", "score", "points", "recommendation"
    # or "despite"
    kind: str
    section: str = ""
    criterion: Criterion | None = None


# What a step lacks that was begun; of one that was not there is nothing to say.
MISSING = {
    "verdict": "",
    "grade": gettext_lazy("the verdict is missing"),
    "action": gettext_lazy("what to do is missing"),
}


def gaps(review: Review, access: Access) -> list[Gap]:
    """Every asked section has its verdict, with what to do unless it is acceptable; every criterion
    asked for has points or "need more information"; and there is a recommendation. In a later round
    the words on unchanged sections are taken over, so only what is new or changed is asked for.
    What is hidden from the mentor, be it since yesterday, stands in nobody's way."""
    verdicts = {said.section: said for said in review.verdicts.all()}
    scores = {score.criterion_id: score for score in review.scores.all()}
    rubric = review.request.rubric
    criteria = visibility.seen_criteria(access, rubric.criteria.all()) if rubric else []
    found = []
    for section in rounds.asked_sections(review.request, access):
        if kind := _verdict_gap(verdicts.get(section.name)):
            found.append(Gap(kind, section=section.name))
    found += [Gap(kind, section=name) for kind, name in settling.gaps(review, access)]
    for criterion in criteria:
        score = scores.get(criterion.pk)
        asked = score or rounds.is_asked(criterion, review.request)
        if asked and not shown_points(score):
            found.append(Gap("points" if score else "score", criterion=criterion))
    if review.recommendation not in Recommendation.values:
        found.append(Gap("recommendation"))
    return found


def _verdict_gap(verdict: Verdict | None) -> str:
    if verdict is None:
        return "verdict"
    if not verdict.grade:
        return "grade"
    return "action" if verdict.grade != Grade.ACCEPTABLE and not verdict.action else ""
