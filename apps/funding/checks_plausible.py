"""Whether the figures can be true at all: a slip of the pen is a number like any other. Each is
held against what the plan says elsewhere. Used by checks.py only."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.checks_sales import market
from apps.funding.choices import ACQUISITION
from apps.funding.inputs import HUNDRED, MONTHS, ONE, TWELVE, StreamInput
from apps.funding.metrics import part, unit_economics
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.contents import figure
from apps.plans.sections import registry

MOST_TIMES = 10  # the plan's own figure for what a customer pays
MOST_TIMES_STREAM = 100  # the dearest other stream: consumers and banks may stand in one plan
MOST_YEARS = 50  # no customer stays longer
MOST_LTV_CAC = 50  # a good one is 3 to 5


def price(outlook: Outlook) -> Iterator[Finding]:
    """No stream takes many times more of a customer than the plan reckons with elsewhere."""
    yearly = {one.key: paid_in_a_year(one) for one in outlook.assembly.inputs.streams}
    for stream in outlook.assembly.inputs.streams:
        paid = yearly[stream.key]
        others = {key: amount for key, amount in yearly.items() if key != stream.key}
        finding = _beyond_market(outlook, stream, paid) or _beyond_streams(
            outlook, stream, paid, others
        )
        if finding:
            yield finding


def paid_in_a_year(stream: StreamInput) -> Decimal:
    """What one customer pays in twelve months; a licence is paid once."""
    factor = {"month": TWELVE, "token": stream.tokens * TWELVE, "new": ONE}[stream.per]
    return stream.price * factor


def _beyond_market(outlook: Outlook, stream: StreamInput, paid: Decimal) -> Finding | None:
    """Against the contract value of its segment, or the dearest competitor there."""
    contents = outlook.contents
    segment = contents.find("funding.stream", stream.key).segment
    for path, of_segment, field, said in (
        ("market.segment", "uid", "acv",
         _("A customer of “%(stream)s” pays %(paid)s a year, %(times)s times the contract value "
           "of “%(other)s” (%(amount)s). Correct one of the two.")),
        ("strategy.competitor", "segment", "price",
         _("A customer of “%(stream)s” pays %(paid)s a year, %(times)s times the price of the "
           "dearest competitor there, “%(other)s” (%(amount)s). Correct one of the two.")),
    ):  # fmt: skip
        section, _dot, part_name = path.partition(".")
        rows = _priced(outlook, path, of_segment, field, segment)
        dearest = max(rows, key=lambda row: getattr(row, field), default=None)
        if dearest is not None:
            amount = getattr(dearest, field)
            end = Place(section, part_name, dearest.uid, field)
            if paid > amount * MOST_TIMES:
                words = (stream, paid, dearest, amount)
                return _implausible(outlook, "warning", said, words, end)
            return None
    return None


def _priced(outlook: Outlook, path: str, of_segment: str, field: str, segment: str) -> list[Any]:
    """The rows of another section that name what a customer of the segment pays."""
    contents = outlook.contents
    if not segment or not registry.has(path) or path.partition(".")[0] in contents.hidden:
        return []
    return [
        row
        for row in contents.part(path)
        if getattr(row, of_segment) == segment and getattr(row, field)
    ]


def _beyond_streams(
    outlook: Outlook, stream: StreamInput, paid: Decimal, others: dict[str, Decimal]
) -> Finding | None:
    """Against the dearest of the other streams."""
    key = max(others, key=lambda other: others[other], default=None)
    if key is None or not others[key] or paid <= others[key] * MOST_TIMES_STREAM:
        return None
    said = _(
        "A customer of “%(stream)s” pays %(paid)s a year, %(times)s times as much as one of "
        "“%(other)s” (%(amount)s), your next dearest stream. Check both prices."
    )
    row = outlook.contents.find("funding.stream", key)
    end = Place(SECTION, "stream", key, "price")
    return _implausible(outlook, "hint", said, (stream, paid, row, others[key]), end)


def _implausible(
    outlook: Outlook,
    severity: str,
    said: str,
    words: tuple[Any, Any, Any, Any],
    end: Place,
    key: str = "price_implausible",
) -> Finding:
    stream, paid, other, amount = words
    currency = outlook.contents.plan.currency
    message = said % {
        "stream": stream.name,
        "paid": money.short_money(paid, currency),
        "times": money.at_most(max(paid, amount) / min(paid, amount), 1000),
        "other": other,
        "amount": money.short_money(amount, currency),
    }
    places = (Place(SECTION, "stream", stream.key, "price"), end)
    return Finding(f"funding.{key}", severity, message, places)


def too_low(outlook: Outlook) -> Iterator[Finding]:
    """No segment pays a small part only of what the plan reckons with elsewhere, even if that is
    above cost. What is sold to the same customers counts together; a gift is meant so."""
    contents = outlook.contents
    best: dict[str, tuple[Decimal, StreamInput]] = {}
    for stream in outlook.assembly.inputs.streams:
        segment = contents.find("funding.stream", stream.key).segment
        paid = _paid_in_all(outlook, stream)
        if stream.counted and segment and paid > best.get(segment, (0, None))[0]:
            best[segment] = (paid, stream)
    for segment, (paid, stream) in best.items():
        yield from _below_market(outlook, segment, paid, stream)


def _paid_in_all(outlook: Outlook, stream: StreamInput) -> Decimal:
    """What a customer of the stream pays a year, with the streams that follow it."""
    streams = outlook.assembly.inputs.streams
    return sum(
        (paid_in_a_year(one) * one.attach for one in streams if one.source == stream.key),
        Decimal(0),
    )


def _below_market(
    outlook: Outlook, segment: str, paid: Decimal, stream: StreamInput
) -> Iterator[Finding]:
    """Against the contract value of the segment; without one, the cheapest competitor there."""
    for path, of_segment, field, severity, said in (
        ("market.segment", "uid", "acv", "warning",
         _("A customer of “%(stream)s” pays %(paid)s a year, but the contract value of "
           "“%(other)s” is %(amount)s, %(times)s times as much. Correct one of the two.")),
        ("strategy.competitor", "segment", "price", "hint",
         _("A customer of “%(stream)s” pays %(paid)s a year, but even the cheapest competitor "
           "there, “%(other)s”, takes %(amount)s, %(times)s times as much. Check the price, or "
           "say what makes it possible.")),
    ):  # fmt: skip
        rows = _priced(outlook, path, of_segment, field, segment)
        if not rows:
            continue
        cheapest = min(rows, key=lambda row: getattr(row, field))
        amount = getattr(cheapest, field)
        if amount > paid * MOST_TIMES:
            section, _dot, part_name = path.partition(".")
            end = Place(section, part_name, cheapest.uid, field)
            words = (stream, paid, cheapest, amount)
            yield _implausible(outlook, severity, said, words, end, key="price_too_low")
        return


def market_size(outlook: Outlook) -> Iterator[Finding]:
    """Nobody earns more than the whole market is worth. A segment's own limit is said first."""
    contents = outlook.contents
    tam = None if "market" in contents.hidden else figure(contents, "market", "tam")
    sales = {key: part(months, 24, MONTHS) for key, months in outlook.base.revenue.items()}
    total = sum(sales.values(), Decimal(0))
    if not tam or total <= tam or any(market(outlook)):
        return
    message = _(
        "Revenue of %(revenue)s is forecast in year 3, more than all segments together are worth "
        "(TAM %(tam)s). Correct one of the two."
    ) % {
        "revenue": money.short_money(total, contents.plan.currency),
        "tam": money.short_money(tam, contents.plan.currency),
    }
    largest = max(sales, key=lambda key: sales[key])
    places = (Place(SECTION, "stream", largest, "price"), Place("market", "segment"))
    yield Finding("funding.revenue_above_market", "warning", message, places)


