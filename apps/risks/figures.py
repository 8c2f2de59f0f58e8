"""The risks' key figures, for the summary and for other sections. Used by section.py only."""

from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Figure, Place
from apps.plans.contents import Content


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
               "money", register),
    ]  # fmt: skip
