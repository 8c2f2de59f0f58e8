"""Tables of a Word document, and facts and tiles, which are tables too. Used by docx_writer.py.

Widths are fixed and computed here from the texts: Word would find its own, LibreOffice would not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from apps.exports.docx_styles import ACCENT, INK, LINE, SOFT
from apps.exports.docx_xml import border, make, no_border, twips

POINT = 25.4 / 72  # millimetres
PADDING = 3.0  # millimetres of a cell, both sides
MONTH_PADDING = 1.2
NATURAL = 110.0  # a column asks for no more
NOTE = 30.0  # … and for a note below a figure for no more than this
HEAD_LINES = 2.5  # a long head may break
LABEL = 34.0  # a fact's name
BLOCKS = {"p", "br", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "figure"}


# --- What a text takes ----------------------------------------------------------------------------
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


# --- Elements -------------------------------------------------------------------------------------
def table_element(
    widths: list[float], style: str, *, name: str = "", left: Any = None, indent: float = 0,
    head: bool = False,
) -> Any:  # fmt: skip
    """An empty table. ``name`` is what a screen reader calls it."""
    return make(
        "tbl",
        make(
            "tblPr",
            make("tblStyle", val=style) if style else None,
            make("tblW", w=twips(sum(widths)), type="dxa"),
            make("tblInd", w=twips(indent), type="dxa") if indent else None,
            make("tblBorders", left) if left is not None else None,
            make("tblLayout", type="fixed"),
            make(
                "tblLook", val="0420" if head else "0400", firstRow=int(head), lastRow=0,
                firstColumn=0, lastColumn=0, noHBand=0, noVBand=1,
            ),
            make("tblCaption", val=name[:250]) if name else None,
        ),
        make("tblGrid", *(make("gridCol", w=twips(width)) for width in widths)),
    )  # fmt: skip


def row_element(*cells: Any, head: bool = False, whole: bool = True) -> Any:
    properties = make(
        "trPr", make("cantSplit") if whole else None, make("tblHeader") if head else None
    )
    return make("tr", properties if len(properties) else None, *cells)


def cell_element(
    width: float, *, span: int = 1, borders: Any = None, margins: Any = None, bottom: bool = False,
    shade: str = "",
) -> Any:  # fmt: skip
    return make(
        "tc",
        make(
            "tcPr",
            make("tcW", w=twips(width), type="dxa"),
            make("gridSpan", val=span) if span > 1 else None,
            make("tcBorders", *borders) if borders else None,
            make("shd", val="clear", color="auto", fill=shade) if shade else None,
            margins,
            make("vAlign", val="bottom") if bottom else None,
        ),
    )


def cell_margins(top: float, left: float, bottom: float, right: float) -> Any:
    return make(
        "tcMar", make("top", w=twips(top), type="dxa"), make("left", w=twips(left), type="dxa"),
        make("bottom", w=twips(bottom), type="dxa"), make("right", w=twips(right), type="dxa"),
    )  # fmt: skip


Fact = tuple[str, Any, list[Any]]  # its kind, its name, its texts
Fill = Callable[[Any, Any], None]  # (the cell to write into, what to write)


# --- Facts: a name and its text, two short ones on a line -----------------------------------------
def facts_table(facts: list[Fact], room: float, fill: Fill, *, in_row: bool) -> Any:
    """``in_row`` draws the line at the left of a row's details."""
    indent = 2.0 if in_row else 0.0
    pair = (room - indent - 2 * LABEL) / 2
    widths = [LABEL, pair, LABEL, pair]
    edge = border("left", SOFT, 12, 6) if in_row else None
    table = table_element(widths, "TableNormal", left=edge, indent=indent)
    inside = cell_margins(0.5, 1.5 if in_row else 0, 0.3, 2)

    def cell(parts: list[Any], width: float, span: int, first: bool = False) -> Any:
        margins = inside if first else cell_margins(0.5, 0, 0.3, 2)
        made = cell_element(width, span=span, borders=[border("top", "EFF1F5", 4)], margins=margins)
        fill(made, parts)
        return made

    at = 0
    while at < len(facts):
        kind, name, texts = facts[at]
        after = facts[at + 1] if at + 1 < len(facts) else ("", None, [])
        if kind == "left" and after[0] == "right":
            cells = [
                cell([name], LABEL, 1, True), cell(texts, pair, 1),
                cell([after[1]], LABEL, 1), cell(after[2], pair, 1),
            ]  # fmt: skip
            at += 1
        elif kind in {"above", "long"}:
            cells = [cell([name, *texts], sum(widths), 4, True)]
        else:
            cells = [cell([name], LABEL, 1, True), cell(texts, LABEL + 2 * pair, 3)]
        table.append(row_element(*cells, whole=kind != "long"))
        at += 1
    return table


def two_columns(
    pairs: list[tuple[Any, Any]], widths: list[float], fill: Fill, *, line: str = LINE
) -> Any:
    """A plain list of a name and a text."""
    table = table_element(widths, "TableNormal")
    for pair in pairs:
        cells = []
        for width, element in zip(widths, pair, strict=True):
            made = cell_element(
                width, borders=[border("bottom", line, 4)], margins=cell_margins(0.3, 0, 0.3, 1)
            )
            fill(made, element)
            cells.append(made)
        table.append(row_element(*cells))
    return table


# --- Tiles: the figures that count ----------------------------------------------------------------
def tiles_table(tiles: list[Any], room: float, fill: Fill) -> Any:
    """Rows of three; of four where three would leave one alone."""
    across = 4 if len(tiles) % 3 == 1 and len(tiles) > 1 else 3
    across = min(across, max(1, len(tiles)))
    gap = 2.5
    width = (room - gap * (across - 1)) / across
    widths = [width] + [gap, width] * (across - 1)
    table = table_element(widths, "TableNormal")
    for row in range(ceil(len(tiles) / across)):
        cells = []
        for column in range(across):
            if column:
                cells.append(with_gap(cell_element(gap)))
            at = row * across + column
            borders = [
                border("top", ACCENT, 12), border("left", LINE, 4), border("bottom", LINE, 4),
                border("right", LINE, 4),
            ]  # fmt: skip
            if at >= len(tiles):
                borders = [no_border(side) for side in ("top", "left", "bottom", "right")]
            made = cell_element(width, borders=borders, margins=cell_margins(1.6, 2.5, 1.6, 2))
            if at < len(tiles):
                fill(made, tiles[at])
            cells.append(with_gap(made))
        table.append(row_element(*cells))
        if row + 1 < ceil(len(tiles) / across):
            spacer = cell_element(room, span=len(widths), margins=cell_margins(0, 0, 0, 0))
            table.append(row_element(with_gap(spacer)))
    return table


def with_gap(cell: Any) -> Any:
    """A cell ends with a paragraph, or Word calls the file damaged."""
    if cell[-1].tag != make("p").tag:
        cell.append(make("p", make("pPr", make("pStyle", val="Gap"))))
    return cell


def head_borders() -> list[Any]:
    return [border("bottom", INK, 8)]


def sum_borders() -> list[Any]:
    return [border("top", INK, 4)]
