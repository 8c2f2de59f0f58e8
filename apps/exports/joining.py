"""Fragments → one PDF: pages, feet, outline, links, tags, and each font cut once for all of them.
Used by chapters.py alone.

The cover's PDF is the one the others are joined to, so title, language, metadata, standard and
attachment are as WeasyPrint wrote them.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name, Page, Pdf

from apps.exports.fragments import POINTS, Fragment, digits_of, face_id
from apps.exports.glyphs import face, font_files, head_of

FEET_FONT = "/Feet"
LEFT, RIGHT = "bottom-left", "bottom-right"
# Tables that only a layout needs, and that WeasyPrint leaves out as well.
UNUSED_TABLES = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT")
CUT = (
    uharfbuzz.SubsetFlags.RETAIN_GIDS
    | uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
    | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    | uharfbuzz.SubsetFlags.NO_HINTING
)


class NotJoined(Exception):
    """These fragments do not make one document: print it in one piece."""


def join(parts: Sequence[Fragment], feet: Fragment, target: Path) -> int:
    """Write the file; ``parts`` begin with the cover. Returns the number of pages."""
    with ExitStack() as opened, Pdf.open(io.BytesIO(parts[0].pdf)) as pdf:
        tags = Tags(pdf)
        sources: dict[int, Pdf] = {}  # pieces of one fragment share its PDF
        for before, fragment in pairwise(parts):
            if id(fragment.pdf) not in sources:
                source = opened.enter_context(Pdf.open(io.BytesIO(fragment.pdf)))
                sources[id(fragment.pdf)] = source
            goes_on = fragment.facts["part"] == before.facts["part"]
            add(pdf, sources[id(fragment.pdf)], fragment, tags, goes_on)
        tags.write()
        write_feet(pdf, parts, feet)
        write_references(pdf, parts, feet)
        write_fonts(pdf, [*parts, feet])
        write_names(pdf, parts)
        write_outline(pdf, parts)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return len(pdf.pages)


def add(pdf: Pdf, source: Pdf, fragment: Fragment, tags: "Tags", goes_on: bool) -> None:
    first = len(pdf.pages)
    numbers = range(fragment.first, fragment.first + fragment.pages)
    pdf.add_pages_from(source, numbers, layers="ignore", outlines="ignore")
    # After the pages: what points at one then points at its copy.
    tags.add(source, [source.pages[number] for number in numbers], pdf.pages[first:], goes_on)


def offsets(parts: Sequence[Fragment]) -> Iterator[tuple[Fragment, int]]:
    """Each fragment with the index of its first page."""
    first = 0
    for fragment in parts:
        yield fragment, first
        first += fragment.pages


# --- Tags -----------------------------------------------------------------------------------------
class Tags:
    """The structure trees of all fragments under one document: a ``Part`` of it for each part."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.numbers = list(self.root.ParentTree.Nums)
        self.next = next_number(self.numbers)
        self.part = self.document

    def add(
        self, source: Pdf, wanted: Sequence[Page], copies: Sequence[Page], goes_on: bool
    ) -> None:
        """The elements of the ``wanted`` pages, of which ``copies`` are in the document."""
        root = source.Root.StructTreeRoot
        if not goes_on:
            self.part = self.pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Part, P=self.document, K=Array())
            )
            self.document.K.append(self.part)
        here = {page.obj.objgen for page in wanted}
        elements = [one for one in root.K[0].K if one.Pg.objgen in here]
        for element in elements:
            del element.P  # which would take all the others along
        marks = of_pages(list(root.ParentTree.Nums), wanted, here)
        held = source.make_indirect(Dictionary(K=Array(elements), Owners=Array(marks.values())))
        copied = self.pdf.copy_foreign(held)
        for element in copied.K:
            element.P = self.part
            self.part.K.append(element)
        numbers = {number: self.next + at for at, number in enumerate(marks)}
        for number, owner in zip(numbers.values(), copied.Owners, strict=True):
            self.numbers += [number, owner]
        for page in copies:
            page.obj.StructParents = numbers[int(page.obj.StructParents)]
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = numbers[int(annotation.StructParent)]
        self.next = next_number(self.numbers)

    def write(self) -> None:
        self.root.ParentTree.Nums = Array(self.numbers)


