"""Does the training fit the schedule? Checks of the runs' dates. Used by checks.py only."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content
from apps.plans.models import Stage as PlanStage
from apps.plans.stages import reached
from apps.technology.checks_rights import day_of
from apps.technology.choices import Purpose, Stage
from apps.technology.models import Profile, Run


def training_schedule(content: Content) -> Iterator[Finding]:
    """Each run against its step, its milestone or the launch, and its data."""
    for run in content["run"]:
        yield from _step(run)
        yield from _milestone(run)
        yield from _launch(run, content["profile"])
        yield from _data(run)
        yield from _unplaced(run)


def _place(run: Run, field: str) -> Place:
    return Place("technology", "run", run.uid, field)


def _finding(key: str, run: Run, message: str, other: Place, **words: Any) -> Finding:
    text = message % {"run": run, **words}
    return Finding(f"technology.{key}", "warning", text, (_place(run, "start"), other))


def _step(run: Run) -> Iterator[Finding]:
    step = run.step_ref.row
    if step is None:
        return
    if run.end and step.end and run.end > step.end:
        yield _finding(
            "run_after_step", run,
            _(
                "The run “%(run)s” ends on %(day)s, after its step “%(step)s” (%(limit)s). Start "
                "earlier, use more GPUs, or give the step more time."
            ),
            Place("technology", "step", step.uid, "end"),
            day=money.day(run.end), step=step, limit=money.day(step.end),
        )  # fmt: skip
    elif run.start and step.start and run.start < step.start:
        yield _finding(
            "run_before_step", run,
            _(
                "The run “%(run)s” starts on %(day)s, before its step “%(step)s” begins "
                "(%(limit)s). Move one of the two."
            ),
            Place("technology", "step", step.uid, "start"),
            day=money.day(run.start), step=step, limit=money.day(step.start),
        )  # fmt: skip


def _milestone(run: Run) -> Iterator[Finding]:
    milestone = run.milestone_ref.row
    due = day_of(milestone)
    if run.end and due and run.end > due:
        yield _finding(
            "run_after_milestone", run,
            _(
                "The run “%(run)s” ends on %(day)s, after its milestone “%(milestone)s” "
                "(%(limit)s). Start earlier, use more GPUs, or move the milestone."
            ),
            Place("projects", "milestone", milestone.uid, "due"),
            day=money.day(run.end), milestone=milestone, limit=money.day(due),
        )  # fmt: skip


def _launch(run: Run, profile: Profile) -> Iterator[Finding]:
    """What is not said to come later must be there at the launch."""
    step, launch = run.step_ref.row, profile.launch_ref.row
    renews = step is not None and step.stage == Stage.OPERATIONS
    opening = day_of(launch)
    if run.milestone or renews or run.end is None or opening is None or run.end <= opening:
        return
    yield _finding(
        "run_after_launch", run,
        _(
            "The run “%(run)s” ends on %(day)s, after the launch “%(launch)s” (%(limit)s). Start "
            "earlier or use more GPUs; if it makes a later model, name the milestone or the step "
            "of operations that it belongs to."
        ),
        Place("projects", "milestone", launch.uid, "due"),
        day=money.day(run.end), launch=launch, limit=money.day(opening),
    )  # fmt: skip


def _data(run: Run) -> Iterator[Finding]:
    """Data is there when the run starts; ablations make do with samples of it."""
    if run.start is None or run.purpose == Purpose.ABLATION:
        return
    for source in run.sources:
        if source.acquired is not None and source.acquired > run.start:
            yield _finding(
                "data_after_run", run,
                _(
                    "The run “%(run)s” starts on %(day)s, but its data “%(source)s” comes only on "
                    "%(acquired)s. Start later or get the data earlier."
                ),
                Place("technology", "data", source.uid, "acquired"),
                day=money.day(run.start), source=source, acquired=money.day(source.acquired),
            )  # fmt: skip


def _unplaced(run: Run) -> Iterator[Finding]:
    """Only a run that belongs to something can be late."""
    placed = run.step_ref.row is not None or run.task or run.milestone
    if placed or not reached(PlanStage.SEED, run):
        return
    yield Finding(
        "technology.run_unplaced",
        "hint",
        _(
            "The run “%(run)s” belongs to no part of the schedule. Choose the task of the project "
            "that carries it, or its step of the lifecycle."
        )
        % {"run": run},
        (_place(run, "step"),),
    )
