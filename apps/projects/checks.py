"""What the project section tells the founder about the plan of work. Used by section.py only.

``today`` is passed in; where the plan has a status date, what is overdue is judged as of that day,
since progress is reported up to it.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content, Contents
from apps.plans.references import Ref
from apps.plans.sections import registry
from apps.projects.models import Decision, Milestone, Task
from apps.projects.rules.spread import last_day

FILLED = "filled"  # the status of a role that somebody holds


def findings(contents: Contents, today: date) -> list[Finding]:
    """Every broken rule of the section, the gravest first."""
    content = contents.section("projects")
    as_of = content["control"].status_date or today
    return [
        *_circles(content),
        *_owners(content["milestone"]),
        *_roles(content["task"], today),
        *_outside_milestone(content["task"]),
        *_too_early(content["task"]),
        *_overdue(content, as_of),
        *_slipped(content),
        *_horizon(content),
        *_unscheduled(content["task"]),
        *_quality(content),
    ]


def task_place(task: Task, field: str = "") -> Place:
    return Place("projects", "task", task.uid, field)


def milestone_place(milestone: Milestone, field: str = "") -> Place:
    return Place("projects", "milestone", milestone.uid, field)


def _circles(content: Content) -> Iterator[Finding]:
    tasks = {task.uid: task for task in content["task"]}
    for way in content["control"].network.schedule.circles:
        message = _(
            "These tasks wait for one another: %(names)s. Their links are left out of the "
            "schedule until one of them is removed."
        ) % {"names": " → ".join(str(tasks[uid]) for uid in way)}
        places = tuple(task_place(tasks[uid], "depends_on") for uid in dict.fromkeys(way))
        yield Finding("projects.dependency_cycle", "error", message, places)


def _has_owner(ref: Ref) -> bool:
    """Whether somebody is named; a role that the reader may not see counts as named."""
    if ref.state == "removed":
        return not registry.has("team.role")
    return bool(ref)


def _owners(milestones: list[Milestone]) -> Iterator[Finding]:
    for milestone in milestones:
        if not _has_owner(milestone.owner_ref):
            message = _("The milestone “%(name)s” has no owner. Name one role that answers for it.")
            yield Finding(
                "projects.milestone_without_owner", "warning", message % {"name": milestone},
                (milestone_place(milestone, "owner"),),
            )  # fmt: skip


def _roles(tasks: list[Task], today: date) -> Iterator[Finding]:
    """Whoever does a task is there when it starts."""
    for task in tasks:
        role, start = task.owner_ref.row, task.expected_start
        if role is None or start is None or task.finished:
            continue
        if role.start and role.start > start:
            sentence = _(
                "“%(task)s” starts on %(day)s, but its owner, the role “%(role)s”, only begins in "
                "%(month)s. Start later, or name another role."
            )
        elif role.status != FILLED and start <= today:
            sentence = _(
                "“%(task)s” was to start on %(day)s, and its owner, the role “%(role)s”, is still "
                "not filled. Fill it, or name another role."
            )
        else:
            continue
        message = sentence % {
            "task": task, "day": money.day(start), "role": role, "month": money.month(role.start),
        }  # fmt: skip
        yield Finding(
            "projects.task_role_unfilled", "warning", message,
            (task_place(task, "owner"), Place("team", "role", role.uid, "start")),
        )  # fmt: skip


def _outside_milestone(tasks: list[Task]) -> Iterator[Finding]:
    """A task lies between the beginning of its milestone's work and the milestone."""
    for task in tasks:
        milestone = task.milestone_ref.row
        if milestone is None or task.expected_end is None or task.expected_start is None:
            continue
        if milestone.due and task.expected_end > milestone.due:
            message = _("“%(task)s” ends on %(day)s, after its milestone “%(milestone)s” "
                        "(%(limit)s).") % {
                "task": task, "day": money.day(task.expected_end),
                "milestone": milestone, "limit": money.day(milestone.due),
            }  # fmt: skip
            end = "due"
        elif milestone.start and task.expected_start < milestone.start:
            message = _("“%(task)s” starts on %(day)s, before work on its milestone "
                        "“%(milestone)s” begins (%(limit)s).") % {
                "task": task, "day": money.day(task.expected_start),
                "milestone": milestone, "limit": money.day(milestone.start),
            }  # fmt: skip
            end = "start"
        else:
            continue
        yield Finding(
            "projects.task_outside_milestone", "warning", message,
            (task_place(task, "end"), milestone_place(milestone, end)),
        )  # fmt: skip


