"""From the printed plan's HTML to the body of a Word document. Used by docx.py alone.

Walks the elements of the templates: a tag or a class names the paragraph style, and what no rule
knows is written as plain text, so that nothing a person wrote is ever lost.
"""

import io
import re
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from apps.exports.docx.blocks import BLOCK_RULES
from apps.exports.docx.inline import Line
from apps.exports.docx.lists import BULLETS, restarted
from apps.exports.docx.pages import Sheets
from apps.exports.docx.pictures import Picture, logo_of
from apps.exports.docx.styles import TONES
from apps.exports.docx.xml import (
    PLAIN,
    Look,
    bookmarked,
    break_before,
    embed,
    inline_picture,
    paragraph,
)
from apps.exports.look import LOGO_SCHEME

LOGO_NUMBER = 2  # among the pictures; the first one is the cover's edge
LONGEST_LINK = 2_000  # characters; Word refuses longer ones
LONGEST_NAME = 40  # … and longer names of bookmarks
SKIPPED = {"summary", "script", "style", "head", "template", "colgroup", "title"}
INLINE = {
    "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "br", "wbr", "data",
}  # fmt: skip
# What the style sheet of the PDF draws as a block whatever its tag; and the style of its text.
STYLES = {
    "chapter__number": "ChapterNumber", "lead": "Lead", "hint": "Hint", "muted": "Hint",
    "empty": "Hint", "evidence-note": "EvidenceNote", "statement": "Quote", "notice": "Notice",
    "stat__label": "StatLabel", "stat__value": "StatValue", "stat__note": "StatNote",
    "cover__company": "CoverCompany", "cover__kind": "CoverKind", "cover__title": "Title",
    "cover__pitch": "Subtitle", "cover__notice": "CoverNotice", "cover__hash": "CoverHash",
    "letter__state": "Hint", "letter__counts": "Hint",
    "thread__state": "Hint", "thread__then": "Hint",
}  # fmt: skip
TAG_STYLES = {
    "h1": "Heading1", "h2": "Heading2", "h3": "Heading3", "h4": "Heading4", "h5": "Heading4",
    "blockquote": "Quote", "figcaption": "Caption", "caption": "Caption",
}  # fmt: skip
CHANGES = {"del": "strike", "s": "strike", "ins": "u", "u": "u"}
CAPITAL = {"FactName", "TableHead", "StatementHead", "MonthHead"}
# Only these are drawn as blocks though their tags are inline.
INLINE_BLOCKS = {"evidence-note", "stat__label", "stat__value", "stat__note"}


@dataclass(frozen=True)
class Place:
    """Where text goes, and how it looks there."""

    parent: Any
    width: float  # millimetres
    style: str = "Normal"
    look: Look = PLAIN
    align: str = ""
    keep_next: bool = False
    in_row: bool = False  # the details of a row
    in_table: bool = False
    list_number: int = 0
    list_level: int = -1


