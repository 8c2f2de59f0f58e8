"""The arithmetic of a team: payroll, headcount, skill gaps, RACI, reporting lines.

Pure functions of plain values or of records; no request, no query. ``None`` is unknown and stays
unknown. Used by this app's models, section, checks and pictures only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from apps.core import money

if TYPE_CHECKING:
    from apps.team.models import Responsibility, Role, Training

HORIZON = 36  # months from the plan's start month, as funding counts
HUNDRED = Decimal(100)


# --- Money and months ----------------------------------------------------------------------------
def monthly_cost(
    salary: Decimal | None, share: Decimal | None, on_cost: Decimal | None
) -> Decimal | None:
    """Salary × full-time share × (1 + on-cost), unrounded.

    Check: 40,000 at 50 % with 30 % on-cost = 26,000.
    """
    if salary is None or share is None or on_cost is None:
        return None
    return salary * share / HUNDRED * (1 + on_cost / HUNDRED)


def month_number(day: date) -> int:
    """Months counted from year 0, so that calendar months add like integers in any year."""
    return day.year * 12 + day.month - 1


def month_names(first: date, months: int = HORIZON) -> list[str]:
    """January 2027, February 2027, … as every page writes a month; "10002-11" past the calendar."""
    start = month_number(first)
    parts = [(n // 12, n % 12 + 1) for n in range(start, start + months)]
    return [
        money.month(date(year, month, 1)) if year <= date.max.year else f"{year}-{month:02d}"
        for year, month in parts
    ]


def active(role: "Role", first: date, months: int = HORIZON) -> list[bool]:
    """In which months from ``first`` on the role exists; never, while its start is unknown."""
    if role.start is None:
        return [False] * months
    begin, start = month_number(first), month_number(role.start)
    end = month_number(role.end) if role.end else begin + months
    return [start <= begin + i <= end for i in range(months)]


def payroll(role: "Role", first: date, months: int = HORIZON) -> list[Decimal] | None:
    """The role's cost month by month; None if its cost or its start is unknown."""
    cost = role.monthly_cost
    if cost is None or role.start is None:
        return None
    return [cost if there else Decimal(0) for there in active(role, first, months)]


def training_cost(training: "Training", first: date, months: int = HORIZON) -> list[Decimal] | None:
    """The cost in the month of the training; None if cost or date is unknown."""
    if training.cost is None or training.date is None:
        return None
    at = month_number(training.date) - month_number(first)
    return [training.cost if i == at else Decimal(0) for i in range(months)]


@dataclass(frozen=True)
class Month:
    """The team in one calendar month. ``payroll`` sums the roles whose cost is known."""

    name: str
    filled: int
    to_fill: int
    full_time: Decimal
    payroll: Decimal

    @property
    def heads(self) -> int:
        return self.filled + self.to_fill


def timeline(roles: Sequence["Role"], first: date, months: int = HORIZON) -> list[Month]:
    """Headcount and payroll over calendar months."""
    there = [(role, active(role, first, months)) for role in roles]
    result = []
    for i, name in enumerate(month_names(first, months)):
        now = [role for role, when in there if when[i]]
        result.append(
            Month(
                name=name,
                filled=sum(role.filled for role in now),
                to_fill=sum(not role.filled for role in now),
                full_time=sum((role.share or Decimal(0) for role in now), Decimal(0)) / HUNDRED,
                payroll=sum((role.monthly_cost or Decimal(0) for role in now), Decimal(0)),
            )
        )
    return result


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None if nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


# --- Skills --------------------------------------------------------------------------------------
def skill_gap(needed: int | None, held: int | None) -> int | None:
    """Needed − held, 0 where more is held than the role needs. Check: 5 − 3 = 2, 2 − 4 gives 0."""
    return None if needed is None or held is None else max(needed - held, 0)


# --- RACI: PMBOK Guide, responsibility assignment matrix -----------------------------------------
LETTERS = (("R", "responsible"), ("A", "accountable"), ("C", "consulted"), ("I", "informed"))
COLUMNS = 8  # roles beside each other that A4 carries


def letters(row: "Responsibility", role: str) -> list[str]:
    """The letters of one role in one row, in the order R, A, C, I."""
    return [letter for letter, field in LETTERS if role in (getattr(row, field) or [])]


def one_accountable(row: "Responsibility") -> bool:
    return len(row.accountable or []) == 1


def someone_responsible(row: "Responsibility") -> bool:
    return bool(row.responsible)


def columns(roles: Sequence[Any], most: int = COLUMNS) -> list[list[Any]]:
    """The roles parted into as few tables as fit, of about equal width. Check: 9 → 5 + 4."""
    tables = -(-len(roles) // most)
    if not tables:
        return []
    size, larger = divmod(len(roles), tables)
    parts, at = [], 0
    for i in range(tables):
        width = size + (i < larger)
        parts.append(list(roles[at : at + width]))
        at += width
    return parts


def unfilled_at_start(role: "Role", today: date) -> bool:
    """The role should have begun by now and nobody holds it."""
    return not role.filled and role.start is not None and role.start <= today


# --- Reporting lines -----------------------------------------------------------------------------
def cycles(parents: Mapping[str, str]) -> list[list[str]]:
    """Every circle of {role: the role it reports to}, each once. Check: a→b→a, c→a gives [a, b]."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        here = start
        while here in parents and here not in done:
            done.add(here)
            path.append(here)
            here = parents[here]
        if here in path:
            found.append(path[path.index(here) :])
    return found
