"""The arithmetic of risks: scores, levels, ranges. Pure; used by this app's models and section.

A risk is rated three times (inherent, current, target) by probability 1-5 and by impact 1-5 on
four dimensions, as ISO 31000 registers do. Its exposure is a probability and a 90 % interval of
the amount, read as a lognormal (Hubbard & Seiersen, How to Measure Anything in Cybersecurity
Risk, 2016, ch. 3). None means unknown, and what depends on it is unknown too.
"""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import IntegerChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

SCALE = range(1, 6)
Z_95 = 1.64485  # the standard normal quantile at 95 %: the 90 % interval lies between -z and z
WIDEST_RANGE = 1000  # a wider interval says that nothing is known, and its mean explodes


class Level(IntegerChoices):
    LOW = 1, pgettext_lazy("risk level", "Low")
    MEDIUM = 2, pgettext_lazy("risk level", "Medium")
    HIGH = 3, pgettext_lazy("risk level", "High")
    CRITICAL = 4, pgettext_lazy("risk level", "Critical")


# --- The matrix ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Matrix:
    """The lowest score of each level above low."""

    medium_from: int = 5
    high_from: int = 10
    critical_from: int = 15

    @classmethod
    def of(cls, medium: int | None, high: int | None, critical: int | None) -> "Matrix":
        """The matrix of these limits; an unwritten or contradictory set gives the usual one."""
        if ascending(medium, high, critical) and None not in (medium, high, critical):
            return cls(medium, high, critical)
        return cls()

    def level(self, score: int) -> Level:
        if score >= self.critical_from:
            return Level.CRITICAL
        if score >= self.high_from:
            return Level.HIGH
        return Level.MEDIUM if score >= self.medium_from else Level.LOW

    def cells(self) -> list[list[int]]:
        """The level of every cell: ``cells()[probability - 1][impact - 1]``."""
        return [[int(self.level(p * i)) for i in SCALE] for p in SCALE]

    def ranges(self) -> list[tuple[Level, int, int]]:
        """(level, lowest score, highest score) from low to critical."""
        starts = [1, self.medium_from, self.high_from, self.critical_from]
        ends = [start - 1 for start in starts[1:]] + [25]
        return list(zip(Level, starts, ends, strict=True))


def ascending(*limits: int | None) -> bool:
    """Whether the known limits rise strictly."""
    known = [limit for limit in limits if limit is not None]
    return all(low < high for low, high in pairwise(known))


# --- Scores --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Rating:
    """One of the three ratings of a risk. Prints as "20 · Critical"."""

    probability: int | None
    impact: int | None
    matrix: Matrix = Matrix()

    @property
    def score(self) -> int | None:
        """Probability times impact, 1 to 25."""
        if self.probability is None or self.impact is None:
            return None
        return self.probability * self.impact

    @property
    def level(self) -> Level | None:
        return None if self.score is None else self.matrix.level(self.score)

    def __str__(self) -> str:
        return "—" if self.level is None else f"{self.score} · {self.level.label}"


def impact(*scores: int | None) -> int | None:
    """The worst of the impacts that were given."""
    return max((score for score in scores if score is not None), default=None)


def in_order(first: Rating, second: Rating, *, opportunity: bool = False) -> bool:
    """Whether a later rating is no worse than an earlier one: a threat's score must not rise from
    inherent to current to target, an opportunity's must not fall. Unknown ratings pass."""
    if first.score is None or second.score is None:
        return True
    return second.score >= first.score if opportunity else second.score <= first.score


# --- Exposure ------------------------------------------------------------------------------------
@dataclass(frozen=True, order=True)
class Exposure:
    """Amount = Bernoulli(probability) × LogNormal(mu, sigma); its 90 % interval is low … high."""

    probability: float
    low: float
    high: float

    @property
    def mu(self) -> float:
        return (math.log(self.low) + math.log(self.high)) / 2

    @property
    def sigma(self) -> float:
        return (math.log(self.high) - math.log(self.low)) / (2 * Z_95)

    @property
    def mean_amount(self) -> float:
        """The mean amount if it happens: e^(mu + sigma² / 2)."""
        return math.exp(self.mu + self.sigma**2 / 2)

    @property
    def expected(self) -> float:
        return self.probability * self.mean_amount


def exposure(
    probability: Decimal | None, low: Decimal | None, high: Decimal | None
) -> Exposure | None:
    """``probability`` in per cent. None if a figure is unknown or the range is impossible."""
    if probability is None or low is None or high is None or range_problem(low, high):
        return None
    share = min(1.0, max(0.0, float(probability) / 100))
    return Exposure(share, float(low), float(high))


def range_problem(low: Decimal | None, high: Decimal | None) -> str:
    """What is wrong with a range and what to do about it; empty if nothing is."""
    if low is not None and low <= 0:
        return _(
            "The low end must be above zero: that nothing may happen is already in the probability."
        )
    if low is None or high is None:
        return ""
    if high < low:
        return _("The high end is below the low end. Swap the two amounts or correct one.")
    if high > low * WIDEST_RANGE:
        return _(
            "The high end is more than a thousand times the low end. Split the risk in two, "
            "or narrow the range to what you would bet on with nine chances in ten."
        )
    return ""


def is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today
