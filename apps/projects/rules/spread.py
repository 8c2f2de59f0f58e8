"""A task's cost by calendar month. Used by section.py only."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

HORIZON = 36  # months from the plan's start month, as funding counts
CENT = Decimal("0.01")
WIDE = Context(prec=40, rounding=ROUND_HALF_UP)


def month_start(first: date, months: int) -> date:
    """The first day of the month that lies ``months`` after ``first``; never past year 9999."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) if index // 12 <= date.max.year else date.max


def last_day(first: date, months: int = HORIZON) -> date:
    """The last day of the plan's horizon."""
    return month_start(first, months) - timedelta(1)


def by_month(
    amount: Decimal, start: date, end: date, first: date, months: int = HORIZON
) -> tuple[Decimal, ...]:
    """The amount in proportion to the days of the task in each month, to the cent.

    Rounded as it accumulates, so that the months of a task within the horizon sum to the amount.
    Check: 6,000 from 17 January to 15 March 2027 (58 days) = 1,551.72, 2,896.56, 1,551.72.
    """
    total = (end - start).days + 1

    def until(day: date) -> Decimal:
        gone = min(max((day - start).days, 0), total)
        return (amount * gone / total).quantize(CENT, context=WIDE)

    edges = [until(month_start(first, i)) for i in range(months + 1)]
    return tuple(after - before for before, after in pairwise(edges))
