"""Which key figures a save moved: "LTV:CAC 16.9 → 9.1", and what it brings about elsewhere: "the
cash is gone in March". Used by the editor's answer to a save.
Pure: no query beyond the contents' own."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core import money
from apps.plans.choices import Topic
from apps.plans.contents import Contents
from apps.plans.fields import LongText, ShortText
from apps.plans.sections import Part, Section
from apps.plans.summary import ShownFigure, key_figures

logger = logging.getLogger(__name__)

MOST = 5  # more than these nobody reads in passing

Readings = dict[tuple[str, str], ShownFigure]


@dataclass(frozen=True)
class Moved:
    """A key figure whose text is another one than before."""

    label: str
    before: str
    after: str


def may_move(part: Part, changed: Iterable[str]) -> bool:
    """Whether a change of these fields can move a figure; plain words cannot."""
    names = set(changed) & set(part.fields)
    return any(not isinstance(part.model_field(name), ShortText | LongText) for name in names)


def readings(contents: Contents) -> Readings:
    """The key figures as the reader of the contents knows them, by section and name."""
    return {
        (group.section.name, str(figure.label)): figure
        for group in key_figures(contents)
        for figure in group.figures
    }


def moved(before: Readings, after: Readings, section: Section) -> list[Moved]:
    """The figures that differ: the plan's headline first, then those of the edited section."""

    def rank(key: tuple[str, str]) -> Any:
        figure = after.get(key) or before[key]
        return figure.topic != Topic.HEADLINE, key[0] != section.name

    changed = [key for key in {**before, **after} if text(before, key) != text(after, key)]
    return [
        Moved(key[1], text(before, key), text(after, key)) for key in sorted(changed, key=rank)
    ][:MOST]


def consequences(contents: Contents) -> list[str]:
    """What the sections that the reader sees would have a save tell, if it is new."""
    told: list[str] = []
    for content in contents.sections():
        try:
            told += [str(one.message) for one in content.section.consequences(contents)]
        except Exception:  # one section's mistake must not take the answer to a save down
            logger.exception("The consequences of %s failed", content.section.name)
    return told


@dataclass(frozen=True)
class Standing:
    """How the plan stands before a save, or after it."""

    figures: Readings
    consequences: list[str]

    @classmethod
    def of(cls, contents: Contents) -> "Standing":
        return cls(readings(contents), consequences(contents))

    def brought(self, after: "Standing") -> list[str]:
        """What was not so, or not in these words, before."""
        return [one for one in after.consequences if one not in self.consequences]


def text(found: Readings, key: tuple[str, str]) -> str:
    return found[key].text if key in found else money.UNKNOWN