def of_pages(
    numbers: list[Any], pages: Sequence[Page], here: set[tuple[int, int]]
) -> dict[int, pikepdf.Object]:
    """Of a tree of numbers, what belongs to these pages: each one's elements, then its links'."""
    on_pages = {int(page.obj.StructParents) for page in pages}
    return {
        int(number): owner
        for number, owner in zip(numbers[::2], numbers[1::2], strict=True)
        if int(number) in on_pages or (isinstance(owner, Dictionary) and owner.Pg.objgen in here)
    }


def next_number(numbers: list[Any]) -> int:
    return int(numbers[-2]) + 1 if numbers else 0


# --- Feet -----------------------------------------------------------------------------------------
def write_feet(pdf: Pdf, parts: Sequence[Fragment], feet: Fragment) -> None:
    """Version and page number on each page but the cover, where a one-piece layout has them."""
    shapes = {tuple(foot["shape"]): foot for foot in feet.facts["feet"]}
    with Pdf.open(io.BytesIO(feet.pdf)) as source:
        fonts = pdf.copy_foreign(source.pages[0].obj.Resources.Font)
    total = len(pdf.pages)
    for fragment, first in list(offsets(parts))[1:]:
        # One dictionary for all pages of a part.
        of_part = pdf.pages[first].obj.Resources.Font
        for name, font in fonts.items():
            of_part[FEET_FONT + name[1:]] = font
        for index, shape in enumerate(fragment.facts["pages"], start=first):
            if tuple(shape) not in shapes:
                raise NotJoined(f"no feet for a page of {shape}")
            foot = drawn_feet(shapes[tuple(shape)], index + 1, total)
            pdf.pages[index].contents_add(foot.encode(), prepend=False)


def drawn_feet(foot: dict[str, Any], number: int, total: int) -> str:
    """The operators, in the pixels and with the axis down that the page's own left in force."""
    lines = {side: [text for text in foot["texts"] if text[0] == side] for side in (LEFT, RIGHT)}
    texts = [(x, y, operators) for _side, _kind, x, y, _width, operators in lines[LEFT]]
    texts += numbered(lines[RIGHT], number, total)
    return artifact(foot["color"], "".join(shown_at(*text) for text in texts))


def shown_at(x: float, y: float, operators: str) -> str:
    return f"BT\n1 0 0 -1 {x:.6f} {y:.6f} Tm\n{renamed(operators)}ET\n"


def artifact(color: str, shown: str) -> str:
    return (
        f"q\n{POINTS} 0 0 {POINTS} 0 0 cm\n/Artifact <</Type /Pagination>> BDC\n"
        f"{color}\n{shown}EMC\nQ\n"
    )


def numbered(texts: list[list[Any]], number: int, total: int) -> list[tuple[float, float, str]]:
    """The page number's line, with its numbers in place of the sample's, at the right margin."""
    if not texts:
        return []
    line = written(texts, {"number": str(number), "total": str(total)})
    last = texts[-1]
    x = last[2] + last[4] - sum(width for _y, width, _operators in line)
    placed = []
    for y, width, operators in line:
        placed.append((x, y, operators))
        x += width
    return placed


def written(texts: list[list[Any]], values: dict[str, str]) -> list[tuple[float, float, str]]:
    """[y, width, operators] of a line's texts, with ``values`` in place of the samples."""
    line = []
    for _side, kind, _x, y, width, operators in texts:
        if kind in values:
            digits = digits_of(operators)
            if not digits:
                raise NotJoined("the digits are not of one width")
            width, operators = (
                width / len(digits) * len(values[kind]),
                spelt(operators, "".join(digits[digit] for digit in values[kind])),
            )
        line.append((y, width, operators))
    return line


def write_references(pdf: Pdf, parts: Sequence[Fragment], feet: Fragment) -> None:
    """The number of the page that a reference leads to, in the letters of the feet's own."""
    pages: dict[str, int] = {}
    for fragment, first in offsets(parts):
        for name, (page, _x, _y) in fragment.facts["anchors"].items():
            pages.setdefault(name, first + page + 1)
    sample = next((foot for foot in feet.facts["feet"] if foot["texts"]), None)
    for fragment, first in offsets(parts):
        drawn: dict[int, str] = {}
        for page, anchor, middle, y in fragment.facts["references"]:
            if anchor in pages and sample:
                drawn[page] = drawn.get(page, "") + referred(sample, pages[anchor], middle, y)
        for page, operators in drawn.items():
            content = artifact(sample["color"], operators)
            pdf.pages[first + page].contents_add(content.encode(), prepend=False)


