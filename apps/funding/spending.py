"""What the rounds are meant for, beside what the model spends until the next one. Pure.

Used by overview.py for the page, by checks_rounds.py and checks_raised.py.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core import money
from apps.funding.assemble import month_index
from apps.funding.choices import Category, Kind, Purpose
from apps.funding.inputs import MONTHS, ZERO, Months
from apps.funding.metrics import part
from apps.funding.outlook import Outlook

# What a cost is spent on, by its kind or category; what is not listed runs the company.
PURPOSE_OF = {
    Kind.PAYROLL: Purpose.PEOPLE, Kind.TRAINING: Purpose.PEOPLE,
    Kind.RUNS: Purpose.TRAINING, Category.RESEARCH: Purpose.TRAINING,
    Kind.DATA: Purpose.DATA,
    Kind.TASKS: Purpose.PRODUCT, Category.HOSTING: Purpose.PRODUCT,
    Category.DELIVERY: Purpose.PRODUCT, Category.SERVING: Purpose.PRODUCT,
    Category.API: Purpose.PRODUCT,
    Category.COMPUTE: Purpose.TRAINING,
    Kind.MARKETING: Purpose.MARKET, Category.SALES: Purpose.MARKET,
    Category.COMPLIANCE: Purpose.COMPLIANCE,
    Kind.RISK: Purpose.RESERVE, Kind.CONTINGENCY: Purpose.RESERVE,
}  # fmt: skip


def purpose_of(group: str) -> str:
    return PURPOSE_OF.get(group, Purpose.GENERAL)


@dataclass(frozen=True)
class Line:
    purpose: str
    planned: Decimal
    spent: Decimal

    @property
    def label(self) -> str:
        return str(Purpose(self.purpose).label)

    @property
    def difference(self) -> Decimal:
        """What is left of the planned money; below zero more is spent."""
        return self.planned - self.spent


@dataclass(frozen=True)
class Stretch:
    """The months from a round that sells shares up to the next. Grants and loans in between add
    to its money. ``before``: the cash that was there; ``receipts``: what customers pay meanwhile,
    both None while the cash is unknown."""

    rounds: tuple[Any, ...]
    first: int
    end: int
    lines: tuple[Line, ...]
    before: Decimal | None
    receipts: Decimal | None

    @property
    def names(self) -> list[str]:
        return [str(row) for row in self.rounds]

    @property
    def reserve(self) -> Decimal:
        return sum((one.planned for one in self.lines if one.purpose == Purpose.RESERVE), ZERO)

    @property
    def together(self) -> Line:
        planned = sum((one.planned for one in self.lines), ZERO)
        return Line(Purpose.GENERAL, planned, sum((one.spent for one in self.lines), ZERO))

    @property
    def overspent(self) -> list[Line]:
        """Purposes that cost more than is planned for them, the reserve, the cash that was there
        and what customers pay."""
        if self.before is None or self.receipts is None:
            return []
        spare = self.reserve + self.before + self.receipts
        return [
            one for one in self.lines if one.purpose != Purpose.RESERVE and -one.difference > spare
        ]


def stretches(outlook: Outlook) -> list[Stretch]:
    """Those whose rounds have a use of funds, by month; none while costs are hidden."""
    if not outlook.base.inputs.costs_known:
        return []
    groups = grouped_rounds(outlook)
    ends = [*(first for first, _rounds in groups), MONTHS][1:]
    found = [
        _stretch(outlook, tuple(rounds), first, end)
        for (first, rounds), end in zip(groups, ends, strict=True)
    ]
    return [one for one in found if one.together.planned]


def grouped_rounds(outlook: Outlook) -> list[tuple[int, list[Any]]]:
    """By month: each round that sells shares, with what comes in up to the next such round."""
    start = outlook.contents.plan.start_month
    groups: list[tuple[int, list[Any]]] = []
    for row in outlook.rounds:
        month = month_index(start, row.month)
        if row.amount is None or month is None or not 0 <= month < MONTHS:
            continue
        if not groups or (row.dilutes and month > groups[-1][0]):
            groups.append((month, []))
        groups[-1][1].append(row)
    return groups


def _stretch(outlook: Outlook, rounds: tuple[Any, ...], first: int, end: int) -> Stretch:
    base = outlook.base
    uids = {row.uid for row in rounds}
    planned: dict[str, Decimal] = dict.fromkeys(Purpose.values, ZERO)
    for use in outlook.contents.part("funding.use"):
        if use.round in uids and use.amount is not None:
            planned[use.purpose] += use.amount
    spent: dict[str, Decimal] = dict.fromkeys(Purpose.values, ZERO)
    for purpose, months in _payments(outlook):
        spent[purpose] += part(months, first, end)
    lines = tuple(
        Line(purpose, planned[purpose], spent[purpose])
        for purpose in Purpose.values
        if planned[purpose] or spent[purpose]
    )
    known = base.cash_known
    return Stretch(
        rounds, first, end, lines,
        base.opening[first] if known else None,
        part(base.receipts, first, end) if known else None,
    )  # fmt: skip


def _payments(outlook: Outlook) -> list[tuple[str, Months]]:
    """All that is paid, month by month, with what it is spent on."""
    base = outlook.base
    costs = [(purpose_of(group), months) for (_block, group), months in base.costs.items()]
    served = [(Purpose.PRODUCT, base.inference), (Purpose.PRODUCT, base.variable)]
    owed = [(Purpose.GENERAL, months) for months in (base.interest, base.tax, base.repaid)]
    return [*costs, *served, *owed]


# --- In words ------------------------------------------------------------------------------------
def rows(outlook: Outlook) -> list[dict[str, Any]]:
    """For the page."""
    currency = outlook.contents.plan.currency
    return [
        {
            "names": one.names,
            "first": outlook.month(one.first),
            "last": outlook.month(one.end - 1),
            "lines": one.lines,
            "together": one.together,
            "before": money.short_money(one.before, currency),
            "receipts": money.short_money(one.receipts, currency),
        }
        for one in stretches(outlook)
    ]
