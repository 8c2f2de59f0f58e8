"""What sections declare to the plan: findings, monthly costs, key figures. No section imports
another; features and other sections read these."""

from dataclasses import dataclass
from datetime import date
from typing import Any

FIGURES = "figures"


@dataclass(frozen=True)
class Place:
    """An end of a finding: section / part / row / field. Of the part ``FIGURES``, which no section
    declares, the fields are the keys of the section's key figures; see derived.py."""

    section: str
    part: str = ""
    row: str = ""
    field: str = ""


@dataclass(frozen=True)
class Finding:
    """One broken rule. ``severity``: "error", "warning" or "hint". ``key`` names the rule."""

    key: str
    severity: str
    message: Any
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class MonthlyCost:
    """What one record costs: ``amounts`` are Decimals from the plan's start month on; None for a
    record that will cost something nobody has said yet, or in months nobody has.

    ``missing``: the fields of the record without which nobody knows; ``begins``: the first day of
    the cost, where that is known.
    """

    kind: str
    label: str
    amounts: tuple[Any, ...] | None
    place: Place
    missing: tuple[str, ...] = ()
    begins: date | None = None


@dataclass(frozen=True)
class Figure:
    """A key figure of a section, for the summary and for other sections' arithmetic.

    ``unit`` is "money", "percent", "months", "ratio" (of this to 1), "number" or "text"; "years" is
    an amount of money for each year, a tuple. ``value`` None means unknown. ``topic``
    (choices.Topic): the question of the executive summary that it answers; a text with a topic is a
    sentence of that summary. ``withheld``: the sentence that says on which sections an unknown
    figure rests that are hidden from the reader; such a figure is shown as "—".
    """

    key: str
    label: Any
    value: Any
    unit: str
    place: Place
    topic: str = ""
    withheld: str = ""
