"""What a complete record holds at each stage of the venture. Used by section.py only."""

from apps.plans.models import Stage
from apps.plans.stages import reached
from apps.risks.models import IMPACTS, Policy, Response, Risk

Fields = tuple[str, ...]


def policy(sheet: Policy) -> Fields:
    needs: Fields = ("appetite",)
    if reached(Stage.PRE_SEED, sheet):
        needs += ("review_rhythm",)
    if reached(Stage.SEED, sheet):
        needs += ("acceptance_rule",)
    return needs


def risk(row: Risk) -> Fields:
    """An idea knows its risks and how grave they are. Who looks after them, and how far they have
    come, follows with the first money; what they should become, with the investors' board."""
    needs: Fields = ("category", "event", "effect", "response", *rating(row, "inherent"))
    if reached(Stage.PRE_SEED, row):
        needs += ("cause", "owner", "next_review", *rating(row, "current"))
    if reached(Stage.SEED, row):
        needs += rating(row, "target")
    if row.response == Response.ACCEPT:
        needs += ("acceptance_approver", "acceptance_reason", "acceptance_expiry")
    return needs


def rating(row: Risk, stage: str) -> Fields:
    """A probability and one impact, whichever."""
    impacts = [f"{stage}_{name}" for name in IMPACTS]
    given = [name for name in impacts if getattr(row, name) is not None]
    return (f"{stage}_probability", (given or impacts)[0])
