"""The arithmetic of the technology section: check values, properties, bad input."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.technology import rules
from apps.technology.models import Evaluation, Run, Serving

JANUARY = date(2027, 1, 1)
amounts = st.decimals(0, 10**12, places=2)
sizes = st.decimals(1, 10**15, places=0)
percents = st.decimals("0.01", 100, places=2)
lengths = st.decimals("0.01", 5000, places=2)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def run(**values) -> Run:
    known = {
        "parameters": Decimal("7e9"), "tokens": Decimal("1e12"), "peak": Decimal(989),
        "mfu": Decimal(40), "gpus": 64, "price": Decimal("2.5"), "start": date(2027, 2, 22),
    }  # fmt: skip
    return Run(**{**known, **values})


# --- Training ------------------------------------------------------------------------------------
def test_the_check_values_of_a_run():
    assert run().flops == Decimal("4.2e22")
    assert round(run().gpu_hours) == 29_491
    assert round(run().cost) == 73_728
    assert round(run().days, 1) == Decimal("19.2")


def test_overhead_comes_on_top():
    assert run(overhead=Decimal(20)).gpu_hours == run().gpu_hours * Decimal("1.2")
    assert run(overhead=Decimal(0)).gpu_hours == run(overhead=None).gpu_hours


@pytest.mark.parametrize("field", ["parameters", "tokens", "peak", "mfu", "price"])
def test_without_an_input_the_cost_is_unknown_and_never_zero(field):
    assert run(**{field: None}).cost is None


def test_nothing_is_divided_by_zero():
    assert run(mfu=Decimal(0)).gpu_hours is None
    assert run(peak=Decimal(0)).gpu_hours is None
    assert run(gpus=0).days is None
    assert run(parameters=Decimal(0)).tokens_per_parameter is None
    assert run(tokens=Decimal(0)).cost == 0


@given(sizes, sizes, percents)
def test_twice_the_utilisation_halves_the_hours(parameters, tokens, mfu):
    flops = rules.training_flops(parameters, tokens)
    once = rules.gpu_hours(flops, Decimal(989), mfu, None)
    twice = rules.gpu_hours(flops, Decimal(989), mfu * 2, None)
    assert abs(once / twice - 2) < Decimal("1e-20")


def test_compute_optimal_tokens_are_twenty_for_each_parameter():
    assert rules.compute_optimal_tokens(Decimal("70e9")) == Decimal("1.4e12")
    assert "140" in run(purpose="main").compute_hint
    assert run(purpose="fine_tune").compute_hint == ""


def test_a_run_ends_on_the_day_its_last_hour_falls_on():
    assert run().end == date(2027, 3, 13)  # 19.2 days from 22 February
    assert rules.last_day(JANUARY, Decimal(1)) == JANUARY
    assert rules.last_day(JANUARY, Decimal("1.01")) == date(2027, 1, 2)
    assert rules.last_day(JANUARY, Decimal("1e30")) is None
    assert rules.last_day(date(9999, 12, 31), Decimal(2)) is None


def test_epochs_need_every_size():
    assert rules.epochs(Decimal(300), [Decimal(60), Decimal(40)]) == 3
    assert rules.epochs(Decimal(300), [Decimal(60), None]) is None
    assert rules.epochs(Decimal(300), []) is None
    assert rules.epochs(Decimal(300), [Decimal(0)]) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("4.2e22", "4.2e22"), ("1e25", "1e25"), ("1234", "1.23e3"), ("0", "0"), (None, "—")],
)
def test_compute_is_written_with_a_power_of_ten(value, text):
    assert rules.scientific(None if value is None else Decimal(value)) == text


# --- Serving -------------------------------------------------------------------------------------
def serving(**values) -> Serving:
    known = {"mode": "cloud", "price": Decimal("2.5"), "throughput": 1000, "utilisation": 40}
    return Serving(**{**known, **values})


def test_the_check_value_of_serving():
    assert round(serving().cost_per_million, 3) == Decimal("1.736")
    assert serving().monthly_tokens == Decimal(1000) * 3600 * 730 * 40 / 100


def test_bought_tokens_cost_the_mean_of_input_and_output():
    bought = {"input_price": Decimal(2), "output_price": Decimal(8), "input_share": Decimal(75)}
    api = Serving(mode="api", **bought)
    assert api.cost_per_million == Decimal("3.5")
    assert api.monthly_tokens is None
    assert Serving(**bought).cost_per_million == Decimal("3.5")
    assert serving(**bought).cost_per_million != Decimal("3.5")


@pytest.mark.parametrize("field", ["price", "throughput", "utilisation"])
def test_serving_without_an_input_is_unknown(field):
    assert serving(**{field: None}).cost_per_million is None
    if field != "price":
        assert serving(**{field: Decimal(0)}).cost_per_million is None


@given(amounts, amounts, percents)
def test_a_blended_price_lies_between_the_two(one, other, share):
    assert min(one, other) <= rules.blended_price(one, other, share) <= max(one, other)


# --- Evaluation ----------------------------------------------------------------------------------
def test_the_direction_decides_whether_a_target_is_met():
    accuracy = Evaluation(target=Decimal(85), result=Decimal("86.4"))
    errors = Evaluation(target=Decimal(1), result=Decimal(3), direction="lower")
    assert (accuracy.passed, errors.passed) == (True, False)
    assert Evaluation(target=Decimal(85)).passed is None
    assert Evaluation(result=Decimal(85)).passed is None


# --- Months --------------------------------------------------------------------------------------
def test_a_run_across_two_months_costs_in_both_by_its_days():
    shares = rules.spread(Decimal(200), date(2027, 1, 22), Decimal(20), JANUARY)
    assert shares[:3] == [100, 100, 0]


@given(amounts, days, lengths)
def test_what_lies_within_the_horizon_adds_up(amount, start, length):
    shares = rules.spread(amount, start, length, JANUARY)
    assert len(shares) == 36
    assert all(share >= 0 for share in shares)
    assert sum(shares) <= amount + Decimal("1e-6")
    if start >= JANUARY and start.toordinal() + length <= date(2030, 1, 1).toordinal():
        assert abs(sum(shares) - amount) < Decimal("1e-6")


def test_a_run_of_unknown_length_costs_in_its_first_month():
    assert rules.spread(Decimal(5), date(2027, 2, 3), None, JANUARY)[:3] == [0, 5, 0]
    assert rules.spread(None, JANUARY, Decimal(3), JANUARY) is None
    assert rules.spread(Decimal(5), None, Decimal(3), JANUARY) is None


def test_the_horizon_may_end_after_the_calendar():
    late = date(9999, 12, 1)
    assert len(rules.spread(Decimal(310), late, Decimal(31), late)) == 36
    assert rules.spread(Decimal(310), late, Decimal(31), late)[0] == 310


def test_one_payment_falls_into_its_month_or_outside():
    assert rules.once(Decimal(7), date(2027, 3, 31), JANUARY)[:4] == [0, 0, 7, 0]
    assert sum(rules.once(Decimal(7), date(2026, 12, 31), JANUARY)) == 0
    assert rules.once(None, JANUARY, JANUARY) is None
