"""Milestones that slipped from their baseline beyond what is tolerated. Used by checks.py only.

Milestones that slip for the same reason are told in one finding, which names them all.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.plans.checks import Finding, Place
from apps.plans.contents import Content
from apps.projects.checks_dates import joined, milestone_place, rooted, with_days
from apps.projects.models import Decision, Milestone, Task
from apps.projects.rules.causes import ancestors, first_causes


def slipped(content: Content) -> Iterator[Finding]:
    """A slip beyond what is tolerated has a decision in the change log."""
    tolerance = content["control"].tolerance
    if tolerance is None:
        return
    late = [
        milestone
        for milestone in sorted(content["milestone"], key=lambda one: one.expected or date.max)
        if milestone.slip is not None and milestone.slip > tolerance
    ]
    decided = _decided(content)
    undecided = [
        one for one in late if one.uid not in decided or one.slip - covered(one) > tolerance
    ]
    for first, *followers in _by_cause(content, undecided):
        yield _undecided(content, first, followers, covered(first) if first.uid in decided else 0)
    settled = [one for one in late if one not in undecided]
    if settled:
        message = _(
            "These milestones stand beyond the tolerated slip, as decided in the change log: "
            "%(names)s."
        ) % {"names": with_days((one, one.slip) for one in settled)}
        places = tuple(milestone_place(one, "baseline_due") for one in settled)
        yield Finding("projects.slip_decided", "hint", message, places)


def _decided(content: Content) -> set[str]:
    """The milestones that an approved change moves."""
    return {
        uid
        for change in content["change"]
        if change.decision == Decision.APPROVED
        for uid in change.milestones or []
    }


def covered(milestone: Milestone) -> int:
    """The days that a decision covers: those up to the date that the milestone has now."""
    return milestone.slip - max(0, -(milestone.buffer or 0))


def _undecided(
    content: Content, milestone: Milestone, followers: list[Milestone], agreed: int
) -> Finding:
    message = ngettext(
        "The milestone “%(name)s” has slipped by %(days)d day, more than is tolerated. "
        "Decide on it in the change log.",
        "The milestone “%(name)s” has slipped by %(days)d days, more than is tolerated. "
        "Decide on it in the change log.",
        milestone.slip,
    ) % {"name": milestone, "days": milestone.slip}
    if agreed > 0:
        also = ngettext(
            "What was decided there covers %(days)d day.",
            "What was decided there covers %(days)d days.",
            agreed,
        ) % {"days": agreed}
        message = joined(message, also)
    if followers:
        also = _("These slip with it: %(names)s.") % {
            "names": with_days((one, one.slip) for one in followers)
        }
        message = joined(message, also)
    places = (milestone_place(milestone, "due"), Place("projects", "change"))
    finding = Finding("projects.slip_undecided", "warning", message, places)
    return rooted(finding, _delays(content, milestone))


def _delays(content: Content, milestone: Milestone) -> list[tuple[Task, int]]:
    """What makes its last task late; of several that end last, the one with the gravest cause."""
    found = map(content["control"].network.own_delays, last_tasks(milestone))
    return max(found, key=lambda delays: delays[0][1] if delays else 0, default=[])


def _by_cause(content: Content, late: list[Milestone]) -> list[list[Milestone]]:
    """The late milestones, those together that follow from one another and are mostly due to the
    same task; the first in time leads."""
    by_uid = {milestone.uid: milestone for milestone in late}
    groups: dict[tuple[str, str], list[Milestone]] = {}
    for cause, followers in first_causes(by_uid, _drivers(content)).items():
        root = ""
        for milestone in map(by_uid.__getitem__, chain([cause], followers)):
            delays = _delays(content, milestone)
            root = delays[0][0].uid if delays else root
            groups.setdefault((cause, root), []).append(milestone)
    return list(groups.values())


def last_tasks(milestone: Milestone) -> list[Task]:
    """The tasks that end last of those that lead to it."""
    ends = [task.expected_end for task in milestone.tasks if task.expected_end]
    return [task for task in milestone.tasks if ends and task.expected_end == max(ends)]


def _drivers(content: Content) -> dict[str, list[str]]:
    """{milestone: the milestones whose tasks set its forecast}, where the forecast is past it."""
    network = content["control"].network
    milestone_of = {task.uid: task.milestone for task in network.tasks}
    found = {}
    for milestone in content["milestone"]:
        if milestone.buffer is None or milestone.buffer >= 0:
            continue
        found[milestone.uid] = [
            milestone_of[uid]
            for task in last_tasks(milestone)
            for uid in ancestors(task.uid, network.schedule.drivers)
            if milestone_of[uid] != milestone.uid
        ]
    return found
