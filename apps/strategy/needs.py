"""What a complete record holds at each stage of the venture. Used by section.py only."""

from apps.plans.choices import Stage
from apps.plans.models import Record
from apps.plans.stages import reached

Fields = tuple[str, ...]


def factor(record: Record) -> Fields:
    later = ("target", "next_step") if reached(Stage.PRE_SEED, record) else ()
    return ("name", "score", "proof", *later)


def business_model(record: Record) -> Fields:
    """An idea must say who pays for what; a company that raises money, how all of it works."""
    needs: Fields = ("customers", "value", "revenue")
    if reached(Stage.PRE_SEED, record):
        needs += ("channels", "costs", "activities")
    if reached(Stage.SEED, record):
        needs += ("relationships", "resources", "partners")
    return needs


def positioning_map(record: Record) -> Fields:
    later = ("conclusion",) if reached(Stage.PRE_SEED, record) else ()
    return ("x_axis", "y_axis", "x", "y", *later)


def competitor(record: Record) -> Fields:
    needs: Fields = ("name", "kind", "offer", "strengths", "weaknesses", "threat")
    if reached(Stage.PRE_SEED, record):
        needs += ("segment", "source", "x", "y")
    if reached(Stage.SEED, record):
        needs += ("price", "pricing")
    return needs


def advantage(record: Record) -> Fields:
    """An idea has a claim; that it is rare and hard to copy, it shows with the first money."""
    needs: Fields = ("claim", "kind", "proof")
    if reached(Stage.PRE_SEED, record):
        needs += ("segment", "valuable", "rare", "inimitable", "organised")
    return needs


def supplier(record: Record) -> Fields:
    later = ("alternative", "switch_weeks") if reached(Stage.SEED, record) else ()
    return ("name", "kind", "share", *later)


def swot(record: Record) -> Fields:
    later = ("proof",) if reached(Stage.SEED, record) else ()
    return ("text", "kind", "weight", *later)


def tows(record: Record) -> Fields:
    later = ("how", "owner") if reached(Stage.PRE_SEED, record) else ()
    return ("text", "items", *later)


def moat(record: Record) -> Fields:
    needs: Fields = ("ten_times_cheaper", "free")
    if reached(Stage.PRE_SEED, record):
        needs += ("compounding", "next_step")
    if reached(Stage.SEED, record):
        needs += ("price_held",)
    return needs