def _too_early(tasks: list[Task]) -> Iterator[Finding]:
    """The dates people wrote do not contradict what the task waits for."""
    for task in tasks:
        planned, expected = task.planned_start, task.expected_start
        if planned and expected and expected > planned:
            message = _(
                "“%(task)s” is planned from %(planned)s, but what it waits for ends so late that "
                "it cannot start before %(expected)s. The schedule uses the later day."
            ) % {
                "task": task, "planned": money.day(planned), "expected": money.day(expected),
            }  # fmt: skip
            yield Finding(
                "projects.starts_too_early", "warning", message, (task_place(task, "start"),)
            )


def _overdue(content: Content, as_of: date) -> Iterator[Finding]:
    for milestone in content["milestone"]:
        if milestone.overdue(as_of):
            message = _(
                "The milestone “%(name)s” was due on %(day)s and is not reached. Enter the day it "
                "was reached, or a new date with a line in the change log."
            ) % {"name": milestone, "day": money.day(milestone.due)}
            yield Finding(
                "projects.milestone_overdue", "warning", message,
                (milestone_place(milestone, "due"),),
            )  # fmt: skip
    for task in content["task"]:
        if task.overdue(as_of):
            message = _(
                "“%(task)s” should have ended on %(day)s and is %(done)s done. Report its "
                "progress, or move its end."
            ) % {
                "task": task, "day": money.day(task.expected_end),
                "done": money.percent(task.done or 0),
            }  # fmt: skip
            yield Finding("projects.task_overdue", "warning", message, (task_place(task, "done"),))


def _slipped(content: Content) -> Iterator[Finding]:
    """A slip beyond what is tolerated has a decision in the change log."""
    tolerance = content["control"].tolerance
    if tolerance is None:
        return
    decided = {
        uid
        for change in content["change"]
        if change.decision == Decision.APPROVED
        for uid in change.milestones or []
    }
    for milestone in content["milestone"]:
        slip = milestone.slip
        if slip is not None and slip > tolerance and milestone.uid not in decided:
            message = ngettext(
                "The milestone “%(name)s” has slipped by %(days)d day, more than is tolerated. "
                "Decide on it in the change log.",
                "The milestone “%(name)s” has slipped by %(days)d days, more than is tolerated. "
                "Decide on it in the change log.",
                slip,
            ) % {"name": milestone, "days": slip}
            yield Finding(
                "projects.slip_undecided", "warning", message,
                (milestone_place(milestone, "due"), Place("projects", "change")),
            )  # fmt: skip


def _horizon(content: Content) -> Iterator[Finding]:
    """What lies outside the 36 months is drawn, but no month of the plan carries its cost."""
    first = content.plan.start_month
    last = last_day(first)
    for task in content["task"]:
        start, end = task.expected_start, task.expected_end
        if task.cost and start and end and (start < first or end > last):
            message = _(
                "“%(task)s” lies partly outside the months that the plan counts (%(first)s to "
                "%(last)s), so part of its cost appears nowhere. Move it, or split it."
            ) % {"task": task, "first": money.month(first), "last": money.month(last)}
            yield Finding(
                "projects.outside_horizon", "warning", message, (task_place(task, "start"),)
            )
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


def _unscheduled(tasks: list[Task]) -> Iterator[Finding]:
    for task in tasks:
        if task.days is None:
            message = _(
                "“%(task)s” has no duration, so the schedule leaves it out. Give it an end or a "
                "duration."
            ) % {"task": task}
            yield Finding("projects.unscheduled", "hint", message, (task_place(task, "duration"),))


def _quality(content: Content) -> Iterator[Finding]:
    for standard in content["quality"]:
        if standard.passed is False:
            message = _(
                "“%(item)s” does not meet its quality standard. Plan a task that puts it right, or "
                "decide on the standard in the change log."
            ) % {"item": standard}
            place = Place("projects", "quality", standard.uid, "passed")
            yield Finding("projects.quality_missed", "warning", message, (place,))
