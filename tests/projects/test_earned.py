"""Earned value and cost by month: check values, unknowns, sums that must come out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.projects.rules import earned
from apps.projects.rules.earned import EarnedValue, Work
from apps.projects.rules.spread import by_month, last_day, month_start

JANUARY, MARCH = date(2027, 1, 1), date(2027, 3, 1)
D = Decimal


def test_the_textbook_values():
    value = EarnedValue(bac=D(100_000), pv=D(50_000), ev=D(40_000), ac=D(60_000))
    assert round(value.cpi, 3) == D("0.667")
    assert value.spi == D("0.8")
    assert round(value.eac, 2) == 150_000
    assert round(value.etc, 2) == 90_000
    assert round(value.vac, 2) == -50_000
    assert value.cost_variance == -20_000
    assert value.schedule_variance == -10_000
    assert value.percent == 40


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        (EarnedValue(), ("cpi", "spi", "eac", "etc", "vac", "percent", "cost_variance")),
        (EarnedValue(D(0), D(0), D(0), D(0)), ("cpi", "spi", "eac", "etc", "vac", "percent")),
        (EarnedValue(D(9), D(3), D(0), D(5)), ("eac", "etc", "vac")),
        (EarnedValue(D(9), D(3), D(2), None), ("cpi", "eac", "cost_variance")),
        (EarnedValue(D(9)), ("cpi", "spi", "eac", "percent", "schedule_variance")),
    ],
)
def test_a_division_by_nothing_is_unknown(value, unknown):
    assert {name: getattr(value, name) for name in unknown} == dict.fromkeys(unknown)


def test_budget_of_a_task():
    assert earned.budget(D(18_000), D(12), D(2_500)) == 48_000
    assert earned.budget(D(18_000), D(12), None) == 18_000
    assert earned.budget(None, D(12), D(2_500)) == 30_000
    assert earned.budget(None, D(12), None) is None
    assert earned.budget(D(0), None, None) == 0


def test_an_amount_grows_by_the_day():
    march = (D(3_100), MARCH, date(2027, 3, 31))
    assert earned.elapsed(*march, date(2027, 2, 28)) == 0
    assert earned.elapsed(*march, MARCH) == 100
    assert earned.elapsed(*march, date(2027, 3, 10)) == 1_000
    assert earned.elapsed(*march, date(2027, 3, 31)) == 3_100
    assert earned.elapsed(*march, date(2028, 1, 1)) == 3_100


def works() -> list[Work]:
    """One task done on time, one half done and late, one that reports no cost."""
    return [
        Work(D(1_000), JANUARY, date(2027, 1, 10), JANUARY, date(2027, 1, 10), D(100), D(1_200)),
        Work(D(2_000), JANUARY, date(2027, 1, 20), JANUARY, date(2027, 2, 10), D(50), D(800)),
        Work(D(3_100), MARCH, date(2027, 3, 31), MARCH, date(2027, 3, 31)),
    ]


def test_the_state_at_the_status_date():
    value = earned.at(works(), date(2027, 1, 20))
    assert (value.bac, value.pv, value.ev, value.ac) == (6_100, 3_000, 2_000, 2_000)
    assert value.cpi == 1
    assert round(value.spi, 3) == D("0.667")


def test_without_a_status_date_only_the_budget_is_known():
    assert earned.at(works(), None) == EarnedValue(D(6_100))
    assert earned.at([], date(2027, 1, 20)) == EarnedValue()


def test_history_ends_where_the_status_stands():
    status = date(2027, 1, 20)
    assert earned.history(works(), status, status) == (2_000, 2_000)
    assert earned.history(works(), date(2026, 12, 31), status) == (0, 0)
    middle = earned.history(works(), date(2027, 1, 10), status)
    assert middle == (1_000 + 500, 1_200 + 400)


def test_what_was_reported_before_its_time_counts_on_the_status_date():
    early = [Work(D(100), MARCH, MARCH, MARCH, MARCH, D(50), D(40))]
    status = date(2027, 1, 20)
    assert earned.history(early, date(2027, 1, 19), status) == (0, 0)
    assert earned.history(early, status, status) == (50, 40)


days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
amounts = st.decimals(0, 10**15, places=2)


@given(amounts, days, st.integers(0, 900), st.lists(days, min_size=2, max_size=6))
def test_an_amount_never_shrinks_and_never_exceeds_itself(amount, start, length, moments):
    end = start + timedelta(length)
    reached = [earned.elapsed(amount, start, end, day) for day in sorted(moments)]
    assert reached == sorted(reached)
    assert all(0 <= part <= amount for part in reached)


# --- By month ------------------------------------------------------------------------------------
def test_cost_by_month():
    spread = by_month(D(6_000), date(2027, 1, 17), date(2027, 3, 15), JANUARY)
    assert spread[:4] == (D("1551.72"), D("2896.56"), D("1551.72"), 0)
    assert len(spread) == 36
    assert sum(spread) == 6_000


def test_only_the_months_of_the_plan_carry_cost():
    spread = by_month(D(3_650), date(2026, 1, 1), date(2026, 12, 31), JANUARY)
    assert not any(spread)
    spread = by_month(D(730), date(2026, 1, 1), date(2027, 12, 31), JANUARY)
    assert sum(spread) == 365
    assert last_day(JANUARY) == date(2029, 12, 31)
    assert month_start(date(9999, 12, 1), 1) == date.max


@given(amounts, st.dates(JANUARY, date(2028, 6, 1)), st.integers(0, 500))
def test_the_months_of_a_task_within_the_plan_sum_to_its_cost(amount, start, length):
    spread = by_month(amount, start, start + timedelta(length), JANUARY)
    assert sum(spread) == amount
    assert all(part >= 0 for part in spread)


@given(st.decimals(0, 10**15, places=2), st.dates(), st.integers(0, 10**6), st.dates())
def test_no_dates_break_the_months(amount, start, length, first):
    end = start + timedelta(min(length, (date.max - start).days))
    spread = by_month(amount, start, end, first.replace(day=1))
    assert all(part >= 0 for part in spread)
    assert sum(spread) <= amount
