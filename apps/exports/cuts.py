"""Which pages of a part an edit leaves as they are. Pure; used by kept_parts.py and page_maker.py.

A part is a row of blocks: the elements right below its section. A page follows from the blocks on
it and from the first ones of the next page, which were too much for it. So the pages well before
the edit stay; and once a page begins after the edit exactly where an old one began, so do all that
follow. Only those between are laid out, in a document whose other blocks are empty.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from apps.exports.parts import ELSEWHERE, END, LINK
from apps.exports.typeset import end_of_element

SECTION = re.compile(r'<section class="chapter(?=[" ])[^>]*>')
OPENING = re.compile(r"\s*(<(\w+)\b[^>]*>)")
ID = re.compile(r' id="[^"]*"')
# How many pages where the old ones may be met again before all of the rest is laid out.
NEAR = 2


class Start(NamedTuple):
    """How a page begins: in which block, and what WeasyPrint's page maker knows besides."""

    block: int
    within: str = "None"
    next_page: str = ""
    resumable: bool = False  # nothing else matters for the pages from here on

    def moved(self, blocks: int) -> "Start":
        return self._replace(block=self.block + blocks)


@dataclass(frozen=True)
class Resume:
    """What to lay out: from ``start`` until a page begins where an old one did."""

    first: int  # so many pages stay before
    start: Start
    filled: range  # blocks that are not empty
    met: dict[Start, int]  # the old pages by how they begin, among the blocks of now


@dataclass(frozen=True)
class Blocks:
    """A part's HTML, cut at its blocks."""

    before: str
    blocks: list[str]
    after: str

    @classmethod
    def of(cls, html: str) -> "Blocks | None":
        """None where a part is no row of blocks: a cover, or many chapters on one page."""
        section = SECTION.search(html)
        if not section:
            return None
        blocks, at = [], section.end()
        while opening := OPENING.match(html, at):
            end = end_of_element(html, opening[2], opening.end())
            blocks.append(html[at:end])
            at = end
        after = html[at:]
        # The first piece of a chapter with landscape pages leaves its section open.
        if after.strip() not in (END, "</section>" + END):
            return None
        return cls(html[: section.end()], blocks, after)

    def html_for(self, resume: Resume) -> str:
        """The part with nothing in those blocks that are not laid out. The chapter's head stays,
        alone on the first page, since its title runs on over the others."""
        blocks = [
            block if number in resume.filled or number == 0 else emptied(block)
            for number, block in enumerate(self.blocks)
        ]
        if resume.first:
            last = resume.start.block - 1
            blocks[last] = blocks[last].replace(">", ' style="break-after: page">', 1)
        html = self.before + "".join(blocks) + self.after
        return LINK.sub(lambda link: f'href="{ELSEWHERE}{link[1]}"', html)


def emptied(block: str) -> str:
    """The element alone: style sheets look at what stands before another."""
    opening = OPENING.match(block)
    return f"{ID.sub('', opening[1])}</{opening[2]}>" if opening else block


@dataclass(frozen=True)
class LaidOut:
    """A part's pages, and what is needed to know which of them stay after an edit."""

    blocks: list[str]  # what each was, by its hash; none where no page can stay
    starts: list[Start]  # of each page
    pieces: list[tuple[str, int, int]] = field(default_factory=list)  # fragment, first page, end

    def resumes(self, blocks: Sequence[str]) -> list[Resume]:
        """What to lay out for ``blocks``: the pages around the edit, and if the old ones are not
        met again soon, all to the end."""
        if not self.blocks or not blocks:
            return []
        before = common(self.blocks, blocks)
        rest = min(len(self.blocks), len(blocks)) - before
        after = min(rest, common(self.blocks[::-1], blocks[::-1]))
        moved = len(blocks) - len(self.blocks)
        first = self.pages_before(before)
        # The first block after the edit has another one before it, which styles may look at.
        edit_end = len(self.blocks) - after
        met = {
            start.moved(moved): page
            for page, start in enumerate(self.starts)
            if start.resumable and start.block > edit_end
        }
        start = self.starts[first]
        low = start.block if first else 0
        if not first and not met:
            return []
        resumes = [Resume(first, start, range(low, len(blocks)), met)]
        if len(met) > NEAR:
            # What a page looks at of the next one has to be there.
            *near, last = list(met.items())[: NEAR + 1]
            filled = range(low, last[0].block + 1)
            resumes.insert(0, Resume(first, start, filled, dict(near)))
        return resumes

    def pages_before(self, edit: int) -> int:
        """How many pages stay that are before block ``edit``. What overflows a page begins on the
        next one or right after it."""
        first = sum(start.block < edit for start in self.starts) - 2
        while first > 0 and not (self.starts[first].resumable and self.starts[first].block):
            first -= 1
        return max(0, first)


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of both are the same, from the first one on."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
