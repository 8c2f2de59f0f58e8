"""The brand's key figures, for the summary and for other sections. Used by section.py only."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.branding import rules
from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content


def figures(content: Content) -> list[Figure]:
    """Of the channels whose budget and months are known, as on the section's page."""
    total = rules.grand_total([row.spend(row.route) for row in content["channel"]])
    channels = Place("branding", "channel")
    return [
        Figure("channel_budget", _("Budget of all channels"), total and total.budget, "money",
               channels),
        Figure("blended_cac", _("Blended CAC"), total and total.acquisition_cost, "money",
               channels),
        Figure("expected_customers", _("Customers expected from the channels"),
               total and total.customers, "number", channels),
        Figure("positioning", _("Positioning"), offer(content["positioning"]), "text",
               Place("branding", "positioning"), Topic.SOLUTION),
    ]  # fmt: skip


def offer(positioning: Any) -> str | None:
    """What the brand is and does, in the founder's language, once those words are written."""
    return rules.offer_sentence(positioning.slots)