def churn(outlook: Outlook) -> Iterator[Finding]:
    """A customer does not stay for centuries."""
    for stream in outlook.assembly.inputs.streams:
        if not stream.counted or not 0 < stream.churn < ONE / (MOST_YEARS * TWELVE):
            continue
        message = _(
            "“%(stream)s” loses %(churn)s of its customers a month, so one of them would stay for "
            "%(years)s years. Check the figure."
        ) % {
            "stream": stream.name,
            "churn": money.percent(stream.churn * HUNDRED),
            "years": money.at_most(ONE / (stream.churn * TWELVE), 1000),
        }
        place = Place(SECTION, "stream", stream.key, "churn")
        yield Finding("funding.churn_implausible", "warning", message, (place,))


def lifetime_value(outlook: Outlook) -> Iterator[Finding]:
    """A customer brings a believable multiple of what winning one costs."""
    found = {metric.key: metric.value for metric in unit_economics(outlook.base)}
    if found["ltv_cac"] is None or found["ltv_cac"] <= MOST_LTV_CAC:
        return
    currency = outlook.contents.plan.currency
    message = _(
        "A customer brings %(ltv)s, and winning one costs %(cac)s: LTV : CAC is %(ratio)s. 3 to 5 "
        "is good; past %(most)s : 1 nobody believes it. Check price and churn, and whether all "
        "marketing and sales are in the plan."
    ) % {
        "ltv": money.short_money(found["ltv"], currency),
        "cac": money.short_money(found["cac"], currency),
        "ratio": money.ratio(found["ltv_cac"]),
        "most": MOST_LTV_CAC,
    }
    yield Finding("funding.ltv_cac_implausible", "warning", message, _value_ends(outlook))


def _value_ends(outlook: Outlook) -> tuple[Place, ...]:
    """The price that earns most, the churn that loses fewest, the largest cost of winning them."""
    inputs, revenue = outlook.assembly.inputs, outlook.base.revenue
    dearest = max(inputs.streams, key=lambda one: sum(revenue[one.key]))
    counted = [one for one in inputs.streams if one.counted and one.churn]
    winning = [one for one in inputs.costs if one.group in ACQUISITION]
    places = [Place(SECTION, "stream", dearest.key, "price")]
    if counted:
        stays = min(counted, key=lambda one: one.churn)
        places.append(Place(SECTION, "stream", stays.key, "churn"))
    if winning:
        places.append(max(winning, key=lambda one: one.total).place)
    return tuple(places)
