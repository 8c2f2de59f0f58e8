"""The arithmetic of strategy: VRIO, five forces, supplier concentration, TOWS.

Pure; None is unknown. Used by this app's models, checks and context.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from apps.strategy.choices import EXTERNAL, INTERNAL, SwotKind

HIGH_EXPOSURE = 4  # from here on a challenge belongs into the risk register
CONCENTRATED = Decimal(80)  # per cent from one supplier: losing it stops the company


# --- VRIO ----------------------------------------------------------------------------------------
class Verdict(TextChoices):
    """Barney (1991), "Firm Resources and Sustained Competitive Advantage"."""

    DISADVANTAGE = "disadvantage", pgettext_lazy("VRIO", "Disadvantage")
    PARITY = "parity", pgettext_lazy("VRIO", "Parity")
    TEMPORARY = "temporary", pgettext_lazy("VRIO", "Temporary advantage")
    UNUSED = "unused", pgettext_lazy("VRIO", "Unused advantage")
    SUSTAINED = "sustained", pgettext_lazy("VRIO", "Sustained advantage")


def verdict(
    valuable: bool | None, rare: bool | None, inimitable: bool | None, organised: bool | None
) -> Verdict | None:
    """The first "no" decides; an open answer before it leaves the verdict open."""
    steps = (
        (valuable, Verdict.DISADVANTAGE),
        (rare, Verdict.PARITY),
        (inimitable, Verdict.TEMPORARY),
        (organised, Verdict.UNUSED),
    )
    for answer, otherwise in steps:
        if answer is None:
            return None
        if not answer:
            return otherwise
    return Verdict.SUSTAINED


# --- Forces and suppliers ------------------------------------------------------------------------
def strongest(scores: Iterable[int | None]) -> list[int]:
    """The positions of the highest score; none where nothing is scored."""
    known = [(score, at) for at, score in enumerate(scores) if score is not None]
    highest = max((score for score, _at in known), default=None)
    return [at for score, at in known if score == highest]


def mean(scores: Iterable[int | None]) -> Decimal | None:
    """The mean of the known scores."""
    known = [score for score in scores if score is not None]
    return Decimal(sum(known)) / len(known) if known else None


def concentration(shares: Iterable[Decimal | None]) -> Decimal | None:
    """The share of the largest supplier, in per cent: what is lost if it stops."""
    return max((share for share in shares if share is not None), default=None)


# --- TOWS ----------------------------------------------------------------------------------------
def missing_sides(kinds: Iterable[str]) -> tuple[bool, bool]:
    """Whether a TOWS row lacks an internal and an external item: it must use one of each.

    Weihrich (1982), "The TOWS Matrix": a strategy pairs what is inside with what is outside.
    """
    kinds = set(kinds)
    return not kinds & set(INTERNAL), not kinds & set(EXTERNAL)


def quadrants(kinds: Iterable[str]) -> str:
    """Which of SO, WO, ST and WT the items' kinds make, joined; "" if a side is missing."""
    kinds = set(kinds)
    pairs = (
        ("SO", SwotKind.STRENGTH, SwotKind.OPPORTUNITY),
        ("WO", SwotKind.WEAKNESS, SwotKind.OPPORTUNITY),
        ("ST", SwotKind.STRENGTH, SwotKind.THREAT),
        ("WT", SwotKind.WEAKNESS, SwotKind.THREAT),
    )
    return " + ".join(name for name, inside, outside in pairs if {inside, outside} <= kinds)


def heaviest_first(items: Sequence[Any]) -> list[Any]:
    """Items by weight; unweighted ones last, equals in the founder's order."""
    return sorted(items, key=lambda item: -(item.weight or 0))
