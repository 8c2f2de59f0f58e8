"""The founders' own scores, and how they stand beside the mentors', round by round. Used by the
views of this app."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.plans.access import Access
from apps.plans.models import Plan
from apps.plans.services import hold
from apps.reviews import rules, tables, visibility
from apps.reviews.drafts import Changed, Values, mark
from apps.reviews.models import Criterion, Rubric, SelfAssessment
from apps.versions.models import Version


@dataclass(frozen=True)
class Compared:
    criterion: Criterion
    own: int | None
    mentors: rules.Mean


@dataclass(frozen=True)
class Round:
    """One version under one rubric."""

    version: Version
    rubric: Rubric
    rows: list[Compared]

    @property
    def own(self) -> rules.Mean:
        given = [(row.own, row.criterion.weight) for row in self.rows if row.own is not None]
        return rules.weighted_mean(given)

    @property
    def mentors(self) -> rules.Mean:
        """Over the criteria, each with the mean of the mentors; "need more information" counted."""
        mean = rules.weighted_mean((row.mentors.value, row.criterion.weight) for row in self.rows)
        scored = sum(row.mentors.scored for row in self.rows)
        return rules.Mean(mean.value, scored, sum(row.mentors.missing for row in self.rows))


def rounds(access: Access, user: Any) -> dict[Rubric, list[Round]]:
    """{rubric: its rounds in order}: those whose finished reviews the person reads; for founders
    also those they scored themselves."""
    points: dict[tuple[int, int], list[int | None]] = defaultdict(list)
    reviews = list(tables.in_full(visibility.readable(access, user)))
    for review in reviews:
        for score in review.scores.all():
            points[review.request.version_id, score.criterion_id].append(score.points)
    assessed = SelfAssessment.objects.filter(plan=access.plan)
    if not access.founder:
        assessed = assessed.filter(version__in={one.request.version_id for one in reviews})
    own = {(one.version_id, one.criterion_id): one.points for one in assessed}
    keys = points.keys() | own.keys()
    versions = {
        one.pk: one
        for one in access.plan.versions.filter(pk__in={version for version, _pk in keys})
        .defer("document").order_by("number")
    }  # fmt: skip
    criteria = Criterion.objects.filter(pk__in={pk for _version, pk in keys})
    by_rubric: dict[Rubric, list[Criterion]] = defaultdict(list)
    for criterion in criteria.select_related("rubric").order_by("rubric__order", "order", "pk"):
        if visibility.sees_criterion(access, criterion):
            by_rubric[criterion.rubric].append(criterion)
    found: dict[Rubric, list[Round]] = {}
    for rubric, asked in by_rubric.items():
        for pk, version in versions.items():
            rows = [
                Compared(one, own.get((pk, one.pk)), rules.mean(points.get((pk, one.pk), ())))
                for one in asked
            ]
            if any(row.own is not None or row.mentors.scored for row in rows):
                found.setdefault(rubric, []).append(Round(version, rubric, rows))
    return found


def criteria_of(access: Access, version: Version) -> list[Criterion]:
    """Those that mentors were asked to score of the version, as far as the reader sees them."""
    asked = Criterion.objects.filter(rubric__requests__version=version).distinct()
    return visibility.seen_criteria(access, asked.order_by("rubric__order", "order", "pk"))


def stored(version: Version, criteria: list[Criterion]) -> Values:
    """{uid of a criterion: points as text, "" where there are none}"""
    given = SelfAssessment.objects.filter(version=version, points__isnull=False)
    points = dict(given.values_list("criterion", "points"))
    return {one.uid: str(points.get(one.pk, "")) for one in criteria}


@transaction.atomic
def assess(
    *, plan: Plan, version: Version, criteria: list[Criterion], base: str, values: Values, by: Any
) -> None:
    """Save the founders' points; ``Changed`` if another founder saved since ``base``."""
    hold(plan)
    before = stored(version, criteria)
    if before == values:
        return
    if mark(before) != base:
        raise Changed(before)
    for criterion in criteria:
        if before[criterion.uid] != values[criterion.uid]:
            points = int(values[criterion.uid]) if values[criterion.uid] else None
            SelfAssessment.objects.update_or_create(
                version=version, criterion=criterion,
                defaults={"plan": plan, "points": points, "by": by, "at": timezone.now()},
            )  # fmt: skip
