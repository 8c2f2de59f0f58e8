"""Ratings gathered: where each segment stands, and which pairs nobody has rated yet.

For forms, checks and the context of this section. Takes lists of records, asks no database. The
same pair rated twice counts once, with the later row; checks.py says so to the founder.
"""

from collections.abc import Iterable

from apps.market import rules
from apps.market.models import Axis, Factor, Rating, Segment


def by_pair(ratings: Iterable[Rating]) -> dict[tuple[str, str], Rating]:
    """{(segment uid, factor uid): rating}"""
    return {(row.segment, row.factor): row for row in ratings if row.segment and row.factor}


def open_pairs(
    segments: Iterable[Segment], factors: Iterable[Factor], ratings: Iterable[Rating]
) -> list[tuple[Segment, Factor]]:
    """The pairs without a rating, segment by segment. Weightless factors need none."""
    rated = {pair for pair, row in by_pair(ratings).items() if row.rating is not None}
    factors = [factor for factor in factors if factor.axis and factor.weight != 0]
    return [
        (segment, factor)
        for segment in segments
        for factor in factors
        if (segment.uid, factor.uid) not in rated
    ]


def standing(
    segment: Segment, factors: Iterable[Factor], pairs: dict[tuple[str, str], Rating]
) -> rules.Standing:
    """The segment's two scores; ``pairs`` as by_pair() gives them."""
    factors = list(factors)

    def score(axis: str) -> object:
        return rules.weighted_score(
            (factor.weight, getattr(pairs.get((segment.uid, factor.uid)), "rating", None))
            for factor in factors
            if factor.axis == axis
        )

    return rules.Standing(score(Axis.ATTRACTIVENESS), score(Axis.STRENGTH))
