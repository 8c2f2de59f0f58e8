"""How far along a venture is decides what a complete plan holds. For sections' needs and checks."""

from typing import TYPE_CHECKING

from apps.plans.choices import Stage

if TYPE_CHECKING:
    from apps.plans.models import Record

ORDER = [Stage.IDEA, Stage.PRE_SEED, Stage.SEED, Stage.GROWTH]


def from_stage(first: str, stage: str) -> bool:
    """Whether a plan at ``stage`` has reached ``first``: from_stage("seed", "growth") is True."""
    return ORDER.index(Stage(stage)) >= ORDER.index(Stage(first))


def reached(first: str, record: "Record") -> bool:
    """Whether the record's plan has come to ``first``; a record without a plan counts in full."""
    plan = getattr(record, "plan", None)
    return plan is None or from_stage(first, plan.stage)
