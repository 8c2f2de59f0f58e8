"""What a plan works out, as places to talk about: the key figures of a section (the part FIGURES of
a Place) and the derived columns of its rows (``Table.derived``). Used by labels.py and comments.
Pure: no query beyond the contents' own.

A derived value rests on other values, maybe on those of other sections; it is kept as the words
that people read, in each language.
"""

import logging
import re
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import FIGURES, Figure, Place
from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore
from apps.plans.sections import registry
from apps.plans.summary import figure_text

logger = logging.getLogger(__name__)
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def is_figure(place: Place) -> bool:
    return place.part == FIGURES


def figures(content: Content) -> list[Figure]:
    """The key figures of the section; none where they fail."""
    try:
        return content.section.figures(content)
    except Exception:  # one section's mistake must not hide what people said of it
        logger.exception("The key figures of %s failed", content.section.name)
        return []


def is_sentence(figure: Figure) -> bool:
    """A sentence of the executive summary, which is not worked out but written."""
    return bool(figure.topic) and figure.unit == "text"


def figure_at(contents: Contents, place: Place) -> Figure | None:
    if place.section not in registry or place.section in contents.hidden:
        return None
    found = figures(contents.section(place.section))
    return next((figure for figure in found if figure.key == place.field), None)


def figure_words(figure: Figure, currency: str) -> str:
    """The value as people read it; "—" where it is unknown."""
    if figure.value in (None, "", ()):
        return money.UNKNOWN
    if figure.unit == "years":
        return " · ".join(money.short_money(amount, currency) for amount in figure.value)
    return figure_text(figure, currency)


def figure_label(section: str, key: str, kept: str = "") -> str:
    """What the figure is called in the language now active; ``kept`` is what it was called when
    somebody spoke of it, for figures that not every plan has."""
    if not key:
        return _("Key figures")
    return _labels(section, translation.get_language() or "").get(key) or kept or key


@lru_cache(maxsize=64)
def _labels(section: str, language: str) -> dict[str, str]:
    """The names of the figures that even an empty plan has."""
    if section not in registry:
        return {}
    blank: dict[str, Any] = {"format": FORMAT, "sections": {one.name: {} for one in registry}}
    content = restore(blank).section(section)
    return {figure.key: str(figure.label) for figure in figures(content)}
