"""What a set of exposures may cost together: mean, percentiles, exceedance curve. Pure.

Monte Carlo by Latin hypercube sampling (McKay, Beckman & Conover, 1979): each risk happens in
exactly its share of the trials, with amounts drawn evenly from its distribution, and chance only
decides which risks meet in a trial. That is several times steadier than free draws at the same
cost. The seed is fixed, so the same register gives the same figures. Risks are taken as
independent of each other.
"""

import math
import random
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import NormalDist

from apps.risks.rules import Exposure

SEED = 20_240_601
TRIALS = 4000
CURVE_POINTS = 60

_quantile = NormalDist().inv_cdf


@dataclass(frozen=True)
class Outcome:
    """The sum of all exposures. Amounts are whole units of the plan's currency."""

    mean: Decimal
    p50: Decimal
    p80: Decimal
    p95: Decimal
    curve: tuple[tuple[float, float], ...]  # (amount, probability of exceeding it)

    @property
    def contingency(self) -> Decimal:
        """What to hold in reserve: enough in four cases of five."""
        return self.p80


def simulate(exposures: list[Exposure]) -> Outcome | None:
    """None if there is nothing to add up. The order of the exposures does not matter."""
    return _simulate(tuple(sorted(exposures))) if exposures else None


@lru_cache(maxsize=256)
def _simulate(exposures: tuple[Exposure, ...]) -> Outcome:
    rng = random.Random(SEED)
    totals = [0.0] * TRIALS
    for one in exposures:
        hits = rng.sample(range(TRIALS), round(TRIALS * one.probability))
        for rank, trial in enumerate(hits):
            z = _quantile((rank + 0.5) / len(hits))
            totals[trial] += math.exp(one.mu + one.sigma * z)
    totals.sort()
    return Outcome(
        mean=whole(sum(one.expected for one in exposures)),
        p50=whole(percentile(totals, 50)),
        p80=whole(percentile(totals, 80)),
        p95=whole(percentile(totals, 95)),
        curve=_exceedance(totals),
    )


def percentile(ordered: list[float], percent: int) -> float:
    """The smallest value that at least ``percent`` % of the values do not exceed."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def whole(amount: float) -> Decimal:
    return Decimal(round(amount))


def _exceedance(ordered: list[float]) -> tuple[tuple[float, float], ...]:
    """The curve up to the 99th percentile: a few extreme trials beyond would fill the picture."""
    count = len(ordered)
    ranks = [round(count * 0.99 * step / CURVE_POINTS) for step in range(CURVE_POINTS + 1)]
    points = {ordered[rank]: 1 - (rank + 1) / count for rank in ranks if rank < count}
    return tuple(points.items())
