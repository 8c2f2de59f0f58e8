"""The sheets of a Word document: cover, contents, text, wide tables; their running heads and feet.

Used by maker.py and writer.py.
"""

import io
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer, _Header
from PIL import Image

from apps.exports.choices import Paper
from apps.exports.docx.styles import LINE
from apps.exports.docx.xml import EMU, border, field, make, paragraph, tab, text, twips

BAR = 12.0  # the coloured edge of the cover, millimetres
PAPERS = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}


@dataclass(frozen=True)
class Sheet:
    """A section of Word: paper and margins, in millimetres."""

    name: str
    paper: tuple[float, float]  # as it lies
    top: float
    right: float
    bottom: float
    left: float

    @property
    def width(self) -> float:
        """Of the text."""
        return self.paper[0] - self.left - self.right

    @property
    def is_wide(self) -> bool:
        return self.paper[0] > self.paper[1]

    def properties(self) -> Any:
        size = make("pgSz", w=twips(self.paper[0]), h=twips(self.paper[1]))
        if self.is_wide:
            size.set(qn("w:orient"), "landscape")
        margins = make(
            "pgMar", top=twips(self.top), right=twips(self.right), bottom=twips(self.bottom),
            left=twips(self.left), header=twips(12 if self.is_wide else 14), footer=twips(10),
            gutter=0,
        )  # fmt: skip
        return make("sectPr", make("type", val="nextPage"), size, margins)


class Sheets:
    """Which sheet is being written on. A new one begins only when something is put on it."""

    def __init__(self, body: Any, paper: str) -> None:
        self.body = body
        upright = PAPERS[Paper(paper)]
        self.cover = Sheet("cover", upright, 38, 24, 20, 36)
        self.contents = Sheet("contents", upright, 28, 20, 22, 20)
        self.text = Sheet("text", upright, 28, 20, 22, 20)
        self.landscape = Sheet("landscape", upright[::-1], 20, 15, 16, 15)
        self.used = [self.cover]
        self.next: Sheet | None = None

    @property
    def current(self) -> Sheet:
        return self.next or self.used[-1]

    def turn(self, sheet: Sheet) -> None:
        self.next = None if sheet == self.used[-1] else sheet

    def settle(self) -> bool:
        """Begin the next sheet, if there is one; True if so: it is on a new page."""
        if self.next is None:
            return False
        last = self.body[-1] if len(self.body) else None
        if last is None or last.tag != qn("w:p"):
            last = paragraph("Gap")
            self.body.append(last)
        last.find(qn("w:pPr")).append(self.used[-1].properties())
        self.used.append(self.next)
        self.next = None
        return True

    def finish(self) -> None:
        """The last sheet's properties stand at the end of the body."""
        self.body.append(self.used[-1].properties())


# --- Running heads and feet -----------------------------------------------------------------------
@dataclass(frozen=True)
class Running:
    """What runs along every page but the cover: texts, and the words around the two numbers."""

    plan: str
    version: str
    folio: tuple[str, str, str]  # "Page ", " of ", ""


def add_running(document: Document, sheets: Sheets, running: Running, accent: str) -> None:
    """A sheet of the same kind as the one before it takes its heads and feet over."""
    before = ""
    for section, sheet in zip(document.sections, sheets.used, strict=True):
        if sheet.name != before:
            section.header.is_linked_to_previous = False
            section.footer.is_linked_to_previous = False
            if sheet == sheets.cover:
                draw_edge(section.header, sheet, accent)
            else:
                fill_head(section.header, sheet, running)
                fill_foot(section.footer, sheet, running)
        before = sheet.name


def line_of(part: _Header | _Footer, width: float, side: str) -> Any:
    """The one paragraph of a head or foot, with a stop at the right edge."""
    element = part.paragraphs[0]._p
    properties = element.get_or_add_pPr()
    if side:
        properties.append(make("pBdr", border(side, LINE, 4, 6)))
    properties.append(make("tabs", make("tab", val="right", pos=twips(width))))
    return element


def fill_head(header: _Header, sheet: Sheet, running: Running) -> None:
    line = line_of(header, sheet.width, "bottom")
    line.append(text(running.plan))
    if sheet.name != "contents":
        # By its level and not by the style's name, which Word translates.
        line.extend([tab(), *field("STYLEREF 1")])


def fill_foot(footer: _Footer, sheet: Sheet, running: Running) -> None:
    line = line_of(footer, sheet.width, "")
    first, between, last = running.folio
    line.extend([text(running.version), tab(), text(first), *field("PAGE", "1")])
    line.extend([text(between), *field("NUMPAGES", "1"), text(last)])


def draw_edge(header: _Header, sheet: Sheet, accent: str) -> None:
    """The coloured edge of the cover: a picture of one colour behind the text."""
    file = io.BytesIO()
    Image.new("RGB", (4, 4), f"#{accent}").save(file, "PNG")
    file.seek(0)
    relation, _image = header.part.get_or_add_image(file)
    width, height = round(BAR * EMU), round(sheet.paper[1] * EMU)
    anchor = parse_xml(
        f'<w:r {nsdecls("w", "wp", "a", "pic", "r")}><w:drawing><wp:anchor distT="0" distB="0" '
        'distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="Edge" descr=""/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Edge"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    header.paragraphs[0]._p.append(anchor)
