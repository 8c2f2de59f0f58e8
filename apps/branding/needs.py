"""What a complete record holds at each stage of the venture. Used by section.py and checks.py."""

from apps.branding.models import Channel, Identity, Positioning, Trust
from apps.plans.models import Stage
from apps.plans.stages import reached

Fields = tuple[str, ...]

PROOFS = ("proof_professional", "proof_reliable")


def positioning(sheet: Positioning) -> Fields:
    """For whom, what, instead of what; then why to believe it."""
    needs: Fields = ("target", "need", "brand", "category", "benefit", "alternative")
    if reached(Stage.PRE_SEED, sheet):
        needs += ("reason", "parity", "difference")
    return needs + PROOFS if owes_proof(sheet) else needs


def owes_proof(sheet: Positioning) -> bool:
    """A brand for companies or public bodies must prove itself, once there is something to show."""
    return sheet.needs_proof and reached(Stage.SEED, sheet)


def identity(sheet: Identity) -> Fields:
    needs: Fields = ("name",)
    if reached(Stage.PRE_SEED, sheet):
        needs += ("name_status", "tagline", "values")
    if reached(Stage.SEED, sheet):
        needs += ("voice", "logo", "colours")
    return needs


def channel(row: Channel) -> Fields:
    """From seed on a channel also says whose it is and what it must bring (the expected CAC)."""
    needs: Fields = ("name", "route", "segment", "objective", "activity", "start", "end", "budget")
    if reached(Stage.SEED, row):
        needs += ("owner", "kpi", "kpi_baseline", "kpi_target", "customers")
    return needs


def trust(sheet: Trust) -> Fields:
    """Large customers ask a growing company for certificates."""
    needs: Fields = ("benchmark", "model_card", "safety_page", "licence")
    return (*needs, "certifications") if reached(Stage.GROWTH, sheet) else needs
