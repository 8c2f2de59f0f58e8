"""What several risks may cost together, held against what can be computed exactly."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.risks.rules import Exposure
from apps.risks.simulation import simulate

LOSS = Exposure(1.0, 100_000, 1_000_000)
exposures = st.lists(
    st.builds(
        lambda p, low, ratio: Exposure(p, low, low * ratio),
        st.floats(0, 1), st.floats(0.01, 1e12), st.floats(1, 1000),
    ),
    max_size=5,
)  # fmt: skip


def quantile(loss: Exposure, share: float) -> float:
    """The exact quantile of one risk: below the chance that nothing happens it is zero."""
    inside = (share - (1 - loss.probability)) / loss.probability
    return math.exp(loss.mu + loss.sigma * NormalDist().inv_cdf(inside)) if inside > 0 else 0


@pytest.mark.parametrize("probability", [1.0, 0.6, 0.3])
def test_one_risk_has_the_percentiles_of_its_distribution(probability: float) -> None:
    loss = Exposure(probability, LOSS.low, LOSS.high)
    outcome = simulate([loss])
    for share, found in ((0.5, outcome.p50), (0.8, outcome.p80), (0.95, outcome.p95)):
        assert float(found) == pytest.approx(quantile(loss, share), rel=0.01)
    assert float(outcome.mean) == pytest.approx(probability * LOSS.mean_amount, rel=1e-5)


def test_fixed_amounts_add_up_exactly() -> None:
    outcome = simulate([Exposure(1, 300, 300), Exposure(1, 700, 700)])
    assert (outcome.mean, outcome.p50, outcome.p80, outcome.p95) == (1000, 1000, 1000, 1000)


def test_two_coins_give_the_exact_chances() -> None:
    """0, 100 or 200 with chances ¼, ½, ¼, within what decides where the two meet."""
    outcome = simulate([Exposure(0.5, 100, 100), Exposure(0.5, 100, 100)])
    chances = dict(outcome.curve)
    assert chances[0.0] == pytest.approx(0.75, abs=0.02)
    assert outcome.p50 == 100
    assert outcome.p80 == 200


def test_the_contingency_is_the_p80() -> None:
    outcome = simulate([LOSS])
    assert outcome.contingency == outcome.p80


def test_the_same_register_gives_the_same_figures_in_any_order() -> None:
    other = Exposure(0.3, 50_000, 200_000)
    assert simulate([LOSS, other]) == simulate([other, LOSS])


def test_many_small_risks_come_near_the_normal_sum() -> None:
    small = Exposure(0.5, 90, 110)
    outcome = simulate([small] * 100)
    mean = 100 * small.expected
    second = small.mean_amount**2 * math.exp(small.sigma**2)
    deviation = math.sqrt(100 * (0.5 * second - small.expected**2))
    assert float(outcome.p50) == pytest.approx(mean, rel=0.01)
    assert float(outcome.p95) == pytest.approx(mean + 1.645 * deviation, rel=0.02)


def test_nothing_to_add_up_is_none() -> None:
    assert simulate([]) is None


@settings(max_examples=25, deadline=None)
@given(exposures)
def test_percentiles_rise_and_the_curve_falls(given_exposures: list[Exposure]) -> None:
    outcome = simulate(given_exposures)
    if outcome is None:
        assert not given_exposures
        return
    assert 0 <= outcome.p50 <= outcome.p80 <= outcome.p95
    amounts = [amount for amount, _chance in outcome.curve]
    chances = [chance for _amount, chance in outcome.curve]
    assert amounts == sorted(amounts)
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)
