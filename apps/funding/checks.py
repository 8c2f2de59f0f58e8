"""What the money says against the rest of the plan. Used by section.py and overview.py."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.funding.assemble import SECTION, month_index
from apps.funding.choices import Category, Kind, Purpose
from apps.funding.inputs import HUNDRED, MONTHS, ZERO
from apps.funding.metrics import part, runway_after
from apps.funding.movers import guessed, movers, record_at
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.contents import Contents
from apps.plans.sections import registry

RESERVE_MONTHS = 6


def checks(contents: Contents) -> list[Finding]:
    return findings(Outlook(contents))


def findings(outlook: Outlook, *, guesses: bool = True) -> list[Finding]:
    """Every broken rule, the gravest first. ``guesses``: also look for guessed numbers that move
    much, which takes a run of the model for each number."""
    return [
        *_cash_out(outlook),
        *_milestones(outlook),
        *_reserve(outlook),
        *_market(outlook),
        *_marketing_line(outlook),
        *_use_of_funds(outlook),
        *_training_money(outlook),
        *_ownership(outlook),
        *_customers(outlook),
        *(_guesses(outlook) if guesses else ()),
    ]


def _place(part_name: str, row: str = "", field: str = "") -> Place:
    return Place(SECTION, part_name, row, field)


def _cash_out(outlook: Outlook) -> Iterator[Finding]:
    """The cash lasts as long as the plan."""
    month = outlook.base.cash_out
    if month is not None:
        message = _("The cash is gone in %(month)s. Raise more, raise earlier, or spend later.") % {
            "month": outlook.month(month)
        }
        yield Finding("funding.cash_out", "error", message, (_place("assumptions"),))


def _milestones(outlook: Outlook) -> Iterator[Finding]:
    """Nothing is due after the money is gone."""
    contents, month = outlook.contents, outlook.base.cash_out
    if month is None or not registry.has("projects.milestone") or "projects" in contents.hidden:
        return
    for row in contents.part("projects.milestone"):
        due = month_index(contents.plan.start_month, row.due)
        if due is not None and due >= month and not row.reached:
            message = _(
                "The milestone “%(milestone)s” is due in %(due)s, but the cash is gone in "
                "%(month)s."
            ) % {"milestone": row, "due": outlook.month(due), "month": outlook.month(month)}
            places = (Place("projects", "milestone", row.uid, "due"), _place("round"))
            yield Finding("funding.milestone_after_cash", "error", message, places)


def _reserve(outlook: Outlook) -> Iterator[Finding]:
    """After the last round there is money for half a year at least."""
    inside = [one for one in outlook.assembly.inputs.rounds if 0 <= one.month < MONTHS]
    if not inside:
        return
    last = max(inside, key=lambda one: one.month)
    months = runway_after(outlook.base, last.month)
    if months is not None and months < RESERVE_MONTHS:
        message = ngettext(
            "After “%(round)s” the cash lasts %(months)s month. Plan for six at least.",
            "After “%(round)s” the cash lasts %(months)s months. Plan for six at least.",
            months,
        ) % {"round": last.name, "months": months}
        place = _place("round", last.key, "amount")
        yield Finding("funding.short_runway", "warning", message, (place,))


def _market(outlook: Outlook) -> Iterator[Finding]:
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
            places = (_place("stream", first[uid]), Place("market", "segment", uid, "obtainable"))
            yield Finding("funding.revenue_above_som", "warning", message, places)


def _marketing_line(outlook: Outlook) -> Iterator[Finding]:
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


def _use_of_funds(outlook: Outlook) -> Iterator[Finding]:
    """The uses of each round sum to 100 %."""
    uses = outlook.contents.part("funding.use")
    for row in outlook.rounds:
        own = [use for use in uses if use.round == row.uid and use.share is not None]
        total = sum((use.share for use in own), ZERO)
        if own and total != HUNDRED:
            message = _("The uses of “%(round)s” sum to %(total)s instead of 100%%.") % {
                "round": row, "total": money.percent(total),
            }  # fmt: skip
            places = (_place("round", row.uid), *(_place("use", use.uid, "share") for use in own))
            yield Finding("funding.use_not_100", "warning", message, places)
    if uses and any(use.round_ref.row is None for use in uses):
        message = _("A use of funds belongs to no round. Choose the round that pays for it.")
        place = next(_place("use", use.uid, "round") for use in uses if use.round_ref.row is None)
        yield Finding("funding.use_without_round", "warning", message, (place,))


def _training_money(outlook: Outlook) -> Iterator[Finding]:
    """Whoever trains models says which money pays for it."""
    runs = [one for one in outlook.assembly.declared if one.kind == Kind.RUNS and any(one.amounts)]
    uses = outlook.contents.part("funding.use")
    if not runs or not outlook.rounds or any(u.purpose == Purpose.TRAINING for u in uses):
        return
    cost = sum((sum(one.amounts, ZERO) for one in runs), ZERO)
    message = _(
        "Training models costs %(cost)s, but no part of the use of funds is meant for it."
    ) % {"cost": money.money(round(cost), outlook.contents.plan.currency)}
    yield Finding("funding.training_unfunded", "warning", message, (_place("use"), runs[0].place))


def _ownership(outlook: Outlook) -> Iterator[Finding]:
    for name in outlook.ownership.impossible if outlook.ownership else ():
        message = _(
            "“%(round)s” sells so much, with the option pool it asks for, that nothing is left to "
            "the present holders. Check amount, valuation and pool."
        ) % {"round": name}
        yield Finding("funding.round_impossible", "error", message, (_place("round"),))


def _customers(outlook: Outlook) -> Iterator[Finding]:
    """Growth that passes the number of people on Earth is a slip of the pen."""
    for stream in outlook.assembly.inputs.streams:
        if outlook.base.customers[stream.key].capped:
            message = _("“%(stream)s” grows beyond ten billion customers. Check its growth.")
            message %= {"stream": stream.name}
            place = _place("stream", stream.key, "growth")
            yield Finding("funding.growth_absurd", "warning", message, (place,))


def _guesses(outlook: Outlook) -> Iterator[Finding]:
    """None of the ten numbers that move the cash most is a guess."""
    contents = outlook.contents
    for place in _strongest_guesses(outlook):
        record = record_at(contents, place)
        field = record._meta.get_field(place.field).verbose_name if place.field else ""
        message = _(
            "“%(record)s”%(field)s is among the ten numbers that move the cash most, and it is "
            "a guess. Find a source for it first."
        ) % {"record": record, "field": f" ({field})" if field else ""}
        yield Finding("funding.guess_moves_cash", "hint", message, (place,))


def _strongest_guesses(outlook: Outlook) -> list[Place]:
    if outlook.empty or not _any_guess(outlook):
        return []  # the thirty runs of the model are not needed
    found = movers(outlook.assembly, outlook.base)
    return [one.place for one in found if guessed(outlook.contents, one.place)]


def _any_guess(outlook: Outlook) -> bool:
    own = [record for _part, record in outlook.contents.section(SECTION).records()]
    places = {one.place for one in outlook.assembly.inputs.costs}
    return any(
        given.get("basis") == "guessed" for record in own for given in record.evidence.values()
    ) or any(guessed(outlook.contents, place) for place in places)
