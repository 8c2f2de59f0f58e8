"""The 36-month model: profit and loss and cash, month by month. Pure; Decimal money.

``run(inputs, drivers)`` is the whole model. Every line of the statement is rounded half up to the
cent in the month in which it arises, so that totals are sums of what is printed. Customers are
expected values: 3.5 customers are three or four with equal chances.

Used by this app only. Inputs come from assemble.py, readings of the result from metrics.py.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from apps.funding.drivers import AS_PLANNED, Drivers
from apps.funding.inputs import (
    HUNDRED,
    MONTHS,
    NOTHING,
    ONE,
    TWELVE,
    WIDE,
    ZERO,
    Inputs,
    Months,
    RoundInput,
    StreamInput,
    cents,
    minus,
    total,
)
from apps.funding.result import Customers, Result

TINY = Decimal("1e-12")
# No market has more customers: growth that would pass it stops there, and stays finite.
MOST_CUSTOMERS = Decimal(10) ** 10


def run(inputs: Inputs, drivers: Drivers = AS_PLANNED) -> Result:
    """The plan as written, or under other drivers."""
    with localcontext(WIDE):
        streams = {one.key: _stream(inputs, one, drivers) for one in inputs.streams}
        customers = {key: found[0] for key, found in streams.items()}
        revenue = {key: found[1] for key, found in streams.items()}
        inference = _inference(inputs, customers, drivers)
        variable = total(found[2] for found in streams.values())
        costs = _costs(inputs, drivers)
        sales = total(revenue.values())
        interest, raised, repaid = financing(inputs.rounds)
        spent = total((inference, variable, *costs.values()))
        booked = (months for (block, _group), months in costs.items() if block != "capital")
        before_tax = minus(sales, total((inference, variable, interest, *booked)))
        tax = _tax(before_tax, inputs.tax)
        receipts = (*NOTHING[: inputs.wait], *sales)[:MONTHS]
        flows = minus(total((receipts, raised)), total((spent, interest, tax, repaid)))
        return Result(
            inputs, drivers, customers, revenue, inference, variable, costs, interest, tax,
            receipts, raised, repaid, _running_total(inputs.opening or ZERO, flows),
        )  # fmt: skip


def _stream(
    inputs: Inputs, stream: StreamInput, drivers: Drivers
) -> tuple[Customers, Months, Months]:
    """The stream's customers, revenue and other variable cost."""
    key = (
        stream, drivers.price, drivers.new_customers, drivers.churn, drivers.churn_points,
        drivers.delay,
    )  # fmt: skip
    if key not in inputs.known:
        customers = _customers(stream, drivers)
        revenue = _revenue(stream, customers, drivers.price)
        variable = tuple(cents(sale * stream.variable) for sale in revenue)
        inputs.known[key] = (customers, revenue, variable if stream.variable else NOTHING)
    return inputs.known[key]


def _customers(stream: StreamInput, drivers: Drivers) -> Customers:
    """The stream's customers: those of the month before, less the lost, plus the won.

    The customers at the start are there when the first month begins. Revenue that has begun with
    the plan is not delayed any more.
    """
    start, sold = (
        month + (drivers.delay if month > 0 else 0) for month in (stream.start, stream.sold)
    )
    churn = stream.churn * drivers.churn + drivers.churn_points / HUNDRED
    churn = min(ONE, churn + max(ZERO, -stream.growth))  # shrinking is losing
    fixed = stream.new * drivers.new_customers
    growth = max(ZERO, stream.growth) * drivers.new_customers
    end, won, lost = [], [], []
    now, capped = min(stream.customers, MOST_CUSTOMERS), False
    for month in range(MONTHS):
        gained = left = there = ZERO
        if month >= start:
            left = now * churn
            gained = fixed + now * growth
            now = (now - left + gained).quantize(TINY)
            if now > MOST_CUSTOMERS:
                gained -= now - MOST_CUSTOMERS
                now, capped = MOST_CUSTOMERS, True
            there = now
        begun = month >= sold
        end.append(there if begun else ZERO)
        won.append(gained if begun else ZERO)
        lost.append(left if begun else ZERO)
    share = stream.attach
    if share != ONE:
        end, won, lost = ([n * share for n in column] for column in (end, won, lost))
    tokens = tuple(n * stream.tokens for n in end)
    return Customers(tuple(end), tuple(won), tuple(lost), tokens, capped)


def _revenue(stream: StreamInput, customers: Customers, factor: Decimal) -> Months:
    price = stream.price * factor
    sold = {"month": customers.end, "token": customers.tokens, "new": customers.won}[stream.per]
    return tuple(cents(amount * price) for amount in sold)


def _inference(inputs: Inputs, customers: dict[str, Customers], drivers: Drivers) -> Months:
    """Tokens sold times what a million of them costs to produce."""
    if not inputs.inference_price or not customers:
        return NOTHING
    factor = inputs.api_share * drivers.api + (ONE - inputs.api_share) * drivers.compute
    price = inputs.inference_price * factor
    tokens = total(one.tokens for one in customers.values())
    return tuple(cents(million * price) for million in tokens)


def _costs(inputs: Inputs, drivers: Drivers) -> dict[tuple[str, str], Months]:
    lines = {}
    for (block, group), amounts in inputs.grouped.items():
        factor = drivers.of_cost(group)
        key = (block, group, factor)
        if key not in inputs.known:
            inputs.known[key] = tuple(cents(amount * factor) for amount in amounts)
        lines[block, group] = inputs.known[key]
    return lines


def financing(rounds: Sequence[RoundInput]) -> tuple[Months, Months, Months]:
    """(interest, money raised, loans repaid)"""
    interest, raised, repaid = [ZERO] * MONTHS, [ZERO] * MONTHS, [ZERO] * MONTHS
    for one in rounds:
        if not 0 <= one.month < MONTHS:
            continue
        raised[one.month] += cents(one.amount)
        if not one.loan:
            continue
        end = one.month + one.term if one.term is not None else MONTHS
        for month in range(one.month + 1, min(end, MONTHS - 1) + 1):
            interest[month] += cents(one.amount * one.rate / TWELVE)
        if end < MONTHS:
            repaid[end] += cents(one.amount)
    return tuple(interest), tuple(raised), tuple(repaid)


def _tax(profit: Months, rate: Decimal) -> Months:
    """On profit once all losses before it are used up; paid in the month in which it arises."""
    if not rate:
        return NOTHING
    taxed = sum_so_far = ZERO
    taxes = []
    for amount in profit:
        sum_so_far += amount
        base = max(ZERO, sum_so_far - taxed)
        taxed += base
        taxes.append(cents(base * rate))
    return tuple(taxes)


def _running_total(opening: Decimal, flows: Months) -> Months:
    cash, closing = opening, []
    for flow in flows:
        cash += flow
        closing.append(cash)
    return tuple(closing)
