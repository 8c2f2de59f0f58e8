"""The brand's arithmetic and sentences: pure functions, no query. Used by this app only.

``None`` is unknown and stays unknown: a cost with an unknown factor is no cost of zero.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from apps.core.money import as_decimal

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
BETWEEN_COLOURS = re.compile(r"[,;，、；\s]+")
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


# --- The positioning statement -------------------------------------------------------------------
def positioning_sentence(slots: dict[str, str], language: str) -> str:
    """The statement in the form that Geoffrey Moore made usual (Crossing the Chasm, 1991, ch. 6),
    in ``language`` whatever the interface speaks. An empty slot shows its name in brackets."""
    with override(language):
        blanks = {
            "target": gettext("[target]"),
            "need": gettext("[need]"),
            "brand": gettext("[brand]"),
            "category": gettext("[category]"),
            "benefit": gettext("[benefit]"),
            "alternative": gettext("[alternative]"),
            "reason": gettext("[reason to believe]"),
        }
        words = {
            name: slots.get(name, "").strip().rstrip(".。；;") or blank
            for name, blank in blanks.items()
        }
        return (
            gettext(
                "%(target)s who %(need)s: for them, %(brand)s is %(category)s that %(benefit)s, "
                "unlike %(alternative)s, because %(reason)s."
            )
            % words
        )


def offer_sentence(slots: dict[str, str]) -> str | None:
    """The middle of that statement alone; None until its words are written."""
    names = ("brand", "category", "benefit", "alternative")
    words = {name: slots.get(name, "").strip().rstrip(".。；;") for name in names}
    if not all(words.values()):
        return None
    with override(written_in(words.values())):
        return (
            gettext("%(brand)s is %(category)s that %(benefit)s, unlike %(alternative)s.") % words
        )


def written_in(texts: Iterable[str]) -> str:
    """The language of the founder's own words: Chinese if any of them holds a Chinese sign."""
    return "zh-hans" if any(CHINESE.search(text) for text in texts) else "en"


# --- Colours -------------------------------------------------------------------------------------
def colour_list(text: str) -> list[str]:
    """Turn "#1f6feb, #fff" into a list; whatever is no colour is left out."""
    return [part for part in BETWEEN_COLOURS.split(text) if COLOUR.fullmatch(part)]


def validate_colours(text: str) -> None:
    parts = [part for part in BETWEEN_COLOURS.split(text) if part]
    for part in parts:
        if not COLOUR.fullmatch(part):
            raise ValidationError(
                _("“%(part)s” is not a colour. Write each as # and six digits or letters a to f, "
                  "for example #1f6feb, with commas between them."),
                code="invalid_colour",
                params={"part": part},
            )  # fmt: skip


# --- Money and months of a channel ---------------------------------------------------------------
def month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def months_between(start: date | None, end: date | None) -> int | None:
    """Calendar months that the period touches, both ends included: 31 Jan to 1 Mar is 3."""
    if start is None or end is None or end < start:
        return None
    return month_index(end) - month_index(start) + 1


def total_budget(monthly: Decimal | None, start: date | None, end: date | None) -> Decimal | None:
    months = months_between(start, end)
    return None if monthly is None or months is None else monthly * months


def acquisition_cost(spend: Decimal | None, customers: Any) -> Decimal | None:
    """Customer acquisition cost (CAC): spend / new customers; unknown without customers."""
    count = as_decimal(customers)
    return None if spend is None or not count else spend / count


def monthly_amounts(
    monthly: Decimal | None, start: date | None, end: date | None, first: date, months: int = 36
) -> tuple[Decimal, ...]:
    """What falls into each of ``months`` months from ``first`` on; zeros if a part is unknown."""
    if monthly is None or months_between(start, end) is None:
        return (Decimal(0),) * months
    begin, last = month_index(start) - month_index(first), month_index(end) - month_index(first)
    return tuple(monthly if begin <= month <= last else Decimal(0) for month in range(months))


@dataclass(frozen=True)
class Peak:
    """The month with the highest sum, the first of them if there are several."""

    month: date
    amount: Decimal


def peak(rows: Sequence[Sequence[Decimal]], first: date) -> Peak | None:
    """The dearest month of several channels' ``monthly_amounts``; None if nothing costs."""
    sums = [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]
    highest = max(sums, default=Decimal(0))
    if not highest:
        return None
    index = month_index(first) + sums.index(highest)
    return Peak(date(index // 12, index % 12 + 1, 1), highest)


def kpi_progress(baseline: Any, target: Any, actual: Any) -> Decimal | None:
    """How much of the way from baseline to target is done, in per cent; falling KPIs too."""
    start, goal, now = as_decimal(baseline), as_decimal(target), as_decimal(actual)
    if start is None or goal is None or now is None or start == goal:
        return None
    return 100 * (now - start) / (goal - start)


# --- Totals --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Spend:
    """What one channel is expected to cost and to bring. ``key`` says which total it belongs to."""

    key: Hashable
    budget: Decimal | None
    customers: Any = None


@dataclass(frozen=True)
class Total:
    """The channels of one key together; ``share`` is their part of all budgets in per cent."""

    key: Hashable
    budget: Decimal
    share: Decimal | None
    customers: Decimal

    @property
    def acquisition_cost(self) -> Decimal | None:
        return acquisition_cost(self.budget, self.customers)


def totals(spends: Sequence[Spend]) -> list[Total]:
    """One total a key, in order of first appearance.

    A channel of unknown budget is left out with its customers as well, or its customers would look
    free. An unknown number of customers counts as none: the money is spent all the same.
    """
    known = [spend for spend in spends if spend.budget is not None]
    whole = sum((spend.budget for spend in known), Decimal(0))
    found = []
    for key in dict.fromkeys(spend.key for spend in known):
        mine = [spend for spend in known if spend.key == key]
        budget = sum((spend.budget for spend in mine), Decimal(0))
        customers = sum((as_decimal(spend.customers) or Decimal(0) for spend in mine), Decimal(0))
        found.append(Total(key, budget, 100 * budget / whole if whole else None, customers))
    return found


def grand_total(spends: Sequence[Spend]) -> Total | None:
    """All channels together: its acquisition cost is the blended CAC. None without any budget."""
    together = totals([Spend("", spend.budget, spend.customers) for spend in spends])
    return together[0] if together else None
