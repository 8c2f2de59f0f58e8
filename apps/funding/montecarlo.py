"""When the cash runs out, over thousands of draws. Pure; numpy is imported when first needed.

Each draw takes every driver from a triangular distribution between its lowest and highest factor
in the scenarios (±20 % where they say nothing), its most likely value being the plan; and it lets
every risk of the register happen or not, in one month, with a lognormal loss. The seed is fixed:
the same plan gives the same figures. Floats serve here, since chances are not money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.funding.drivers import DRIVER_OF_COST, FACTORS, Drivers
from apps.funding.inputs import MONTHS, Inputs, StreamInput
from apps.funding.model import MOST_CUSTOMERS, financing

if TYPE_CHECKING:
    import numpy as np

SEED = 20_270_101
DRAWS = 2000
USUAL = (0.8, 1.2)
Ranges = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class RiskInput:
    """A threat of the register: probability, the lognormal's mu and sigma, from which month on."""

    probability: float
    mu: float
    sigma: float
    first: int = 0


@dataclass(frozen=True)
class Spread:
    """Months in which the cash runs out, 0 the first one; None: not within the plan."""

    p10: int | None
    p50: int | None
    p90: int | None
    alive: tuple[float, ...]  # the share of draws with cash left at the end of each month
    draws: int


def driver_ranges(scenarios: Sequence[Drivers]) -> tuple[Ranges, int]:
    """The (lowest, highest) factor of each driver in FACTORS, and the longest delay."""
    ranges = []
    for name in FACTORS:
        given = {float(getattr(drivers, name)) for drivers in scenarios} - {1.0}
        low, high = (min(given, default=1.0), max(given, default=1.0)) if given else USUAL
        ranges.append((min(1.0, low), max(1.0, high)))
    return tuple(ranges), max((drivers.delay for drivers in scenarios), default=0)


def simulate(
    inputs: Inputs, ranges: Ranges, delay: int, risks: Sequence[RiskInput], draws: int = DRAWS
) -> tuple[Spread, Spread] | None:
    """(with all rounds, with the signed ones only); None while the cash at the start is unknown."""
    if not inputs.cash_known:
        return None
    cash = cash_paths(inputs, ranges, min(delay, MONTHS), risks, draws)
    hoped = _column(_financing(inputs)) - _column(_financing(inputs.signed))
    return _spread(cash), _spread(cash - hoped.cumsum(axis=0))


def _spread(cash: np.ndarray) -> Spread:
    import numpy as np

    broke = cash < 0
    first = np.where(broke.any(axis=0), broke.argmax(axis=0), MONTHS)
    draws = first.size
    ordered = np.sort(first)

    def at(percent: int) -> int | None:
        month = int(ordered[max(0, -(-draws * percent // 100) - 1)])
        return None if month == MONTHS else month

    alive = tuple(float((first > month).mean()) for month in range(MONTHS))
    return Spread(at(10), at(50), at(90), alive, draws)


def cash_paths(
    inputs: Inputs, ranges: Ranges, delay: int, risks: Sequence[RiskInput], draws: int
) -> np.ndarray:
    """Cash at the end of each month (rows) in each draw (columns)."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    factor = {
        name: np.full(draws, low) if low == high else rng.triangular(low, 1.0, high, draws)
        for name, (low, high) in zip(FACTORS, ranges, strict=True)
    }
    late = rng.integers(0, delay + 1, draws)
    sales, cost_of_sales, tokens = np.zeros((3, MONTHS, draws))
    for stream in inputs.streams:
        sold, used = _stream(stream, factor, late, draws)
        sales += sold
        cost_of_sales += sold * float(stream.variable)
        tokens += used
    share = float(inputs.api_share)
    price = float(inputs.inference_price or 0) * (
        share * factor["api"] + (1 - share) * factor["compute"]
    )
    spent = cost_of_sales + tokens * price
    for (_block, group), amounts in inputs.grouped.items():
        if group == "contingency":  # the risks themselves are drawn below
            continue
        spent += _column(amounts) * factor[DRIVER_OF_COST.get(group, "other")]
    flows = np.zeros((MONTHS, draws))
    flows[inputs.wait :] += sales[: MONTHS - inputs.wait]
    flows -= spent
    flows += _column(_financing(inputs))
    flows -= _losses(rng, risks, draws)
    flows[0] += float(inputs.opening or 0)
    return flows.cumsum(axis=0)


def _column(amounts: Sequence[Any]) -> np.ndarray:
    import numpy as np

    return np.array([float(amount) for amount in amounts])[:, None]


def _stream(
    stream: StreamInput, factor: dict[str, np.ndarray], late: np.ndarray, draws: int
) -> tuple[np.ndarray, np.ndarray]:
    """Revenue and million tokens: the recursion of model._customers, for all draws at once."""
    import numpy as np

    start, sold_from = (month + late * (month > 0) for month in (stream.start, stream.sold))
    churn = np.minimum(1.0, float(stream.churn) * factor["churn"] + max(0.0, -float(stream.growth)))
    fixed = float(stream.new) * factor["new_customers"]
    growth = max(0.0, float(stream.growth)) * factor["new_customers"]
    now = np.full(draws, min(float(stream.customers), float(MOST_CUSTOMERS)))
    end, won = np.zeros((2, MONTHS, draws))
    for month in range(stream.start, MONTHS):
        begun = month >= start
        gained = fixed + now * growth
        after = np.minimum(now * (1 - churn) + gained, float(MOST_CUSTOMERS))
        now = np.where(begun, after, now)
        buying = begun & (month >= sold_from)
        end[month] = np.where(buying, after, 0.0)
        won[month] = np.where(buying, gained, 0.0)
    end *= float(stream.attach)
    won *= float(stream.attach)
    tokens = end * float(stream.tokens)
    sold = {"month": end, "token": tokens, "new": won}[stream.per]
    return sold * (float(stream.price) * factor["price"]), tokens


def _financing(inputs: Inputs) -> list[float]:
    """Money from outside less interest and repayment: the same in every draw."""
    return [
        float(raised - interest - repaid)
        for interest, raised, repaid in zip(*financing(inputs.rounds), strict=True)
    ]


def _losses(rng: np.random.Generator, risks: Sequence[RiskInput], draws: int) -> np.ndarray:
    """What the risks of the register cost in each month of each draw."""
    import numpy as np

    losses = np.zeros((MONTHS, draws))
    everyone = np.arange(draws)
    for risk in risks:
        happens = rng.random(draws) < risk.probability
        month = rng.integers(min(max(risk.first, 0), MONTHS - 1), MONTHS, draws)
        amount = rng.lognormal(risk.mu, risk.sigma, draws)
        losses[month, everyone] += np.where(happens, amount, 0.0)
    return losses
