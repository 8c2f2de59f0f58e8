"""What the money says against the rest of the plan. Used by section.py and overview.py.

The rules stand by theme in checks_cac.py, checks_cases.py, checks_cash.py, checks_dates.py,
checks_margin.py, checks_plausible.py, checks_raised.py, checks_rounds.py, checks_sales.py,
checks_scenarios.py, checks_unknown.py and checks_waiting.py.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.funding import (
    checks_cac,
    checks_cases,
    checks_cash,
    checks_dates,
    checks_margin,
    checks_plausible,
    checks_raised,
    checks_rounds,
    checks_sales,
    checks_scenarios,
    checks_unknown,
    checks_waiting,
)
from apps.funding.assemble import SECTION
from apps.funding.movers import guessed, movers, record_at
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.contents import Contents

RULES = (
    checks_unknown.inference_unknown,
    checks_unknown.revenue_unknown,
    checks_unknown.costs_unknown,
    checks_cash.cash_out,
    checks_cash.signed_money,
    checks_cash.milestones,
    checks_cash.reserve,
    checks_cash.thin_cash,
    checks_cases.scenarios,
    checks_scenarios.zero_factors,
    checks_scenarios.order,
    checks_waiting.too_early,
    checks_sales.market,
    checks_sales.marketing_line,
    checks_rounds.use_of_funds,
    checks_rounds.spending,
    checks_rounds.training_money,
    checks_rounds.ownership,
    checks_rounds.control,
    checks_raised.beyond_need,
    checks_sales.customers,
    checks_margin.below_cost,
    checks_plausible.market_size,
    checks_plausible.price,
    checks_plausible.too_low,
    checks_plausible.churn,
    checks_plausible.lifetime_value,
    checks_cac.reconciled,
    checks_cases.stresses,
    checks_dates.horizon,
)


def checks(contents: Contents) -> list[Finding]:
    return findings(Outlook(contents))


def consequences(contents: Contents) -> list[Finding]:
    """What a later milestone does to the money, told where somebody moves it or its tasks."""
    return list(checks_waiting.too_early(Outlook(contents)))


def findings(outlook: Outlook, *, guesses: bool = True) -> list[Finding]:
    """Every broken rule, the gravest first. ``guesses``: also look for guessed numbers that move
    much, which takes a run of the model for each number."""
    found = [finding for rule in RULES for finding in rule(outlook)]
    return [*found, *(_guesses(outlook) if guesses else ())]


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
    if outlook.empty or not outlook.base.inputs.costs_known or not _any_guess(outlook):
        return []  # the thirty runs of the model are not needed
    found = movers(outlook.assembly, outlook.base)
    return [one.place for one in found if guessed(outlook.contents, one.place)]


def _any_guess(outlook: Outlook) -> bool:
    own = [record for _part, record in outlook.contents.section(SECTION).records()]
    places = {one.place for one in outlook.assembly.inputs.costs}
    return any(
        given.get("basis") == "guessed" for record in own for given in record.evidence.values()
    ) or any(guessed(outlook.contents, place) for place in places)
