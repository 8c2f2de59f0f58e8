"""The model: check values, identities that hold for any input, and what is not finite nowhere."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.funding.drivers import AS_PLANNED, FACTORS, Drivers
from apps.funding.inputs import (
    MONTHS,
    NOTHING,
    WIDE,
    CostInput,
    Inputs,
    RoundInput,
    StreamInput,
    cents,
)
from apps.funding.model import MOST_CUSTOMERS, run
from apps.funding.result import Result

D = Decimal


def stream(**changes) -> StreamInput:
    given = {"key": "a", "name": "A", "price": D(100), "customers": D(10), "new": D(2)}
    return StreamInput(**{**given, **changes})


def cost(group: str, amount: int, block: str = "running") -> CostInput:
    return CostInput(group, group, (D(amount),) * MONTHS, block=block)


# --- Customers and revenue -----------------------------------------------------------------------
def test_customers_are_those_before_less_the_lost_plus_the_won():
    """100 customers, 10 % churn, 5 new and 2 % growth: 100 − 10 + 5 + 2 = 97."""
    one = stream(customers=D(100), new=D(5), churn=D("0.1"), growth=D("0.02"))
    found = run(Inputs(streams=(one,))).customers["a"]
    assert (found.lost[0], found.won[0], found.end[0]) == (10, 7, 97)
    assert found.end[1] == D(97) - D("9.7") + 5 + D("1.94")


def test_negative_growth_loses_customers_and_wins_none():
    found = run(Inputs(streams=(stream(new=D(0), growth=D("-0.5")),))).customers["a"]
    assert found.end[:2] == (5, D("2.5"))
    assert set(found.won) == {0}


@pytest.mark.parametrize(
    ("per", "expected"),
    [("month", 1200), ("token", 12 * 3 * 100), ("new", 200)],
)
def test_the_price_is_paid_for_customers_tokens_or_new_customers(per: str, expected: int):
    one = stream(per=per, tokens=D(3))
    assert run(Inputs(streams=(one,))).sales[0] == expected


def test_revenue_begins_in_its_month_and_a_delay_moves_only_what_has_not_begun():
    later, running = stream(key="b", start=3, sold=3), stream()
    inputs = Inputs(streams=(later, running))
    plan, late = run(inputs), run(inputs, Drivers(delay=2))
    assert plan.revenue["b"][:4] == (0, 0, 0, 1200)
    assert late.revenue["b"][:6] == (0, 0, 0, 0, 0, 1200)
    assert late.revenue["a"] == plan.revenue["a"]


def test_customers_who_buy_an_add_on_are_a_share_of_those_of_the_other_stream():
    """An add-on that comes later meets the customers who have come until then."""
    addon = stream(key="b", source="a", attach=D("0.4"), price=D(10), sold=2)
    result = run(Inputs(streams=(stream(source="a"), addon)))
    assert result.customers["a"].end[:3] == (12, 14, 16)
    assert result.customers["b"].end[:3] == (0, 0, D("6.4"))
    assert result.revenue["b"][:3] == (0, 0, 64)


def test_a_customer_pays_after_the_months_agreed():
    result = run(Inputs(streams=(stream(),), wait=2))
    assert result.receipts[:3] == (0, 0, 1200)
    assert result.receipts[35] == result.sales[33]


# --- Costs ---------------------------------------------------------------------------------------
def test_inference_is_tokens_times_the_price_of_a_million():
    """12 customers × 5 million tokens × 1.736 = 104.16."""
    inputs = Inputs(streams=(stream(tokens=D(5)),), inference_price=D("1.736"))
    assert run(inputs).inference[0] == D("104.16")


def test_an_api_moves_with_its_price_and_own_gpus_with_theirs():
    inputs = Inputs(streams=(stream(tokens=D(5)),), inference_price=D(2), api_share=D("0.25"))
    plain = run(inputs).inference[0]
    assert run(inputs, Drivers(api=D(2))).inference[0] == plain * D("1.25")
    assert run(inputs, Drivers(compute=D(2))).inference[0] == plain * D("1.75")


def test_each_cost_moves_with_its_own_driver():
    groups = {"payroll": "payroll", "marketing": "marketing", "sales": "marketing",
              "runs": "compute", "api": "api", "hosting": "other", "risk": "other"}  # fmt: skip
    inputs = Inputs(costs=tuple(cost(group, 10) for group in groups))
    for driver in ("payroll", "marketing", "compute", "api", "other", "price"):
        result = run(inputs, AS_PLANNED.times(driver, D(3)))
        for group, moved_by in groups.items():
            assert result.costs["running", group][0] == (30 if driver == moved_by else 10)


def test_blocks_enter_the_statement_where_they_belong():
    inputs = Inputs(
        opening=D(1000),
        streams=(stream(variable=D("0.1")),),
        costs=(cost("hosting", 50, "revenue"), cost("payroll", 300), cost("it", 20, "capital")),
    )
    result = run(inputs)
    assert result.sales[0] == 1200
    assert result.cost_of_revenue[0] == 170
    assert result.gross_profit[0] == 1030
    assert result.ebitda[0] == result.profit[0] == 730
    assert result.closing[0] == 1000 + 730 - 20


def test_profit_is_taxed_only_once_losses_are_used_up():
    costs = (CostInput("x", "x", (D(2000), *(D(0),) * 35)),)
    inputs = Inputs(streams=(stream(new=D(0)),), costs=costs, tax=D("0.25"))
    result = run(inputs)
    assert result.ebitda[:3] == (-1000, 1000, 1000)
    assert result.tax[:3] == (0, 0, 250)


# --- Rounds --------------------------------------------------------------------------------------
def test_a_round_brings_its_money_and_a_loan_takes_it_back_with_interest():
    loan = RoundInput("l", "Loan", 2, D(1200), loan=True, rate=D("0.1"), term=3)
    equity = RoundInput("e", "Seed", 1, D(500))
    result = run(Inputs(opening=D(0), rounds=(loan, equity)))
    assert result.raised[:4] == (0, 500, 1200, 0)
    assert result.interest[:7] == (0, 0, 0, 10, 10, 10, 0)
    assert result.repaid[5] == 1200
    assert result.closing[-1] == 500 - 30


@pytest.mark.parametrize("month", [-1, 36, 10_000])
def test_money_outside_the_plan_does_not_count(month: int):
    result = run(Inputs(opening=D(7), rounds=(RoundInput("e", "Late", month, D(500)),)))
    assert result.closing == (7,) * MONTHS


def test_without_the_rounds_that_are_not_signed():
    firm, hoped = RoundInput("f", "F", 0, D(10)), RoundInput("h", "H", 0, D(90), firm=False)
    inputs = Inputs(opening=D(0), rounds=(firm, hoped))
    assert run(inputs).closing[0] == 100
    assert run(inputs.signed).closing[0] == 10


# --- Runway and break-even -----------------------------------------------------------------------
def test_the_cash_is_gone_in_the_first_month_that_ends_below_zero():
    inputs = Inputs(opening=D(100), costs=(cost("payroll", 40),))
    assert run(inputs).closing[:3] == (60, 20, -20)
    assert run(inputs).cash_out == 2
    assert run(replace(inputs, opening=D(1440))).cash_out is None  # exactly enough
    assert run(replace(inputs, opening=None)).cash_out is None
    assert not run(replace(inputs, opening=None)).cash_known


def test_break_even_is_where_losses_end_for_good():
    amounts = (D(500), D(0), D(2000), *(D(100),) * 33)
    inputs = Inputs(
        streams=(stream(new=D(0), start=1, sold=1),), costs=(CostInput("x", "x", amounts),)
    )
    assert run(inputs).break_even == 3
    assert run(replace(inputs, costs=(cost("x", 5000),))).break_even is None
    assert run(Inputs()).break_even is None
    assert run(Inputs(streams=(stream(start=4),))).break_even == 4


# --- Anything a founder may enter ----------------------------------------------------------------
amounts = st.decimals(0, D("1e15"), places=2)
shares = st.decimals(0, 1, places=4)
factors = st.one_of(
    st.sampled_from([D(0), D(1), D(10) ** 6, D("1e15")]), st.decimals(0, 10, places=3)
)
streams = st.builds(
    StreamInput,
    key=st.sampled_from("abc"), name=st.just("x"), price=amounts, source=st.just(""),
    per=st.sampled_from(["month", "token", "new"]), start=st.integers(0, 40),
    sold=st.integers(0, 40), customers=amounts,
    new=amounts, growth=st.decimals(-1, 100, places=4), churn=shares, attach=shares,
    tokens=st.decimals(0, D("1e12"), places=3), variable=shares,
)  # fmt: skip
costs = st.builds(
    CostInput,
    group=st.sampled_from(["payroll", "marketing", "runs", "api", "hosting", "risk"]),
    label=st.just("x"),
    amounts=amounts.map(lambda amount: (amount,) * MONTHS),
    block=st.sampled_from(["revenue", "running", "capital"]),
)  # fmt: skip
rounds = st.builds(
    RoundInput,
    key=st.just("r"), name=st.just("r"), month=st.integers(-5, 50), amount=amounts,
    firm=st.booleans(), loan=st.booleans(), rate=shares, term=st.none() | st.integers(0, 60),
)  # fmt: skip
plans = st.builds(
    Inputs,
    opening=st.none() | amounts,
    streams=st.lists(streams, max_size=3, unique_by=lambda s: s.key).map(tuple),
    costs=st.lists(costs, max_size=4).map(tuple), rounds=st.lists(rounds, max_size=3).map(tuple),
    inference_price=amounts, api_share=shares, wait=st.integers(0, 36), tax=shares,
)  # fmt: skip
drivers = st.builds(
    Drivers, **dict.fromkeys(FACTORS, factors), delay=st.integers(0, 100),
    churn_points=st.sampled_from([D(0), D(5)]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(plan=plans, under=drivers)
def test_the_identities_of_the_statements_hold_to_the_cent(plan: Inputs, under: Drivers):
    result = run(plan, under)
    with localcontext(WIDE):
        check_identities(plan, result)


def check_identities(plan: Inputs, result: Result) -> None:
    cash = plan.opening or D(0)
    for month in range(MONTHS):
        lines = sum(column[month] for column in result.costs.values())
        flow = (
            result.receipts[month] + result.raised[month] - result.repaid[month] - lines
            - result.inference[month] - result.variable[month] - result.interest[month]
            - result.tax[month]
        )  # fmt: skip
        cash += flow
        assert result.closing[month] == cash
        assert result.opening[month] + flow == result.closing[month]
        assert result.sales[month] == sum(column[month] for column in result.revenue.values())
        assert result.gross_profit[month] + result.cost_of_revenue[month] == result.sales[month]
        assert result.ebitda[month] + result.running[month] == result.gross_profit[month]
        assert flow - result.raised[month] + result.repaid[month] == -result.net_burn[month]
    everything = [*result.closing, *result.profit, *result.net_burn]
    assert all(amount.is_finite() and amount == cents(amount) for amount in everything)
    for customers in result.customers.values():
        assert all(0 <= there <= MOST_CUSTOMERS for there in customers.end)


@settings(max_examples=60, deadline=None)
@given(plan=plans, under=drivers)
def test_what_is_remembered_between_runs_changes_nothing(plan: Inputs, under: Drivers):
    run(plan, under.times("price", D(2)))
    run(plan)
    fresh = replace(plan)
    assert run(plan, under).closing == run(fresh, under).closing


def test_growth_beyond_mankind_stops_and_is_marked():
    found = run(Inputs(streams=(stream(growth=D(100)),))).customers["a"]
    assert found.end[-1] == MOST_CUSTOMERS
    assert found.capped
    assert not run(Inputs(streams=(stream(),))).customers["a"].capped


def test_nothing_at_all_gives_nothing_at_all():
    result = run(Inputs())
    assert result.closing == result.sales == result.ebitda == NOTHING
    assert result.recurring == NOTHING
