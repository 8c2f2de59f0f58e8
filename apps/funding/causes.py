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
    ``amount``: what it takes in these months, below zero if it brings money. ``late``: the month of
    a round whose money comes only after the cash is gone; its ``amount`` is what it raises.
    ``owed``: the ``amount`` is sold, but customers have not paid it yet."""

    label: str
    place: Place
    change: Decimal
    amount: Decimal
    late: int | None = None
    owed: bool = False

    @property
    def weight(self) -> Decimal:
        """What it takes, or by how much more, whichever is larger."""
        return max(self.change, self.amount)


def window(month: int) -> int:
    """How many months are looked at: as many as can be compared with others before them."""
    return max(1, min(MOST_MONTHS, (month + 1) // 2))


def causes(assembly: Assembly, result: Result) -> list[Cause]:
    """What took most, or rose most, in the months up to that in which the cash is gone, the gravest
    first; before it a round that comes too late. Money from outside is no cause when it does not
    come again, but paying it back is."""
    month = result.cash_out
    if month is None:
        return []
    length = window(month)
    first, before = month + 1 - length, max(0, month + 1 - 2 * length)
    found = []
    for label, place, months in _payments(assembly, result):
        amount = sum(months[first : month + 1], ZERO)
        found.append(Cause(label, place, amount - sum(months[before:first], ZERO), amount))
    found += _owed(result, month, length)
    heaviest = sorted((one for one in found if one.weight > 0), key=lambda one: -one.weight)
    return [*_late(result, month), *heaviest[:MOST_CAUSES]]


def _late(result: Result, month: int) -> list[Cause]:
    """The next round, if its money comes only after the cash is gone."""
    rounds = [one for one in result.inputs.rounds if one.month > month]
    if not rounds:
        return []
    one = min(rounds, key=lambda late: late.month)
    place = Place(SECTION, "round", one.key, "month")
    return [Cause(one.name, place, ZERO, one.amount, one.month)]


def _owed(result: Result, month: int, length: int) -> list[Cause]:
    """What customers still owe, where the plan earns a profit meanwhile. It is taxed before it is
    paid for; but tax follows from what a plan earns, and never ends the cash by itself."""
    last = month + 1
    owed = sum(result.sales[:last], ZERO) - sum(result.receipts[:last], ZERO)
    if not owed or not any(result.tax[last - length : last]):
        return []
    place = Place(SECTION, "assumptions", "", "receivable_months")
    return [Cause(_("Customers pay later"), place, ZERO, owed, owed=True)]


def _payments(assembly: Assembly, result: Result) -> Iterator[tuple[str, Place, Months]]:
    """What each row pays month by month; revenue is paid to us, so it stands below zero. Tax is no
    row: it follows from all of them."""
    inputs = result.inputs
    for cost in inputs.costs:
        yield cost.label, cost.place, cost.amounts
    for stream in inputs.streams:
        received = (*NOTHING[: inputs.wait], *result.revenue[stream.key])[:MONTHS]
        yield stream.name, Place(SECTION, "stream", stream.key), minus(NOTHING, received)
    yield _("Inference"), assembly.inference_place, result.inference
    for one in inputs.rounds:
        interest, _raised, repaid = financing([one])
        yield one.name, Place(SECTION, "round", one.key), total((interest, repaid))
