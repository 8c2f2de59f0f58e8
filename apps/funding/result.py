"""What the model found: lines of the statements by month, and what follows from them. Pure."""

from dataclasses import dataclass
from functools import cached_property

from apps.funding.drivers import Drivers
from apps.funding.inputs import MONTHS, ZERO, Inputs, Months, minus, total


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
        return self.inputs.cash_known

    @cached_property
    def cash_out(self) -> int | None:
        """The first month that ends with cash below zero; None if there is none, or if unknown."""
        if not self.cash_known:
            return None
        return next((month for month, cash in enumerate(self.closing) if cash < 0), None)

    @cached_property
    def break_even(self) -> int | None:
        """The first month with revenue from which EBITDA is never below zero again; None if there
        is none, or if unknown."""
        if not self.inputs.profit_known or self.ebitda[-1] < 0 or not any(self.sales):
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
