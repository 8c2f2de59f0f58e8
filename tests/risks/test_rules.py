"""Scores, levels and exposures: check values, and what must hold for every input."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.risks import rules
from apps.risks.rules import Exposure, Level, Matrix, Rating

scores = st.one_of(st.none(), st.integers(1, 5))
amounts = st.one_of(st.none(), st.decimals(0, Decimal("1e15"), places=2))


@pytest.mark.parametrize(
    ("score", "level"),
    [(1, Level.LOW), (4, Level.LOW), (5, Level.MEDIUM), (9, Level.MEDIUM), (10, Level.HIGH),
     (14, Level.HIGH), (15, Level.CRITICAL), (25, Level.CRITICAL)],
)  # fmt: skip
def test_the_usual_matrix(score: int, level: Level) -> None:
    assert Matrix().level(score) == level


def test_the_matrix_can_be_edited_and_shows_its_ranges() -> None:
    matrix = Matrix.of(4, 8, 20)
    assert [(low, high) for _level, low, high in matrix.ranges()] == [
        (1, 3), (4, 7), (8, 19), (20, 25),
    ]  # fmt: skip
    assert matrix.cells()[3][4] == Level.CRITICAL  # probability 4, impact 5
    assert matrix.cells()[0][2] == Level.LOW  # probability 1, impact 3


@pytest.mark.parametrize("limits", [(10, 5, 15), (5, 5, 15), (5, 10, None), (None, None, None)])
def test_limits_that_do_not_rise_or_are_missing_give_the_usual_matrix(limits: tuple) -> None:
    assert Matrix.of(*limits) == Matrix()


@given(st.integers(2, 25), st.integers(2, 25), st.integers(2, 25))
def test_a_higher_score_is_never_a_lower_level(medium: int, high: int, critical: int) -> None:
    matrix = Matrix.of(medium, high, critical)
    levels = [matrix.level(score) for score in range(1, 26)]
    assert levels == sorted(levels)


def test_impact_is_the_worst_dimension_and_the_score_its_product() -> None:
    rating = Rating(4, rules.impact(2, None, 5, 3))
    assert (rating.impact, rating.score, rating.level) == (5, 20, Level.CRITICAL)
    assert str(rating) == "20 · Critical"


@given(scores, st.lists(scores, max_size=4))
def test_unknown_stays_unknown(probability: int | None, impacts: list[int | None]) -> None:
    rating = Rating(probability, rules.impact(*impacts))
    known = probability is not None and any(one is not None for one in impacts)
    assert (rating.score is not None) == (rating.level is not None) == known
    if known:
        assert 1 <= rating.score <= 25
    else:
        assert str(rating) == "—"


@pytest.mark.parametrize(
    ("before", "after", "threat", "opportunity"),
    [(20, 12, True, False), (12, 20, False, True), (9, 9, True, True)],
)
def test_threats_fall_and_opportunities_rise(
    before: int, after: int, threat: bool, opportunity: bool
) -> None:
    first, second = Rating(1, before), Rating(1, after)
    assert rules.in_order(first, second) is threat
    assert rules.in_order(first, second, opportunity=True) is opportunity
    assert rules.in_order(first, Rating(None, 5))


# --- Exposure ------------------------------------------------------------------------------------
def test_the_lognormal_of_a_90_percent_interval() -> None:
    """frameworks.md: 100,000 to 1,000,000 has a mean of about 404,000."""
    one = rules.exposure(Decimal(50), Decimal(100_000), Decimal(1_000_000))
    assert one is not None
    assert one.mean_amount == pytest.approx(404_000, rel=0.005)
    assert one.expected == pytest.approx(202_000, rel=0.005)
    assert math.exp(one.mu) == pytest.approx(316_228, rel=1e-5)  # the median, √(low × high)
    assert one.sigma == pytest.approx(math.log(10) / (2 * 1.64485))
    # The interval is met again: 5 % lie below the low end and 5 % above the high one.
    assert math.exp(one.mu + rules.Z_95 * one.sigma) == pytest.approx(1_000_000)
    assert math.exp(one.mu - rules.Z_95 * one.sigma) == pytest.approx(100_000)


def test_equal_ends_are_a_certain_amount() -> None:
    one = rules.exposure(Decimal(100), Decimal(5000), Decimal(5000))
    assert one is not None
    assert (one.sigma, one.mean_amount) == (0, pytest.approx(5000))


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [("0", "5", "above zero"), ("0", "0", "above zero"), ("10", "5", "below the low end"),
     ("1", "1001", "thousand times")],
)  # fmt: skip
def test_an_impossible_range_is_told_and_left_out(low: str, high: str, says: str) -> None:
    assert says in rules.range_problem(Decimal(low), Decimal(high))
    assert rules.exposure(Decimal(50), Decimal(low), Decimal(high)) is None


@given(st.one_of(st.none(), st.decimals(0, 100, places=2)), amounts, amounts)
def test_every_exposure_is_finite(
    probability: Decimal | None, low: Decimal | None, high: Decimal | None
) -> None:
    one = rules.exposure(probability, low, high)
    if None in (probability, low, high) or rules.range_problem(low, high):
        assert one is None
    else:
        assert isinstance(one, Exposure)
        assert math.isfinite(one.expected)
        assert 0 <= one.expected <= one.mean_amount
        assert float(low) * 0.999 <= math.exp(one.mu) <= float(high) * 1.001
