"""Means of scores and conflicts between mentors: check values and properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.rules import (
    Mean,
    grades_conflict,
    mean,
    overall,
    scores_conflict,
    weighted_mean,
)

points = st.none() | st.integers(0, 5)
weights = st.decimals(0, 100, places=2)
scores = st.lists(st.tuples(points, weights), max_size=12)


def test_a_weighted_mean_by_hand() -> None:
    # (4·20 + 2·15 + 5·20) ÷ 55 = 210 ÷ 55; one needs more information
    given_scores = [(4, Decimal(20)), (2, Decimal(15)), (None, Decimal(15)), (5, Decimal(20))]
    found = weighted_mean(given_scores)
    assert found == Mean(Decimal(210) / Decimal(55), scored=3, missing=1)


def test_nothing_scored_is_unknown_and_not_zero() -> None:
    assert weighted_mean([]) == Mean(None, 0, 0)
    assert mean([None, None]) == Mean(None, 0, 2)
    assert mean([0]) == Mean(Decimal(0), 1, 0)
    assert weighted_mean([(3, Decimal(0))]).value is None  # asked, but counts nothing


def test_over_several_mentors_a_criterion_keeps_its_weight() -> None:
    # A: mean of 5 and 3 is 4, weight 1. B: 1 by the only one who could, weight 3. (4 + 3) ÷ 4
    found = overall([([5, 3], Decimal(1)), ([1, None], Decimal(3))])
    assert found == Mean(Decimal("1.75"), scored=3, missing=1)


@given(scores)
def test_a_mean_lies_between_its_points(given_scores: list) -> None:
    found = weighted_mean(given_scores)
    counted = [value for value, weight in given_scores if value is not None and weight]
    assert (found.value is None) == (not counted)
    if counted:
        assert min(counted) - Decimal("1e-20") <= found.value <= max(counted) + Decimal("1e-20")
    assert found.scored + found.missing == len(given_scores)


@given(scores, weights)
def test_need_more_information_never_moves_a_mean(given_scores: list, weight: Decimal) -> None:
    found = weighted_mean([*given_scores, (None, weight)])
    assert found.value == weighted_mean(given_scores).value
    assert found.missing == weighted_mean(given_scores).missing + 1


@given(scores, st.integers(1, 50))
def test_only_the_ratio_of_weights_counts(given_scores: list, factor: int) -> None:
    scaled = weighted_mean((value, weight * factor) for value, weight in given_scores)
    value = weighted_mean(given_scores).value
    assert (scaled.value is None) == (value is None)
    if value is not None:
        assert abs(scaled.value - value) < Decimal("1e-20")


@given(st.lists(points, max_size=8))
def test_equal_weights_are_the_plain_mean(values: list) -> None:
    scored = [value for value in values if value is not None]
    found = mean(values)
    if scored:
        assert found.value == Decimal(sum(scored)) / len(scored)


@pytest.mark.parametrize(
    ("values", "conflict"),
    [
        ([], False), ([3], False), ([3, 4], False), ([1, 3], True), ([5, 0], True),
        ([None], False), ([None, None], False), ([3, None], True), ([3, 3, 3], False),
    ],
)  # fmt: skip
def test_when_scores_conflict(values: list, conflict: bool) -> None:
    assert scores_conflict(values) is conflict


@given(st.lists(points, max_size=8))
def test_a_conflict_of_scores_has_no_order(values: list) -> None:
    assert scores_conflict(values) == scores_conflict(values[::-1])


@pytest.mark.parametrize(
    ("grades", "conflict"),
    [
        ([], False), (["to_fix"], False), (["to_fix", "improvable"], False),
        (["improvable", "acceptable"], False), (["acceptable", "improvable", "to_fix"], True),
    ],
)  # fmt: skip
def test_when_verdicts_conflict(grades: list, conflict: bool) -> None:
    assert grades_conflict(grades) is conflict
