"""Derived figures that a difference moves: runway 14 → 11 months. Used through version_tags.

Both contents are restored without what is hidden from the reader, so that no figure tells of it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Figure
from apps.plans.contents import Contents
from apps.plans.sections import Section
from apps.plans.summary import figure_text
from apps.versions.diff import PlanDiff
from apps.versions.steps import figure_step
from apps.versions.words import Piece, compare, folded

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FigureChange:
    """``pieces`` tell of a text word by word. ``told``: a sentence of the executive summary, which
    a reader of the texts has read."""

    section: Section
    key: str
    label: Any
    old: str
    new: str
    step: str
    told: bool = False
    pieces: tuple[Piece, ...] = ()

    @property
    def kind(self) -> str:
        """As in ShownField: how _change.html tells it."""
        return "text" if self.pieces else "value"


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
            one = now or was
            text = one.unit == "text"
            pieces = tuple(folded(compare(*texts))) if text else ()
            told = text and bool(one.topic)
            found.append(FigureChange(section, one.key, one.label, *texts, by, told, pieces))
    return found


def sections_moved(diff: PlanDiff, changes: Iterable[FigureChange]) -> set[str]:
    """The names of the sections in which nothing was written, but whose key figures (``changes``,
    those of the difference) read otherwise because of what was written elsewhere."""
    return {one.section.name for one in changes if not one.told} - diff.sections.keys()


def _figures(contents: Contents) -> dict[tuple[str, str], tuple[Section, Figure]]:
    found = {}
    for content in contents.sections():
        try:
            figures = content.section.figures(content)
        except Exception:  # one section's mistake must not hide what else changed
            logger.exception("The key figures of %s failed", content.section.name)
            continue
        for figure in figures:
            for one in single(figure):
                found[content.section.name, one.key] = (content.section, one)
    return found


def single(figure: Figure) -> list[Figure]:
    """A figure by year as one for each year, so that each has its own step."""
    if figure.unit != "years":
        return [figure]
    return [
        replace(
            figure, key=f"{figure.key}:{year}", value=amount, unit="money",
            label=_("%(figure)s, year %(year)s") % {"figure": figure.label, "year": year},
        )
        for year, amount in enumerate(figure.value or (), start=1)
    ]  # fmt: skip


def _text(figure: Figure | None, contents: Contents) -> str:
    if figure is None or figure.value is None:
        return money.UNKNOWN
    return figure_text(figure, contents.plan.currency)
