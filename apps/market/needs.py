"""What a complete record holds at each stage of the venture. Used by section.py only."""

from apps.market.models import Analysis, Force, Group, Segment
from apps.plans.models import Stage
from apps.plans.stages import reached

Fields = tuple[str, ...]


def analysis(sheet: Analysis) -> Fields:
    """The top-down figure is the check on the segments' sum; an idea has no sum to check yet."""
    later = ("global_trends", "top_down", "top_down_method")
    needs = ("scope", "geography", "home_trends")
    return needs + later if reached(Stage.PRE_SEED, sheet) else needs


def force(row: Force) -> Fields:
    needs = ("statement", "kind", "driver")
    return (*needs, "horizon", "effect") if reached(Stage.PRE_SEED, row) else needs


def segment(row: Segment) -> Fields:
    """An idea knows whose pain it is and how many have it; its shares and ratings come with the
    first money. A rejected segment needs the reason, not the whole case; a seed plan says how far
    customers have committed themselves, a growing company who pays and how that is known."""
    needs: Fields = ("name", "industry", "scenario", "buyer", "targeting")
    if row.is_rejected:
        return (*needs, "targeting_reason")
    needs += ("pain", "interviews", "accounts", "acv")
    if reached(Stage.PRE_SEED, row):
        needs += ("budget_holder", "reachable", "fit", "obtainable", "ratings")
    if reached(Stage.SEED, row):
        needs += ("procurement_months", "growth", "letters", "pilots", "accounts__basis")
    if reached(Stage.GROWTH, row):
        needs += ("paying", "acv__basis")
    return needs


def group(row: Group) -> Fields:
    needs: Fields = ("name", "segment", "jobs", "pains")
    if reached(Stage.PRE_SEED, row):
        needs += ("persona", "gains", "objections", *Group.NEEDS)
    if reached(Stage.SEED, row):
        needs += ("buying_channels",)
    return needs
