"""Why the cash is gone: the rows of the plan that took most of it in the months before. Pure.

Used by overview.py and checks_cash.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.funding.assemble import SECTION, Assembly
from apps.funding.inputs import MONTHS, NOTHING, ZERO, Months, minus, total
from apps.funding.model import financing
from apps.funding.result import Result
from apps.plans.checks import Place

MOST_MONTHS = 6  # looked back at, and compared with as many before them
MOST_CAUSES = 3


@dataclass(frozen=True)
class Cause:
    """A row that worsens the cash. ``change``: by how much more than in the months before;
    ``amount``: what it takes in these months, below zero if it brings money."""

    label: str
    place: Place
    change: Decimal
    amount: Decimal


def window(month: int) -> int:
    """How many months are looked at: as many as can be compared with others before them."""
    return max(1, min(MOST_MONTHS, (month + 1) // 2))


def causes(assembly: Assembly, result: Result) -> list[Cause]:
    """The largest changes in the months up to that in which the cash is gone, the gravest first;
    where nothing changed, what takes most. Money from outside is no cause when it does not come
    again, but paying it back is."""
    month = result.cash_out
    if month is None:
        return []
    length = window(month)
    first, before = month + 1 - length, max(0, month + 1 - 2 * length)
    found = []
    for label, place, months in _payments(assembly, result):
        amount = sum(months[first : month + 1], ZERO)
        found.append(Cause(label, place, amount - sum(months[before:first], ZERO), amount))
    worse = sorted((one for one in found if one.change > 0), key=lambda one: -one.change)
    steady = sorted((one for one in found if one.amount > 0), key=lambda one: -one.amount)
    return (worse or steady)[:MOST_CAUSES]


def _payments(assembly: Assembly, result: Result) -> Iterator[tuple[str, Place, Months]]:
    """What each row pays month by month; revenue is paid to us, so it stands below zero."""
    inputs = result.inputs
    for cost in inputs.costs:
        yield cost.label, cost.place, cost.amounts
    for stream in inputs.streams:
        received = (*NOTHING[: inputs.wait], *result.revenue[stream.key])[:MONTHS]
        yield stream.name, Place(SECTION, "stream", stream.key), minus(NOTHING, received)
    yield _("Inference"), assembly.inference_place, result.inference
    yield _("Tax"), Place(SECTION, "assumptions", "", "tax"), result.tax
    for one in inputs.rounds:
        interest, _raised, repaid = financing([one])
        yield one.name, Place(SECTION, "round", one.key), total((interest, repaid))
