"""Tables of a Word document, and facts and tiles, which are tables too. Used by blocks.py and
front.py. widths.py says how wide the columns are.
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from apps.exports.docx.styles import ACCENT, INK, LINE, SOFT
from apps.exports.docx.xml import border, make, no_border, twips

LABEL = 34.0  # a fact's name, millimetres


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
