"""What the project section tells the founder about the plan of work. Used by section.py only;
what does not fit in time is in checks_dates.py and checks_slips.py.

``today`` is passed in; where the plan has a status date, what is overdue is judged as of that day,
since progress is reported up to it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content, Contents
from apps.plans.references import Ref
from apps.plans.sections import registry
from apps.projects.checks_dates import (
    distant_milestones,
    early_tasks,
    late_tasks,
    milestone_place,
    task_place,
)
from apps.projects.checks_slips import slipped
from apps.projects.models import Milestone, Task

FILLED = "filled"  # the status of a role that somebody holds
LOW_SPI = Decimal("0.9")


def findings(contents: Contents, today: date) -> list[Finding]:
    """Every broken rule of the section, the gravest first."""
    content = contents.section("projects")
    as_of = content["control"].status_date or today
    return [
        *_circles(content),
        *_owners(content["milestone"]),
        *_roles(content["task"], today),
        *late_tasks(content),
        *early_tasks(content["task"]),
        *_overdue(content, as_of),
        *slipped(content),
        *_behind(content),
        *distant_milestones(content),
        *_unscheduled(content["task"]),
        *_quality(content),
    ]


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


def _behind(content: Content) -> Iterator[Finding]:
    spi = content["control"].network.value.spi
    if spi is not None and spi < LOW_SPI:
        message = _(
            "Up to the status date only %(share)s of the planned value of work is earned (schedule "
            "performance index %(spi)s). Say what you speed up, cut or move, or report progress."
        ) % {"share": money.percent(round(spi * 100)), "spi": money.number(spi, 2)}
        place = Place("projects", "control", field="status_date")
        yield Finding("projects.behind_schedule", "hint", message, (place,))


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
