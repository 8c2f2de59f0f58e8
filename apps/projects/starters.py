"""The usual first rows, offered while a table is empty. Used by section.py only."""

from typing import Any

from django.utils.translation import gettext as _

from apps.projects.models import Kind, Rhythm


def usual_milestones() -> list[dict[str, Any]]:
    """What nearly every venture on a large model passes, from data to paying customers."""
    return [
        {"code": "M1", "kind": Kind.DATA, "title": _("Data cleared and frozen")},
        {"code": "M2", "kind": Kind.MODEL, "title": _("Model passes the release gate")},
        {"code": "M3", "kind": Kind.PILOT, "title": _("Pilot concluded with customers")},
        {"code": "M4", "kind": Kind.FILING, "title": _("Filings and approvals obtained")},
        {"code": "M5", "kind": Kind.LAUNCH, "title": _("Service launched")},
    ]


def usual_standards() -> list[dict[str, Any]]:
    """What customers of a model notice first."""
    return [
        {
            "item": _("Correct answers"),
            "metric": _("Share rated correct on a frozen test set"),
            "frequency": Rhythm.RELEASE,
        },
        {
            "item": _("Harmless answers"),
            "metric": _("Share of attack prompts that get a harmful answer"),
            "frequency": Rhythm.RELEASE,
        },
        {
            "item": _("Speed"),
            "metric": _("95th percentile of the time to the first word"),
            "frequency": Rhythm.WEEKLY,
        },
        {
            "item": _("Availability"),
            "metric": _("Share of minutes in which the service answers"),
            "frequency": Rhythm.MONTHLY,
        },
    ]
