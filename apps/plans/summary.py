"""The plan in figures: what every section declares as its key figures, and the story that those
with a topic tell. Used by the plan's pages, by share links and by the first chapter of the PDF.
Pure: no query beyond the contents' own."""

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from unicodedata import east_asian_width

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.plans.checks import FIGURES, Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content, Contents
from apps.plans.sections import Section

logger = logging.getLogger(__name__)

# How much of a text the summary tells, in half letters: two lines of print and a word or two.
BRIEF = 210
YEARS = 3  # of a figure by year
SENTENCE = re.compile(r"[^\n。！？]*?(?:[。！？]+[”’」]?|[.!?][”’)]?(?=\s|$)|\n|$)")


@dataclass(frozen=True)
class ShownFigure:
    label: Any
    text: str
    place: Place
    topic: str = ""
    years: tuple[str, ...] = ()
    anchor: Place | None = None  # itself as a place, to be talked about
    withheld: str = ""  # why it is "—"


@dataclass(frozen=True)
class SectionFigures:
    """``figures`` are listed with their names; ``told`` are the sentences of the summary."""

    section: Section
    figures: list[ShownFigure]
    told: list[ShownFigure] = field(default_factory=list)

    @property
    def withheld(self) -> list[str]:
        return reasons(self.figures)


@dataclass(frozen=True)
class Told:
    """One topic of the summary: its sentences, then its figures. ``yearly``: those by year."""

    topic: Topic
    texts: list[str]
    figures: list[ShownFigure]
    yearly: list[ShownFigure]

    @property
    def withheld(self) -> list[str]:
        return reasons([*self.yearly, *self.figures])


def reasons(figures: list[ShownFigure]) -> list[str]:
    """Why figures are "—": each reason once, after the figures that it is true of."""
    named: dict[str, list[str]] = {}
    for figure in figures:
        if figure.withheld:
            named.setdefault(figure.withheld, []).append(str(figure.label))
    return [
        _("%(figures)s: %(why)s.") % {"figures": _(", ").join(labels), "why": why}
        for why, labels in named.items()
    ]


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
        if shown.figures or shown.told:
            found.append(shown)
    return found


def shown_figures(content: Content) -> SectionFigures:
    shown = SectionFigures(content.section, [])
    currency = content.plan.currency
    for figure in content.section.figures(content):
        if figure.value in (None, "") and not figure.withheld:
            continue
        tells = figure.topic and figure.unit in {"text", "years"}
        years = _by_year(figure, currency) if figure.unit == "years" else ()
        text = money.UNKNOWN if figure.withheld else "" if years else figure_text(figure, currency)
        (shown.told if tells else shown.figures).append(
            ShownFigure(
                figure.label,
                "" if years else text,
                figure.place,
                figure.topic,
                years,
                Place(content.section.name, FIGURES, "", figure.key),
                figure.withheld,
            )
        )
    return shown


def _by_year(figure: Figure, currency: str) -> tuple[str, ...]:
    if figure.withheld:
        return (money.UNKNOWN,) * YEARS
    return tuple(money.short_money(amount, currency) for amount in figure.value)


def one_page(contents: Contents, figures: list[SectionFigures]) -> dict[str, Any]:
    """What plans/_one_page.html shows. ``figures`` are the key figures of the contents."""
    return {"story": story(figures), "pictures": summary_pictures(contents)}


def summary_pictures(contents: Contents, sections: Collection[str] | None = None) -> list[Any]:
    """The pictures that the one-page summary shows of these sections (None: of all that the reader
    may see), if they show anything."""
    found = []
    for content in contents.sections():
        chosen = sections is None or content.section.name in sections
        if not content.section.summary_pictures or not chosen:
            continue
        try:
            drawn = content.context()["pictures"]
            found += [drawn[name] for name in content.section.summary_pictures if drawn.get(name)]
        except Exception:  # one section's mistake must not take the summary down
            logger.exception("The pictures of %s failed", content.section.name)
    return found


def story(groups: list[SectionFigures], room: int = BRIEF) -> list[Told]:
    """What the sections tell about each topic, in an investor's order. ``room`` for each text, in
    half letters."""
    told = []
    for topic in Topic:
        sentences = [one for group in groups for one in group.told if one.topic == topic]
        figures = [one for group in groups for one in group.figures if one.topic == topic]
        texts = [brief(one.text, room) for one in sentences if not one.years]
        if sentences or figures:
            told.append(Told(topic, texts, figures, [one for one in sentences if one.years]))
    return told


def brief(text: str, room: int = BRIEF) -> str:
    """The first sentences of a text, as many as fit; of one that is too long the beginning."""
    kept = ""
    for sentence in SENTENCE.findall(text.strip()):
        longer = f"{kept}{sentence}"
        if kept and width(longer) > room:
            break
        kept = longer.replace("\n", " ")
    kept = kept.strip()
    if width(kept) <= room:
        return kept
    while width(kept) > room:
        kept = kept[:-1]
    return f"{kept.rpartition(' ')[0] or kept}…"


def width(text: str) -> int:
    """In half letters: a Chinese letter is two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def figure_text(figure: Figure, currency: str) -> str:
    """The figure as people read it: ¥5.14B, 79.1%, 18 months."""
    if figure.unit == "money":
        return money.short_money(figure.value, currency)
    if figure.unit == "percent":
        whole = figure.value == int(figure.value)
        return money.percent(figure.value, 0 if whole else 1)
    if figure.unit == "months":
        count = int(figure.value)
        months = ngettext("%(count)s month", "%(count)s months", count)
        return months % {"count": money.number(count)}
    if figure.unit == "ratio":
        return money.ratio(figure.value)
    if figure.unit == "number":
        return money.number(figure.value, None if figure.value == int(figure.value) else 2)
    return str(figure.value)
