"""The path through a plan: what to write next, and what comes after. For the plan's overview.

Nothing is stored: the steps are the parts in which something that counts at the plan's stage is
missing, section by section, within a section in its own order of thought (``Section.path``).
"""

from dataclasses import dataclass

from apps.plans.models import Plan
from apps.plans.navigation import Gap, Navigation, NavItem
from apps.plans.sections import Part, Section

AHEAD = 3  # how many of the steps behind the next one are named


@dataclass(frozen=True)
class Step:
    """One part to write. ``gaps``: what is missing in it, the first one is where to begin.
    ``chosen``: whether the part's own page is the place to begin, as it offers the usual rows."""

    section: Section
    part: Part
    gaps: tuple[Gap, ...]
    chosen: bool

    @property
    def first(self) -> Gap:
        return self.gaps[0]

    @property
    def more(self) -> int:
        return len(self.gaps) - 1


@dataclass(frozen=True)
class Path:
    """``number``: the place of the next step's section among the ``sections``."""

    next: Step
    ahead: tuple[Step, ...]
    number: int
    sections: int
    begun: bool


def steps(item: NavItem, plan: Plan) -> list[Step]:
    """What is left to write of one section."""
    gaps: dict[str, list[Gap]] = {}
    for gap in item.gaps:
        gaps.setdefault(gap.missing.part, []).append(gap)
    return [
        Step(item.section, part, tuple(gaps[part.name]), offers_rows(part, gaps[part.name], plan))
        for part in item.section.in_thought()
        if part.name in gaps
    ]


def offers_rows(part: Part, gaps: list[Gap], plan: Plan) -> bool:
    """Whether the table is empty as yet and has a usual first set of rows."""
    if not part.is_table or part.starters is None or any(gap.missing.row for gap in gaps):
        return False
    return sum(gap.count for gap in gaps) >= part.rows_needed(plan)


def path(navigation: Navigation, plan: Plan) -> Path | None:
    """The way on; None where nothing that counts is missing."""
    left = [step for item in navigation.items for step in steps(item, plan)]
    if not left:
        return None
    names = [item.section.name for item in navigation.items]
    return Path(
        next=left[0],
        ahead=tuple(left[1 : 1 + AHEAD]),
        number=names.index(left[0].section.name) + 1,
        sections=len(names),
        begun=navigation.done > 0,
    )
