"""What the project tells the executive summary: what is reached next. Used by overview.py only."""

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content
from apps.projects.pictures import by_date

MOST = 3


def story(content: Content) -> list[Figure]:
    """The milestones to come, each with its day."""
    coming = [one for one in by_date(content["milestone"]) if one.reached is None and one.due]
    return [
        Figure(
            f"milestone_{number}",
            _("Milestone"),
            f"{money.day(milestone.due)} · {milestone}",
            "text",
            Place("projects", "milestone", milestone.uid, "due"),
            Topic.NEXT,
        )
        for number, milestone in enumerate(coming[:MOST], start=1)
    ]
