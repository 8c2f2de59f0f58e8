"""Whether a round raises far more than the plan needs. Used by checks.py only.

A round pays for the months up to the next one: 12 to 18 (Ralston, "A Guide to Seed Fundraising",
Y Combinator 2016) or 18 (NextView Ventures, "How Much Seed Capital Should You Actually Raise?"), 24
where a buffer is wanted. So its need is counted over 24 months at least, and in the low cases too.
Twice of that pays for four years, and shares that pay for the later two are sold at the price of
today: a hint. Four times of it pays for eight years, most of the ten that a fund lives: nobody who
invests believes it, a warning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.choices import Case, Instrument
from apps.funding.inputs import MONTHS, ZERO
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.funding.spending import grouped_rounds
from apps.plans.checks import Finding, Place

USUAL_MONTHS = 24
FAR_BEYOND = 2
BEYOND_BELIEF = 4


@dataclass(frozen=True)
class Need:
    """The most that is missing at the end of a month, and the month; ``case``: the low case in
    which it is, empty for the plan as written."""

    amount: Decimal
    month: int
    case: str = ""


def beyond_need(outlook: Outlook) -> Iterator[Finding]:
    """No round brings far more than what is missing without it up to the next. While a cost is
    unknown the need may be larger: only what is beyond belief is told, as a hint."""
    if not outlook.base.cash_known or not any(outlook.base.spent):
        return
    most = BEYOND_BELIEF if outlook.assembly.unknown else FAR_BEYOND
    groups = grouped_rounds(outlook)
    ends = [*(first for first, _rows in groups), MONTHS][1:]
    for (first, rows), end in zip(groups, ends, strict=True):
        amount = sum((row.amount for row in rows), ZERO)
        last = max(end, first + USUAL_MONTHS) - 1
        need = _largest_need(outlook, first, last)
        if amount > need.amount * most and not _given(rows):
            yield _finding(outlook, rows, first, last, need)


def _given(rows: list[Any]) -> bool:
    """Whether all of it is a gift, which costs no shares and no interest."""
    return all(row.instrument == Instrument.GRANT for row in rows)


def _largest_need(outlook: Outlook, first: int, last: int) -> Need:
    """In the plan as written, or in the low case that needs most."""
    rows = outlook.contents.part("funding.scenario")
    low = [
        (outcome.result, outcome.label)
        for row, outcome in zip(rows, outlook.written_scenarios, strict=True)
        if row.case == Case.LOW
    ]
    found = [need_of(result, first, last, case) for result, case in [(outlook.base, ""), *low]]
    return max(found, key=lambda need: need.amount)


def need_of(result: Result, first: int, last: int, case: str = "") -> Need:
    """How far below zero the cash falls from one month to the other without any money raised from
    the first of them on. After the plan the months go on as its last three on average."""
    raised = accumulate(result.raised[first:])
    path = [cash - got for cash, got in zip(result.closing[first:], raised, strict=True)]
    path = path[: last - first + 1]
    burn = max(ZERO, sum(result.net_burn[-3:], ZERO) / 3)
    path += [path[-1] - burn * more for more in range(1, last - MONTHS + 2)]
    lowest = min(path)
    return Need(max(ZERO, -lowest), first + path.index(lowest), case)


def _finding(outlook: Outlook, rows: list[Any], first: int, last: int, need: Need) -> Finding:
    amount, currency = sum((row.amount for row in rows), ZERO), outlook.contents.plan.currency
    if need.amount:
        said = _(
            "%(amount)s from %(rounds)s is far more than the plan needs: without it, at most "
            "%(need)s is missing from %(first)s to %(last)s (in %(deepest)s), so %(excess)s is "
            "left over. A round pays for 18 to 24 months as a rule: raise less or later, or write "
            "down what the rest is for."
        )
    else:
        said = _(
            "%(amount)s from %(rounds)s is not needed: without it, no cash is missing from "
            "%(first)s to %(last)s. A round pays for 18 to 24 months as a rule: raise less or "
            "later, or write down what it is for."
        )
    message = said % {
        "amount": money.short_money(amount, currency),
        "rounds": _(", ").join(_("“%(round)s”") % {"round": row} for row in rows),
        "need": money.short_money(need.amount, currency),
        "first": outlook.month(first),
        "last": outlook.month(last),
        "deepest": _deepest(outlook, need),
        "excess": money.short_money(amount - need.amount, currency),
    }
    severity = "warning" if amount > need.amount * BEYOND_BELIEF else "hint"
    if outlook.assembly.unknown:
        severity = "hint"
        message += _(" Costs that nobody knows yet are not counted.")
    places = tuple(Place(SECTION, "round", row.uid, "amount") for row in rows)
    return Finding("funding.raised_beyond_need", severity, message, places)


def _deepest(outlook: Outlook, need: Need) -> str:
    month = outlook.month(need.month)
    if not need.case:
        return month
    return _("%(month)s of the low case “%(case)s”") % {"month": month, "case": need.case}