def referred(foot: dict[str, Any], number: int, middle: float, y: float) -> str:
    """A number around the middle of its room."""
    numbers = [text for text in foot["texts"] if text[1] == "number"]
    [(_y, width, operators)] = written(numbers, {"number": str(number)})
    return shown_at(middle - width / 2, y, operators)


def spelt(operators: str, glyphs: str) -> str:
    """The same operators, showing other glyphs."""
    return f"{operators[: operators.rindex('[')]}[<{glyphs}>] TJ\n"


def renamed(operators: str) -> str:
    """Without their place, and with the font under its name among a part's own."""
    return operators.split(" Tm\n", 1)[1].replace("/", FEET_FONT)


# --- Fonts ----------------------------------------------------------------------------------------
def write_fonts(pdf: Pdf, fragments: Sequence[Fragment]) -> None:
    """One file for each face, with the glyphs that any part draws. Widths stay each part's own."""
    glyphs: dict[str, set[int]] = {}
    faces: dict[str, str] = {}  # by the name WeasyPrint gave the font
    for fragment in fragments:
        for name, font in fragment.facts["fonts"].items():
            if font["face"] is None or faces.setdefault(name, font["face"]) != font["face"]:
                raise NotJoined(f"the font {name} cannot be cut for all parts at once")
            glyphs.setdefault(font["face"], set()).update(font["glyphs"])
    files = {face: pdf.make_stream(cut_font(face, used)) for face, used in glyphs.items()}
    for descriptor in descriptors(pdf):
        # "/ABCDEF+Noto-Sans-SC"
        file = files[faces[str(descriptor.FontName)[1:7]]]
        if "/FontFile3" in descriptor:
            file.Subtype = Name.OpenType
            descriptor.FontFile3 = file
        else:
            file.Length1 = len(file.read_bytes())
            descriptor.FontFile2 = file


def descriptors(pdf: Pdf) -> Iterator[pikepdf.Object]:
    seen = set()
    for page in pdf.pages:
        for font in page.obj.Resources.Font.values():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield font.DescendantFonts[0].FontDescriptor


def cut_font(wanted: str, glyphs: set[int]) -> bytes:
    for path, index in font_files():
        if face_id(head_of(path), Path(path).stat().st_size) == wanted:
            subset = uharfbuzz.SubsetInput()
            subset.glyph_set.set(glyphs)
            subset.drop_table_tag_set.update(map(tag_number, UNUSED_TABLES))
            subset.flags = CUT
            return uharfbuzz.subset(face(path, index), subset).blob.data
    raise NotJoined("a font that is none of ours")


def tag_number(tag: str) -> int:
    """As HarfBuzz counts tables."""
    return int.from_bytes(tag.encode(), "big")


# --- Links and outline ----------------------------------------------------------------------------
def write_names(pdf: Pdf, parts: Sequence[Fragment]) -> None:
    """Where links lead, by the names they call it."""
    names: dict[str, Array] = {}
    for fragment, first in offsets(parts):
        for name, (page, x, y) in fragment.facts["anchors"].items():
            names.setdefault(name, place(pdf, first + page, x, y))
    tree = Array([item for name in sorted(names) for item in (pikepdf.String(name), names[name])])
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.Dests = Dictionary(Names=tree)


def write_outline(pdf: Pdf, parts: Sequence[Fragment]) -> None:
    """The headings of all parts, each below the last one of a higher level."""
    with pdf.open_outline() as outline:
        open_items: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for fragment, first in offsets(parts):
            for level, label, page, x, y in fragment.facts["bookmarks"]:
                while open_items[-1][0] >= level:
                    open_items.pop()
                item = pikepdf.OutlineItem(label, place(pdf, first + page, x, y))
                open_items[-1][1].append(item)
                open_items.append((level, item.children))


def place(pdf: Pdf, page: int, x: float, y: float) -> Array:
    return Array([pdf.pages[page].obj, Name.XYZ, x, y, 0])
