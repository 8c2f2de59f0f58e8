"""Whether the rounds are possible, and pay for what the plan spends. Used by checks.py only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.choices import Kind, Purpose
from apps.funding.inputs import HUNDRED, ZERO
from apps.funding.outlook import Outlook
from apps.funding.spending import Line, Stretch, purpose_of, stretches
from apps.plans.checks import Finding, Place

MOST_SOLD = 50  # per cent of the company, in one round


def use_of_funds(outlook: Outlook) -> Iterator[Finding]:
    """The uses of each round sum to 100 %."""
    uses = outlook.contents.part("funding.use")
    for row in outlook.rounds:
        own = [use for use in uses if use.round == row.uid and use.share is not None]
        total = sum((use.share for use in own), ZERO)
        if own and total != HUNDRED:
            message = _("The uses of “%(round)s” sum to %(total)s instead of 100%%.") % {
                "round": row, "total": money.percent(total),
            }  # fmt: skip
            places = (
                Place(SECTION, "round", row.uid),
                *(Place(SECTION, "use", use.uid, "share") for use in own),
            )
            yield Finding("funding.use_not_100", "warning", message, places)
    if uses and any(use.round_ref.row is None for use in uses):
        message = _("A use of funds belongs to no round. Choose the round that pays for it.")
        place = next(
            Place(SECTION, "use", use.uid, "round") for use in uses if use.round_ref.row is None
        )
        yield Finding("funding.use_without_round", "warning", message, (place,))


def training_money(outlook: Outlook) -> Iterator[Finding]:
    """Whoever trains models says which money pays for it."""
    runs = [one for one in outlook.assembly.declared if one.kind == Kind.RUNS and any(one.amounts)]
    uses = outlook.contents.part("funding.use")
    if not runs or not outlook.rounds or any(u.purpose == Purpose.TRAINING for u in uses):
        return
    cost = sum((sum(one.amounts, ZERO) for one in runs), ZERO)
    message = _(
        "Training models costs %(cost)s, but no part of the use of funds is meant for it."
    ) % {"cost": money.money(round(cost), outlook.contents.plan.currency)}
    yield Finding(
        "funding.training_unfunded", "warning", message, (Place(SECTION, "use"), runs[0].place)
    )


def ownership(outlook: Outlook) -> Iterator[Finding]:
    for name in outlook.ownership.impossible if outlook.ownership else ():
        message = _(
            "“%(round)s” sells so much, with the option pool it asks for, that nothing is left to "
            "the present holders. Check amount, valuation and pool."
        ) % {"round": name}
        yield Finding("funding.round_impossible", "error", message, (Place(SECTION, "round"),))


def control(outlook: Outlook) -> Iterator[Finding]:
    """No single round sells half of the company or more."""
    for row in outlook.rounds:
        if row.share_sold is None or row.share_sold < MOST_SOLD:
            continue
        message = _(
            "“%(round)s” sells %(share)s of the company, and with it the control. Rounds sell 10 "
            "to 25%% as a rule: raise less, or check the valuation."
        ) % {"round": row, "share": row.share_text}
        places = tuple(Place(SECTION, "round", row.uid, name) for name in ("amount", "pre_money"))
        yield Finding("funding.control_sold", "error", message, places)


def spending(outlook: Outlook) -> Iterator[Finding]:
    """What a round sets aside for its purposes pays for them until the next round, with what else
    there is. One finding a round: cash that has run out covers none of its purposes."""
    for stretch in stretches(outlook):
        if over := stretch.overspent:
            message = _(
                "From %(first)s to %(last)s “%(round)s” sets less aside than is spent: "
                "%(purposes)s. Reserve, earlier cash and customers do not cover the difference."
            ) % {
                "first": outlook.month(stretch.first),
                "last": outlook.month(stretch.end - 1),
                "round": stretch.rounds[0],
                "purposes": _(", ").join(_overspent(outlook, line) for line in over),
            }
            yield Finding("funding.use_overspent", "warning", message, _ends(outlook, stretch))


def _overspent(outlook: Outlook, line: Line) -> str:
    currency = outlook.contents.plan.currency
    return _("%(purpose)s (%(planned)s set aside, %(spent)s spent)") % {
        "purpose": line.label,
        "planned": money.short_money(line.planned, currency),
        "spent": money.short_money(line.spent, currency),
    }


def _ends(outlook: Outlook, stretch: Stretch) -> tuple[Place, ...]:
    """The uses of the purposes, then the largest cost of each; the round where one has no use."""
    uids = [row.uid for row in stretch.rounds]
    purposes = [line.purpose for line in stretch.overspent]
    uses = [
        use
        for use in outlook.contents.part("funding.use")
        if use.round in uids and use.purpose in purposes
    ]
    places = [Place(SECTION, "use", use.uid, "share") for use in uses]
    if {use.purpose for use in uses} != set(purposes):
        places.append(Place(SECTION, "round", uids[0], "amount"))
    for purpose in purposes:
        costs = [one for one in outlook.assembly.inputs.costs if purpose_of(one.group) == purpose]
        if costs:
            places.append(max(costs, key=lambda one: one.total).place)
    return tuple(places)
