"""The plan as a Word document, from the same order and the same HTML as the PDF (render.py).

No request, no query; runs in the renderer process. Real headings, lists, tables and captions, so
that people write on in it; charts as pictures. writer.py walks the HTML.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.document import Document
from lxml import html as parser

from apps.exports import look
from apps.exports.docx.pages import Running, add_running
from apps.exports.docx.pictures import draw, taken_out
from apps.exports.docx.styles import ACCENT, OFFICE_LANG, new_document, recolored
from apps.exports.docx.writer import Writer
from apps.exports.docx.xml import embed
from apps.exports.models import Stage
from apps.exports.printable import UNPRINTABLE, clean
from apps.exports.render import Order, Printed, Printer, Progress, render_html

LONGEST_PROPERTY = 255  # characters; Word refuses longer ones
# The parts of the package have no dates of their own: the same plan is the same file.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def produce(order: Order, target: Path, tools: Any, progress: Progress) -> Printed:
    """The whole job. A Word document has no pages until a program lays it out: 0."""
    progress(Stage.CONTENT, 5)
    html = render_html(order)
    progress(Stage.LAYOUT, 20)
    document, missing = to_document(html, order, tools.whole, progress)
    progress(Stage.WRITING, 85)
    save(document, target)
    return Printed(0, missing)


def to_document(
    html: str, order: Order, printer: Printer, progress: Progress
) -> tuple[Document, str]:
    """The document, and the letters in its charts that no font has."""
    # XML knows no control characters, wherever they came from.
    without_pictures, pictures = taken_out(UNPRINTABLE.sub("", html))
    root = parser.document_fromstring(
        without_pictures, parser=parser.HTMLParser(encoding=None, huge_tree=True)
    )
    document = new_document(order["edition"])
    writer = Writer(
        document,
        language=order["language"],
        edition=order["edition"],
        paper=order["paper"],
        pictures=pictures,
    )
    writer.write(root.find("body"))
    progress(Stage.LAYOUT, 35)
    shown = [(pictures[at], size) for at, size, _drawing in writer.drawn]
    drawn, missing = draw([one for one, _size in shown], [size for _one, size in shown], printer)
    for (_at, _size, drawing), png in zip(writer.drawn, drawn, strict=True):
        relation, _image = document.part.get_or_add_image(io.BytesIO(png))
        embed(drawing, relation)
    colors = look.printed(order)
    accent, dark = (colors[name].lstrip("#").upper() for name in ("accent", "accent_dark"))
    add_running(document, writer.sheets, running_of(root), accent or ACCENT)
    if accent:
        lists = document.part.numbering_part.element
        for element in (document.element.body, document.styles.element, lists):
            recolored(element, accent, dark)
    set_properties(document, order)
    return document, missing


def running_of(root: Any) -> Running:
    """The texts that run along the pages, as the PDF's templates say them."""
    plan, version, folio = (
        root.find_class(f"running-{name}")[0] for name in ("plan", "version", "folio")
    )
    page, total = folio.find_class("page-number")[0], folio.find_class("page-total")[0]
    parts = (folio.text or "", page.tail or "", total.tail or "")
    return Running(one_line(plan), one_line(version), parts)


def one_line(element: Any) -> str:
    return " ".join(element.text_content().split())


def set_properties(document: Document, order: Order) -> None:
    plan = clean(order["document"]["plan"])
    taken_at = datetime.fromisoformat(order["taken_at"])
    properties = document.core_properties
    for name, value in {
        "title": plan["title"],
        "author": plan.get("company") or "VenturePlan",
        "last_modified_by": "VenturePlan",
        "subject": plan.get("pitch") or "",
        "keywords": "",
        "comments": "",
        "category": "",
        "language": OFFICE_LANG[order["language"]],
        "version": str(order["number"]),
        "identifier": order["hash"],
    }.items():
        setattr(properties, name, value[:LONGEST_PROPERTY])
    properties.created = properties.modified = taken_at.replace(tzinfo=None)
    properties.revision = 1


def save(document: Document, target: Path) -> None:
    """Written anew without the time of day that the library puts on every part."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w") as package:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, source.read(part))
