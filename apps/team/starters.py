"""The usual first rows, offered while a table is empty. Used by section.py only."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.plans.fields import new_uid
from apps.plans.sections import registry
from apps.team.models import Status, Subject


def usual_roles() -> list[dict[str, Any]]:
    """The founding team that the source names: four leads and a research engineer."""
    lead = new_uid()
    planned = {"status": Status.PLANNED, "share": Decimal(100)}
    return [
        {
            "uid": lead,
            "title": _("Technical lead"),
            "purpose": _("Makes the model good, fast and cheap enough to sell."),
            **planned,
        },
        {
            "title": _("Product manager"),
            "purpose": _("Decides what is built next, from what customers need."),
            **planned,
        },
        {
            "title": _("Marketing manager"),
            "purpose": _("Makes the right customers know the company and ask for it."),
            **planned,
        },
        {
            "title": _("Operations manager"),
            "purpose": _("Keeps the service, the money and the contracts in order."),
            **planned,
        },
        {
            "title": _("Research engineer"),
            "purpose": _("Trains and evaluates the models."),
            "reports_to": lead,
            **planned,
        },
    ]


def section_rows() -> list[dict[str, Any]]:
    """One row of the responsibility matrix for each section of the plan."""
    return [{"kind": Subject.SECTION, "section": section.name} for section in registry]
