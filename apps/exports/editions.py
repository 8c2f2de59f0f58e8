"""Two editions of the same chapters. Used by render.py alone.

A section's template is one for the page, an old version and both editions. The investor edition
leaves out what the page folds below a table (class ``fold``; ``fold fold--answer`` saves room on
the screen only), what is open there but a detail to an investor (class ``detail``), and statements
by month (class ``by-month``). An annex brings each of them back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from apps.exports.models import Annex
from apps.exports.typeset import HEADING, arranged, end_of_element

LEFT_OUT = re.compile(
    r'<(\w+)\b[^>]*\bclass="(?:[^"]*\s)?(fold(?! fold--answer)|detail|by-month)(?=[\s"])'
    r'[^"]*"[^>]*>'
)
ANNEX = {"fold": Annex.DETAILS, "detail": Annex.DETAILS, "by-month": Annex.MONTHS}
# A figure's evidence stands in the annex of assumptions, all of it in one table.
EVIDENCE = re.compile(r'<span class="evidence-note">.*?</span>', re.DOTALL)


@dataclass
class LeftOut:
    """What a chapter keeps for an annex: the pieces below each of its headings."""

    title: str
    parts: dict[SafeString, list[str]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[SafeString, SafeString]]:
        for heading, pieces in self.parts.items():
            yield heading, mark_safe(arranged("".join(pieces)))


def shortened(html: str, title: str) -> tuple[str, dict[Annex, LeftOut]]:
    """A chapter's HTML for an investor, and what was left out of it, by annex."""
    kept: list[str] = []
    left_out: dict[Annex, LeftOut] = {}
    at = 0
    while found := LEFT_OUT.search(html, at):
        kept.append(html[at : found.start()])
        at = end_of_element(html, found[1], found.end())
        heading, piece = headed(html, found.start(), at)
        parts = left_out.setdefault(ANNEX[found[2]], LeftOut(title)).parts
        parts.setdefault(heading, []).append(piece)
    return EVIDENCE.sub("", "".join([*kept, html[at:]])), left_out


def headed(html: str, start: int, end: int) -> tuple[SafeString, str]:
    """A piece and the part's heading above it, or the one that it begins with."""
    piece = html[start:end]
    own = HEADING.search(piece)
    if own and not strip_tags(piece[: own.start()]).strip():
        return text_of(own), piece[: own.start()] + piece[own.end() :]
    above = list(HEADING.finditer(html, 0, start))
    return text_of(above[-1]) if above else mark_safe(""), piece


def text_of(heading: re.Match[str]) -> SafeString:
    """Escaped by its template already."""
    return mark_safe(strip_tags(heading[2]).strip())
