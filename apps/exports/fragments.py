"""One part of the printed plan → a PDF without fonts, and what joining needs to know of it.

The only module besides page_maker.py that reaches into WeasyPrint: its font writer (the fonts are
cut once for the whole document, by joining.py, not once a part), its page boxes and the PDF before
it is written.
tests/exports/test_chapters.py holds it to the one-piece render, page by page.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.pdf.fonts import Font

from apps.exports import tagging
from apps.exports.cuts import Blocks, Resume
from apps.exports.layout_cache import key_of
from apps.exports.page_maker import NotResumed, Pages, made_pages
from apps.exports.parts import DIGITS, ELSEWHERE, FEET, Part
from apps.exports.render import Printer, collector_paused, watched

SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
POINTS = 0.75  # of a CSS pixel
TEXT_OBJECT = re.compile(rb"BT\n(.*?)ET\n", re.DOTALL)
COLOR = re.compile(rb"^[\d. ]+ rg$", re.MULTILINE)
GLYPHS = re.compile(rb"<([0-9a-f]*)>\s*([-\d.]*)")


@dataclass(frozen=True)
class Fragment:
    """``facts`` is plain JSON: part, pages, anchors, bookmarks, fonts, feet, missing; how each page
    begins; which old pages of the part stay before (``first``) and after (``met``)."""

    pdf: bytes
    facts: dict[str, Any]
    first: int = 0  # the page of ``pdf`` that is the first one here

    @property
    def pages(self) -> int:
        return len(self.facts["pages"])

    def piece(self, first: int, end: int) -> "Fragment":
        """The pages from ``first`` to before ``end``, as a fragment of the same PDF."""
        facts = self.facts
        if (first, end) == (0, self.pages):
            return self
        anchors = {
            name: [page - first, x, y]
            for name, (page, x, y) in facts["anchors"].items()
            if first <= page < end
        }
        bookmarks = [
            [level, label, page - first, x, y]
            for level, label, page, x, y in facts["bookmarks"]
            if first <= page < end
        ]
        references = [
            [page - first, *room] for page, *room in facts["references"] if first <= page < end
        ]
        of_pages = {
            "pages": facts["pages"][first:end],
            "anchors": anchors,
            "bookmarks": bookmarks,
            "references": references,
        }
        return Fragment(self.pdf, facts | of_pages, first)

    def to_bytes(self) -> bytes:
        return json.dumps(self.facts).encode() + b"\n" + self.pdf

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Fragment":
        facts, _, pdf = stored.partition(b"\n")
        return cls(pdf, json.loads(facts))


def lay_out(
    part: Part,
    printer: Printer,
    options: dict[str, Any],
    attachments: Sequence[Attachment] = (),
    resumes: Sequence[Resume] = (),
) -> Fragment:
    """All pages of the part; or those that the first of ``resumes`` asks for which is possible."""
    cut = Blocks.of(part.html) if resumes else None
    for resume in resumes if cut else ():
        try:
            return laid_out(part, cut.html_for(resume), printer, options, attachments, resume)
        except NotResumed:
            continue
    return laid_out(part, part.html, printer, options, attachments)


def laid_out(
    part: Part,
    html: str,
    printer: Printer,
    options: dict[str, Any],
    attachments: Sequence[Attachment],
    resume: Resume | None = None,
) -> Fragment:
    facts: dict[str, Any] = {"part": part.name}
    target = io.BytesIO()
    # Ids of several fragments of one part must differ.
    prefix = f"{part.name}-{key_of(html, repr(resume))[:8]}" if resume else part.name

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        tagging.mend(document, pdf)
        facts.update(learnt(document, pdf))
        if part.name == FEET:
            facts["feet"] = [feet_of(page, stream) for page, stream in drawn(document, pdf)]
        make_mergeable(pdf, prefix)

    html, sheets = without_sheets(html)
    with watched(lambda page: None) as undrawn, collector_paused():
        with made_pages(resume) as made:
            document = HTML(string=html, base_url="static:", url_fetcher=printer.fetcher).render(
                stylesheets=[printer.sheet(url) for url in sheets],
                font_config=printer.fonts,
                presentational_hints=False,
                **options,
            )
        if resume and resume.first:
            document = document.copy(document.pages[1:])
        with fonts_left_out():
            document.write_pdf(target, finisher=finish, attachments=list(attachments), **options)
    facts["missing"] = "".join(sorted(undrawn))
    return Fragment(target.getvalue(), facts | cuts_of(made, resume, bool(undrawn)))


def cuts_of(made: Pages, resume: Resume | None, odd: bool) -> dict[str, Any]:
    """Where the part may be cut the next time: nowhere if there is anything ``odd`` about it."""
    return {
        "starts": made.starts,
        "in_blocks": made.in_blocks and not odd,
        "first": resume.first if resume else 0,
        "met": made.met,
    }


def without_sheets(html: str) -> tuple[str, list[str]]:
    """The HTML without the style sheets that it names, and their addresses: read once a process."""
    return SHEET.sub("", html), SHEET.findall(html)


# --- Fonts ----------------------------------------------------------------------------------------
@contextmanager
def fonts_left_out() -> Iterator[None]:
    """Write the font dictionaries, which say widths and letters, without the font files."""
    written = Font.clean

    def leave_out(font: Font, to_unicode: dict[int, str], hinting: bool) -> None:
        font.face = face_id(font.file_content[:4096], len(font.file_content))
        font.file_content = font.file_content[:4]  # tells TrueType from OpenType

    Font.clean = leave_out
    try:
        yield
    finally:
        Font.clean = written


def face_id(head: bytes, size: int) -> str:
    """Names a font file without reading all of it: its head holds a checksum of the rest."""
    return hashlib.sha256(head[:4096] + str(size).encode()).hexdigest()


def font_facts(font: Font) -> dict[str, Any]:
    plain = not (font.bitmap or font.png or font.svg or font.colr or font.missing)
    return {
        "face": font.face if plain and "fvar" not in font.tables else None,
        "glyphs": sorted(font.to_unicode),
    }


# --- What joining needs to know -------------------------------------------------------------------
def learnt(document: Document, pdf: pydyf.PDF) -> dict[str, Any]:
    number = {reference: index for index, reference in enumerate(pdf.page_references)}
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    return {
        "pages": [shape_of(page) for page in document.pages],
        "anchors": {
            names[at].string: [number[names[at + 1][0]], *names[at + 1][2:4]]
            for at in range(0, len(names), 2)
        },
        "references": [
            found
            for index, page in enumerate(document.pages)
            for found in references_of(index, page)
        ],
        "bookmarks": [
            [level, label, index, x * POINTS, (page.height - y) * POINTS]
            for index, page in enumerate(document.pages)
            for level, label, (x, y), _state in page.bookmarks
        ],
        "fonts": {font.hash: font_facts(font) for font in document.fonts.values()},
    }


def references_of(index: int, page: Any) -> Iterator[list[Any]]:
    """[page, anchor, middle, base line] of each room for the number of a page."""
    for box in page._page_box.descendants():
        if type(box).__name__ == "InlineBlockBox" and box.element is not None:
            anchor = box.element.get("data-page-of")
            texts = [one for one in box.descendants() if type(one).__name__ == "TextBox"]
            if anchor and texts:
                middle = box.content_box_x() + box.width / 2
                yield [index, anchor, middle, texts[0].position_y + texts[0].baseline]


def shape_of(page: Any) -> list[float]:
    """Pages of one shape have their feet in the same place."""
    box = page._page_box
    sizes = (page.width, page.height, box.margin_left, box.margin_right, box.margin_bottom)
    return [round(size, 3) for size in sizes]


def make_mergeable(pdf: pydyf.PDF, name: str) -> None:
    """Names and ids that stay right among those of other parts."""
    prefix = f"{name}-"
    for made in pdf.objects:
        if not isinstance(made, pydyf.Dictionary):
            continue
        if made.get("S") == "/TH" and "ID" in made:
            # Its cells refer to it by the same object.
            made["ID"].string = prefix + made["ID"].string
        elif made.get("Subtype") == "/Link" and "A" in made:
            address = made["A"]["URI"].string
            if address.startswith(ELSEWHERE):
                made["Dest"] = pydyf.String(address.removeprefix(ELSEWHERE))
                made["Contents"] = made["Dest"]
                del made["A"]
    pdf.catalog.pop("Outlines", None)
    if "Names" in pdf.catalog:
        pdf.catalog["Names"].pop("Dests", None)


# --- Feet -----------------------------------------------------------------------------------------
def drawn(document: Document, pdf: pydyf.PDF) -> Iterator[tuple[Any, bytes]]:
    """Each page with what draws it."""
    streams = {made.reference: made for made in pdf.objects if isinstance(made, pydyf.Stream)}
    pages = [made for made in pdf.objects if made_page(made)]
    for page, made in zip(document.pages, pages, strict=True):
        operators = streams[made["Contents"]].stream
        yield page, b"".join(line + b"\n" for line in map(as_bytes, operators))


def made_page(made: Any) -> bool:
    return isinstance(made, pydyf.Dictionary) and made.get("Type") == "/Page"


def as_bytes(operator: Any) -> bytes:
    if isinstance(operator, str):
        return operator.encode()
    return operator if isinstance(operator, bytes) else operator.data


def feet_of(page: Any, stream: bytes) -> dict[str, Any]:
    """Where the texts of both feet stand, and what draws each: [box, kind, x, y, width, operators].

    ``kind`` is "number" or "total" for what differs from page to page.
    """
    boxes = [
        (margin.at_keyword, box)
        for margin in page._page_box.children
        for box in margin.descendants()
        if type(box).__name__ == "TextBox" and getattr(margin, "at_keyword", "").startswith("@b")
    ]
    # Margin boxes are drawn last, in the order of the boxes.
    operators = TEXT_OBJECT.findall(stream)[-len(boxes) :]
    color = COLOR.findall(stream)[-1]  # of the last text: all feet have one
    texts = [
        [margin.lstrip("@"), kind_of(box), *line_of(operator), box.width, operator.decode()]
        for (margin, box), operator in zip(boxes, operators, strict=True)
    ]
    return {"shape": shape_of(page), "color": color.decode(), "texts": texts}


def kind_of(box: Any) -> str:
    name = box.element.get("class") or "" if box.element is not None else ""
    return {"page-number": "number", "page-total": "total"}.get(name, "text")


def line_of(operators: bytes) -> tuple[float, float]:
    matrix = operators.split(b" Tm", 1)[0].split()
    return float(matrix[4]), float(matrix[5])


def digits_of(operators: str) -> dict[str, str]:
    """The glyph of each digit, from the operators that draw all of them."""
    runs = GLYPHS.findall(operators.encode())
    if any(float(kerning or 0) for _run, kerning in runs):
        return {}
    glyphs = "".join(run.decode() for run, _kerning in runs)
    return {digit: glyphs[4 * at : 4 * at + 4] for at, digit in enumerate(DIGITS)}
