"""The arithmetic of a market: sizes, growth, the GE–McKinsey scores. Pure functions.

For models, checks and pictures of this section. ``None`` is unknown, and what is computed from an
unknown is unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

GAP_LIMIT = Decimal(3)  # two independent estimates of one market further apart need a reason
LOW_CUT, HIGH_CUT = Decimal("2.33"), Decimal("3.67")  # thirds of the scale 1 … 5

Number = Decimal | int | None


@dataclass(frozen=True)
class Sizing:
    """A market from the widest to the narrowest view; SOM ≤ SAM ≤ TAM.

    TAM: everybody who could buy. SAM: those we can reach and serve. SOM: those we can win.
    """

    tam: Decimal | None = None
    sam: Decimal | None = None
    som: Decimal | None = None


def _product(amount: Number, *percents: Number) -> Decimal | None:
    if amount is None or None in percents:
        return None
    result = Decimal(amount)
    for percent in percents:
        result = result * Decimal(percent) / 100
    return result


def sizing(
    accounts: Number, acv: Number, reachable: Number, fit: Number, obtainable: Number
) -> Sizing:
    """Bottom-up: TAM = accounts × annual contract value; SAM = TAM × reachable % × fit %;
    SOM = SAM × obtainable %."""
    tam = None if accounts is None or acv is None else Decimal(accounts) * Decimal(acv)
    sam = _product(tam, reachable, fit)
    return Sizing(tam, sam, _product(sam, obtainable))


def known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the known amounts; None if there is none."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def total(sizes: Iterable[Sizing]) -> Sizing:
    """The sum of what is known, view by view. Whoever shows it says what is not known yet."""
    sizes = list(sizes)
    return Sizing(
        known_sum(size.tam for size in sizes),
        known_sum(size.sam for size in sizes),
        known_sum(size.som for size in sizes),
    )


def grown(amount: Decimal | None, growth: Number, years: int) -> Decimal | None:
    """amount × (1 + growth %) ^ years: what a market becomes if it keeps its pace."""
    if amount is None or growth is None:
        return None
    return amount * (1 + Decimal(growth) / 100) ** years


def gap(one: Number, other: Number) -> Decimal | None:
    """How many times the larger of two estimates exceeds the smaller; None if one is missing."""
    if not one or not other:
        return None
    low, high = sorted((Decimal(one), Decimal(other)))
    return high / low


def is_wide_gap(one: Number, other: Number) -> bool:
    ratio = gap(one, other)
    return ratio is not None and ratio > GAP_LIMIT


def weighted_score(pairs: Iterable[tuple[Number, Number]]) -> Decimal | None:
    """GE–McKinsey: Σ weight × rating / Σ weight over (weight, rating) pairs of one axis.

    With weights that sum to 100, as they should, this is Σ weight × rating / 100; dividing by the
    true sum keeps the score within 1 … 5 while the founder still moves weights about. A weightless
    factor needs no rating; any other gap makes the score unknown.
    """
    pairs = [(weight, rating) for weight, rating in pairs if weight is None or weight != 0]
    if not pairs or any(weight is None or rating is None for weight, rating in pairs):
        return None
    weights = sum((Decimal(weight) for weight, _rating in pairs), Decimal(0))
    return sum((Decimal(w) * Decimal(r) for w, r in pairs), Decimal(0)) / weights


def band(score: Decimal) -> int:
    """0 low, 1 medium, 2 high."""
    return 0 if score < LOW_CUT else 1 if score < HIGH_CUT else 2


def stance(attractiveness_band: int, strength_band: int) -> str:
    """What the nine cells advise: "selective" on the falling diagonal, "invest" above it."""
    return ("harvest", "harvest", "selective", "invest", "invest")[
        attractiveness_band + strength_band
    ]


class Standing(NamedTuple):
    """Where a segment stands on the GE–McKinsey map."""

    attractiveness: Decimal | None
    strength: Decimal | None

    @property
    def stance(self) -> str:
        if self.attractiveness is None or self.strength is None:
            return ""
        return stance(band(self.attractiveness), band(self.strength))


def weights_fit(weights: Iterable[Number]) -> bool:
    """Whether the known weights of one axis sum to 100."""
    return sum((Decimal(weight) for weight in weights if weight is not None), Decimal(0)) == 100
