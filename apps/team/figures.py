"""The team's key figures, for the summary and for other sections. Used by section.py only."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.checks import Figure, Place
from apps.plans.contents import Content
from apps.team import rules
from apps.team.story import story


def figures(content: Content) -> list[Figure]:
    """Payroll is that of the roles whose cost and start are known, as on the section's page."""
    roles = content["role"]
    months = rules.timeline(roles, content.plan.start_month)
    known = any(role.monthly_cost is not None and role.start for role in roles)
    strongest = max(month.payroll for month in months)
    first_year = sum((month.payroll for month in months[:12]), Decimal(0))
    filled = sum(role.filled for role in roles)
    place = Place("team", "role")
    return [
        Figure("roles", pgettext_lazy("team", "Roles"), len(roles) or None, "number", place),
        Figure("roles_filled", _("Roles filled"), filled if roles else None, "number", place),
        Figure("payroll_full", _("Monthly payroll at full strength"),
               strongest if known else None, "money", place),
        Figure("payroll_year_1", _("Payroll of the first year"), first_year if known else None,
               "money", place),
        *story(content),
    ]  # fmt: skip
