"""The section "Brand": its parts, what its template shows, what it tells the whole plan."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.branding import needs, pictures, rules
from apps.branding.checks import checks
from apps.branding.figures import figures
from apps.branding.forms import (
    ChannelForm,
    EquityBlockForm,
    IdentityForm,
    PositioningForm,
    TrustForm,
)
from apps.branding.models import Block, family_label
from apps.plans.checks import MonthlyCost, Place
from apps.plans.choices import Stage
from apps.plans.contents import Content
from apps.plans.progress import is_filled
from apps.plans.sections import Section, Sheet, Table, register


def equity_starters() -> list[dict[str, Any]]:
    return [{"block": block.value} for block in Block]


def channel_starters() -> list[dict[str, Any]]:
    """The routes that a company selling to companies usually tries first."""
    return [
        {"name": gettext("Talks at industry conferences"), "route": "conference",
         "objective": "awareness"},
        {"name": gettext("Case studies and articles"), "route": "content",
         "objective": "consideration"},
        {"name": gettext("Search engine optimisation"), "route": "seo",
         "objective": "consideration"},
        {"name": gettext("Trade show"), "route": "trade_show", "objective": "conversion"},
        {"name": gettext("Joint promotion with a platform"), "route": "joint_promotion",
         "objective": "conversion"},
    ]  # fmt: skip


def written_fields(content: Content, name: str) -> list[str]:
    """The fields of a sheet that hold something, in the order of its form."""
    sheet = content[name]
    fields = content.section.part(name).fields
    return [field for field in fields if is_filled(getattr(sheet, field))]


def context(content: Content) -> dict[str, Any]:
    channels = content["channel"]
    spends = [row.spend(row.route) for row in channels]
    first = content.plan.start_month
    written = {name: written_fields(content, name) for name in ("positioning", "identity", "trust")}
    return {
        "empty": not (any(written.values()) or content["equity"] or channels),
        "written": written,
        "routes": [
            {
                "label": pictures.route_label(total.key),
                "family": family_label(total.key),
                "total": total,
            }
            for total in sorted(rules.totals(spends), key=lambda total: -total.budget)
        ],
        "all_channels": rules.grand_total(spends),
        "peak": rules.peak([row.monthly_amounts(first) for row in channels], first),
        "left_out": sum(spend.budget is None for spend in spends),
        "warnings": [finding.message for finding in checks(content.contents)],
        "pictures": {
            "budget": pictures.budget(channels, content.plan.currency),
            "calendar": pictures.calendar(channels),
            "equity": pictures.equity(content["equity"]),
        },
    }


def monthly_costs(content: Content) -> list[MonthlyCost]:
    """Each channel's budget in the months that it runs."""
    costs = []
    for row in content["channel"]:
        amounts = row.monthly_amounts(content.plan.start_month)
        if any(amounts):
            place = Place("branding", "channel", row.uid, "budget")
            costs.append(MonthlyCost("marketing", str(row), amounts, place))
    return costs


register(
    Section(
        name="branding",
        title=_("Brand"),
        lead=_(
            "What the company stands for, for whom, and how the market comes to know and believe "
            "it."
        ),
        order=20,
        parts=(
            Sheet(
                name="positioning",
                form=PositioningForm,
                title=_("Positioning"),
                intro=_(
                    "One sentence that every text, product decision and sales talk can be held "
                    "against. The brand must suit the segment it aims at."
                ),
                needs=needs.positioning,
            ),
            Sheet(
                name="identity",
                form=IdentityForm,
                title=_("Identity"),
                intro=_("Name, character and look: how people recognise you."),
                needs=needs.identity,
            ),
            Table(
                name="equity",
                form=EquityBlockForm,
                title=_("Brand equity"),
                singular=_("building block"),
                intro=_(
                    "Six building blocks after Keller, from being known to being loved: where the "
                    "brand stands today and where it should stand."
                ),
                columns=("block", "current", "target"),
                needs=("block", "current", "target", "proof"),
                since=Stage.SEED,
                min_rows=6,
                starters=equity_starters,
                quantified=("current",),
                pictures=("equity",),
            ),
            Table(
                name="channel",
                form=ChannelForm,
                title=_("Channel plan"),
                singular=_("channel"),
                intro=_(
                    "The ways to your customers, each with an owner, a budget and a figure that "
                    "shows whether it works."
                ),
                columns=("name", "route", "objective", "segment", "budget"),
                needs=needs.channel,
                since=Stage.PRE_SEED,
                min_rows=1,
                more_rows={Stage.GROWTH: 3},
                starters=channel_starters,
                quantified=("budget", "kpi_baseline", "kpi_target", "customers"),
                pictures=("budget", "calendar"),
            ),
            Sheet(
                name="trust",
                form=TrustForm,
                title=_("Trust assets"),
                intro=_(
                    "A model cannot be looked into. These are the things that let a buyer believe "
                    "in it all the same."
                ),
                needs=needs.trust,
                since=Stage.SEED,
            ),
        ),
        context=context,
        checks=checks,
        monthly_costs=monthly_costs,
        figures=figures,
    )
)  # fmt: skip
