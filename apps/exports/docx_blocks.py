"""The blocks of the printed plan that are more than paragraphs, by their class or tag.

Used by docx_writer.py alone. Each rule is (writer, element, place); docx_tables.py makes the tables.
"""

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from apps.exports import docx_pages as pages
from apps.exports import docx_tables as tables
from apps.exports.docx_xml import field, internal_link, make, paragraph, tab, text

if TYPE_CHECKING:
    from apps.exports.docx_writer import Place, Writer

PICTURE_HEIGHT = {"full": (110.0, 210.0), "investor": (80.0, 140.0)}  # and of a tall one
FACT_KIND = "fact--"
COVER_FACTS_AT = 188.0  # millimetres below the cover's upper margin


def has(element: Any, name: str) -> bool:
    return name in (element.get("class") or "").split()


def all_with(element: Any, name: str) -> list[Any]:
    return [child for child in element.iter() if isinstance(child.tag, str) and has(child, name)]


# --- Front ----------------------------------------------------------------------------------------
def cover_facts(writer: "Writer", element: Any, place: "Place") -> None:
    """Three side by side, in the lower part of the cover."""
    writer.append(place, paragraph("CoverGap", before=cover_gap(element.getparent())))
    facts = [child for child in element if child.tag == "div"]
    across, width = 3, pages.COVER.width / 3
    table = tables.table_element([width] * across, "TableNormal")
    for at in range(0, len(facts), across):
        cells = []
        for fact in (facts[at : at + across] + [None] * across)[:across]:
            top = [tables.border("top", tables.INK, 6)] if at == 0 else None
            cell = tables.cell_element(width, borders=top, margins=tables.cell_margins(2, 0, 0, 2))
            if fact is not None:
                for part, style in zip(fact, ("CoverFactName", "CoverFact"), strict=False):
                    writer.children(part, inside(place, cell, width, style))
            cells.append(tables.with_gap(cell))
        table.append(tables.row_element(*cells))
    writer.append(place, table)


def cover_gap(cover: Any) -> float:
    """Millimetres from the end of the pitch to where the facts begin, as long as there is room."""
    taken = 85.0
    for style, line in (("cover__title", 12.6), ("cover__pitch", 7.2), ("cover__notice", 7.0)):
        for element in all_with(cover, style):
            points = {"cover__title": 34, "cover__pitch": 14}.get(style, 9)
            width = tables.width_of(" ".join(element.text_content().split()), points)
            taken += line * ceil(width / (pages.COVER.width - 5)) + 9
    return max(6.0, COVER_FACTS_AT - taken)


def contents(writer: "Writer", element: Any, place: "Place") -> None:
    """A field that Word fills anew on request, filled in already. Its page numbers are fields, too:
    which page a heading is on only a program that lays out the pages can know."""
    sheets = writer.sheets
    sheets.turn(pages.CONTENTS)
    links = [link for link in element.iter("a") if link.get("href")]
    for child in element:
        if child.tag in {"h1", "p"}:
            style = "TOCHeading" if child.tag == "h1" else "Normal"
            writer.children(child, replace(place, style=style))
    if links:
        entries = [contents_line(writer, link) for link in links]
        first, last = entries[0], entries[-1]
        begin = field(r'TOC \o "1-2" \h \z \u')
        first[1:1] = begin[:3]
        last.append(begin[-1])
        part = make("docPartObj", make("docPartGallery", val="Table of Contents"))
        part.append(make("docPartUnique"))
        writer.body.append(make("sdt", make("sdtPr", part), make("sdtContent", *entries)))
    sheets.turn(pages.TEXT)


def contents_line(writer: "Writer", link: Any) -> Any:
    letters = " ".join("".join(link.itertext()).split())
    name = writer.bookmarks.get(link.get("href")[1:])
    style = "Toc1" if has(link, "contents__chapter") else "Toc2"
    if not name:
        return paragraph(style, text(letters))
    number = field(rf"PAGEREF {name} \h")
    return paragraph(style, internal_link(name, text(letters), tab(), *number))


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
    writer.sheets.turn(pages.LANDSCAPE)
    writer.children(element, replace(place, width=pages.LANDSCAPE.width))
    writer.sheets.turn(pages.TEXT)


