"""The plan in figures: what every section declares as its key figures. Used by the plan's page and
by the first chapter of the PDF. Pure: no query beyond the contents' own."""

import logging
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from apps.core import money
from apps.plans.checks import Figure, Place
from apps.plans.contents import Content, Contents
from apps.plans.sections import Section

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShownFigure:
    label: Any
    text: str
    place: Place


@dataclass(frozen=True)
class SectionFigures:
    section: Section
    figures: list[ShownFigure]


def key_figures(contents: Contents) -> list[SectionFigures]:
    """The known figures of every section that the reader may see, in order; a section without any
    is left out."""
    found = []
    for content in contents.sections():
        try:
            shown = shown_figures(content)
        except Exception:  # one section's mistake must not take the plan's page down
            logger.exception("The key figures of %s failed", content.section.name)
            continue
        if shown:
            found.append(SectionFigures(content.section, shown))
    return found


def shown_figures(content: Content) -> list[ShownFigure]:
    return [
        ShownFigure(figure.label, figure_text(figure, content.plan.currency), figure.place)
        for figure in content.section.figures(content)
        if figure.value is not None
    ]


def figure_text(figure: Figure, currency: str) -> str:
    """The figure as people read it: ¥5.14B, 79.1%, 18 months."""
    if figure.unit == "money":
        return money.short_money(figure.value, currency)
    if figure.unit == "percent":
        return money.percent(figure.value, 1)
    if figure.unit == "months":
        count = int(figure.value)
        months = ngettext("%(count)s month", "%(count)s months", count)
        return months % {"count": money.number(count)}
    if figure.unit == "number":
        return money.number(figure.value, None if figure.value == int(figure.value) else 2)
    return str(figure.value)
