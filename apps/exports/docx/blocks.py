"""The blocks of the printed plan that are more than paragraphs, by their class or tag.

Used by writer.py alone. Each rule takes (writer, element, place).
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apps.exports.docx import tables
from apps.exports.docx.front import FRONT_RULES, all_with, has, inside
from apps.exports.docx.widths import KINDS, PADDING, Cell, Kind, cells_of, column_widths

if TYPE_CHECKING:
    from apps.exports.docx.writer import Place, Writer

PICTURE_HEIGHT = {"full": (110.0, 210.0), "investor": (80.0, 140.0)}  # and of a tall one
FACT_KIND = "fact--"


# --- Chapters -------------------------------------------------------------------------------------
def chapter(writer: "Writer", element: Any, place: "Place") -> None:
    """On a new page; those of the investor edition follow each other."""
    anchor = element.get("id") or ""
    follows = writer.edition == "investor" and not anchor.startswith("annex-")
    writer.break_page = not follows or writer.after_front
    writer.after_front = anchor == "summary"
    if has(element, "landscape"):
        landscape(writer, element, place)
    else:
        writer.children(element, place)


def landscape(writer: "Writer", element: Any, place: "Place") -> None:
    """Wide tables, on sheets of their own."""
    writer.break_page = True
    writer.sheets.turn(writer.sheets.landscape)
    writer.children(element, replace(place, width=writer.sheets.landscape.width))
    writer.sheets.turn(writer.sheets.text)


def new_page(writer: "Writer", element: Any, place: "Place") -> None:
    writer.break_page = writer.break_page or writer.sheets.current == writer.sheets.landscape
    writer.children(element, place)


# --- Facts, tiles ---------------------------------------------------------------------------------
def facts(writer: "Writer", element: Any, place: "Place") -> None:
    found: list[tuple[str, Any, list[Any]]] = []
    for part in element.iter("dt", "dd"):
        if part.tag == "dt":
            found.append((kind_of(part.getparent()), part, []))
        elif found:
            found[-1][2].append(part)

    def fill(cell: Any, parts: list[Any]) -> None:
        for part in parts:
            style = "FactName" if part.tag == "dt" else "FactText"
            writer.children(part, inside(place, cell, place.width - 40, style))
        tables.with_gap(cell)

    if found:
        made = tables.facts_table(found, place.width, fill, in_row=place.in_row)
        writer.append(place, made)


def kind_of(box: Any) -> str:
    """What typeset.py found out of the lengths of a fact's name and text."""
    names = (box.get("class") or "").split()
    found = (name.removeprefix(FACT_KIND) for name in names if name.startswith(FACT_KIND))
    return next(found, "whole")


def figure_place(place: "Place", part: Any) -> "Place":
    """A figure is bold and stands at the right, below others."""
    if part.tag != "dd":
        return place
    return replace(place, style="TableText", align="right", look=replace(place.look, bold=True))


def plain_facts(writer: "Writer", element: Any, place: "Place") -> None:
    """Names and figures without boxes."""
    pairs = list(zip(element.iter("dt"), element.iter("dd"), strict=False))

    def fill(cell: Any, part: Any) -> None:
        writer.children(part, figure_place(inside(place, cell, place.width / 2, "StatNote"), part))
        tables.with_gap(cell)

    if pairs:
        widths = [place.width * 0.5, place.width * 0.5]
        writer.append(place, tables.two_columns(pairs, widths, fill))


def tiles(writer: "Writer", element: Any, place: "Place") -> None:
    def fill(cell: Any, part: Any) -> None:
        writer.children(part, inside(place, cell, place.width / 4, "StatNote"))

    found = all_with(element, "stat")
    if found:
        writer.append(place, tables.tiles_table(found, place.width, fill))


def row_detail(writer: "Writer", element: Any, place: "Place") -> None:
    writer.children(element, replace(place, in_row=True))


