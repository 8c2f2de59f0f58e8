"""Derived figures that a difference moves: runway 14 → 11 months. Used through version_tags.

Both contents are restored without what is hidden from the reader, so that no figure tells of it.
"""

import logging
from dataclasses import dataclass
from typing import Any

from apps.core import money
from apps.plans.checks import Figure
from apps.plans.contents import Contents
from apps.plans.sections import Section
from apps.plans.summary import figure_text
from apps.versions.diff import PlanDiff
from apps.versions.steps import figure_step

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FigureChange:
    section: Section
    label: Any
    old: str
    new: str
    step: str


def figure_changes(diff: PlanDiff) -> list[FigureChange]:
    """The key figures that read otherwise, in the order of the sections."""
    before, after = diff.contents
    old, new = _figures(before), _figures(after)
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        section, was = old.get(key, (None, None))
        section, now = new.get(key, (section, None))
        texts = _text(was, before), _text(now, after)
        if texts[0] != texts[1]:
            same_money = before.plan.currency == after.plan.currency
            comparable = was and now and (same_money or now.unit != "money")
            by = figure_step(was, now, after.plan.currency) if comparable else ""
            found.append(FigureChange(section, (now or was).label, *texts, by))
    return found


def _figures(contents: Contents) -> dict[tuple[str, str], tuple[Section, Figure]]:
    found = {}
    for content in contents.sections():
        try:
            figures = content.section.figures(content)
        except Exception:  # one section's mistake must not hide what else changed
            logger.exception("The key figures of %s failed", content.section.name)
            continue
        for figure in figures:
            found[content.section.name, figure.key] = (content.section, figure)
    return found


def _text(figure: Figure | None, contents: Contents) -> str:
    if figure is None or figure.value is None:
        return money.UNKNOWN
    return figure_text(figure, contents.plan.currency)
