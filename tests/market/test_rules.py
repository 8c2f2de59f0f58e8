"""The arithmetic of a market: values worked out by hand, and properties that must always hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.market import rules

ACCOUNTS = st.none() | st.integers(0, 2_000_000_000)
AMOUNTS = st.none() | st.decimals(0, 10**15, places=2)
PERCENTS = st.none() | st.decimals(0, 100, places=2)
SCORES = st.integers(1, 5)
SIZES = st.builds(rules.sizing, ACCOUNTS, AMOUNTS, PERCENTS, PERCENTS, PERCENTS)


def test_sizing_by_hand():
    # 42,000 × 96,000 = 4.032 bn; × 55% × 60% = 1.33056 bn; × 2.5% = 33.264 m
    size = rules.sizing(42_000, Decimal(96_000), Decimal(55), Decimal(60), Decimal("2.5"))
    assert size == rules.Sizing(Decimal(4_032_000_000), Decimal(1_330_560_000), Decimal(33_264_000))


def test_what_follows_from_an_unknown_is_unknown():
    assert rules.sizing(None, Decimal(1), Decimal(1), Decimal(1), Decimal(1)) == rules.Sizing()
    assert rules.sizing(10, Decimal(2), None, Decimal(50), Decimal(50)) == rules.Sizing(Decimal(20))
    assert rules.sizing(10, Decimal(2), Decimal(50), Decimal(50), None) == rules.Sizing(
        Decimal(20), Decimal(5)
    )


def test_zero_is_known():
    assert rules.sizing(0, Decimal(5), Decimal(1), Decimal(1), Decimal(1)) == rules.Sizing(
        Decimal(0), Decimal(0), Decimal(0)
    )


def assert_nested(size: rules.Sizing) -> None:
    """SOM ≤ SAM ≤ TAM, and each is known only where the wider one is."""
    if size.sam is not None:
        assert size.tam is not None and 0 <= size.sam <= size.tam
    if size.som is not None:
        assert size.sam is not None and 0 <= size.som <= size.sam


@given(SIZES)
def test_som_within_sam_within_tam(size):
    assert_nested(size)


@given(st.lists(SIZES, max_size=8))
def test_totals_are_nested_too(sizes):
    assert_nested(rules.total(sizes))


def test_the_total_is_the_sum_of_the_known():
    known = rules.Sizing(Decimal(10), Decimal(5), Decimal(1))
    assert rules.total([known, rules.Sizing(Decimal(7)), rules.Sizing()]) == rules.Sizing(
        Decimal(17), Decimal(5), Decimal(1)
    )
    assert rules.total([]) == rules.Sizing()


def test_growth_compounds():
    assert rules.grown(Decimal(100), Decimal(10), 2) == Decimal(121)
    assert rules.grown(Decimal(100), Decimal(-100), 2) == 0
    assert rules.grown(None, Decimal(10), 2) is None
    assert rules.grown(Decimal(100), None, 2) is None


@pytest.mark.parametrize(
    ("one", "other", "ratio", "wide"),
    [
        (Decimal(300), Decimal(100), 3, False),
        (Decimal(100), Decimal(300), 3, False),
        (Decimal("300.01"), Decimal(100), Decimal("3.0001"), True),
        (Decimal(100), Decimal(400), 4, True),
        (None, Decimal(100), None, False),
        (Decimal(100), None, None, False),
        (Decimal(0), Decimal(100), None, False),
    ],
)
def test_a_gap_past_three_times_is_wide(one, other, ratio, wide):
    assert rules.gap(one, other) == ratio
    assert rules.is_wide_gap(one, other) is wide


def test_score_is_the_sum_of_weight_times_rating_over_100():
    # (20×5 + 20×4 + 20×4 + 15×2 + 10×4 + 15×5) / 100
    pairs = [(20, 5), (20, 4), (20, 4), (15, 2), (10, 4), (15, 5)]
    assert rules.weighted_score(pairs) == Decimal("4.05")


def test_a_score_needs_every_weight_and_rating():
    assert rules.weighted_score([]) is None
    assert rules.weighted_score([(50, 4), (50, None)]) is None
    assert rules.weighted_score([(None, 4), (50, 4)]) is None
    assert rules.weighted_score([(0, None)]) is None
    assert rules.weighted_score([(0, None), (100, 4)]) == 4


@given(st.lists(st.tuples(st.decimals("0.01", 100, places=2), SCORES), min_size=1, max_size=12))
def test_a_score_lies_between_its_ratings(pairs):
    ratings = [rating for _weight, rating in pairs]
    error = Decimal("1e-20")
    assert min(ratings) - error <= rules.weighted_score(pairs) <= max(ratings) + error


@pytest.mark.parametrize(
    ("score", "expected"),
    [("1", 0), ("2.32", 0), ("2.33", 1), ("3", 1), ("3.66", 1), ("3.67", 2), ("5", 2)],
)
def test_bands_part_at_2_33_and_3_67(score, expected):
    assert rules.band(Decimal(score)) == expected


def test_the_nine_cells():
    advice = [[rules.stance(row, column) for column in range(3)] for row in range(3)]
    assert advice == [
        ["harvest", "harvest", "selective"],
        ["harvest", "selective", "invest"],
        ["selective", "invest", "invest"],
    ]


def test_no_advice_without_both_scores():
    assert rules.Standing(Decimal(4), None).stance == ""
    assert rules.Standing(None, Decimal(4)).stance == ""
    assert rules.Standing(Decimal("4.05"), Decimal("3.95")).stance == "invest"


def test_weights_fit_when_they_sum_to_100():
    assert rules.weights_fit([Decimal("33.33"), Decimal("33.33"), Decimal("33.34")])
    assert not rules.weights_fit([Decimal(60), None])
    assert not rules.weights_fit([Decimal(60), Decimal(41)])
