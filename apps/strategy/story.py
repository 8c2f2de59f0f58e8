"""What the strategy tells the executive summary: what it is worth, who pays, why us. Used by
overview.py only."""

from django.utils.translation import gettext as _

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content
from apps.strategy.models import Advantage
from apps.strategy.rules import Verdict


def story(content: Content) -> list[Figure]:
    model, moat = content["model"], content["moat"]
    best = strongest(content["advantage"])
    return [
        Figure("revenue_sources", _("Revenue sources"), model.revenue.strip() or None, "text",
               Place("strategy", "model", "", "revenue"), Topic.MODEL),
        Figure("advantage", _("Strongest advantage"), best and claim(best), "text",
               Place("strategy", "advantage", best.uid if best else ""), Topic.EDGE),
        Figure("compounding", _("What grows with every customer"),
               moat.compounding.strip() or None, "text",
               Place("strategy", "moat", "", "compounding"), Topic.EDGE),
    ]  # fmt: skip


def strongest(advantages: list[Advantage]) -> Advantage | None:
    """The first that lasts, or else the first that holds for now."""
    for verdict in (Verdict.SUSTAINED, Verdict.TEMPORARY):
        for row in advantages:
            if row.verdict == verdict:
                return row
    return None


def claim(advantage: Advantage) -> str:
    return _("%(claim)s (%(verdict)s).") % {
        "claim": advantage.claim.rstrip(".。"),
        "verdict": advantage.verdict_text.lower(),
    }
