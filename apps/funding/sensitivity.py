"""Scenarios, the stress library and the tornado: the same model under other drivers. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.funding.drivers import AS_PLANNED, FACTORS, Drivers
from apps.funding.inputs import MONTHS, ONE, Inputs
from apps.funding.model import run
from apps.funding.result import Result

SWING = Decimal("0.2")


def driver_labels() -> dict[str, str]:
    return {
        "price": _("Prices"),
        "new_customers": _("New customers"),
        "churn": _("Churn"),
        "api": _("API price"),
        "compute": _("GPU cost"),
        "payroll": _("Payroll"),
        "marketing": _("Marketing and sales"),
        "other": _("Other costs"),
    }


# --- Stress --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Stress:
    key: str
    label: str
    what: str
    change: Callable[[Drivers], Drivers]


def stress_library() -> list[Stress]:
    """What every venture on large models should survive; fixed, so that plans compare."""
    return [
        Stress("api_doubles", _("API price ×2"),
               _("Bought inference, and whatever else you pay for APIs of models, costs twice as "
                 "much."),
               lambda d: d.times("api", Decimal(2))),
        Stress("gpu_rises", _("GPU cost ×1.5"),
               _("Model runs and inference of our own cost half as much again."),
               lambda d: d.times("compute", Decimal("1.5"))),
        Stress("model_lost", _("Base model lost"),
               _("Everything is adapted to another model: GPU cost doubles, bought inference costs "
                 "half as much again, a quarter fewer customers come, new revenue is two months "
                 "late."),
               _model_lost),
        Stress("filing_late", _("Filing three months late"),
               _("Revenue that has not begun yet begins three months later; costs do not wait."),
               lambda d: replace(d, delay=d.delay + 3)),
        Stress("churn_rises", _("Churn +5 points"),
               _("Five more customers in a hundred leave every month."),
               lambda d: replace(d, churn_points=d.churn_points + 5)),
    ]  # fmt: skip


def _model_lost(drivers: Drivers) -> Drivers:
    return replace(
        drivers.times("compute", Decimal(2))
        .times("api", Decimal("1.5"))
        .times("new_customers", Decimal("0.75")),
        delay=drivers.delay + 2,
    )


@dataclass(frozen=True)
class Outcome:
    """The model under named drivers."""

    label: str
    result: Result
    what: str = ""

    @property
    def closing(self) -> Decimal | None:
        return self.result.closing[-1] if self.result.cash_known else None

    @property
    def lowest(self) -> Decimal | None:
        return min(self.result.closing) if self.result.cash_known else None

    @property
    def revenue(self) -> Decimal | None:
        """Of the last twelve months."""
        known = self.result.inputs.revenue_known
        return sum(self.result.sales[-12:], Decimal(0)) if known else None


def stresses(inputs: Inputs, spared: Collection[str] = ()) -> list[Outcome]:
    """The cases that apply; ``spared``: the keys of those that do not (exposure.py)."""
    return [
        Outcome(one.label, run(inputs, one.change(AS_PLANNED)), one.what)
        for one in stress_library()
        if one.key not in spared
    ]


def scenarios(inputs: Inputs, named: Sequence[tuple[str, Drivers]]) -> list[Outcome]:
    return [Outcome(name, run(inputs, drivers)) for name, drivers in named]


# --- Tornado -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Move:
    """One driver 20 % lower and 20 % higher: what cash ends at, and when it runs out."""

    driver: str
    label: str
    low: Result
    high: Result

    @property
    def width(self) -> Decimal:
        return abs(self.high.closing[-1] - self.low.closing[-1])


def tornado(inputs: Inputs) -> list[Move]:
    """The driver that moves the final cash most first; those that move nothing are left out."""
    labels = driver_labels()
    moves = [
        Move(
            name,
            labels[name],
            run(inputs, AS_PLANNED.times(name, ONE - SWING)),
            run(inputs, AS_PLANNED.times(name, ONE + SWING)),
        )
        for name in FACTORS
    ]
    return sorted((move for move in moves if move.width), key=lambda move: -move.width)


def runway(result: Result) -> int | None:
    """Full months until the cash is gone, MONTHS if it lasts; None while the cash is unknown."""
    if not result.cash_known:
        return None
    return MONTHS if result.cash_out is None else result.cash_out