def new_page(writer: "Writer", element: Any, place: "Place") -> None:
    writer.break_page = writer.break_page or writer.sheets.current == pages.LANDSCAPE
    writer.children(element, place)


def summary_figures(writer: "Writer", element: Any, place: "Place") -> None:
    writer.break_page = True
    writer.children(element, place)


def key_figures(writer: "Writer", element: Any, place: "Place") -> None:
    """In two columns."""
    writer.sheets.turn(pages.COLUMNS)
    writer.children(element, replace(place, width=pages.COLUMNS.width))
    writer.sheets.turn(pages.TEXT_ON)


def told(writer: "Writer", element: Any, place: "Place") -> None:
    """A line of the summary: what it is about, and the answer. Lines that follow share a table."""
    widths = [29.0, place.width - 29.0]
    styles = iter(("SummaryTopic", "SummaryText"))

    def fill(cell: Any, part: Any) -> None:
        writer.children(part, inside(place, cell, widths[1] - 1, next(styles)))
        tables.with_gap(cell)

    table = tables.two_columns([tuple(element)], widths, fill)
    previous = writer.summary_rows
    if previous is not None and len(place.parent) > 1 and place.parent[-2] is previous:
        previous.append(table[-1])
    else:
        writer.summary_rows = table
        writer.append(place, table)


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


def plain_facts(writer: "Writer", element: Any, place: "Place") -> None:
    """Names and figures without boxes: the key figures of a chapter."""
    pairs = list(zip(element.iter("dt"), element.iter("dd"), strict=False))
    widths = [place.width * 0.52, place.width * 0.48]

    def fill(cell: Any, part: Any) -> None:
        place_ = inside(place, cell, widths[0], "StatNote")
        if part.tag == "dd":
            look = replace(place.look, bold=True)
            place_ = replace(place_, style="TableText", align="right", look=look)
        writer.children(part, place_)
        tables.with_gap(cell)

    if pairs:
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
    kind = tables.KINDS["table"]
    if has(element, "table-statement"):
        wide = writer.sheets.current == pages.LANDSCAPE
        kind = tables.KINDS["month" if wide else "statement"]
    caption, name = element.find("caption"), ""
    if caption is not None:
        name = " ".join("".join(caption.itertext()).split())
        if not has(caption, "visually-hidden"):
            writer.children(caption, replace(place, style="TableCaption"))
    rows = [
        (part.tag, row, tables.cells_of(row, part.tag == "thead"))
        for part in element
        if part.tag in {"thead", "tbody", "tfoot"}
        for row in part
        if row.tag == "tr"
    ]
    cells = [row_cells for _part, _row, row_cells in rows]
    widths = tables.column_widths(cells, kind, place.width)
    made = tables.table_element(widths, "PlanTable", name=name, head=bool(rows))
    whole = has(element, "table-whole")
    for number, (part, row, row_cells) in enumerate(rows):
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
    writer: "Writer", place: "Place", cells: list[tables.Cell], kind: tables.Kind,
    widths: list[float], *, is_head: bool, classes: str,
) -> Any:  # fmt: skip
    made, at = [], 0
    for cell in cells:
        width = sum(widths[at : at + cell.span])
        borders = tables.head_borders() if is_head else None
        borders = tables.sum_borders() if place.look.bold and not is_head else borders
        margins = None
        if kind.padding != tables.PADDING:
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


def alignment(cell: tables.Cell, column: int, classes: str) -> str:
    if "table-matrix" in classes and column:
        return "center"
    years = "told__years" in classes and column
    return "right" if cell.is_number or years else ""


def inside(place: "Place", cell: Any, width: float, style: str) -> "Place":
    return replace(
        place, parent=cell, width=width, style=style, in_table=True, list_level=-1, align="",
        keep_next=False,
    )  # fmt: skip


def items(writer: "Writer", element: Any, place: "Place") -> None:
    writer.items(element, place)


BLOCK_RULES = {
    ".cover__facts": cover_facts,
    ".contents": contents,
    ".chapter": chapter,
    ".landscape": landscape,
    ".new-page": new_page,
    ".summary__figures": summary_figures,
    ".key-figures": key_figures,
    ".told": told,
    ".facts": facts,
    ".stats": tiles,
    ".row-detail": row_detail,
    "dl": plain_facts,
    "figure": figure,
    "table": table,
    "ul": items,
    "ol": items,
}
