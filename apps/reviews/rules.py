"""Arithmetic of reviews: means of scores, and where mentors disagree. Pure functions.

Points are 0–5, or None for "need more information": that is no zero, so it is left out of every
mean and counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.reviews.models import Grade

# So many points (or steps between verdicts) apart, two mentors disagree.
SPREAD = 2
STEPS = {Grade.TO_FIX.value: 0, Grade.IMPROVABLE.value: 1, Grade.ACCEPTABLE.value: 2}


@dataclass(frozen=True)
class Mean:
    """``value`` is None where nothing was scored; ``missing`` counts "need more information"."""

    value: Decimal | None
    scored: int
    missing: int


def mean(points: Iterable[int | None]) -> Mean:
    """The plain mean, such as of several mentors on one criterion."""
    return weighted_mean((value, Decimal(1)) for value in points)


def weighted_mean(scores: Iterable[tuple[int | Decimal | None, Decimal]]) -> Mean:
    """Σ weight · points ÷ Σ weight over the (points, weight) that have points.

    A weight of 0 is a criterion that is asked but does not count.
    """
    given = list(scores)
    scored = [(Decimal(points), weight) for points, weight in given if points is not None]
    total = sum((weight for _points, weight in scored), Decimal(0))
    value = (
        sum((points * weight for points, weight in scored), Decimal(0)) / total if total else None
    )
    return Mean(value, len(scored), len(given) - len(scored))


def overall(criteria: Iterable[tuple[Sequence[int | None], Decimal]]) -> Mean:
    """Over several mentors: the weighted mean of each criterion's mean.

    So a criterion that only one of them could judge weighs no less for it. ``missing`` counts every
    single "need more information".
    """
    means = [(mean(points), weight) for points, weight in criteria]
    value = weighted_mean((found.value, weight) for found, weight in means).value
    return Mean(
        value,
        sum(found.scored for found, _weight in means),
        sum(found.missing for found, _weight in means),
    )


def scores_conflict(points: Sequence[int | None]) -> bool:
    """Two mentors lie SPREAD points or more apart, or one scores what another could not judge."""
    scored = [value for value in points if value is not None]
    if not scored:
        return False
    return max(scored) - min(scored) >= SPREAD or len(scored) < len(points)


def grades_conflict(grades: Sequence[str]) -> bool:
    """One finds to be fixed what another accepts."""
    steps = [STEPS[grade] for grade in grades]
    return bool(steps) and max(steps) - min(steps) >= SPREAD
