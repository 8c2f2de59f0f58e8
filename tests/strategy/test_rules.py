"""VRIO, forces, concentration and TOWS: the values of the method, and any input."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.strategy import rules
from apps.strategy.choices import SwotKind
from apps.strategy.rules import Verdict

ANSWER = st.sampled_from([True, False, None])
SCORE = st.none() | st.integers(1, 5)


# --- VRIO: the five verdicts of the method -------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ((False, None, None, None), Verdict.DISADVANTAGE),
        ((False, True, True, True), Verdict.DISADVANTAGE),
        ((True, False, None, None), Verdict.PARITY),
        ((True, False, True, True), Verdict.PARITY),
        ((True, True, False, True), Verdict.TEMPORARY),
        ((True, True, True, False), Verdict.UNUSED),
        ((True, True, True, True), Verdict.SUSTAINED),
        ((None, True, True, True), None),
        ((True, None, False, False), None),
        ((True, True, None, False), None),
        ((True, True, True, None), None),
    ],
)
def test_the_first_no_decides(answers: tuple, verdict: Verdict | None) -> None:
    assert rules.verdict(*answers) == verdict


@given(ANSWER, ANSWER, ANSWER, ANSWER, st.integers(0, 3))
def test_a_better_answer_never_worsens_the_verdict(
    valuable: bool | None,
    rare: bool | None,
    inimitable: bool | None,
    organised: bool | None,
    at: int,
) -> None:
    answers = [valuable, rare, inimitable, organised]
    before = rules.verdict(*answers)
    answers[at] = True
    after = rules.verdict(*answers)
    order = list(Verdict)
    if before is not None and after is not None:
        assert order.index(after) >= order.index(before)


@given(st.lists(ANSWER, min_size=4, max_size=4))
def test_only_four_times_yes_lasts(answers: list[bool | None]) -> None:
    assert (rules.verdict(*answers) == Verdict.SUSTAINED) == all(answers)


# --- Forces and suppliers ------------------------------------------------------------------------
def test_equals_are_strongest_together() -> None:
    assert rules.strongest([3, None, 4, 4, 1]) == [2, 3]
    assert rules.strongest([None, None]) == []
    assert rules.strongest([]) == []


@given(st.lists(SCORE))
def test_nothing_is_stronger_than_the_strongest(scores: list[int | None]) -> None:
    top = {scores[at] for at in rules.strongest(scores)}
    assert len(top) <= 1
    assert all(score <= max(top) for score in scores if score is not None)


def test_the_mean_is_of_what_is_known() -> None:
    assert rules.mean([3, 4, None, 5]) == Decimal(4)
    assert rules.mean([None]) is None


def test_concentration_is_the_largest_share() -> None:
    assert rules.concentration([Decimal(60), None, Decimal("25.5")]) == Decimal(60)
    assert rules.concentration([Decimal(0)]) == 0
    assert rules.concentration([None]) is None
    assert rules.concentration([]) is None


# --- TOWS ----------------------------------------------------------------------------------------
STRENGTH, WEAKNESS, OPPORTUNITY, THREAT = SwotKind.values


@pytest.mark.parametrize(
    ("kinds", "quadrants"),
    [
        ([STRENGTH, OPPORTUNITY], "SO"),
        ([WEAKNESS, OPPORTUNITY], "WO"),
        ([STRENGTH, THREAT], "ST"),
        ([WEAKNESS, THREAT], "WT"),
        ([STRENGTH, WEAKNESS, OPPORTUNITY], "SO + WO"),
        (SwotKind.values, "SO + WO + ST + WT"),
        ([STRENGTH, WEAKNESS], ""),
        ([OPPORTUNITY, THREAT], ""),
        (["", OPPORTUNITY], ""),
        ([], ""),
    ],
)
def test_the_quadrant_follows_from_the_items(kinds: list[str], quadrants: str) -> None:
    assert rules.quadrants(kinds) == quadrants


@given(st.lists(st.sampled_from(["", *SwotKind.values])))
def test_a_quadrant_exists_exactly_if_no_side_is_missing(kinds: list[str]) -> None:
    assert bool(rules.quadrants(kinds)) == (not any(rules.missing_sides(kinds)))
