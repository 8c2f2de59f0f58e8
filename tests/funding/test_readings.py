"""What is read off the model: unit economics, runway, cap table, draws, what moves most."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.funding import captable, metrics, montecarlo, sensitivity
from apps.funding.captable import Issue, Owner, ownership
from apps.funding.drivers import AS_PLANNED, Drivers
from apps.funding.inputs import MONTHS, CostInput, Inputs, RoundInput, StreamInput
from apps.funding.model import run
from apps.funding.outlook import Outlook
from apps.funding.statements import amount, income_lines

D = Decimal


def by_key(result, *period) -> dict[str, metrics.Metric]:
    return {metric.key: metric for metric in metrics.unit_economics(result, *period)}


def plan(**changes) -> Inputs:
    """50 customers at 100; 2 % leave, one is won; a tenth of revenue and 500 for marketing."""
    one = StreamInput("a", "A", D(100), customers=D(50), new=D(1), churn=D("0.02"),
                      variable=D("0.2"))  # fmt: skip
    marketing = CostInput("marketing", "m", (D(1000),) * MONTHS)
    given = {"opening": D(10_000), "streams": (one,), "costs": (marketing,)}
    return Inputs(**{**given, **changes})


# --- Unit economics ------------------------------------------------------------------------------
def test_the_check_values_of_the_unit_economics():
    """ARPA 100, margin 80 %, churn 2 % = LTV 4,000; CAC 1,000 = ratio 4, payback 12.5 months."""
    found = by_key(run(plan()))
    assert found["arpa"].value == 100
    assert found["gross_margin"].value == 80
    assert found["churn"].value == 2
    assert found["ltv"].value == 4000
    assert found["cac"].value == 1000
    assert found["ltv_cac"].value == 4
    assert found["payback"].value == D("12.5")


def test_the_burn_multiple_is_net_burn_over_new_arr():
    """Burning 93,000 − 82,200 in the second year while ARR grows by 12 × 1,200: 0.75."""
    one = StreamInput("a", "A", D(100), customers=D(50), new=D(1))
    result = run(plan(streams=(one,), costs=(CostInput("payroll", "p", (D(7750),) * MONTHS),)))
    assert sum(result.net_burn[12:24]) == 93_000 - 82_200
    assert by_key(result, 12, 24)["burn_multiple"].value == D("0.75")
    assert by_key(run(plan(costs=())), 12, 24)["burn_multiple"].value is None  # no growth
    growing = run(plan(streams=(one,), costs=()))
    assert by_key(growing, 12, 24)["burn_multiple"].value == 0  # earns instead of burning


@pytest.mark.parametrize(
    ("inputs", "unknown"),
    [
        (Inputs(), {"gross_margin", "arpa", "churn", "cac", "ltv", "ltv_cac", "payback",
                    "burn_multiple"}),
        (plan(costs=()), {"ltv_cac", "burn_multiple"}),
        (plan(streams=(replace(plan().streams[0], churn=D(0)),)), {"ltv", "ltv_cac"}),
        (plan(streams=(replace(plan().streams[0], new=D(0)),)),
         {"cac", "ltv_cac", "payback", "burn_multiple"}),
        (plan(streams=(replace(plan().streams[0], variable=D(1)),)),
         {"ltv", "ltv_cac", "payback", "burn_multiple"}),
    ],
)  # fmt: skip
def test_a_figure_without_its_inputs_is_unknown_and_says_why(inputs: Inputs, unknown: set[str]):
    for key, metric in by_key(run(inputs)).items():
        if key in unknown:
            assert metric.value is None, key
            assert metric.missing
        elif key != "burn_multiple":
            assert metric.value is not None, key


def test_customers_of_an_add_on_are_not_counted_twice():
    addon = StreamInput("b", "B", D(10), source="a", customers=D(50), new=D(1), churn=D("0.02"))
    with_addon = by_key(run(plan(streams=(*plan().streams, addon))))
    assert with_addon["cac"].value == 1000
    assert with_addon["arpa"].value == 110


# --- Runway --------------------------------------------------------------------------------------
def test_the_runway_after_a_round_ignores_money_raised_later():
    burn = (CostInput("payroll", "p", (D(100),) * MONTHS),)
    later = RoundInput("b", "B", 4, D(1000))
    result = run(Inputs(D(100), costs=burn, rounds=(RoundInput("a", "A", 0, D(350)), later)))
    assert result.closing[:5] == (350, 250, 150, 50, 950)
    assert metrics.runway_after(result, 0) == 3
    assert metrics.lowest_cash(result) == (min(result.closing), 35)
    rich = run(Inputs(D(10) ** 6, costs=burn))
    assert metrics.runway_after(rich, 0) is None
    assert metrics.runway_after(run(Inputs(None, costs=burn)), 0) is None


# --- Stress and tornado --------------------------------------------------------------------------
def test_the_stress_library_does_what_it_says():
    changed = {one.key: one.change(AS_PLANNED) for one in sensitivity.stress_library()}
    assert changed["api_doubles"].api == 2
    assert changed["gpu_rises"].compute == D("1.5")
    assert changed["filing_late"].delay == 3
    assert changed["churn_rises"].churn_points == 5
    assert changed["model_lost"].new_customers == D("0.75")
    found = sensitivity.stresses(plan())
    assert len(found) == 5
    base = run(plan())
    assert found[-1].closing < base.closing[-1]  # churn + 5 points
    lost = run(plan(), changed["churn_rises"]).customers["a"].lost[0]
    assert lost == D(50) * D("0.07")


def test_the_tornado_shows_the_strongest_driver_first_and_leaves_out_the_idle():
    moves = sensitivity.tornado(plan())
    assert [move.driver for move in moves] == ["price", "churn", "new_customers", "marketing"]
    widths = [move.width for move in moves]
    assert widths == sorted(widths, reverse=True)
    price = moves[0]
    assert price.high.closing[-1] - run(plan()).closing[-1] == D("0.2") * D("0.8") * 5000 * 36
    assert sensitivity.tornado(Inputs()) == []


def test_the_runway_of_a_run_is_at_most_the_plan():
    assert sensitivity.runway(run(plan())) == MONTHS
    assert sensitivity.runway(run(plan(opening=None))) is None
    assert sensitivity.runway(run(plan(streams=(), opening=D(2500)))) == 2


# --- Monte Carlo ---------------------------------------------------------------------------------
def fixed(value: float = 1.0) -> montecarlo.Ranges:
    return ((value, value),) * 8


def test_draws_without_any_spread_follow_the_model():
    """The second implementation of the recursion agrees with the first."""
    later = StreamInput("b", "B", D(9), per="token", tokens=D(4), source="a", customers=D(50),
                        new=D(1), churn=D("0.02"), start=0, sold=5, attach=D("0.3"))  # fmt: skip
    licence = StreamInput("c", "C", D(700), per="new", start=3, sold=3, new=D(2), growth=D("0.1"))
    loan = RoundInput("l", "Loan", 2, D(1200), loan=True, rate=D("0.1"), term=30)
    inputs = plan(streams=(*plan().streams, later, licence), rounds=(loan,), wait=2,
                  inference_price=D("1.7"), api_share=D("0.5"))  # fmt: skip
    cash = montecarlo.cash_paths(inputs, fixed(), 0, (), 10)
    for month, expected in enumerate(run(inputs).closing):
        assert cash[month].min() == pytest.approx(float(expected), abs=1)
        assert cash[month].max() == pytest.approx(float(expected), abs=1)


def test_the_seed_is_fixed_and_more_spread_means_less_certainty():
    ranges, delay = montecarlo.driver_ranges([])
    poor = plan(opening=D(3000), streams=())
    first, _signed = montecarlo.simulate(poor, ranges, delay, ())
    again, _signed = montecarlo.simulate(poor, ranges, delay, ())
    assert first == again
    assert first.draws == montecarlo.DRAWS >= 1000
    assert first.p10 <= first.p50 <= first.p90
    assert list(first.alive) == sorted(first.alive, reverse=True)
    wide, _signed = montecarlo.simulate(poor, ((0.1, 3.0),) * 8, 0, ())
    assert wide.p10 < first.p10 or wide.p90 > first.p90


def test_risks_take_cash_and_hoped_for_rounds_do_not_count_as_signed():
    hoped = RoundInput("h", "H", 0, D(10) ** 9, firm=False)
    inputs = Inputs(D(1000), rounds=(hoped,))
    risk = montecarlo.RiskInput(1.0, math.log(5000), 0.01, first=6)
    planned, signed = montecarlo.simulate(inputs, fixed(), 0, [risk])
    assert planned.p90 is None
    assert planned.alive[-1] == 1
    assert 6 <= signed.p10 < signed.p90 <= 35
    assert signed.alive[5] == 1 and signed.alive[-1] == 0


def test_the_contingency_gives_way_to_the_risks_themselves():
    reserve = CostInput("contingency", "c", (D(100),) * MONTHS)
    cash = montecarlo.cash_paths(Inputs(D(1000), costs=(reserve,)), fixed(), 0, (), 5)
    assert set(cash[-1]) == {1000}


def test_unknown_cash_gives_no_chances():
    assert montecarlo.simulate(Inputs(), fixed(), 0, ()) is None


def test_the_ranges_come_from_the_scenarios_and_hold_the_plan():
    low, high = Drivers(price=D("0.8"), delay=2), Drivers(price=D("1.1"), churn=D("0.5"))
    ranges, delay = montecarlo.driver_ranges([low, high, AS_PLANNED])
    named = dict(zip(("price", "new_customers", "churn"), ranges, strict=False))
    assert named == {"price": (0.8, 1.1), "new_customers": (0.8, 1.2), "churn": (0.5, 1.0)}
    assert delay == 2


@pytest.mark.parametrize("factor", [0, 10**6, 10**15])
def test_absurd_scenarios_leave_the_draws_finite(factor: int):
    ranges, _delay = montecarlo.driver_ranges([Drivers(price=D(factor), churn=D(factor))])
    cash = montecarlo.cash_paths(plan(), ranges, 36, (), 50)
    assert math.isfinite(cash.min()) and math.isfinite(cash.max())


# --- Cap table -----------------------------------------------------------------------------------
def test_the_check_values_of_a_round():
    """12 m on 48 m before the money: 60 m after, 20 % sold."""
    assert captable.post_money(D(12), D(48)) == 60
    assert captable.share_sold(D(12), D(48)) == 20
    assert captable.share_sold(D(12), None) is None
    assert captable.share_sold(D(0), D(0)) is None


def test_a_round_dilutes_all_alike_and_the_pool_is_topped_up_before_the_money():
    owners = [Owner("F", D(90)), Owner("Pool", D(10), pool=True)]
    found = ownership(owners, [Issue("Seed", D(20)), Issue("A", D(20), pool=D(15))], "0", "Pool")
    rows = dict(found.rows)
    assert rows["F"] == (90, 72, pytest.approx(D(72) * 65 / 92))
    assert rows["Pool"] == (10, 8, 15)
    assert rows["Seed"] == (0, 20, pytest.approx(D(20) * 65 / 92))
    assert sum(shares[-1] for shares in rows.values()) == pytest.approx(100)


def test_two_holders_of_one_name_stay_two_and_a_missing_pool_is_made():
    found = ownership([Owner("X", D(1)), Owner("X", D(1))], [Issue("X", D(50), D(10))], "0", "P")
    assert [name for name, _shares in found.rows] == ["X", "X", "P", "X"]
    assert [shares[-1] for _name, shares in found.rows] == [20, 20, 10, 50]


def test_a_round_that_leaves_nothing_is_named_and_skipped():
    found = ownership([Owner("F", D(1))], [Issue("All", D(95), D(10)), Issue("B", D(50))], "0", "P")
    assert found.impossible == ("All",)
    assert dict(found.rows)["F"][-1] == 50
    assert ownership([], [Issue("A", D(10))], "0", "P") is None


@settings(max_examples=200, deadline=None)
@given(
    held=st.lists(st.tuples(st.integers(0, 10**9), st.booleans()), max_size=5),
    sold=st.lists(st.tuples(st.decimals(0, 100, places=2),
                            st.none() | st.decimals(0, 100, places=2)), max_size=4),
)  # fmt: skip
def test_shares_always_sum_to_the_whole(held, sold):
    owners = [Owner(str(at), D(shares), pool) for at, (shares, pool) in enumerate(held)]
    found = ownership(owners, [Issue("r", share, pool) for share, pool in sold], "0", "P")
    if found is None:
        assert not any(shares for shares, _pool in held)
        return
    for moment in zip(*(shares for _name, shares in found.rows), strict=True):
        assert abs(sum(moment) - 100) < D("1e-15")
        assert all(share >= 0 for share in moment)


# --- Text ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "text"),
    [("1234.5", "1,235"), ("-0.2", "0"), ("-1999.6", "-2,000"), ("12345678901", "12.3B")],
)
def test_cells_of_a_statement(value: str, text: str):
    assert amount(D(value)) == text


def test_profit_is_a_line_of_its_own_only_where_interest_or_tax_make_it_one(english):
    def labels() -> list[str]:
        return [line.label for line in income_lines(Outlook(english))]

    english.part("funding.assumptions").tax = D(0)
    rounds = english.part("funding.round")
    for row in rounds:
        row.interest = None
    assert "Profit before depreciation" not in labels()
    english.part("funding.assumptions").tax = D(25)
    plain = Outlook(english).base
    assert ("Profit before depreciation" in labels()) == any(plain.tax)
    rounds[0].instrument, rounds[0].interest = "loan", D(8)
    assert "Profit before depreciation" in labels()
