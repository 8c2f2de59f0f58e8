"""How wide the columns of a Word document's tables are. Used by blocks.py and front.py.

Computed from the texts and fixed: Word would find widths of its own, LibreOffice would not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

POINT = 25.4 / 72  # millimetres
PADDING = 3.0  # millimetres of a cell, both sides
MONTH_PADDING = 1.2
NATURAL = 110.0  # a column asks for no more
NOTE = 30.0  # … and for a note below a figure for no more than this
HEAD_LINES = 2.5  # a long head may break
BLOCKS = {"p", "br", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "figure"}


def width_of(text: str, points: float, bold: bool = False) -> float:
    """Millimetres of a line, about; rather too many."""
    ems = 0.0
    was_wide = None
    for letter in text:
        is_wide = east_asian_width(letter) in "WF"
        if letter.isalnum() and was_wide is not None and is_wide != was_wide:
            ems += 0.25  # office programs set Chinese and Latin apart
        was_wide = is_wide if letter.isalnum() else None
        if is_wide:
            ems += 1
        elif letter.isspace() or letter in ".,:;'|ijl()[]":
            ems += 0.3
        elif letter in "%WMm@—":
            ems += 0.95
        elif letter.isdigit() or letter.islower():
            ems += 0.56
        else:
            ems += 0.72
    return ems * points * POINT * (1.07 if bold else 1)


def longest_word(text: str, points: float, bold: bool) -> float:
    """Chinese may break after every letter: four of them stay together."""
    words = (
        word[:4] if any(east_asian_width(letter) in "WF" for letter in word) else word
        for word in text.replace("\u200b", " ").replace("/", "/ ").replace("-", "- ").split()
    )
    return max((width_of(word, points, bold) for word in words), default=0.0)


def lines_of(element: Any) -> Iterator[tuple[str, bool]]:
    """(line, is a note below the figure)."""
    line: list[str] = []
    found: list[tuple[str, bool]] = []

    def end(is_note: bool = False) -> None:
        if joined := " ".join("".join(line).split()):
            found.append((joined, is_note))
        line.clear()

    def walk(node: Any, in_note: bool) -> None:
        is_note = in_note or "evidence-note" in (node.get("class") or "")
        ends = node.tag in BLOCKS or is_note
        if ends:
            end(in_note)
        line.append(node.text or "")
        for child in node:
            walk(child, is_note)
            line.append(child.tail or "")
        if ends:
            end(is_note)

    walk(element, False)
    end()
    yield from found


@dataclass(frozen=True)
class Cell:
    element: Any
    is_head: bool
    is_label: bool  # a <th>
    is_number: bool
    keeps_line: bool
    span: int


@dataclass(frozen=True)
class Kind:
    """How the text of a table is set."""

    text: str
    head: str
    points: float
    padding: float


KINDS = {
    "table": Kind("TableText", "TableHead", 8.5, PADDING),
    "statement": Kind("StatementText", "StatementHead", 8, PADDING),
    "month": Kind("MonthText", "MonthHead", 7, MONTH_PADDING),
}


def cells_of(row: Any, is_head: bool) -> list[Cell]:
    cells = []
    for element in row:
        if element.tag in {"td", "th"}:
            classes = (element.get("class") or "").split()
            cells.append(
                Cell(
                    element, is_head, element.tag == "th", bool({"num", "text-end"} & {*classes}),
                    "nowrap" in classes or ("num" in classes and not is_head),
                    max(1, int(element.get("colspan") or 1)),
                )
            )  # fmt: skip
    return cells


def column_widths(rows: list[list[Cell]], kind: Kind, room: float) -> list[float]:
    """Millimetres of each column: what its words need, and a share of the rest by its texts."""
    columns = max((sum(cell.span for cell in row) for row in rows), default=0)
    least, natural = [4.0] * columns, [4.0] * columns
    for row in rows:
        at = 0
        for cell in row:
            if cell.span == 1:
                need, wish = needs(cell, kind)
                least[at] = max(least[at], min(need + kind.padding, room))
                natural[at] = max(natural[at], wish + kind.padding)
            at += cell.span
    wanted = [max(pair) for pair in zip(least, natural, strict=True)]
    if sum(wanted) <= room:
        return [room * width / sum(wanted) for width in wanted]
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    more = [wish - need for wish, need in zip(wanted, least, strict=True)]
    share = (room - sum(least)) / sum(more)
    return [need + share * extra for need, extra in zip(least, more, strict=True)]


def needs(cell: Cell, kind: Kind) -> tuple[float, float]:
    """The width below which a cell looks torn, and the one it would like."""
    bold = cell.is_label
    least = natural = 0.0
    for line, is_note in lines_of(cell.element):
        points = 7 if is_note else kind.points
        whole, word = width_of(line, points, bold), longest_word(line, points, bold)
        least = max(least, whole if cell.keeps_line and not is_note else word)
        most = NATURAL if not is_note else NOTE if cell.is_number else 2 * NOTE
        natural = max(natural, min(whole, most))
    return least, natural / HEAD_LINES if cell.is_head else natural
