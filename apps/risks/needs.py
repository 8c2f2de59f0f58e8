"""What a complete record holds at each stage of the venture. Used by section.py only."""

from apps.plans.models import Stage
from apps.plans.stages import reached
from apps.risks.models import IMPACTS, Action, Policy, Response, Risk

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
    come, follows with the first money; what they should become and may cost, with the investors'
    board; how they are seen coming, with the size of the company."""
    needs: Fields = ("category", "event", "effect", "response", *rating(row, "inherent"))
    if reached(Stage.PRE_SEED, row):
        needs += ("cause", "owner", "next_review", *rating(row, "current"))
    if reached(Stage.SEED, row):
        needs += (*rating(row, "target"), "exposure_probability", "amount_low", "amount_high")
    if reached(Stage.GROWTH, row):
        needs += ("trigger", "indicator", "threshold", "contingency_plan")
    if row.response == Response.ACCEPT:
        needs += ("acceptance_approver", "acceptance_reason", "acceptance_expiry")
    return needs


def action(row: Action) -> Fields:
    needs: Fields = ("risk", "owner", "due")
    return (*needs, "cost", "done") if reached(Stage.GROWTH, row) else needs


def rating(row: Risk, stage: str) -> Fields:
    """A probability and one impact, whichever."""
    impacts = [f"{stage}_{name}" for name in IMPACTS]
    given = [name for name in impacts if getattr(row, name) is not None]
    return (f"{stage}_probability", (given or impacts)[0])
