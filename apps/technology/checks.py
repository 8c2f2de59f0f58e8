"""What does not fit together in models and data: findings for the whole plan, and for the page.

Used by section.py only. Rights and rules about people are in checks_rights.py, the
dates of the runs in checks_schedule.py.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content, Contents
from apps.plans.models import Stage
from apps.plans.stages import reached
from apps.technology import rules
from apps.technology.checks_rights import data_rights, filing, model_rights, training_compute
from apps.technology.checks_schedule import training_schedule
from apps.technology.checks_tasks import (
    before_followers,
    in_sequence,
    short_of_task,
    within_task,
)
from apps.technology.choices import Purpose, StepStatus
from apps.technology.models import Evaluation, Run, Step

MOST_NAMED = 5


def checks(contents: Contents) -> list[Finding]:
    return find(contents.section("technology"), timezone.localdate())


def find(content: Content, today: date) -> list[Finding]:
    """Every broken rule of the section as of ``today``."""
    found = [
        *model_rights(content["profile"]),
        *filing(content["profile"]),
        *data_rights(content, today),
        *training_compute(content),
        *training_schedule(content),
        *within_task(content),
        *short_of_task(content),
        *before_followers(content),
        *in_sequence(content),
        *_trains_without(content),
        *_repeats(content["run"]),
    ]
    for run in content["run"]:
        found += _run(run)
    for step in content["step"]:
        found += _step(step, today)
    for source in content["data"]:
        if source.cost and source.acquired is None:
            found.append(
                Finding(
                    "technology.data_undated",
                    "hint",
                    _(
                        "The data “%(name)s” has a cost but no day of acquisition, so its cost "
                        "is in no month. Give the day."
                    )
                    % {"name": source},
                    (Place("technology", "data", source.uid, "acquired"),),
                )
            )
    for row in content["evaluation"]:
        found += _evaluation(row)
    return found


def _trains_without(content: Content) -> Iterator[Finding]:
    """A strategy that trains needs runs and data."""
    profile = content["profile"]
    if not profile.trains or not reached(Stage.PRE_SEED, profile):
        return
    messages = {
        "data": _(
            "The strategy trains a model, but there is no data source. Name the data and the "
            "right to train on it."
        ),
        "run": _(
            "The strategy trains a model, but no run is planned. Add the runs and their cost."
        ),
    }
    for part, message in messages.items():
        if not content[part]:
            places = (
                Place("technology", "profile", field="strategy"), Place("technology", part)
            )  # fmt: skip
            yield Finding(f"technology.trains_without_{part}", "warning", message, places)


def _run(run: Run) -> Iterator[Finding]:
    def finding(key: str, severity: str, message: str, field: str, **words: Any) -> Finding:
        place = Place("technology", "run", run.uid, field)
        return Finding(
            f"technology.{key}", severity, message % {"name": run, **words}, (place,)
        )  # fmt: skip

    if run.mfu is not None and run.mfu > rules.MFU_CEILING:
        yield finding(
            "mfu_too_high",
            "warning",
            _(
                "The run “%(name)s” counts on %(mfu)s of the GPUs' peak. Hardly any run reaches "
                "more than 55%%: measure it in a short trial, or plan with 35 to 45%%."
            ),
            "mfu",
            mfu=money.percent(run.mfu),
        )
    if run.cost and run.start is None:
        yield finding(
            "run_undated",
            "hint",
            _(
                "The run “%(name)s” has a cost but no start, so its cost is in no month. Give "
                "the day."
            ),
            "start",
        )
    sparse = run.tokens_per_parameter
    if run.purpose == Purpose.MAIN and sparse is not None and sparse < rules.SPARSE:
        yield finding(
            "undertrained",
            "hint",
            _(
                "The run “%(name)s” sees %(ratio)s tokens for each parameter. For the same "
                "computing power a smaller model with about 20 does better."
            ),
            "tokens",
            ratio=money.number(sparse, 1),
        )
    if run.epochs is not None and run.epochs > rules.EPOCHS_CEILING:
        yield finding(
            "too_many_epochs",
            "warning",
            _(
                "The run “%(name)s” goes through its data %(epochs)s times. Past four times "
                "repetition adds little: find more data or plan fewer tokens."
            ),
            "tokens",
            epochs=money.number(run.epochs, 1),
        )


def _repeats(runs: list[Run]) -> Iterator[Finding]:
    """Runs that train on more tokens than their data hold, but go through them four times at most:
    up to there repeated tokens are worth nearly what new ones are (Muennighoff et al. 2023,
    "Scaling Data-Constrained Language Models"). One finding for all: most fine-tuning does."""
    repeating = [
        run
        for run in runs
        if run.epochs is not None and rules.ONCE < run.epochs <= rules.EPOCHS_CEILING
    ]
    if not repeating:
        return
    named = [
        _("“%(run)s” (%(epochs)s times)") % {"run": run, "epochs": money.number(run.epochs, 1)}
        for run in repeating[:MOST_NAMED]
    ]
    message = _(
        "Runs that train on more tokens than their data hold, and so see them again: %(runs)s. Up "
        "to four times that is worth nearly as much as new data; make sure that it is meant."
    ) % {"runs": _(", ").join(named) + (_(" and more") if len(repeating) > MOST_NAMED else "")}
    places = tuple(
        Place("technology", "run", run.uid, "tokens") for run in repeating[:MOST_NAMED]
    )  # fmt: skip
    yield Finding("technology.repeated_data", "hint", message, places)


def _step(step: Step, today: date) -> Iterator[Finding]:
    place = Place("technology", "step", step.uid, "owner")
    owner = step.owner_ref
    done = step.status == StepStatus.DONE
    if owner.state in {"empty", "removed"} and not done:
        yield Finding(
            "technology.step_without_owner",
            "warning",
            _("The step “%(name)s” has no owner. Give it to a role of the team.") % {"name": step},
            (place,),
        )
    arrival = getattr(owner.row, "start", None)
    if arrival is not None and step.start is not None and arrival > step.start and not done:
        yield Finding(
            "technology.owner_comes_later",
            "warning",
            _(
                "The step “%(name)s” starts on %(day)s, but its owner “%(owner)s” joins in "
                "%(month)s. Move one of the two, or name another owner."
            )
            % {
                "name": step,
                "day": money.day(step.start),
                "owner": owner,
                "month": money.month(arrival),
            },
            (place, Place("team", "role", step.owner, "start")),
        )
    if step.overdue(today):
        yield Finding(
            "technology.step_overdue",
            "warning",
            _(
                "The step “%(name)s” should have ended on %(day)s. Say that it is done, or give "
                "it a new end."
            )
            % {"name": step, "day": money.day(step.end)},
            (Place("technology", "step", step.uid, "end"),),
        )


def _evaluation(row: Evaluation) -> Iterator[Finding]:
    if row.gate and row.target is None:
        yield Finding(
            "technology.gate_without_target",
            "warning",
            _("“%(name)s” is a gate of the release but has no target. Set one before the run.")
            % {"name": row},
            (Place("technology", "evaluation", row.uid, "target"),),
        )
    if row.gate and row.passed is False:
        yield Finding(
            "technology.gate_failed",
            "error",
            _(
                "“%(name)s” came to %(result)s and misses its target of %(target)s, and it is a "
                "gate of the release. Hold the release back until it is met."
            )
            % {
                "name": row,
                "result": money.number(row.result),
                "target": money.number(row.target),
            },
            (Place("technology", "evaluation", row.uid, "result"),),
        )


def warnings(content: Content) -> list[str]:
    """What the section's page says above its figures."""
    found = find(content, timezone.localdate())
    said = [str(finding.message) for finding in found if finding.severity != "hint"]
    unknown = [_lacking(run) for run in content["run"] if run.cost is None]
    if unknown:
        said.append(
            _("The cost of training leaves out runs that are not described in full: %(names)s.")
            % {"names": _(", ").join(unknown)}
        )
    unsized = [str(source) for source in content["data"] if source.size is None]
    if unsized:
        said.append(
            _("The shares of the data leave out sources without a size: %(names)s.")
            % {"names": _(", ").join(unsized)}
        )
    return said


def _lacking(run: Run) -> str:
    """The run with the names of the fields without which its cost is unknown."""
    labels = [
        str(run._meta.get_field(name).verbose_name) for name in run.missing if name != "start"
    ]
    return _("“%(run)s” (missing: %(fields)s)") % {"run": run, "fields": _(", ").join(labels)}
