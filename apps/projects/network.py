"""All tasks of a plan together: from records to the arithmetic, and back by uid.

``control.network`` holds one per plan, so that each task can tell its dates without reckoning the
whole plan again. Used by this app only.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from apps.projects.rules import earned
from apps.projects.rules.causes import own_delays
from apps.projects.rules.schedule import Activity, Schedule, Timing, schedule, slip

if TYPE_CHECKING:
    from apps.projects.models import Task

ZERO = Decimal(0)


class Network:
    def __init__(
        self,
        tasks: list["Task"],
        origin: date,
        status_date: date | None,
        day_rate: Decimal | None,
        deadlines: Mapping[str, date],
    ) -> None:
        self.tasks, self.origin = tasks, origin
        self.status_date, self.day_rate = status_date, day_rate
        self.deadlines = deadlines  # by milestone

    @cached_property
    def schedule(self) -> Schedule:
        return schedule(
            [activity(task, self.deadlines.get(task.milestone)) for task in self.tasks], self.origin
        )

    def timing(self, uid: str) -> Timing | None:
        return self.schedule.timings.get(uid)

    @cached_property
    def critical_path(self) -> list["Task"]:
        by_uid = {task.uid: task for task in self.tasks}
        return [by_uid[uid] for uid in self.schedule.critical]

    @cached_property
    def held(self) -> list["Task"]:
        """Critical tasks whose start was set by hand although what they wait for ends earlier."""
        drivers = self.schedule.drivers
        return [
            task
            for task in self.critical_path
            if task.depends_on and not drivers[task.uid] and not task.started
        ]

    @cached_property
    def by_milestone(self) -> dict[str, list["Task"]]:
        found = defaultdict(list)
        for task in self.tasks:
            found[task.milestone].append(task)
        return dict(found)

    def own_delays(self, task: "Task") -> list[tuple["Task", int]]:
        """The tasks that make ``task`` late, maybe itself, each with the days that it adds to the
        delay, the most first."""
        by_uid, late, pushed = self._baseline
        found = own_delays(task.uid, self.schedule.drivers, late, pushed)
        return [(by_uid[uid], days) for uid, days in found]

    @cached_property
    def _baseline(self) -> tuple[dict[str, "Task"], dict[str, int], dict[str, int]]:
        """Tasks by uid, and the days that they end and start after their baseline."""
        late = {task.uid: task.slip for task in self.tasks}
        pushed = {task.uid: slip(task.expected_start, task.baseline_start) for task in self.tasks}
        known = [
            {uid: days for uid, days in found.items() if days is not None}
            for found in (late, pushed)
        ]
        return {task.uid: task for task in self.tasks}, known[0], known[1]

    def budget(self, task: "Task") -> Decimal | None:
        return earned.budget(task.cost, task.effort, self.day_rate)

    def actual(self, task: "Task") -> Decimal | None:
        return earned.budget(task.actual_cost, task.actual_effort, self.day_rate)

    @cached_property
    def works(self) -> list[earned.Work]:
        """The tasks with a budget and dates; only these can earn value."""
        found = []
        for task in self.tasks:
            timing, budget = self.timing(task.uid), self.budget(task)
            if timing is None or budget is None:
                continue
            found.append(
                earned.Work(
                    budget,
                    task.baseline_start or timing.early_start,
                    task.baseline_end or timing.early_finish,
                    timing.early_start,
                    timing.early_finish,
                    task.done or ZERO,
                    self.actual(task),
                )
            )
        return found

    @cached_property
    def value(self) -> earned.EarnedValue:
        return earned.at(self.works, self.status_date)

    @cached_property
    def uncounted(self) -> list["Task"]:
        """Tasks that the earned value leaves out."""
        return [
            task
            for task in self.tasks
            if self.timing(task.uid) is None or self.budget(task) is None
        ]


def activity(task: "Task", deadline: date | None) -> Activity:
    return Activity(
        key=task.uid,
        start=task.planned_start,
        duration=task.days,
        after=task.depends_on or [],
        lag=task.lag or 0,
        started=task.started,
        deadline=deadline,
    )
