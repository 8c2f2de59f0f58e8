"""Whether the plan has one cost of winning a customer: the brand's blended CAC beside that of the
model. Used by checks.py only."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.choices import Kind
from apps.funding.inputs import HUNDRED, MONTHS, ONE, ZERO
from apps.funding.metrics import flow, ratio, spend
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.contents import figure

MOST_APART = Decimal("1.25")
# A role has no field for what it works at, so its title says whether it sells, in Chinese by the
# signs for sales, market, marketing, growth and commerce. The finding names whom it counts.
SELLING = re.compile(
    r"sales|marketing|growth|business development"
    r"|\u9500\u552e|\u5e02\u573a|\u8425\u9500|\u589e\u957f|\u5546\u52a1",
    re.IGNORECASE,
)


def reconciled(outlook: Outlook) -> Iterator[Finding]:
    """Both figures differ by no more than a quarter, or the finding says what each counts."""
    contents, result = outlook.contents, outlook.base
    brand = figure(contents, "branding", "blended_cac")
    won = flow(result, 0, MONTHS).won
    funding = ratio(spend(result), won)
    if not brand or not funding or max(brand, funding) <= min(brand, funding) * MOST_APART:
        return
    pay, roles = _selling_pay(outlook)
    said = _(
        "Brand and Funding name two costs of winning a customer (CAC). Brand: %(brand)s, the "
        "channels' budget for the %(expected)s customers expected of them. Funding: %(funding)s, "
        "all marketing and sales of 36 months for the %(won)s customers won in them%(paid)s. The "
        "larger is %(apart)s above the smaller: bring costs and customers into line, or say on "
        "both pages what each counts."
    )
    message = said % {
        "brand": money.money(round(brand), contents.plan.currency),
        "expected": money.number(round(figure(contents, "branding", "expected_customers"))),
        "funding": money.money(round(funding), contents.plan.currency),
        "won": money.number(round(won)),
        "paid": _paid(outlook, (spend(result) + pay) / won, roles) if roles else "",
        "apart": money.percent(round((max(brand, funding) / min(brand, funding) - ONE) * HUNDRED)),
    }
    yield Finding("funding.cac_apart", "hint", message, _both_ends(outlook))


def _paid(outlook: Outlook, cac: Decimal, roles: list[str]) -> str:
    return _(" without pay, %(cac)s with the pay of %(roles)s") % {
        "cac": money.money(round(cac), outlook.contents.plan.currency),
        "roles": _(", ").join(_("“%(role)s”") % {"role": role} for role in roles),
    }


def _selling_pay(outlook: Outlook) -> tuple[Decimal, list[str]]:
    """What the roles that sell cost over the plan, and their titles."""
    costs = [
        cost
        for cost in outlook.assembly.inputs.costs
        if cost.group == Kind.PAYROLL
        and cost.place.section != SECTION
        and SELLING.search(cost.label)
    ]
    return sum((cost.total for cost in costs), ZERO), [cost.label for cost in costs]


def _both_ends(outlook: Outlook) -> tuple[Place, ...]:
    """The channels, and the customers of the stream that wins most."""
    counted: list[Any] = [one for one in outlook.assembly.inputs.streams if one.counted]
    wins = max(counted, key=lambda one: sum(outlook.base.customers[one.key].won, ZERO))
    return (Place("branding", "channel"), Place(SECTION, "stream", wins.key, "new"))
