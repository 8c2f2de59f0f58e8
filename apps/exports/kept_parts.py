"""The laid-out parts in the layout cache: each as pieces, which are pages of one fragment or, after
edits, of several. Used by chapters.py alone.

The last layout of a part is also kept under what an edit leaves as it is, so that the next layout
finds the pages that stay.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from apps.exports.cuts import Blocks, LaidOut, Resume, Start
from apps.exports.fragments import Fragment
from apps.exports.layout_cache import LayoutCache, key_of
from apps.exports.parts import Part

Piece = tuple[str, int, int]  # a fragment's key, its first page and the one after its last
MOST_PIECES = 8  # to join more takes longer than to lay the part out


@dataclass
class KeptPart:
    """A part: where it is kept, and how it was laid out last, if it was."""

    cache: LayoutCache
    part: Part
    made_by: Sequence[bytes | str]  # all that makes its pages besides its HTML

    def __post_init__(self) -> None:
        self.key = key_of(*self.made_by, self.part.name, self.part.html)
        self.blocks: list[str] = []
        self.last: LaidOut | None = None
        self.fragments: dict[str, Fragment] = {}

    def find(self) -> list[Fragment] | None:
        """Its pages in their order, where nothing changed."""
        laid_out = self.read(self.key)
        return self.pieces(laid_out) if laid_out else None

    def resumes(self) -> list[Resume]:
        """How to lay out only what an edit can have changed; the first way is the shortest."""
        cut = Blocks.of(self.part.html)
        if cut is None:
            return []
        self.blocks = [key_of(block) for block in cut.blocks]
        # Another chapter of this name, or one of another plan, has another head around its blocks.
        self.name = key_of("last", *self.made_by, self.part.name, cut.before, cut.after)
        last = self.read(self.name)
        if last is None or len(last.pieces) > MOST_PIECES or self.pieces(last) is None:
            return []
        self.last = last
        return last.resumes(self.blocks)

    def put(self, fragment: Fragment) -> list[Fragment]:
        """Keep the part, made of these pages and the old ones around them. Returns its pages."""
        pages = fragment.to_bytes()
        # By what it is, not by the part: the same part may be laid out again, cut in other places,
        # while others are made of these pages.
        own = key_of("pages", pages)
        self.cache.put(own, pages)
        self.fragments[own] = fragment
        laid_out = self.composed(own, fragment)
        stored = json.dumps(vars(laid_out)).encode()
        self.cache.put(self.key, stored)
        if laid_out.blocks:
            self.cache.put(self.name, stored)
        return self.pieces(laid_out) or []

    def composed(self, own: str, fragment: Fragment) -> LaidOut:
        facts = fragment.facts
        blocks = self.blocks if facts["in_blocks"] else []
        starts = [Start(*start) for start in facts["starts"]]
        pieces: list[Piece] = [(own, 0, fragment.pages)]
        if self.last and (facts["first"] or facts["met"] is not None):
            old, first = self.last, facts["first"]
            met = len(old.starts) if facts["met"] is None else facts["met"]
            moved = len(blocks) - len(old.blocks)
            starts = [*old.starts[:first], *starts, *(one.moved(moved) for one in old.starts[met:])]
            after = cut_out(old.pieces, met, len(old.starts))
            pieces = [*cut_out(old.pieces, 0, first), *pieces, *after]
        return LaidOut(blocks, starts, pieces)

    # --- What is stored ---------------------------------------------------------------------------
    def read(self, key: str) -> LaidOut | None:
        stored = self.cache.get(key)
        if not stored:
            return None
        made = json.loads(stored)
        starts = [Start(*start) for start in made["starts"]]
        return LaidOut(made["blocks"], starts, [(key, a, b) for key, a, b in made["pieces"]])

    def pieces(self, laid_out: LaidOut) -> list[Fragment] | None:
        """None if one of them was swept away."""
        for key, _first, _end in laid_out.pieces:
            if key not in self.fragments:
                stored = self.cache.get(key)
                if not stored:
                    return None
                self.fragments[key] = Fragment.from_bytes(stored)
        return [self.fragments[key].piece(first, end) for key, first, end in laid_out.pieces]


def cut_out(pieces: Sequence[Piece], first: int, end: int) -> list[Piece]:
    """The pieces that hold the pages from ``first`` to before ``end``."""
    held: list[Piece] = []
    at = 0
    for key, begin, stop in pieces:
        low, high = max(first, at), min(end, at + stop - begin)
        if low < high:
            held.append((key, begin + low - at, begin + high - at))
        at += stop - begin
    return held
