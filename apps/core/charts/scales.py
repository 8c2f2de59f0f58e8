"""Numbers in pictures: what may be drawn, where it lies, which ticks an axis carries.

For the modules of this package; `finite`, `plain_number` and `MISSING` also for callers.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MISSING = "—"  # shown for a number that is not there
_LARGEST, _SMALLEST = 1e30, 1e-30  # beyond these nothing in a venture plan is meant seriously


def finite(value: Any) -> float | None:
    """`value` as a float that can be drawn, or None for None, text, NaN, infinity, 10**400."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if not math.isfinite(number) or abs(number) > _LARGEST:
        return None
    return 0.0 if abs(number) < _SMALLEST else number


def finites(values: Iterable[Any]) -> list[float | None]:
    return [finite(value) for value in values]


def plain_number(value: Any) -> str:
    """1234567.8 → "1,234,568", 0.25 → "0.25": the format used unless the caller gives one."""
    number = finite(value)
    if number is None:
        return MISSING
    if abs(number) >= 1e15:
        return f"{number:.3g}"
    if abs(number) >= 1000 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.3g}"


@dataclass(frozen=True)
class Scale:
    """Maps the domain `low`…`high` to pixels `start`…`end`, holding values inside."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span > 0 else 0.0
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))


def nice_ticks(low: float, high: float, count: int = 5, *, whole: bool = False) -> list[float]:
    """About `count` round numbers (1, 2, 2.5, 5 × 10ⁿ) that cover `low`…`high`.

    The first is ≤ low and the last ≥ high, so they also serve as the axis range.
    `whole` keeps to integers: nobody hires half a head.
    """
    if high < low:
        low, high = high, low
    # One value, or none: make room around it. Nobody measures below 1e-300, where floats run out.
    if high - low <= max(abs(low), abs(high)) * 1e-9 or high - low < 1e-300:
        low, high = min(low, 0.0), max(high, 0.0)
        if high - low < 1e-300:
            high = low + 1.0
    raw = (high - low) / max(1, count)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * 0.999)
    if whole:
        step = max(1.0, float(math.ceil(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step for index in range(first, max(last, first + 1) + 1)]
