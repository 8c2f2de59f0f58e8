"""What a plan-wide check returns. Sections declare checks(contents); features run them together."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """An end of a finding: section / part / row / field."""

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
    """What one record costs: ``amounts`` are Decimals from the plan's start month on."""

    kind: str
    label: str
    amounts: tuple[Any, ...]
    place: Place
