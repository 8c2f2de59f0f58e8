"""Do the runs and the project's schedule agree? Each run against the task that carries it, what
waits for that task, and the other runs on the same model. Used by checks.py only.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content
from apps.technology.choices import Purpose
from apps.technology.models import Run

# A run that is done this long before its task ends has its cost in the wrong months.
IDLE_DAYS = 31
# A model is pre-trained, then tuned, then aligned, then distilled.
SEQUENCE = (Purpose.MAIN, Purpose.FINE_TUNE, Purpose.PREFERENCE, Purpose.DISTIL)


def within_task(content: Content) -> Iterator[Finding]:
    """A run lies within the dates that the schedule gives to its task."""
    for run in content["run"]:
        task = run.task_ref.row
        if task is None or task.expected_start is None or run.start is None or run.end is None:
            continue
        if run.start >= task.expected_start and run.end <= task.expected_end:
            continue
        message = _(
            "The run “%(run)s” lasts from %(start)s to %(end)s, but by the schedule its task "
            "“%(task)s” lasts from %(task_start)s to %(task_end)s. Move one of the two: the cost "
            "of the run falls in its own months."
        ) % {
            "run": run, "start": money.day(run.start), "end": money.day(run.end), "task": task,
            "task_start": money.day(task.expected_start), "task_end": money.day(task.expected_end),
        }  # fmt: skip
        yield _finding("run_outside_task", run, message, _task_place(task))


def short_of_task(content: Content) -> Iterator[Finding]:
    """A task does not go on for long after the last of its runs.

    A main run is the task itself, other runs may be a part of it; trials leave much to read.
    """
    runs_of: dict[str, list[Run]] = defaultdict(list)
    for run in content["run"]:
        if run.task_ref.row is not None and run.purpose != Purpose.ABLATION:
            runs_of[run.task].append(run)
    for runs in runs_of.values():
        task, ends = runs[0].task_ref.row, [run.end for run in runs]
        if task.expected_end is None or None in ends:
            continue
        last = max(runs, key=lambda run: run.end)
        idle = (task.expected_end - last.end).days
        if idle > IDLE_DAYS:
            message = _(
                "The task “%(task)s” ends on %(task_end)s, but its last run “%(run)s” is over on "
                "%(end)s, %(days)s days before. Move the run, which also moves its cost, or "
                "shorten the task."
            ) % {
                "task": task, "task_end": money.day(task.expected_end), "run": last,
                "end": money.day(last.end), "days": idle,
            }  # fmt: skip
            main = any(run.purpose == Purpose.MAIN for run in runs)
            severity = "warning" if main else "hint"
            yield _finding("run_short_of_task", last, message, _task_place(task), severity)


def before_followers(content: Content) -> Iterator[Finding]:
    """A run is over when the tasks that wait for its task begin."""
    tasks = content.contents.part("projects.task") if content.contents else []
    for run in content["run"]:
        if run.end is None or run.task_ref.row is None:
            continue
        early = [
            task
            for task in tasks
            if run.task in task.depends_on
            and task.expected_start
            and task.expected_start <= run.end
        ]
        if early:
            message = _(
                "The run “%(run)s” ends on %(end)s, but what waits for its task begins before: "
                "%(tasks)s. Start the run earlier, or move these tasks."
            ) % {
                "run": run, "end": money.day(run.end),
                "tasks": _(", ").join(
                    _("“%(task)s” on %(day)s") % {"task": one, "day": money.day(one.expected_start)}
                    for one in early
                ),
            }  # fmt: skip
            yield _finding("run_after_followers", run, message, _task_place(early[0], "start"))


def in_sequence(content: Content) -> Iterator[Finding]:
    """A run begins when the run of the same model that it builds on is over."""
    for run in content["run"]:
        bases = _bases(run, content["run"])
        if run.start is None or not bases or any(base.end is None for base in bases):
            continue
        base = min(bases, key=lambda one: one.end)
        if run.start <= base.end:
            message = _(
                "The run “%(run)s” starts on %(start)s, but “%(base)s”, which makes the model it "
                "builds on, only ends on %(end)s. Move one of the two."
            ) % {
                "run": run, "start": money.day(run.start), "base": base,
                "end": money.day(base.end),
            }  # fmt: skip
            place = Place("technology", "run", base.uid, "start")
            yield _finding("run_before_base", run, message, place)


def _bases(run: Run, runs: list[Run]) -> list[Run]:
    """The runs of the same model at the nearest step of the sequence before this one.

    A renewal repeats steps: that one of them is over is enough.
    """
    if not run.model_name or run.purpose not in SEQUENCE:
        return []
    same = [one for one in runs if one.model_name.casefold() == run.model_name.casefold()]
    for purpose in reversed(SEQUENCE[: SEQUENCE.index(run.purpose)]):
        found = [one for one in same if one.purpose == purpose]
        if found:
            return found
    return []


def _finding(key: str, run: Run, message: str, other: Place, severity: str = "warning") -> Finding:
    place = Place("technology", "run", run.uid, "start")
    return Finding(f"technology.{key}", severity, message, (place, other))


def _task_place(task: Any, field: str = "end") -> Place:
    return Place("projects", "task", task.uid, field)
