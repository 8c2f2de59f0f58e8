"""The printed plan from parts that are laid out apart: side by side in two processes, and not at
all where nothing changed. A quicker way to the pages that Printer.write_pdf lays out in one piece.
Used by render.py alone.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Any

import weasyprint

from apps.exports import cuts, fragments, joining, kept_parts, page_maker, parts, tagging
from apps.exports.fetcher import SCHEME, StaticFetcher
from apps.exports.fragments import Fragment
from apps.exports.glyphs import font_files, head_of
from apps.exports.joining import NotJoined
from apps.exports.kept_parts import KeptPart
from apps.exports.layout_cache import LayoutCache, key_of
from apps.exports.layout_pool import LayoutPool
from apps.exports.limits import check_pages
from apps.exports.parts import Cut, Part
from apps.exports.render import Printed, Printer

STATIC = re.compile(rf"{SCHEME}([\w./-]+)")
LINES_A_PAGE = 40  # of the contents, about
TRIES = 4  # until the contents are as long as their page numbers say


@dataclass
class ChapterPrinter:
    """Keeps the processes and what was laid out before. One per renderer process."""

    pool: LayoutPool
    cache: LayoutCache = field(default_factory=LayoutCache)
    fetcher: StaticFetcher = field(default_factory=StaticFetcher)
    # The parts that were laid out for the last job, and how many pages of each.
    laid_out: dict[str, int] = field(default_factory=dict)

    def write_pdf(
        self,
        html: str,
        target: Path,
        *,
        options: dict[str, Any],
        attached: dict[str, Any] | None,
        on_share: Callable[[float], None],
    ) -> Printed:
        """The file, or ``NotJoined``.

        ``attached`` is the order whose document the file carries; ``on_share`` hears how much of
        the layout is done, from 0 to 1.
        """
        self.laid_out = {}
        document = parts.cut(html)
        common = [repr(options), json.dumps(attached), *self.static_files(html)]
        key = key_of("whole", *made_by(), *common, html)
        whole = self.kept(key)
        if whole is None:
            whole = self.made(document, target, options, attached, on_share)
            self.cache.put(key, whole.to_bytes())
        on_share(1)
        target.write_bytes(whole.pdf)
        return Printed(whole.facts["count"], whole.facts["missing"])

    @cached_property
    def whole(self) -> Printer:
        """For what cannot be joined. Most processes never need it, nor its memory."""
        return Printer()

    def made(
        self, document: Cut, target: Path, options: Any, attached: Any, on_share: Any
    ) -> Fragment:
        front = [document.cover, document.feet]
        laid_out = self.fragments([*front, *document.texts], options, attached, on_share)
        [cover], [feet], *chapters = laid_out
        texts = [piece for pieces in chapters for piece in pieces]
        check_pages(sum(text.pages for text in texts))
        contents = self.contents(document, texts, options)
        printed = [cover, contents, *texts]
        count = joining.join(printed, feet, target)
        missing = {letter for one in [*printed, feet] for letter in one.facts["missing"]}
        facts = {"count": count, "missing": "".join(sorted(missing))}
        return Fragment(target.read_bytes(), facts)

    def contents(self, document: Cut, texts: Sequence[Fragment], options: Any) -> Fragment:
        """Laid out last, since it says on which page everything is; and its own length counts."""
        key = key_of("length", repr(options), document.contents.html)
        known = self.cache.get(key)
        length = int(known or ceil(document.contents.html.count("<li") / LINES_A_PAGE) or 1)
        for _try in range(TRIES):
            numbered = document.numbered_contents(page_numbers(texts, 1 + length))
            [[contents]] = self.fragments([numbered], options)
            if contents.pages == length:
                self.cache.put(key, str(length).encode())
                return contents
            length = contents.pages
        raise NotJoined("the contents never get as long as their page numbers say")

    # --- What was laid out before -----------------------------------------------------------------
    def fragments(
        self,
        wanted: Sequence[Part],
        options: dict[str, Any],
        attached: dict[str, Any] | None = None,
        on_share: Callable[[float], None] = lambda share: None,
    ) -> list[list[Fragment]]:
        """The parts in their order, each as pieces: from the cache, or by the processes."""
        kept = {
            part: KeptPart(self.cache, part, self.made_by(part, options, attached))
            for part in wanted
        }
        found = {part: one.find() for part, one in kept.items()}
        missing = [part for part, pieces in found.items() if pieces is None]
        resumes = {part: kept[part].resumes() for part in missing}
        self.laid_out |= dict.fromkeys((part.name for part in missing), 0)
        whole, done = sum(map(parts.weight, missing)), 0
        for part, fragment in self.pool.lay_out(missing, options, attached, resumes):
            found[part] = kept[part].put(fragment)
            self.laid_out[part.name] = fragment.pages
            done += parts.weight(part)
            on_share(done / whole)
        return list(found.values())

    def kept(self, key: str) -> Fragment | None:
        stored = self.cache.get(key)
        return Fragment.from_bytes(stored) if stored else None

    def made_by(
        self, part: Part, options: dict[str, Any], attached: dict[str, Any] | None
    ) -> list[bytes | str]:
        """All that makes a part's pages besides its HTML."""
        own = json.dumps(attached) if part.name == parts.COVER else ""
        return [*made_by(), repr(options), own, *self.static_files(part.html)]

    def static_files(self, html: str) -> list[bytes]:
        """The style sheets and pictures that the HTML names; they name no others."""
        return [self.fetcher.read(name) for name in STATIC.findall(html)]


@cache
def made_by() -> tuple[bytes | str, ...]:
    """What lays out, as far as it is the same for all parts."""
    heads = [head_of(path) for path, _index in font_files()]
    code = [
        Path(module.__file__ or "").read_bytes()
        for module in (cuts, fragments, joining, kept_parts, page_maker, tagging)
    ]
    return (weasyprint.__version__, *heads, *code)


def page_numbers(texts: Sequence[Fragment], before: int) -> dict[str, int]:
    """The page of each anchor, counted from one, with so many pages before the first text."""
    firsts = accumulate((text.pages for text in texts), initial=before + 1)
    numbers: dict[str, int] = {}
    for text, first in zip(texts, firsts, strict=False):
        for name, (page, _x, _y) in text.facts["anchors"].items():
            numbers.setdefault(name, first + page)  # what goes on after a piece began before it
    return numbers
