"""The table of contents: its entries, and for the investor edition two columns of about the same
height. Cut here and not by CSS: WeasyPrint needs ten times as long to balance columns. Pure; used
by render.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.exports.choices import Annex, Edition


@dataclass(frozen=True)
class Entry:
    anchor: str
    text: Any
    headings: Sequence[tuple[str, Any]] = ()  # (anchor, text) of what stands in it

    @property
    def lines(self) -> float:
        """Its height; the gap before the next entry is half a line."""
        return 1.5 + len(self.headings)


def entries(chapters: Sequence[Any], annexes: Sequence[Annex], summary: bool) -> list[Entry]:
    """What the document holds, in its order. ``chapters`` are render.Chapter."""
    return [
        *([Entry("summary", _("Executive summary"))] if summary else []),
        *(
            Entry(one.anchor, f"{one.number} \u00a0{one.section.title}", one.headings)
            for one in chapters
        ),
        *(Entry(f"annex-{annex}", annex.label) for annex in annexes),
    ]


def columns(found: list[Entry], edition: str) -> list[list[Entry]]:
    """One column, or two: the second begins once the first has half of the height."""
    if edition != Edition.INVESTOR or len(found) < 2:
        return [found] if found else []
    half = sum(entry.lines for entry in found) / 2
    height, split = 0.0, 0
    while height + found[split].lines / 2 < half:
        height += found[split].lines
        split += 1
    return [one for one in (found[:split], found[split:]) if one]
