"""How far along a venture is decides what a complete plan holds. For sections' ``needs``."""

from apps.plans.choices import Stage

ORDER = [Stage.IDEA, Stage.PRE_SEED, Stage.SEED, Stage.GROWTH]


def from_stage(first: str, stage: str) -> bool:
    """Whether a plan at ``stage`` has reached ``first``: from_stage("seed", "growth") is True."""
    return ORDER.index(Stage(stage)) >= ORDER.index(Stage(first))
