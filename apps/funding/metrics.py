"""What the model says in single numbers: margins, unit economics, months. Pure.

A figure without its inputs is None and comes with the sentence that says which input is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.funding.choices import ACQUISITION
from apps.funding.inputs import HUNDRED, MONTHS, TWELVE, ZERO, Inputs, Lack, Months
from apps.funding.result import Result

YEAR = 12
MOST_NAMED = 2  # rows that a sentence names


@dataclass(frozen=True)
class Metric:
    """``unit``: "money", "percent", "months", "ratio" (to 1) or "number"; ``missing``: why the
    value is None."""

    key: str
    label: str
    value: Decimal | None
    unit: str
    missing: str = ""


def spend(result: Result, first: int = 0, last: int = MONTHS) -> Decimal:
    """What marketing and sales cost in the months."""
    lines = [months for (_block, group), months in result.costs.items() if group in ACQUISITION]
    return sum((sum(months[first:last], ZERO) for months in lines), ZERO)


def part(months: Months, first: int, last: int) -> Decimal:
    return sum(months[first:last], ZERO)


def ratio(top: Decimal | None, bottom: Decimal | None) -> Decimal | None:
    """None where the division makes no sense."""
    return None if top is None or not bottom else top / bottom


@dataclass(frozen=True)
class Flow:
    """Customers of all streams with customers of their own, over some months."""

    won: Decimal
    lost: Decimal
    at_risk: Decimal  # customer-months that could have been lost
    months: Decimal  # customer-months that paid


def flow(result: Result, first: int, last: int) -> Flow:
    won = lost = at_risk = months = ZERO
    for stream in result.inputs.streams:
        if not stream.counted:
            continue
        found = result.customers[stream.key]
        won += part(found.won, first, last)
        lost += part(found.lost, first, last)
        months += part(found.end, first, last)
        # those there when a month begins: its end, less the won, plus the lost
        at_risk += part(found.end, first, last) - part(found.won, first, last)
        at_risk += part(found.lost, first, last)
    return Flow(won, lost, at_risk, months)


def unit_economics(result: Result, first: int = 0, last: int = MONTHS) -> list[Metric]:
    """Gross margin, ARPA, churn, CAC, LTV, LTV:CAC, payback and burn multiple of the months.

    LTV = ARPA × gross margin / churn (Skok, "SaaS Metrics 2.0"); payback = CAC / (ARPA × gross
    margin); burn multiple = net burn / net new ARR (Sacks, "The Burn Multiple", 2020).
    Check: ARPA 100, margin 80 %, churn 2 % = LTV 4,000; CAC 1,000 = ratio 4, payback 12.5 months.
    """
    sales = part(result.sales, first, last)
    customers = flow(result, first, last)
    known, hidden = result.inputs.inference_known, result.inputs.withheld.acquisition
    kept = hidden or ("" if known else result.inputs.withheld.inference)
    margin = ratio(part(result.gross_profit, first, last), sales) if known else None
    arpa = ratio(sales, customers.months)
    churn = ratio(customers.lost, customers.at_risk)
    spent = spend(result, first, last)
    cac = None if hidden else ratio(spent, customers.won)
    earned = None if arpa is None or margin is None else arpa * margin
    ltv = None if earned is None or earned <= 0 else ratio(earned, churn)
    payback = None if cac is None or earned is None or earned <= 0 else cac / earned
    no_margin = no_sales() if known else missing_input(result.inputs)
    found = [
        Metric("gross_margin", _("Gross margin"), times_hundred(margin), "percent", no_margin),
        Metric("arpa", _("Revenue per customer and month (ARPA)"), arpa, "money", no_sales()),
        Metric("churn", _("Churn per month"), times_hundred(churn), "percent",
               _("No customer is there to be lost in this time.")),
        Metric("cac", _("Acquisition cost per customer (CAC)"), cac, "money",
               hidden or _("Needs new customers in a revenue stream.")),
        Metric("ltv", _("Lifetime value (LTV)"), ltv, "money",
               _no_ltv(earned, churn, no_margin)),
        Metric("ltv_cac", _("LTV : CAC"), ratio(ltv, cac), "ratio",
               kept or (no_margin if margin is None else _no_ratio(ltv, cac))),
        Metric("payback", _("Payback of CAC"), payback, "months",
               kept or _no_payback(earned, cac, no_margin)),
        _burn_multiple(result, first, last),
    ]  # fmt: skip
    if result.inputs.revenue_known:
        return found
    return [replace(one, value=None, missing=missing_input(result.inputs)) for one in found]


def times_hundred(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * HUNDRED


def no_sales() -> str:
    return _("Needs revenue: give a stream its price, start and customers.")


def no_inference(inputs: Inputs) -> str:
    return inputs.withheld.inference or _(
        "Needs the cost of inference: tokens are sold, and nobody knows what they cost."
    )


def no_profit(inputs: Inputs) -> str:
    """Why EBITDA, burn and, but for the opening, cash are unknown; empty if they are not."""
    return inputs.withheld.costs or missing_input(inputs)


def missing_input(inputs: Inputs) -> str:
    """Which input margin and cash wait for, in a sentence; empty if they are known."""
    if inputs.lacking:
        return _("Needs what is sold: %(rows)s.") % {"rows": named(inputs.to_fill_in)}
    if inputs.inference_known:
        return ""
    if inputs.unmetered and not inputs.withheld.inference:
        said = _("Needs the cost of inference: %(rows)s. Where no model is used, enter 0.")
        return said % {"rows": named(inputs.unmetered)}
    return no_inference(inputs)


def named(lacks: Sequence[Lack]) -> str:
    """The first few streams, each with the names of its empty fields."""
    rows = [
        _("“%(row)s” (missing: %(fields)s)") % {"row": lack.name, "fields": lack.labels}
        for lack in lacks[:MOST_NAMED]
    ]
    return _(", ").join(rows) + (_(" and more") if len(lacks) > MOST_NAMED else "")


def _no_ltv(earned: Decimal | None, churn: Decimal | None, no_margin: str) -> str:
    if earned is None:
        return no_margin
    if earned <= 0:
        return _("Customers cost more to serve than they pay, so they have no value yet.")
    return _("Needs a churn above zero: without it a customer's life has no end.")


def _no_ratio(ltv: Decimal | None, cac: Decimal | None) -> str:
    if ltv is None:
        return _("Needs the lifetime value.")
    return _("Needs new customers and a cost of marketing or sales.")


def _no_payback(earned: Decimal | None, cac: Decimal | None, no_margin: str) -> str:
    if cac is None:
        return _("Needs new customers in a revenue stream.")
    return _no_ltv(earned, None, no_margin)


def _burn_multiple(result: Result, first: int, last: int) -> Metric:
    label = _("Burn multiple")
    if not result.inputs.profit_known:
        return Metric("burn_multiple", label, None, "number", no_profit(result.inputs))
    before = result.recurring[first - 1] if first else recurring_before(result)
    gained = (result.recurring[last - 1] - before) * TWELVE
    burnt = part(result.net_burn, first, last)
    if gained <= 0:
        missing = _("Needs recurring revenue that grows.")
        return Metric("burn_multiple", label, None, "number", missing)
    return Metric("burn_multiple", label, max(ZERO, burnt) / gained, "number")


def recurring_before(result: Result) -> Decimal:
    """Recurring revenue of the month before the plan: that of the customers who are there then."""
    return sum(
        (
            stream.customers
            * stream.attach
            * stream.price
            * (stream.tokens if stream.per == "token" else 1)
            for stream in result.inputs.streams
            if stream.recurring and not stream.start and not stream.sold
        ),
        ZERO,
    )


def arr(result: Result, month: int = MONTHS - 1) -> Decimal:
    """Annual recurring revenue: twelve times that of the month."""
    return result.recurring[month] * TWELVE


def lowest_cash(result: Result) -> tuple[Decimal, int]:
    """The smallest balance at the end of a month, and the month."""
    low = min(result.closing)
    return low, result.closing.index(low)


def runway_after(result: Result, month: int) -> int | None:
    """How many months the cash at the end of ``month`` covers, without later money from outside;
    None if it does not run out within the plan."""
    if not result.cash_known:
        return None
    cash = result.closing[month]
    for later in range(month + 1, MONTHS):
        cash -= result.net_burn[later] + result.repaid[later]
        if cash < 0:
            return later - month - 1
    return None
