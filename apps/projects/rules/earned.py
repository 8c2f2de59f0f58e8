"""Earned value management: what should be done, what is done, what it took.

Formulas: PMBOK Guide, earned value analysis; ANSI/EIA-748. A task's budget is spread evenly over
its days. ``None`` is unknown, and a division by zero is unknown too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Work:
    """One task in money. ``start`` … ``end`` is when it should be done (the baseline, if there is
    one), ``began`` … ``ends`` when it is being done; ``done`` in per cent."""

    budget: Decimal
    start: date
    end: date
    began: date
    ends: date
    done: Decimal = ZERO
    actual: Decimal | None = None


@dataclass(frozen=True)
class EarnedValue:
    """Budget at completion, planned value, earned value, actual cost at one day.

    Check (budget 100,000; planned 50,000; earned 40,000; spent 60,000): cost performance 0.667,
    schedule performance 0.8, estimate at completion 150,000, to complete 90,000.
    """

    bac: Decimal | None = None
    pv: Decimal | None = None
    ev: Decimal | None = None
    ac: Decimal | None = None

    @property
    def cpi(self) -> Decimal | None:
        """Cost performance index: earned for each unit spent."""
        return ratio(self.ev, self.ac)

    @property
    def spi(self) -> Decimal | None:
        """Schedule performance index: earned for each unit that should be earned by now."""
        return ratio(self.ev, self.pv)

    @property
    def cost_variance(self) -> Decimal | None:
        return minus(self.ev, self.ac)

    @property
    def schedule_variance(self) -> Decimal | None:
        return minus(self.ev, self.pv)

    @property
    def eac(self) -> Decimal | None:
        """Estimate at completion, if cost goes on as up to now: budget / CPI."""
        return ratio(self.bac, self.cpi)

    @property
    def etc(self) -> Decimal | None:
        """Estimate to complete."""
        return minus(self.eac, self.ac)

    @property
    def vac(self) -> Decimal | None:
        """Variance at completion; below zero is an overrun."""
        return minus(self.bac, self.eac)

    @property
    def percent(self) -> Decimal | None:
        """Percent complete: earned value of the whole budget."""
        share = ratio(self.ev, self.bac)
        return None if share is None else share * HUNDRED


def ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    return None if above is None or not below else above / below


def minus(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else first - second


def budget(
    cost: Decimal | None, effort: Decimal | None, day_rate: Decimal | None
) -> Decimal | None:
    """Cost + effort × the rate of a person-day, of what is known; None if neither is.

    Check: 18,000 + 12 days × 2,500 = 48,000.
    """
    labour = None if effort is None or day_rate is None else effort * day_rate
    known = [amount for amount in (cost, labour) if amount is not None]
    return sum(known, ZERO) if known else None


def elapsed(amount: Decimal, start: date, end: date, day: date) -> Decimal:
    """How much of an amount spread evenly over start … end is reached at the end of ``day``.

    Check: 3,100 over March, on the 10th = 1,000.
    """
    if day < start:
        return ZERO
    if day >= end:
        return amount
    return amount * ((day - start).days + 1) / ((end - start).days + 1)


def at(works: Iterable[Work], day: date | None) -> EarnedValue:
    """The state of all tasks at the status date. Without works everything is unknown."""
    works = list(works)
    if not works:
        return EarnedValue()
    bac = sum((work.budget for work in works), ZERO)
    if day is None:
        return EarnedValue(bac)
    actuals = [work.actual for work in works if work.actual is not None]
    return EarnedValue(
        bac,
        planned(works, day),
        sum((work.budget * work.done / HUNDRED for work in works), ZERO),
        sum(actuals, ZERO) if actuals else None,
    )


def planned(works: Iterable[Work], day: date) -> Decimal:
    return sum((elapsed(work.budget, work.start, work.end, day) for work in works), ZERO)


def history(works: Iterable[Work], day: date, status_date: date) -> tuple[Decimal, Decimal]:
    """Earned value and actual cost on a day up to the status date.

    Only the state at the status date is known: what a task has reached by then is taken to have
    grown evenly since it began. What cannot have begun yet counts on the status date itself.
    """
    earned = spent = ZERO
    for work in works:
        until = min(work.ends, status_date)
        began = min(work.began, until)
        earned += elapsed(work.budget * work.done / HUNDRED, began, until, day)
        if work.actual is not None:
            spent += elapsed(work.actual, began, until, day)
    return earned, spent
