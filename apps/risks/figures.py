"""The risks' key figures, for the summary and for other sections. Used by section.py only."""

from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content
from apps.risks.models import Risk

TOLD = 2  # risks in the executive summary


def figures(content: Content) -> list[Figure]:
    """Of the threats that are not closed. Counts are unknown while nothing is registered: no risks
    written down is not the same as no risks."""
    threats = [risk for risk in content["risk"] if risk.live and not risk.opportunity]
    losses = content["policy"].losses
    register, known = Place("risks", "risk"), bool(content["risk"])
    critical = sum(risk.critical for risk in threats)
    return [
        Figure("open_risks", _("Open risks"), len(threats) if known else None, "number", register),
        Figure("critical_risks", _("Critical risks"), critical if known else None, "number",
               register),
        Figure("expected_loss", _("Expected loss"), losses and losses.mean, "money", register),
        Figure("contingency", _("Contingency (P80 of all losses)"), losses and losses.contingency,
               "money", register, Topic.RISKS),
        *[
            Figure(f"risk_{number}", _("Main risk"), told(risk), "text",
                   Place("risks", "risk", risk.uid), Topic.RISKS)
            for number, risk in enumerate(largest(threats)[:TOLD], start=1)
        ],
    ]  # fmt: skip


def largest(threats: list[Risk]) -> list[Risk]:
    """Those with the highest current score; among equals, with the larger expected loss."""
    rated = [risk for risk in threats if risk.current.score]
    return sorted(rated, key=lambda r: (-r.current.score, -(r.expected_amount or 0)))


def told(risk: Risk) -> str:
    """A risk, how grave it is today, and what is done when it happens."""
    text, plan = f"{risk} ({risk.current})", risk.contingency_plan.strip()
    return _("%(risk)s: %(plan)s") % {"risk": text, "plan": plan} if plan else text
