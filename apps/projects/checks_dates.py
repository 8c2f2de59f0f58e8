"""What does not fit in time: late and early tasks, distant milestones. Used by checks.py and
checks_slips.py only.

One wrong date moves everything that waits for it. Only the first cause is reported; what follows
from it is counted there, and the task that it comes from is named by the baselines.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content
from apps.projects.models import Milestone, Task
from apps.projects.rules.causes import first_causes
from apps.projects.rules.spread import last_day

MOST_NAMES = 5


def task_place(task: Task, field: str = "") -> Place:
    return Place("projects", "task", task.uid, field)


def milestone_place(milestone: Milestone, field: str = "") -> Place:
    return Place("projects", "milestone", milestone.uid, field)


def named(rows: Iterable[Task | Milestone]) -> str:
    """The first few by name."""
    texts = [str(row) for row in rows]
    listed = _(", ").join(texts[:MOST_NAMES])
    return f"{listed}, …" if len(texts) > MOST_NAMES else listed


def joined(finding: str, also: str) -> str:
    return _("%(finding)s %(also)s") % {"finding": finding, "also": also}


def rooted(finding: Finding, delays: list[tuple[Task, int]]) -> Finding:
    """The finding with the tasks that it comes from, and the days that are each one's own doing."""
    if not delays:
        return finding
    (root, days), *others = delays
    also = ngettext(
        "It comes from “%(task)s”, which itself adds %(days)d day.",
        "It comes from “%(task)s”, which itself adds %(days)d days.",
        days,
    ) % {"task": root, "days": days}
    message = joined(finding.message, also)
    if others:
        less = _("Less is due to: %(tasks)s.") % {"tasks": with_days(others[:MOST_NAMES])}
        message = joined(message, less)
    return replace(finding, message=message, places=(*finding.places, task_place(root, "end")))


def with_days(rows: Iterable[tuple[Task | Milestone, int]]) -> str:
    """Each by name with its days."""
    return _(", ").join(
        ngettext("%(name)s (%(days)d day)", "%(name)s (%(days)d days)", days)
        % {"name": row, "days": days}
        for row, days in rows
    )


# --- Tasks ---------------------------------------------------------------------------------------
def late_tasks(content: Content) -> Iterator[Finding]:
    """Tasks that end or start later than they may: each first cause with its followers."""
    tasks = sorted(
        (task for task in content["task"] if task.timing), key=lambda task: task.expected_start
    )
    found: dict[str, list[Finding]] = {}
    for finding in chain(_after_milestone(tasks), _pushed(tasks), _outside_horizon(content, tasks)):
        found.setdefault(finding.places[0].row, []).append(finding)
    by_uid = {task.uid: task for task in tasks}
    drivers = content["control"].network.schedule.drivers
    causes = first_causes([task.uid for task in tasks if task.uid in found], drivers)
    for cause, followers in causes.items():
        first, *more = found[cause]
        delays = content["control"].network.own_delays(by_uid[cause])
        if delays and delays[0][0].uid != cause:
            first = rooted(first, delays)
        if followers:
            also = ngettext(
                "%(count)d task that waits for it no longer fits either: %(names)s.",
                "%(count)d tasks that wait for it no longer fit either: %(names)s.",
                len(followers),
            ) % {"count": len(followers), "names": named(by_uid[uid] for uid in followers)}
            first = replace(first, message=joined(first.message, also))
        yield from (first, *more)


def _after_milestone(tasks: list[Task]) -> Iterator[Finding]:
    for task in tasks:
        milestone = task.milestone_ref.row
        if milestone is not None and milestone.due and task.expected_end > milestone.due:
            message = _("“%(task)s” ends on %(day)s, after its milestone “%(milestone)s” "
                        "(%(limit)s).") % {
                "task": task, "day": money.day(task.expected_end),
                "milestone": milestone, "limit": money.day(milestone.due),
            }  # fmt: skip
            yield Finding(
                "projects.task_outside_milestone", "warning", message,
                (task_place(task, "end"), milestone_place(milestone, "due")),
            )  # fmt: skip


def _pushed(tasks: list[Task]) -> Iterator[Finding]:
    """The dates people wrote do not contradict what the task waits for."""
    for task in tasks:
        planned, expected = task.planned_start, task.expected_start
        if planned and expected > planned:
            message = _(
                "“%(task)s” is planned from %(planned)s, but what it waits for ends so late that "
                "it cannot start before %(expected)s. The schedule uses the later day."
            ) % {
                "task": task, "planned": money.day(planned), "expected": money.day(expected),
            }  # fmt: skip
            yield Finding(
                "projects.starts_too_early", "warning", message, (task_place(task, "start"),)
            )


def _outside_horizon(content: Content, tasks: list[Task]) -> Iterator[Finding]:
    """What lies outside the 36 months is drawn, but no month of the plan carries its cost."""
    first = content.plan.start_month
    last = last_day(first)
    for task in tasks:
        if task.cost and (task.expected_start < first or task.expected_end > last):
            message = _(
                "“%(task)s” lies partly outside the months that the plan counts (%(first)s to "
                "%(last)s), so part of its cost appears nowhere. Move it, or split it."
            ) % {"task": task, "first": money.month(first), "last": money.month(last)}
            yield Finding(
                "projects.outside_horizon", "warning", message, (task_place(task, "start"),)
            )


def early_tasks(tasks: list[Task]) -> Iterator[Finding]:
    """A task does not begin before the work on its milestone."""
    for task in tasks:
        milestone, start = task.milestone_ref.row, task.expected_start
        if milestone is not None and milestone.start and start and start < milestone.start:
            message = _("“%(task)s” starts on %(day)s, before work on its milestone "
                        "“%(milestone)s” begins (%(limit)s).") % {
                "task": task, "day": money.day(start),
                "milestone": milestone, "limit": money.day(milestone.start),
            }  # fmt: skip
            yield Finding(
                "projects.task_outside_milestone", "warning", message,
                (task_place(task, "end"), milestone_place(milestone, "start")),
            )  # fmt: skip


def distant_milestones(content: Content) -> Iterator[Finding]:
    first = content.plan.start_month
    last = last_day(first)
    for milestone in content["milestone"]:
        if milestone.due and not first <= milestone.due <= last:
            message = _(
                "The milestone “%(name)s” (%(day)s) lies outside the months that the plan counts "
                "(%(first)s to %(last)s). Check its date."
            ) % {
                "name": milestone, "day": money.day(milestone.due),
                "first": money.month(first), "last": money.month(last),
            }  # fmt: skip
            yield Finding(
                "projects.outside_horizon", "warning", message,
                (milestone_place(milestone, "due"),),
            )  # fmt: skip
