"""What the 36-month model computes with, and the arithmetic of months. Pure; Decimal money.

``Inputs`` is made by assemble.py from the plan's content, and varied by sensitivity.py, movers.py
and montecarlo.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cached_property
from typing import Any

from apps.funding.withheld import NOTHING_WITHHELD, Withheld

MONTHS = 36
ZERO, ONE, HUNDRED, TWELVE = Decimal(0), Decimal(1), Decimal(100), Decimal(12)
CENT = Decimal("0.01")
# Wide enough that every figure a founder can enter, times every factor, keeps its cents.
WIDE = Context(prec=100, rounding=ROUND_HALF_UP)

Months = tuple[Decimal, ...]
NOTHING: Months = (ZERO,) * MONTHS


def total(columns: Iterable[Months]) -> Months:
    columns = list(columns)
    if len(columns) == 1:
        return columns[0]
    with localcontext(WIDE):
        return tuple(map(sum, zip(*columns, strict=True))) if columns else NOTHING


def minus(first: Months, second: Months) -> Months:
    with localcontext(WIDE):
        return tuple(a - b for a, b in zip(first, second, strict=True))


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, context=WIDE)


@dataclass(frozen=True)
class StreamInput:
    """A revenue stream. Rates are shares (0.02); 0 is the plan's first month.

    ``start``: the month in which its customers begin; ``sold``: that from which they buy this.
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
    sold: int = 0
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
    """A cost line with its origin. ``block``: "revenue" (cost of it), "running" or "capital"."""

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
class Lack:
    """A stream of which these fields are empty, so that a figure of it is unknown."""

    key: str
    name: str
    fields: tuple[str, ...]
    labels: str


@dataclass(frozen=True)
class Inputs:
    """``opening`` None: the cash is unknown, and so is everything that hangs on it.

    ``lacking``: streams that earn something, but nobody has said how much; they are not among the
    ``streams``. ``unmetered``: those of which nobody has said how many tokens a customer uses.
    ``inference_price``: per million tokens, None if unknown; ``api_share``: how much of
    inference is bought by the token (the rest runs on GPUs). ``wait``: months until customers pay.
    ``tax``: a share.
    """

    opening: Decimal | None = None
    streams: tuple[StreamInput, ...] = ()
    costs: tuple[CostInput, ...] = ()
    rounds: tuple[RoundInput, ...] = ()
    inference_price: Decimal | None = ZERO
    api_share: Decimal = ZERO
    wait: int = 0
    tax: Decimal = ZERO
    withheld: Withheld = NOTHING_WITHHELD
    lacking: tuple[Lack, ...] = ()
    unmetered: tuple[Lack, ...] = ()

    @property
    def revenue_known(self) -> bool:
        """A stream without its price does not earn nothing: the whole is unknown with it."""
        return not self.lacking

    @property
    def to_fill_in(self) -> tuple[Lack, ...]:
        """Of those lacking, without the ones that only wait for the stream they follow."""
        own = tuple(lack for lack in self.lacking if lack.fields != ("follows",))
        return own or self.lacking

    @property
    def inference_known(self) -> bool:
        """False while customers may use tokens and nobody knows how many, or what they cost."""
        if self.unmetered:
            return self.inference_price == 0
        return self.inference_price is not None or not any(one.tokens for one in self.streams)

    @property
    def costs_known(self) -> bool:
        """False where costs stand in sections hidden from the reader."""
        return not self.withheld.costs

    @property
    def margin_known(self) -> bool:
        return self.revenue_known and self.inference_known

    @property
    def profit_known(self) -> bool:
        return self.margin_known and self.costs_known

    @property
    def cash_known(self) -> bool:
        return self.opening is not None and self.profit_known

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
