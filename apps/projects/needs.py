"""What a complete record holds at each stage of the venture. Used by section.py only."""

from apps.plans.choices import Stage
from apps.plans.models import Record
from apps.plans.stages import reached
from apps.projects.models import Change, Task


def objective_needs(record: Record) -> tuple[str, ...]:
    needs = ("measure", "target", "due")
    if reached(Stage.SEED, record):
        needs += ("owner",)
    return (*needs, "reason") if reached(Stage.GROWTH, record) else needs


def milestone_needs(record: Record) -> tuple[str, ...]:
    """Owners and acceptance matter once others' money hangs on them."""
    later = ("objective", "acceptance", "owner", "baseline_due")
    return ("kind", "deliverable", "due", *(later if reached(Stage.SEED, record) else ()))


def task_needs(task: Task) -> tuple[str, ...]:
    """A start is needed unless the task waits for others; an end unless it has a duration."""
    needs = ["milestone", "end" if task.duration is None else "duration"]
    if not task.depends_on:
        needs.append("start")
    if reached(Stage.PRE_SEED, task):
        needs += ["owner", "effort"]
    if reached(Stage.SEED, task):
        needs += ["deliverable", "acceptance"]
    if reached(Stage.GROWTH, task):
        needs += ["baseline_start", "baseline_end"]
    return tuple(needs)


def control_needs(record: Record) -> tuple[str, ...]:
    """Before the seed stage there is little to control: a rhythm will do; an idea has nothing."""
    later = ("status_date", "day_rate", "measuring", "tolerance", "change_rule")
    return ("review_rhythm", *(later if reached(Stage.SEED, record) else ()))


def quality_needs(record: Record) -> tuple[str, ...]:
    return ("metric", "target", "tolerance", "method", "frequency", "owner")


def change_needs(change: Change) -> tuple[str, ...]:
    decided = ("decided_by", "decided_on") if change.decided else ()
    return ("aspect", "requested_on", "reason", "effect", "decision", *decided)
