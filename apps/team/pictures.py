"""The pictures of the team section, from plain values. Used by section.py only."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import charts, money
from apps.team.models import Role
from apps.team.rules import Month

MOST_BOXES = 40  # more would not fit one printed page; the table of roles has them all


def organisation(roles: Sequence[Role]) -> charts.Picture | None:
    """Who reports to whom; an empty chair has a dashed frame and its status in words."""
    posts = [
        charts.Post(
            key=role.uid,
            label=role.title,
            detail=role.person,
            parent=role.reports_to,
            filled=role.filled,
            status="" if role.filled else role.get_status_display(),
        )
        for role in roles[:MOST_BOXES]
    ]
    more = len(roles) - len(posts)
    return charts.organisation(
        id="team-organisation",
        title=_("Organisation chart"),
        posts=posts,
        description=_("%(count)d more roles are not drawn.") % {"count": more} if more else "",
        filled_label=_("Filled"),
        open_label=_("Planned, open or offer made"),
        cycle_note=_("These roles report to one another in a circle."),
        heads=(pgettext("team", "Role"), _("Person"), _("Reports to")),
    )


def headcount(months: Sequence[Month], currency: str) -> charts.Picture | None:
    """People above, their cost below, month by month; None while no role has a start."""
    if not any(month.heads for month in months):
        return None

    def amount(value: Any) -> str:
        return money.short_money(value, currency)

    return charts.panels(
        id="team-headcount",
        title=_("Headcount and payroll by month"),
        labels=[month.name for month in months],
        label_head=_("Month"),
        panels=[
            charts.Panel(
                _("Headcount"),
                [
                    charts.Series(_("Filled"), [month.filled for month in months]),
                    charts.Series(_("Not filled yet"), [month.to_fill for month in months]),
                ],
                whole=True,
            ),
            charts.Panel(
                _("Payroll a month"),
                [charts.Series(_("Payroll"), [month.payroll for month in months])],
                format_value=amount,
            ),
        ],
    )
