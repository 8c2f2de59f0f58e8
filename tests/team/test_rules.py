"""The arithmetic of the team section: check values, properties, bad input."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from apps.team import rules
from apps.team.models import Responsibility, Role, Skill, Training

JANUARY = date(2027, 1, 1)
amounts = st.decimals(0, 10**12, places=2)
percents = st.decimals(0, 100, places=2)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def role(**values) -> Role:
    values = {"salary": Decimal(40_000), "share": Decimal(50), "on_cost": Decimal(30), **values}
    return Role(**values)


# --- Payroll -------------------------------------------------------------------------------------
def test_monthly_payroll_is_salary_times_share_times_one_plus_on_cost():
    assert role().monthly_cost == Decimal(26_000)


def test_unknown_stays_unknown():
    for field in ("salary", "share", "on_cost"):
        assert role(**{field: None}).monthly_cost is None
    assert role(salary=Decimal(0)).monthly_cost == 0


@given(amounts, percents, percents)
def test_payroll_lies_between_nothing_and_twice_the_salary(salary, share, on_cost):
    assert 0 <= rules.monthly_cost(salary, share, on_cost) <= 2 * salary


def test_payroll_runs_from_start_to_end_inclusive_in_calendar_months():
    amounts = rules.payroll(role(start=date(2027, 2, 1), end=date(2027, 4, 1)), JANUARY)
    assert len(amounts) == 36
    assert amounts[:5] == [0, 26_000, 26_000, 26_000, 0]
    assert sum(amounts) == 78_000


def test_a_role_from_before_the_plan_costs_from_the_first_month():
    assert sum(rules.payroll(role(start=date(2020, 5, 1)), JANUARY)) == 36 * 26_000


def test_a_role_that_ended_before_the_plan_costs_nothing():
    past = role(start=date(2020, 5, 1), end=date(2026, 12, 1))
    assert sum(rules.payroll(past, JANUARY)) == 0


def test_without_a_start_the_payroll_is_unknown():
    assert rules.payroll(role(), JANUARY) is None
    assert rules.active(role(), JANUARY) == [False] * 36


@given(days, days, days)
def test_a_role_is_active_in_one_run_of_months(first, start, end):
    there = rules.active(role(start=start, end=end), first)
    assert "".join("x" if month else " " for month in there).strip().count(" ") == 0


def test_month_names_cross_years_and_the_end_of_the_calendar():
    assert rules.month_names(date(2027, 11, 1), 3) == [
        "November 2027", "December 2027", "January 2028",
    ]  # fmt: skip
    assert rules.month_names(date(9999, 12, 1))[-1] == "10002-11"


def test_timeline_counts_heads_full_time_and_payroll():
    roles = [
        role(start=JANUARY, status="filled"),
        role(start=date(2027, 2, 1), status="open", share=Decimal(100)),
        role(start=JANUARY, status="planned", salary=None),
        role(),
    ]
    january, february = rules.timeline(roles, JANUARY)[:2]
    assert (january.filled, january.to_fill, january.heads) == (1, 1, 2)
    assert (january.full_time, january.payroll) == (1, 26_000)
    assert (february.heads, february.full_time, february.payroll) == (3, 2, 78_000)


def test_timeline_of_nobody_is_36_empty_months():
    months = rules.timeline([], JANUARY)
    assert len(months) == 36
    assert {month.heads for month in months} == {0}


@given(st.lists(st.tuples(amounts, percents, days), max_size=8))
def test_the_months_of_the_timeline_sum_the_roles(rows):
    roles = [role(salary=salary, share=share, start=start) for salary, share, start in rows]
    by_role = sum((sum(rules.payroll(one, JANUARY)) for one in roles), Decimal(0))
    by_month = sum((month.payroll for month in rules.timeline(roles, JANUARY)), Decimal(0))
    # Decimals of 28 digits: the order of adding may move the last one.
    assert abs(by_role - by_month) <= Decimal("0.0001")


def test_total_sums_what_is_known():
    assert rules.total([Decimal(60), None, Decimal("30.5")]) == Decimal("90.5")
    assert rules.total([None]) is None
    assert rules.total([]) is None


# --- Training and skills -------------------------------------------------------------------------
def test_training_costs_in_its_month():
    costs = rules.training_cost(Training(cost=Decimal(9), date=date(2027, 3, 31)), JANUARY)
    assert costs[:4] == [0, 0, 9, 0]
    assert sum(costs) == 9


def test_training_outside_the_horizon_costs_nothing_within_it():
    for day in (date(2026, 12, 31), date(2030, 1, 1)):
        assert sum(rules.training_cost(Training(cost=Decimal(9), date=day), JANUARY)) == 0


def test_training_without_cost_or_date_is_unknown():
    assert rules.training_cost(Training(cost=Decimal(9)), JANUARY) is None
    assert rules.training_cost(Training(date=JANUARY), JANUARY) is None


def test_skill_gap_is_needed_minus_held_and_never_below_zero():
    assert Skill(needed=5, held=3).gap == 2
    assert Skill(needed=2, held=4).gap == 0
    assert Skill(needed=5).gap is None
    assert Skill(held=5).gap is None


# --- RACI ----------------------------------------------------------------------------------------
def test_letters_of_a_role_in_a_row():
    row = Responsibility(responsible=["a", "b"], accountable=["a"], informed=["c"])
    assert [rules.letters(row, uid) for uid in "abcd"] == [["R", "A"], ["R"], ["I"], []]


def test_exactly_one_accountable_and_at_least_one_responsible():
    assert not rules.one_accountable(Responsibility())
    assert rules.one_accountable(Responsibility(accountable=["a"]))
    assert not rules.one_accountable(Responsibility(accountable=["a", "b"]))
    assert not rules.someone_responsible(Responsibility())
    assert rules.someone_responsible(Responsibility(responsible=["a"]))


def test_the_matrix_is_parted_into_even_tables():
    assert [len(part) for part in rules.columns(list(range(8)))] == [8]
    assert [len(part) for part in rules.columns(list(range(9)))] == [5, 4]
    assert rules.columns([]) == []


@given(st.lists(st.integers(), max_size=60))
def test_no_role_is_lost_between_tables(roles):
    parts = rules.columns(roles)
    assert [one for part in parts for one in part] == roles
    assert all(len(part) <= rules.COLUMNS for part in parts)


def test_a_role_is_late_from_the_first_day_of_its_month_unless_filled():
    late = role(status="open", start=date(2027, 2, 1))
    assert not rules.unfilled_at_start(late, date(2027, 1, 31))
    assert rules.unfilled_at_start(late, date(2027, 2, 1))
    assert not rules.unfilled_at_start(role(status="open"), date(2027, 2, 1))
    filled = role(status="filled", start=date(2027, 2, 1))
    assert not rules.unfilled_at_start(filled, date(2027, 3, 1))


# --- Reporting lines -----------------------------------------------------------------------------
def test_cycles_are_found_once():
    assert rules.cycles({"a": "b", "b": "a", "c": "a"}) == [["a", "b"]]
    assert rules.cycles({"c": "a", "a": "b", "b": "a"}) == [["a", "b"]]
    assert rules.cycles({"a": "a"}) == [["a"]]
    assert rules.cycles({"a": "", "b": "a", "c": "gone"}) == []
    assert rules.cycles({}) == []


@given(st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from("abcdefgx")))
def test_every_cycle_closes_and_no_role_is_in_two(parents):
    found = rules.cycles(parents)
    members = [uid for circle in found for uid in circle]
    assert len(members) == len(set(members))
    for circle in found:
        assert [parents[uid] for uid in circle] == [*circle[1:], circle[0]]
    on_a_circle = set()
    for start in parents:
        here = parents.get(start)
        for _step in parents:
            if here == start:
                on_a_circle.add(start)
            here = parents.get(here)
    assert on_a_circle == set(members)
