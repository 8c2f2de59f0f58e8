"""The 36-month model: profit and loss and cash, month by month. Pure; Decimal money.

``run(inputs, drivers)`` is the whole model. Every line of the statement is rounded half up to the
cent in the month in which it arises, so that totals are sums of what is printed. Customers are
expected values: 3.5 customers are three or four with equal chances.

Used by this app only. Inputs come from assemble.py, readings of the result from metrics.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cached_property
from typing import Any

from apps.funding.drivers import AS_PLANNED, Drivers

MONTHS = 36
ZERO, ONE, HUNDRED, TWELVE = Decimal(0), Decimal(1), Decimal(100), Decimal(12)
CENT, TINY = Decimal("0.01"), Decimal("1e-12")
# No market has more customers: growth that would pass it stops there, and stays finite.
MOST_CUSTOMERS = Decimal(10) ** 10
# Wide enough that every figure a founder can enter, times every factor, keeps its cents.
WIDE = Context(prec=100, rounding=ROUND_HALF_UP)

Months = tuple[Decimal, ...]
NOTHING: Months = (ZERO,) * MONTHS


# --- Inputs --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class StreamInput:
    """A revenue stream. Rates are shares (0.02), ``start`` is the index of its first month.

    ``source``: the stream whose customers these are; ``attach``: the share of them who buy.
    ``per``: what the price is paid for, "month" (each customer), "token" (a million tokens) or
    "new" (each new customer, once). ``tokens``: millions per customer and month.
    """

    key: str
    name: str
    price: Decimal
    source: str = ""
    per: str = "month"
    recurring: bool = True
    start: int = 0
    customers: Decimal = ZERO
    new: Decimal = ZERO
    growth: Decimal = ZERO
    churn: Decimal = ZERO
    attach: Decimal = ONE
    tokens: Decimal = ZERO
    variable: Decimal = ZERO

    @property
    def counted(self) -> bool:
        """Whether its customers are its own; otherwise they are counted at their source."""
        return self.source in ("", self.key)


@dataclass(frozen=True)
class CostInput:
    """A cost line with its origin. ``block``: "revenue" (cost of revenue), "running" or "capital"."""

    group: str
    label: str
    amounts: Months
    place: Any = None
    block: str = "running"

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, ZERO)


@dataclass(frozen=True)
class RoundInput:
    """Money from outside. ``month`` beyond the plan: it is not counted. ``firm``: it is signed. A
    loan has a ``rate`` per year and a ``term`` in months after which all of it is repaid."""

    key: str
    name: str
    month: int
    amount: Decimal
    firm: bool = True
    loan: bool = False
    rate: Decimal = ZERO
    term: int | None = None


@dataclass(frozen=True)
class Inputs:
    """``opening`` None: the cash is unknown, and so is everything that hangs on it.

    ``inference_price``: per million tokens; ``api_share``: how much of inference is bought by the
    token (the rest runs on GPUs). ``wait``: months until customers pay. ``tax``: a share.
    """

    opening: Decimal | None = None
    streams: tuple[StreamInput, ...] = ()
    costs: tuple[CostInput, ...] = ()
    rounds: tuple[RoundInput, ...] = ()
    inference_price: Decimal = ZERO
    api_share: Decimal = ZERO
    wait: int = 0
    tax: Decimal = ZERO

    @cached_property
    def signed(self) -> "Inputs":
        """The same plan with nothing but the rounds that are signed."""
        return self.but(rounds=tuple(one for one in self.rounds if one.firm))

    @cached_property
    def grouped(self) -> dict[tuple[str, str], Months]:
        """The costs summed by (block, group), in order of appearance."""
        sums: dict[tuple[str, str], list[Decimal]] = {}
        for cost in self.costs:
            column = sums.setdefault((cost.block, cost.group), [ZERO] * MONTHS)
            for month, amount in enumerate(cost.amounts):
                column[month] += amount
        return {key: tuple(column) for key, column in sums.items()}

    @cached_property
    def known(self) -> dict[Any, Any]:
        """What runs under some drivers have found already: most drivers leave most lines alone."""
        return {}

    def but(self, **changes: Any) -> "Inputs":
        """The same inputs with other streams, rounds or prices; what the costs are stays known."""
        other = replace(self, **changes)
        other.__dict__.update(grouped=self.grouped, known=self.known)
        return other


# --- Result --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Customers:
    """Of one stream: at the end of each month, won and lost in it; and the tokens, in millions."""

    end: Months
    won: Months
    lost: Months
    tokens: Months
    capped: bool = False


@dataclass(frozen=True)
class Result:
    inputs: Inputs
    drivers: Drivers
    customers: dict[str, Customers]
    revenue: dict[str, Months]  # by stream
    inference: Months
    variable: Months
    costs: dict[tuple[str, str], Months]  # by (block, group)
    interest: Months
    tax: Months
    receipts: Months
    raised: Months
    repaid: Months
    closing: Months  # as if opening cash were zero while it is unknown

    def block(self, name: str) -> Months:
        return total(months for (block, _group), months in self.costs.items() if block == name)

    @cached_property
    def sales(self) -> Months:
        return total(self.revenue.values())

    @cached_property
    def cost_of_revenue(self) -> Months:
        return total((self.inference, self.variable, self.block("revenue")))

    @cached_property
    def gross_profit(self) -> Months:
        return minus(self.sales, self.cost_of_revenue)

    @cached_property
    def running(self) -> Months:
        return self.block("running")

    @cached_property
    def capital(self) -> Months:
        return self.block("capital")

    @cached_property
    def ebitda(self) -> Months:
        return minus(self.gross_profit, self.running)

    @cached_property
    def profit(self) -> Months:
        """After interest and tax; what lasts is not written off month by month."""
        return minus(minus(self.ebitda, self.interest), self.tax)

    @cached_property
    def spent(self) -> Months:
        """All cash that goes out for the business, before loans are repaid."""
        return total((self.cost_of_revenue, self.running, self.capital, self.interest, self.tax))

    @cached_property
    def net_burn(self) -> Months:
        """What the business itself eats a month; below zero when it earns."""
        return minus(self.spent, self.receipts)

    @cached_property
    def opening(self) -> Months:
        return (self.inputs.opening or ZERO, *self.closing[:-1])

    @property
    def cash_known(self) -> bool:
        return self.inputs.opening is not None

    @cached_property
    def cash_out(self) -> int | None:
        """The first month that ends with cash below zero; None if there is none, or if unknown."""
        if not self.cash_known:
            return None
        return next((month for month, cash in enumerate(self.closing) if cash < 0), None)

    @cached_property
    def break_even(self) -> int | None:
        """The first month with revenue from which EBITDA is never below zero again."""
        if self.ebitda[-1] < 0 or not any(self.sales):
            return None
        month = MONTHS
        while month and self.ebitda[month - 1] >= 0:
            month -= 1
        earning = next(at for at, sale in enumerate(self.sales) if sale)
        return max(month, earning)

    @cached_property
    def recurring(self) -> Months:
        """Revenue of the month that recurs; twelve times it is ARR."""
        keys = {stream.key for stream in self.inputs.streams if stream.recurring}
        return total(months for key, months in self.revenue.items() if key in keys)


def total(columns: Iterable[Months]) -> Months:
    columns = list(columns)
    if len(columns) == 1:
        return columns[0]
    return tuple(map(sum, zip(*columns, strict=True))) if columns else NOTHING


def minus(first: Months, second: Months) -> Months:
    return tuple(a - b for a, b in zip(first, second, strict=True))


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, context=WIDE)


# --- The model -----------------------------------------------------------------------------------
def run(inputs: Inputs, drivers: Drivers = AS_PLANNED) -> Result:
    """The plan as written, or under other drivers."""
    with localcontext(WIDE):
        customers = {one.key: _known_customers(inputs, one, drivers) for one in inputs.streams}
        revenue = {
            one.key: _revenue(one, customers[one.key], drivers.price) for one in inputs.streams
        }
        inference = _inference(inputs, customers, drivers)
        variable = total(
            tuple(cents(sale * one.variable) for sale in revenue[one.key])
            for one in inputs.streams
            if one.variable
        )
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


def _known_customers(inputs: Inputs, stream: StreamInput, drivers: Drivers) -> Customers:
    key = (stream, drivers.new_customers, drivers.churn, drivers.churn_points, drivers.delay)
    if key not in inputs.known:
        inputs.known[key] = _customers(stream, drivers)
    return inputs.known[key]


def _customers(stream: StreamInput, drivers: Drivers) -> Customers:
    """The stream's customers: those of the month before, less the lost, plus the won.

    The customers at the start are there when the first month begins. Revenue that has begun with
    the plan is not delayed any more.
    """
    start = stream.start + (drivers.delay if stream.start > 0 else 0)
    churn = stream.churn * drivers.churn + drivers.churn_points / HUNDRED
    churn = min(ONE, churn + max(ZERO, -stream.growth))  # shrinking is losing
    fixed = stream.new * drivers.new_customers
    growth = max(ZERO, stream.growth) * drivers.new_customers
    end, won, lost = [], [], []
    now, capped = min(stream.customers, MOST_CUSTOMERS), False
    for month in range(MONTHS):
        if month < start:
            gained = left = there = ZERO
        else:
            left = now * churn
            gained = fixed + now * growth
            now = (now - left + gained).quantize(TINY)
            if now > MOST_CUSTOMERS:
                gained -= now - MOST_CUSTOMERS
                now, capped = MOST_CUSTOMERS, True
            there = now
        end.append(there)
        won.append(gained)
        lost.append(left)
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
