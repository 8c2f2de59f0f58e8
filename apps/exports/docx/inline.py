"""The text of one paragraph of a Word document, out of HTML. Used by writer.py alone."""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from unicodedata import east_asian_width

from apps.exports.docx.xml import PLAIN, Look, external_link, internal_link, line_break, text

SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Piece:
    """A text, a picture (``element``) or the end of a line."""

    letters: str = ""
    look: Look = PLAIN
    link: str = ""  # "#bookmark", or the id of an external relation
    element: Any = None
    ends_line: bool = False

    @property
    def is_text(self) -> bool:
        return self.element is None and not self.ends_line

    def reading(self, letters: str) -> "Piece":
        return replace(self, letters=letters)


END = Piece(ends_line=True)


@dataclass
class Line:
    pieces: list[Piece] = field(default_factory=list)

    def add_text(self, letters: str, look: Look, link: str, *, keep_lines: bool = False) -> None:
        lines = letters.strip("\n").split("\n") if keep_lines else [letters]
        for number, line in enumerate(lines):
            if number:
                self.add_break()
            if line:
                self.pieces.append(Piece(line, look, link))

    def add_break(self) -> None:
        self.pieces.append(END)

    def add_element(self, element: Any) -> None:
        self.pieces.append(Piece(element=element))

    @property
    def is_blank(self) -> bool:
        return not any(
            piece.element is not None or piece.letters.strip(" \t\n\r\f") for piece in self.pieces
        )

    def runs(self, *, capital: bool = False) -> list[Any]:
        """Its elements: white space closed up as a browser does. ``capital``: the first letter."""
        pieces = without_ends(closed_up(self.pieces))
        if capital and pieces and pieces[0].letters:
            letters = pieces[0].letters
            pieces[0] = pieces[0].reading(letters[0].upper() + letters[1:])
        made: list[Any] = []
        link = ""
        for piece in pieces:
            element = run_of(piece)
            if piece.link and piece.link == link:
                made[-1].append(element)
            elif piece.link:
                made.append(linked(piece.link, element))
            else:
                made.append(element)
            link = piece.link
        return made


def closed_up(pieces: list[Piece]) -> list[Piece]:
    """One space for many, also where they stand in two pieces; none around a line's end."""
    result: list[Piece] = []
    after_space = True
    for piece in pieces:
        if piece.is_text:
            letters = SPACES.sub(" ", piece.letters)
            letters = letters.lstrip(" ") if after_space else letters
            if letters:
                result.append(piece.reading(letters))
                after_space = letters.endswith(" ")
            continue
        if piece.ends_line and result and result[-1].is_text:
            result[-1] = result[-1].reading(result[-1].letters.rstrip(" "))
        result.append(piece)
        after_space = piece.ends_line
    return [piece for piece in result if piece.letters or not piece.is_text]


def without_ends(pieces: list[Piece]) -> list[Piece]:
    """Without space or line breaks at its ends."""
    while pieces and pieces[0].element is None and not pieces[0].letters.strip(" "):
        pieces.pop(0)
    while pieces and pieces[-1].element is None and not pieces[-1].letters.strip(" "):
        pieces.pop()
    if pieces and pieces[-1].is_text:
        pieces[-1] = pieces[-1].reading(pieces[-1].letters.rstrip(" "))
    return pieces


def run_of(piece: Piece) -> Any:
    if piece.element is not None:
        return piece.element
    if piece.ends_line:
        return line_break()
    look = piece.look
    if look.chinese and not any(east_asian_width(letter) == "A" for letter in piece.letters):
        # Only such letters have two widths; all others tell their script themselves.
        look = replace(look, chinese=False)
    return text(piece.letters, look)


def linked(link: str, element: Any) -> Any:
    if link.startswith("#"):
        return internal_link(link[1:], element)
    return external_link(link, element)
