"""Cut the printed plan's HTML into parts that are laid out apart: the cover, the contents, the
summary, each chapter, each annex. Text in, text out. Used by chapters.py alone.

templates/exports/document.html marks where a part begins: only ever where a new page begins for
certain, so that a part's pages are the same alone as in the whole. For the same reason a part
knows nothing of its neighbours: page numbers, and the feet that name the version, come later.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.exports.references import for_joining
from apps.exports.typeset import TAG, end_of_element

MARK = re.compile(r"<!-- part: ([\w-]+) -->")
OF_THE_DOCUMENT = re.compile(r"<title>.*?</title>\s*|<meta name=[^>]*>\s*", re.DOTALL)
RUNNING = re.compile(r'<p class="running running-(\w+)">.*?</p>\s*', re.DOTALL)
WIDE = re.compile(r'<section class="landscape\b')
ALL_WIDE = '<section class="chapter landscape"'
TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
LINK = re.compile(r'href="#([^"]+)"')
END = "</body></html>"

COVER, CONTENTS, FEET = "cover", "contents", "feet"
# An address that WeasyPrint takes for an external one: the anchor is in another part.
ELSEWHERE = "elsewhere:"
# Every figure that a page number may have, as its own text.
DIGITS = "0123456789"
SAMPLES = (
    "<style>.page-number::after, .page-total::after"
    f'{{ content: "{DIGITS}" }}</style>'
    '<section class="chapter"><p>&#160;</p></section>'
    '<section class="landscape"><p>&#160;</p></section>'
)


@dataclass(frozen=True)
class Part:
    name: str
    html: str  # a document of its own


@dataclass(frozen=True)
class Cut:
    cover: Part
    feet: Part  # a page of each shape with nothing but its feet
    contents: Part  # page numbers are still to be filled in
    texts: list[Part]

    def numbered_contents(self, pages: Mapping[str, int]) -> Part:
        """The contents with the page of each anchor."""

        def numbered(link: re.Match[str]) -> str:
            return f'href="{ELSEWHERE}{link[1]}" data-page="{pages[link[1]]}"'

        return Part(CONTENTS, LINK.sub(numbered, self.contents.html))


def has_parts(html: str) -> bool:
    """A letter alone has neither cover nor contents: it is one part by itself."""
    return f"<!-- part: {COVER} -->" in html


def cut(html: str) -> Cut:
    """The document's parts, in their order."""
    before, *marked = MARK.split(html.rpartition("</body>")[0])
    # Whatever stands between two parts belongs to none of them.
    pieces = {name: text.strip() for name, text in zip(marked[::2], marked[1::2], strict=True)}
    running = {found[1]: found[0] for found in RUNNING.finditer(pieces[COVER])}
    cover = RUNNING.sub("", pieces.pop(COVER))
    begin = OF_THE_DOCUMENT.sub("", before)
    bare = begin + running["plan"]
    return Cut(
        Part(COVER, before + cover + END),
        Part(FEET, begin + running["version"] + running["folio"] + SAMPLES + END),
        Part(CONTENTS, bare + pieces.pop(CONTENTS) + END),
        [
            Part(name, bare + elsewhere(for_joining(piece)) + END)
            for whole, text in pieces.items()
            for name, piece in shapes(whole, text)
        ],
    )


def shapes(name: str, html: str) -> list[tuple[str, str]]:
    """A chapter cut again where its pages turn to landscape and back: the page breaks there."""
    if ALL_WIDE in html:
        return [(name, html)]
    pieces: list[tuple[str, str]] = []
    at = 0
    heading = TITLE.search(html)
    title = TAG.sub("", heading[1]).strip() if heading else ""
    while found := WIDE.search(html, at):
        end = end_of_element(html, "section", found.end())
        pieces += [("", html[at : found.start()]), (title, html[found.start() : end])]
        at = end
    pieces.append((title if at else "", html[at:]))
    filled = [(title, text) for title, text in pieces if TAG.sub("", text).strip()]
    return [
        (f"{name}-{number}" if number else name, continued(text, title) if title else text)
        for number, (title, text) in enumerate(filled)
    ]


def continued(html: str, title: str) -> str:
    """A later piece of a chapter, which still runs under the chapter's title."""
    return f'<section class="chapter chapter--continued" data-chapter="{title}">{html}</section>'


def elsewhere(html: str) -> str:
    """Links out of the part point elsewhere; those within it stay."""

    def pointed(link: re.Match[str]) -> str:
        return link[0] if f' id="{link[1]}"' in html else f'href="{ELSEWHERE}{link[1]}"'

    return LINK.sub(pointed, html)


def weight(part: Part) -> int:
    """About how long its layout takes: letters count, and a table's cell as much as many."""
    return len(part.html) + 100 * part.html.count("<td")


def largest_first(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=weight, reverse=True)