# --- Pictures -------------------------------------------------------------------------------------
def figure(writer: "Writer", element: Any, place: "Place") -> None:
    low, high = PICTURE_HEIGHT[writer.edition]
    found = list(element.iter("img"))
    width = place.width / len(found) - 2 if len(found) > 1 else place.width
    for picture in found:
        writer.picture(picture, (width, high if has(element, "picture--tall") else low))
    writer.flush(replace(place, style="Picture"))
    for child in element:
        if child.tag != "img":
            writer.block(child, place)


# --- Tables ---------------------------------------------------------------------------------------
def table(writer: "Writer", element: Any, place: "Place") -> None:
    kind = KINDS["table"]
    if has(element, "table-statement"):
        wide = writer.sheets.current == writer.sheets.landscape
        kind = KINDS["month" if wide else "statement"]
    caption, name = element.find("caption"), ""
    if caption is not None:
        name = " ".join("".join(caption.itertext()).split())
        if not has(caption, "visually-hidden"):
            writer.children(caption, replace(place, style="TableCaption"))
    rows = [
        (part.tag, row, cells_of(row, part.tag == "thead"))
        for part in element
        if part.tag in {"thead", "tbody", "tfoot"}
        for row in part
        if row.tag == "tr"
    ]
    cells = [row_cells for _part, _row, row_cells in rows]
    widths = column_widths(cells, kind, place.width)
    made = tables.table_element(widths, "PlanTable", name=name, head=bool(rows))
    whole = has(element, "table-whole")
    for number, (part, row, row_cells) in enumerate(rows):
        if row.get("id") in writer.links:
            writer.waiting.append(row.get("id"))
        keep = (whole or part == "thead") and number + 1 < len(rows)
        is_sum = part == "tfoot" or has(row, "strong")
        inner = replace(place, keep_next=keep, look=replace(place.look, bold=is_sum))
        made.append(
            table_row(writer, inner, row_cells, kind, widths, is_head=part == "thead",
                      classes=element.get("class") or "")
        )  # fmt: skip
    if rows:
        writer.append(place, made)


def table_row(
    writer: "Writer", place: "Place", cells: list[Cell], kind: Kind,
    widths: list[float], *, is_head: bool, classes: str,
) -> Any:  # fmt: skip
    made, at = [], 0
    for cell in cells:
        width = sum(widths[at : at + cell.span])
        borders = tables.head_borders() if is_head else None
        borders = tables.sum_borders() if place.look.bold and not is_head else borders
        margins = None
        if kind.padding != PADDING:
            margins = tables.cell_margins(0.35, kind.padding / 2, 0.35, kind.padding / 2)
        element = tables.cell_element(
            width, span=cell.span, borders=borders, margins=margins, bottom=is_head
        )
        is_bold = place.look.bold or (cell.is_label and "table-statement" not in classes)
        inner = inside(place, element, width, kind.head if is_head else kind.text)
        inner = replace(
            inner, look=replace(place.look, bold=is_bold and not is_head),
            align=alignment(cell, at, classes), keep_next=place.keep_next,
        )  # fmt: skip
        writer.children(cell.element, inner)
        made.append(tables.with_gap(element))
        at += cell.span
    return tables.row_element(*made, head=is_head)


def alignment(cell: Cell, column: int, classes: str) -> str:
    if "table-matrix" in classes and column:
        return "center"
    years = "told__years" in classes and column
    return "right" if cell.is_number or years else ""


def items(writer: "Writer", element: Any, place: "Place") -> None:
    writer.items(element, place)


BLOCK_RULES = {
    **FRONT_RULES,
    ".chapter": chapter,
    ".landscape": landscape,
    ".new-page": new_page,
    ".facts": facts,
    ".stats": tiles,
    ".row-detail": row_detail,
    "dl": plain_facts,
    "figure": figure,
    "table": table,
    "ul": items,
    "ol": items,
}
