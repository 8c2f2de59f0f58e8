"""Whether what is sold brings more than it costs to deliver. Used by checks.py only."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.inputs import HUNDRED, MONTHS, ONE, Inputs, StreamInput
from apps.funding.metrics import part
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place


def below_cost(outlook: Outlook) -> Iterator[Finding]:
    """No customer costs more to serve than it pays; nor do all of them together, in year 3. A
    stream that is given away is meant so, and counts in the whole only."""
    found = list(_streams(outlook))
    yield from found or _whole(outlook)


def _streams(outlook: Outlook) -> Iterator[Finding]:
    inputs, currency = outlook.assembly.inputs, outlook.contents.plan.currency
    for stream in inputs.streams:
        pays = paid_in_a_month(stream)
        costs = cost_in_a_month(stream, inputs)
        if not pays or costs is None or costs < pays:
            continue
        message = _(
            "“%(stream)s” sells below cost: a customer pays %(pays)s a month and costs %(costs)s "
            "in tokens and other variable cost. More customers make the loss larger. Raise the "
            "price, or lower what a customer uses."
        ) % {
            "stream": stream.name,
            "pays": money.money(round(pays, 2), currency),
            "costs": money.money(round(costs, 2), currency),
        }
        places = (Place(SECTION, "stream", stream.key, "price"), outlook.assembly.inference_place)
        yield Finding("funding.below_cost", "error", message, places)


def paid_in_a_month(stream: StreamInput) -> Decimal:
    """What one customer pays a month; nothing where the price is paid only once."""
    factor = {"month": ONE, "token": stream.tokens, "new": Decimal(0)}[stream.per]
    return stream.price * factor


def cost_in_a_month(stream: StreamInput, inputs: Inputs) -> Decimal | None:
    """What one customer costs a month in tokens and other variable cost; None if unknown."""
    if stream.tokens and inputs.inference_price is None:
        return None
    tokens = stream.tokens * (inputs.inference_price or Decimal(0))
    return tokens + paid_in_a_month(stream) * stream.variable


def _whole(outlook: Outlook) -> Iterator[Finding]:
    base = outlook.base
    sales, profit = part(base.sales, 24, MONTHS), part(base.gross_profit, 24, MONTHS)
    if not base.inputs.margin_known or not sales or profit >= 0:
        return
    message = _(
        "In year 3 the gross margin is still %(margin)s: inference, hosting and delivery cost "
        "more than customers pay. Raise prices, or lower what it costs to serve."
    ) % {"margin": money.percent(round(profit / sales * HUNDRED, 1))}
    dearest = max(base.revenue, key=lambda key: part(base.revenue[key], 24, MONTHS))
    places = (Place(SECTION, "stream", dearest, "price"), outlook.assembly.inference_place)
    yield Finding("funding.below_cost", "error", message, places)
