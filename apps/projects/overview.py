"""What the section's template shows beyond its records. Used by section.py only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.plans.checks import Figure, Place
from apps.plans.contents import Content
from apps.plans.progress import is_filled
from apps.projects import pictures
from apps.projects.checks import findings
from apps.projects.models import Milestone, Task
from apps.projects.network import Network
from apps.projects.story import story

MOST_WARNINGS = 5  # the checks page lists them all
MOST_NAMES = 5


@dataclass(frozen=True)
class Group:
    """A milestone with its tasks in the order of time; without milestone those that name none."""

    milestone: Milestone | None
    tasks: list[Task]
    overdue: frozenset[str]  # uids

    @property
    def overdue_count(self) -> int:
        return sum(task.uid in self.overdue for task in self.tasks)


def context(content: Content) -> dict[str, Any]:
    today = timezone.localdate()
    control = content["control"]
    network, as_of = control.network, control.status_date or today
    milestones = pictures.by_date(content["milestone"])
    without = orphans(content)
    overdue = frozenset(task.uid for task in network.tasks if task.overdue(as_of))
    groups = [Group(one, pictures.in_time(one.tasks), overdue) for one in milestones]
    if without:
        groups.append(Group(None, pictures.in_time(without), overdue))
    warnings = [finding.message for finding in findings(content.contents, today)]
    return {
        "milestones": milestones,
        "late_milestones": {one.uid for one in milestones if one.overdue(as_of)},
        "groups": [group for group in groups if group.tasks],
        "long": pictures.is_long(milestones, network),
        "end": network.schedule.end,
        "critical_path": network.critical_path,
        "held": network.held,
        "value": network.value,
        "missing": missing(network),
        "next_milestone": next_milestone(milestones),
        "has_control": any(
            is_filled(getattr(control, name)) for name in content.section.part("control").fields
        ),
        "warnings": warnings[:MOST_WARNINGS],
        "more_warnings": max(0, len(warnings) - MOST_WARNINGS),
        "pictures": {
            "gantt": pictures.gantt(milestones, without, network),
            "s_curve": pictures.s_curve(network, content.plan.currency),
        },
    }


def orphans(content: Content) -> list[Task]:
    """Tasks that lead to no milestone that is there."""
    known = {milestone.uid for milestone in content["milestone"]}
    return [task for task in content["task"] if task.milestone not in known]


def next_milestone(milestones: list[Milestone]) -> Milestone | None:
    """The first by date that is not reached; None if none has a date."""
    return next((one for one in milestones if one.reached is None and one.due), None)


def missing(network: Network) -> list[str]:
    """Which inputs the earned value lacks, as sentences."""
    found = []
    if network.status_date is None:
        found.append(_("Give a status date: without it nothing is earned or planned “up to now”."))
    if network.uncounted:
        found.append(
            ngettext(
                "One task counts for nothing because it lacks dates, or a cost or effort: "
                "%(names)s.",
                "%(count)d tasks count for nothing because they lack dates, or a cost or effort: "
                "%(names)s.",
                len(network.uncounted),
            )
            % {"count": len(network.uncounted), "names": names(network.uncounted)}
        )
    if network.day_rate is None and any(task.effort for task in network.tasks):
        found.append(_("Give the cost of one person-day, so that effort counts too."))
    silent = [
        task for task in network.tasks if task.started and network.actual(task) is None
    ]  # fmt: skip
    if silent:
        found.append(
            _("The actual cost leaves out tasks that report none: %(names)s.")
            % {"names": names(silent)}
        )
    return found


def names(tasks: list[Task]) -> str:
    """The first few by name."""
    listed = _(", ").join(str(task) for task in tasks[:MOST_NAMES])
    return f"{listed}, …" if len(tasks) > MOST_NAMES else listed


def figures(content: Content) -> list[Figure]:
    network = content["control"].network
    value, end = network.value, network.schedule.end
    control = Place("projects", "control", "", "status_date")
    coming = next_milestone(pictures.by_date(content["milestone"]))
    return [
        Figure("end", _("End of the critical path"), day_or_none(end), "text",
               Place("projects", "task")),
        Figure("percent_done", _("Work done"), value.percent, "percent", control),
        Figure("cpi", _("Cost performance index (CPI)"), value.cpi, "number", control),
        Figure("spi", _("Schedule performance index (SPI)"), value.spi, "number", control),
        Figure(
            "next_milestone", _("Next milestone"),
            f"{coming} · {money.day(coming.due)}" if coming else None, "text",
            Place("projects", "milestone", coming.uid if coming else ""),
        ),
        *story(content),
    ]  # fmt: skip


def day_or_none(day: date | None) -> str | None:
    return None if day is None else money.day(day)