class Writer:
    def __init__(
        self,
        document: Document,
        *,
        language: str,
        edition: str,
        paper: str,
        pictures: list[Picture],
    ) -> None:
        self.document, self.edition, self.pictures = document, edition, pictures
        self.language = language
        self.body = document.element.body
        self.sheets = Sheets(self.body, paper)
        self.line = Line()
        self.links: set[str] = set()  # the anchors that something leads to
        self.bookmarks: dict[str, str] = {}
        self.waiting: list[str] = []  # anchors for the next paragraph
        self.break_page = False
        self.relations: dict[str, str] = {}
        self.drawn: list[tuple[int, tuple[float, float], Any]] = []  # (picture, size, element)
        self.summary_rows: Any = None
        self.after_front = False  # the next chapter begins a page in every edition

    def write(self, root: Any) -> None:
        self.links = {
            link.get("href")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")
        }
        if not root.find_class("cover"):  # a letter alone
            self.sheets.used = [self.sheets.text]
        # Known before the contents are written, which stand first.
        for element in root.iter():
            if element.get("id") in self.links:
                self.bookmark(element.get("id"))
        look = Look(chinese=self.language == "zh-hans")
        self.children(root, Place(self.body, self.sheets.text.width, look=look))
        self.sheets.finish()

    # --- Blocks -----------------------------------------------------------------------------------
    def children(self, element: Any, place: Place) -> None:
        """Everything in the element, as paragraphs."""
        self.gather(element, place, place.look, "", keep_lines=is_pre(element))
        self.flush(place)

    def gather(
        self, element: Any, place: Place, look: Look, link: str, *, keep_lines: bool
    ) -> None:
        self.line.add_text(element.text or "", look, link, keep_lines=keep_lines)
        for child in element:
            if not isinstance(child.tag, str):
                pass  # a comment
            elif self.is_block(child):
                self.flush(place)
                self.block(child, place)
            else:
                self.inline(child, place, look, link, keep_lines=keep_lines)
            self.line.add_text(child.tail or "", look, link, keep_lines=keep_lines)

    def is_block(self, element: Any) -> bool:
        return element.tag not in INLINE or bool(INLINE_BLOCKS & classes_of(element))

    def block(self, element: Any, place: Place) -> None:
        names = classes_of(element)
        if element.tag in SKIPPED or "running" in names:
            return
        if element.get("id") in self.links:
            self.waiting.append(element.get("id"))
        place = self.in_language(element, place)
        mine = {element.tag, *(f".{name}" for name in names)}
        for key, rule in BLOCK_RULES.items():
            if key in mine:
                rule(self, element, place)
                return
        style = next((STYLES[name] for name in names if name in STYLES), None)
        style = style or TAG_STYLES.get(element.tag)
        if style and not (place.in_table and style in {"Hint", "Quote"} and element.tag == "p"):
            place = replace(place, style=style)
        self.children(element, place)

    def in_language(self, element: Any, place: Place) -> Place:
        lang = element.get("lang")
        if not lang:
            return place
        return replace(place, look=replace(place.look, chinese=lang.startswith("zh")))

    def flush(self, place: Place) -> None:
        """What was gathered becomes a paragraph."""
        line, self.line = self.line, Line()
        if line.is_blank:
            return
        number = place.list_number if place.list_level >= 0 else None
        self.put(place, line.runs(capital=place.style in CAPITAL), number=number)

    def put(self, place: Place, runs: list[Any], *, number: int | None = None) -> None:
        anchors = [part for anchor in self.waiting for part in self.anchored(anchor)]
        self.waiting = []
        made = paragraph(
            place.style, *anchors, *runs, keep_next=place.keep_next, number=number,
            level=max(0, place.list_level), align=place.align,
        )  # fmt: skip
        self.append(place, made)

    def append(self, place: Place, element: Any) -> None:
        """A paragraph or a table; behind a table what Word wants there."""
        is_table = element.tag == qn("w:tbl")
        if place.parent is self.body:
            if self.sheets.settle():
                self.break_page = False
            if self.break_page:
                self.break_page = False
                if is_table:
                    self.body.append(break_before(paragraph("Gap")))
                else:
                    break_before(element)
        place.parent.append(element)
        if is_table:
            place.parent.append(paragraph("Gap"))

    # --- In a line --------------------------------------------------------------------------------
    def inline(
        self, element: Any, place: Place, look: Look, link: str, *, keep_lines: bool
    ) -> None:
        if element.get("id") in self.links:
            self.waiting.append(element.get("id"))
        if element.tag == "br":
            self.line.add_break()
        elif "ref__page" in classes_of(element):
            pass  # the link leads there; which page it is only Word knows
        elif element.tag == "img":
            self.picture(element, (place.width, 110.0))
        else:
            look = look_of(element, look)
            link = self.link_of(element) or link
            before, after = ("“", "”") if element.tag == "q" else ("", "")
            self.line.add_text(before, look, link)
            keep = keep_lines or is_pre(element)
            self.gather(element, place, look, link, keep_lines=keep)
            self.line.add_text(after, look, link)

    def picture(self, element: Any, room: tuple[float, float]) -> None:
        source = element.get("src") or ""
        if source.startswith(LOGO_SCHEME):
            png, size = logo_of(source)
            drawing = inline_picture(LOGO_NUMBER, size, element.get("alt") or "", "")
            relation, _image = self.document.part.get_or_add_image(io.BytesIO(png))
            embed(drawing, relation)
            self.line.add_element(drawing)
            return
        at = int(element.get("data-picture") or -1)
        if at >= 0:
            picture = self.pictures[at]
            size = picture.fitted(*room)
            drawing = inline_picture(
                LOGO_NUMBER + 1 + len(self.drawn), size, picture.name, picture.detail
            )
            self.drawn.append((at, size, drawing))
            self.line.add_element(drawing)

    # --- Links ------------------------------------------------------------------------------------
    def link_of(self, element: Any) -> str:
        address = (element.get("href") or "") if element.tag == "a" else ""
        if address.startswith("#"):
            name = self.bookmarks.get(address[1:])
            return f"#{name}" if name else ""
        if not re.match(r"(https?://|mailto:)\S+$", address) or len(address) > LONGEST_LINK:
            return ""
        if address not in self.relations:
            self.relations[address] = self.document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self.relations[address]

    def bookmark(self, anchor: str) -> str:
        if anchor not in self.bookmarks:
            name = re.sub(r"\W", "_", f"to_{anchor}", flags=re.ASCII)[: LONGEST_NAME - 5]
            if name in self.bookmarks.values():
                name = f"{name}_{len(self.bookmarks)}"
            self.bookmarks[anchor] = name
        return self.bookmarks[anchor]

    def anchored(self, anchor: str) -> list[Any]:
        number = list(self.bookmarks).index(anchor) + 1
        self.links.discard(anchor)  # the second of the same name would be refused
        return bookmarked(self.bookmark(anchor), number)

    # --- Lists ------------------------------------------------------------------------------------
    def items(self, element: Any, place: Place) -> None:
        number = BULLETS if element.tag == "ul" else restarted(self.document)
        inside = replace(
            place, list_number=number, list_level=min(8, place.list_level + 1),
            style=place.style if place.in_table else list_style(element),
        )  # fmt: skip
        for item in element:
            if isinstance(item.tag, str):
                self.block(item, inside)


def list_style(element: Any) -> str:
    return "ListBullet" if element.tag == "ul" else "ListNumber"


def classes_of(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def is_pre(element: Any) -> bool:
    return bool({"pre", "letter__answer"} & classes_of(element)) or element.tag == "pre"


def look_of(element: Any, look: Look) -> Look:
    names = classes_of(element)
    lang = element.get("lang")
    if lang:
        look = replace(look, chinese=lang.startswith("zh"))
    if element.tag in {"strong", "b"}:
        return replace(look, bold=True)
    if element.tag in CHANGES:
        return replace(look, change=CHANGES[element.tag])
    if element.tag in {"em", "i", "cite"}:
        return replace(look, italic=True)
    if "badge" in names:
        tone = next((name for name in TONES if name in names), "neutral")
        return replace(look, style=f"Badge{tone.title()}", bold=False)
    if element.tag == "small" or {"muted", "small"} & names:
        return replace(look, style="Muted", bold=False)
    if element.tag == "a" and re.match("https?:|mailto:", element.get("href") or ""):
        return replace(look, style="Hyperlink")
    return look
