"""Whether revenue and its marketing fit the rest of the plan. Used by checks.py only."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.choices import Category, Kind
from apps.funding.inputs import MONTHS, ZERO
from apps.funding.metrics import part
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.sections import registry


def market(outlook: Outlook) -> Iterator[Finding]:
    """A segment yields no more than its SOM."""
    contents = outlook.contents
    if not registry.has("market.segment") or "market" in contents.hidden:
        return
    sales: dict[str, Decimal] = defaultdict(Decimal)
    first: dict[str, str] = {}
    for row in contents.part("funding.stream"):
        if row.segment and row.uid in outlook.base.revenue:
            sales[row.segment] += part(outlook.base.revenue[row.uid], 24, MONTHS)
            first.setdefault(row.segment, row.uid)
    for uid, forecast in sales.items():
        segment = contents.find("market.segment", uid)
        reachable = segment.som_in_year_3 if segment else None
        if reachable is not None and forecast > reachable:
            message = _(
                "Revenue of %(revenue)s is forecast for “%(segment)s” in year 3, but no more than "
                "%(som)s can be won there (SOM). Correct one of the two."
            ) % {
                "revenue": money.short_money(forecast, contents.plan.currency),
                "segment": segment,
                "som": money.short_money(reachable, contents.plan.currency),
            }
            places = (
                Place(SECTION, "stream", first[uid]),
                Place("market", "segment", uid, "obtainable"),
            )
            yield Finding("funding.revenue_above_som", "warning", message, places)


def marketing_line(outlook: Outlook) -> Iterator[Finding]:
    """Where there is a marketing line of one's own, the channels stay within it."""
    lines = [
        cost
        for cost in outlook.assembly.inputs.costs
        if cost.group == Category.MARKETING and cost.place.section == SECTION
    ]
    channels = [one for one in outlook.assembly.declared if one.kind == Kind.MARKETING]
    for month in range(MONTHS):
        budget = sum((line.amounts[month] for line in lines), ZERO)
        planned = sum((one.amounts[month] for one in channels), ZERO)
        if budget and planned > budget:
            message = _(
                "The channels cost %(channels)s in %(month)s, more than the marketing line of "
                "%(budget)s."
            ) % {
                "channels": money.money(planned, outlook.contents.plan.currency),
                "month": outlook.month(month),
                "budget": money.money(budget, outlook.contents.plan.currency),
            }
            places = (lines[0].place, channels[0].place)
            yield Finding("funding.channels_above_line", "warning", message, places)
            return


def customers(outlook: Outlook) -> Iterator[Finding]:
    """Growth that passes the number of people on Earth is a slip of the pen."""
    for stream in outlook.assembly.inputs.streams:
        if outlook.base.customers[stream.key].capped:
            message = _("“%(stream)s” grows beyond ten billion customers. Check its growth.")
            message %= {"stream": stream.name}
            place = Place(SECTION, "stream", stream.key, "growth")
            yield Finding("funding.growth_absurd", "warning", message, (place,))
