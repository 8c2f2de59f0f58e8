"""What stands before the chapters of a Word document: cover, contents, summary.

Used by blocks.py alone, which has the rules of the chapters. Each rule takes (writer, element,
place).
"""

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from apps.exports.docx import tables
from apps.exports.docx.pages import Sheet
from apps.exports.docx.pictures import LOGO_BOX
from apps.exports.docx.styles import INK
from apps.exports.docx.widths import width_of
from apps.exports.docx.xml import border, field, internal_link, make, paragraph, tab, text

if TYPE_CHECKING:
    from apps.exports.docx.writer import Place, Writer

COVER_FACTS = 109.0  # millimetres of the cover for its margins and the facts at its end


def has(element: Any, name: str) -> bool:
    return name in (element.get("class") or "").split()


def all_with(element: Any, name: str) -> list[Any]:
    return [child for child in element.iter() if isinstance(child.tag, str) and has(child, name)]


def inside(place: "Place", cell: Any, width: float, style: str) -> "Place":
    return replace(
        place, parent=cell, width=width, style=style, in_table=True, list_level=-1, align="",
        keep_next=False,
    )  # fmt: skip


# --- Front ----------------------------------------------------------------------------------------
def cover_facts(writer: "Writer", element: Any, place: "Place") -> None:
    """Three side by side, in the lower part of the cover."""
    writer.append(
        place, paragraph("CoverGap", before=cover_gap(writer.sheets.cover, element.getparent()))
    )
    facts = [child for child in element if child.tag == "div"]
    across, width = 3, writer.sheets.cover.width / 3
    table = tables.table_element([width] * across, "TableNormal")
    for at in range(0, len(facts), across):
        cells = []
        for fact in (facts[at : at + across] + [None] * across)[:across]:
            top = [border("top", INK, 6)] if at == 0 else None
            cell = tables.cell_element(width, borders=top, margins=tables.cell_margins(2, 0, 0, 2))
            if fact is not None:
                for part, style in zip(fact, ("CoverFactName", "CoverFact"), strict=False):
                    writer.children(part, inside(place, cell, width, style))
            cells.append(tables.with_gap(cell))
        table.append(tables.row_element(*cells))
    writer.append(place, table)


def cover_gap(sheet: Sheet, cover: Any) -> float:
    """Millimetres from the end of the pitch to where the facts begin, as long as there is room."""
    taken = 85.0 + (LOGO_BOX[1] if all_with(cover, "cover__logo") else 0)
    for style, line in (("cover__title", 12.6), ("cover__pitch", 7.2), ("cover__notice", 7.0)):
        for element in all_with(cover, style):
            points = {"cover__title": 34, "cover__pitch": 14}.get(style, 9)
            width = width_of(" ".join(element.text_content().split()), points)
            taken += line * ceil(width / (sheet.width - 5)) + 9
    return max(6.0, sheet.paper[1] - COVER_FACTS - taken)


# --- Contents -------------------------------------------------------------------------------------
def contents(writer: "Writer", element: Any, place: "Place") -> None:
    """A field that Word fills anew on request, filled in already. Its page numbers are fields, too:
    which page a heading is on only a program that lays out the pages can know."""
    sheets = writer.sheets
    sheets.turn(sheets.contents)
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
    sheets.turn(writer.sheets.text)


def contents_line(writer: "Writer", link: Any) -> Any:
    letters = " ".join("".join(link.itertext()).split())
    name = writer.bookmarks.get(link.get("href")[1:])
    style = "Toc1" if has(link, "contents__chapter") else "Toc2"
    if not name:
        return paragraph(style, text(letters))
    number = field(rf"PAGEREF {name} \h")
    return paragraph(style, internal_link(name, text(letters), tab(), *number))


# --- Summary --------------------------------------------------------------------------------------
def summary_figures(writer: "Writer", element: Any, place: "Place") -> None:
    writer.break_page = True
    writer.children(element, place)


def key_figures(writer: "Writer", element: Any, place: "Place") -> None:
    """The figures of two sections side by side, each read to its end."""
    groups = all_with(element, "key-figures__group")
    gap = 6.0
    width = (place.width - gap) / 2
    table = tables.table_element([width, gap, width], "TableNormal")
    for at in range(0, len(groups), 2):
        cells = []
        for group in groups[at : at + 2]:
            cells += [tables.with_gap(tables.cell_element(gap))] if cells else []
            cell = tables.cell_element(width, margins=tables.cell_margins(0, 0, 0, 0))
            inner = inside(place, cell, width, "Normal")
            writer.children(group, replace(inner, in_table=False))
            cells.append(tables.with_gap(cell))
        if len(cells) == 1:
            cells.append(tables.with_gap(tables.cell_element(gap + width, span=2)))
        table.append(tables.row_element(*cells))
    if groups:
        writer.append(place, table)


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


FRONT_RULES = {
    ".cover__facts": cover_facts,
    ".contents": contents,
    ".summary__figures": summary_figures,
    ".key-figures": key_figures,
    ".told": told,
}
