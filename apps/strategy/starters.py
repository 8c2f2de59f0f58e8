"""Usual first rows: the success factors and challenges of the method, the five forces.

Used by section.py only.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.strategy.choices import ForceKind


def usual_factors() -> list[dict[str, Any]]:
    """What decides whether a company built on large models lives."""
    return [
        {
            "name": _("Innovation and research"),
            "meaning": _("Better architecture, better training, and a model that gets better "
                         "faster than those of others."),
        },
        {
            "name": _("Market positioning and business model"),
            "meaning": _("A target market that is clear, an offer it wants, and a way to earn "
                         "from it that lasts."),
        },
        {
            "name": _("Funding and operations"),
            "meaning": _("Money in time from the right sources, and an organisation that turns "
                         "it into results."),
        },
    ]  # fmt: skip


def usual_challenges() -> list[dict[str, Any]]:
    """What stops most of them."""
    return [
        {
            "name": pgettext("challenge", "Technical risk"),
            "description": _("The algorithm fails outside the laboratory, or the model overfits "
                             "and disappoints with real users."),
        },
        {
            "name": pgettext("challenge", "Talent"),
            "description": _("Highly skilled people are scarce, dear to hire and slow to train."),
        },
        {
            "name": pgettext("challenge", "Funding"),
            "description": _("Training and operation need much money long before customers pay."),
        },
        {
            "name": pgettext("challenge", "Operations and management"),
            "description": _("The company grows faster than its processes; plans and costs slip "
                             "unseen."),
        },
    ]  # fmt: skip


def five_forces() -> list[dict[str, Any]]:
    return [{"kind": kind.value} for kind in ForceKind]
