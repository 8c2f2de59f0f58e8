"""Two editions of the same chapters. Used by render.py alone.

A section's template is one for the page, an old version and both editions. The investor edition
leaves out what the page folds below a table (class ``fold``; ``fold fold--answer`` saves room on
the screen only), what is open there but a detail to an investor (class ``detail``), and statements
by month (class ``by-month``). An annex brings each of them back.
"""

import re

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from apps.exports.choices import Annex
from apps.exports.typeset import HEADING, arranged, end_of_element

LEFT_OUT = re.compile(
    r'<(\w+)\b[^>]*\bclass="(?:[^"]*\s)?(fold(?! fold--answer)|detail|by-month)(?=[\s"])'
    r'[^"]*"[^>]*>'
)
ANNEX = {"fold": Annex.DETAILS, "detail": Annex.DETAILS, "by-month": Annex.MONTHS}
# A figure's evidence stands in the annex of assumptions, all of it in one table.
EVIDENCE = re.compile(r'<span class="evidence-note">.*?</span>', re.DOTALL)


def shortened(html: str, title: str) -> tuple[str, dict[Annex, SafeString]]:
    """A chapter's HTML for an investor, and what was left out of it, by annex, below headings that
    name the chapter by its ``title``."""
    kept: list[str] = []
    left_out: dict[Annex, list[str]] = {}
    shown: dict[Annex, str] = {}  # the last heading of each annex
    at = 0
    while found := LEFT_OUT.search(html, at):
        start, annex = found.start(), ANNEX[found[2]]
        kept.append(html[at:start])
        at = end_of_element(html, found[1], found.end())
        piece, pieces = html[start:at], left_out.setdefault(annex, [])
        own = HEADING.search(piece)
        if own and not strip_tags(piece[: own.start()]).strip():
            heading = own[2]
            pieces += [piece[: own.start()], headline(title, heading), piece[own.end() :]]
        else:
            heading = heading_above(html, start)
            if heading != shown.get(annex):
                pieces.append(headline(title, heading))
            pieces.append(piece)
        shown[annex] = heading
    short = EVIDENCE.sub("", "".join([*kept, html[at:]]))
    return short, {
        annex: mark_safe(arranged("".join(pieces))) for annex, pieces in left_out.items()
    }


def heading_above(html: str, position: int) -> str:
    above = list(HEADING.finditer(html, 0, position))
    return above[-1][2] if above else ""


def headline(title: str, heading: str) -> str:
    """Escaped by their templates already."""
    return f"<h2>{title}{' · ' if heading else ''}{heading}</h2>"
