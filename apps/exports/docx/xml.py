"""Elements of a Word document (WordprocessingML). Used by the docx modules of this app alone.

Built as plain elements: python-docx's own objects look their cell up anew each time, which takes a
minute for the tables of one plan. The order of children is the schema's; Word refuses another one.
"""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser, parse_xml
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

W = f"{{{nsmap['w']}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMES = {"w": nsmap["w"], "r": nsmap["r"]}
RELATION = f"{{{nsmap['r']}}}id"
TWIPS = 1440 / 25.4  # of a millimetre
EMU = 36_000  # of a millimetre
LONGEST_TEXT = 2_000  # characters that a screen reader reads of a picture


def make(tag: str, *children: Any, **attributes: Any) -> Any:
    """``make("spacing", before=40)`` is ``<w:spacing w:before="40"/>``; children that are None are
    left out."""
    element = oxml_parser.makeelement(W + tag, nsmap=NAMES)
    for name, value in attributes.items():
        element.set(W + name, str(value))
    element.extend(child for child in children if child is not None)
    return element


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)


@dataclass(frozen=True)
class Look:
    """How a run looks beyond its paragraph's style."""

    style: str = ""  # id of a character style
    bold: bool = False
    italic: bool = False
    change: str = ""  # "strike" for a text that went, "u" for one that came
    chinese: bool = False  # draws quotation marks and dashes as wide as a Chinese letter

    def properties(self) -> Any:
        made = make(
            "rPr",
            make("rStyle", val=self.style) if self.style else None,
            make("rFonts", hint="eastAsia") if self.chinese else None,
            *([make("b"), make("bCs")] if self.bold else []),
            make("i") if self.italic else None,
            make("strike") if self.change == "strike" else None,
            make("u", val="single") if self.change == "u" else None,
        )
        return made if len(made) else None


PLAIN = Look()


def run(content: Any, look: Look = PLAIN) -> Any:
    return make("r", look.properties(), content)


def text(letters: str, look: Look = PLAIN) -> Any:
    content = make("t")
    content.text = letters
    if letters != letters.strip() or "  " in letters:
        content.set(SPACE, "preserve")
    return run(content, look)


def line_break(look: Look = PLAIN) -> Any:
    return run(make("br"), look)


def tab() -> Any:
    return run(make("tab"))


def field(code: str, shown: str = "", look: Look = PLAIN) -> list[Any]:
    """A field and what it shows until a program computes it."""
    instruction = make("instrText")
    instruction.text = f" {code} "
    instruction.set(SPACE, "preserve")
    return [
        run(make("fldChar", fldCharType="begin"), look),
        run(instruction, look),
        run(make("fldChar", fldCharType="separate"), look),
        *([text(shown, look)] if shown else []),
        run(make("fldChar", fldCharType="end"), look),
    ]


def paragraph(
    style: str,
    *content: Any,
    keep_next: bool = False,
    page_break: bool = False,
    number: int | None = None,
    level: int = 0,
    before: float = 0,
    align: str = "",
) -> Any:
    """``number`` is the list it is an item of, at ``level``; ``before`` is space in millimetres."""
    properties = make(
        "pPr",
        make("pStyle", val=style),
        make("keepNext") if keep_next else None,
        make("pageBreakBefore") if page_break else None,
        make("numPr", make("ilvl", val=level), make("numId", val=number)) if number else None,
        make("spacing", before=twips(before)) if before else None,
        make("jc", val=align) if align else None,
    )
    return make("p", properties, *content)


def bookmarked(name: str, number: int) -> list[Any]:
    """The two ends of an empty bookmark: a place to jump to."""
    return [make("bookmarkStart", id=number, name=name), make("bookmarkEnd", id=number)]


def internal_link(name: str, *content: Any) -> Any:
    return make("hyperlink", *content, anchor=name, history=1)


def external_link(relation: str, *content: Any) -> Any:
    link = make("hyperlink", *content, history=1)
    link.set(RELATION, relation)
    return link


def border(side: str, color: str, eighths: int, space: int = 0) -> Any:
    """``eighths`` of a point wide."""
    return make(side, val="single", sz=eighths, space=space, color=color)


def no_border(side: str) -> Any:
    return make(side, val="nil")


def break_before(element: Any) -> Any:
    """The paragraph, on a new page."""
    properties = element[0]
    before = {W + "pStyle", W + "keepNext", W + "keepLines"}
    at = sum(1 for child in properties if child.tag in before)
    properties.insert(at, make("pageBreakBefore"))
    return element


# --- Pictures -------------------------------------------------------------------------------------
DECORATION = (
    f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'val="1"/></a:ext></a:extLst>'
)


def inline_picture(number: int, size: tuple[float, float], name: str, detail: str) -> Any:
    """A run with a picture of this size in millimetres; ``embed`` says later which one."""
    width, height = (Emu(round(side * EMU)) for side in size)
    made = CT_Inline.new_pic_inline(number, "", f"{number}.png", width, height)
    for side in "TBLR":  # LibreOffice would keep a distance
        made.set(f"dist{side}", "0")
    properties = made.docPr
    properties.set("name", f"Picture {number}")
    properties.set("descr", f"{name}: {detail}"[:LONGEST_TEXT] if name and detail else name)
    if name:
        properties.set("title", name[:255])
    else:
        properties.append(parse_xml(DECORATION))
    return run(make("drawing", made))


def embed(drawing: Any, relation: str) -> None:
    for blip in drawing.iter(qn("a:blip")):
        blip.set(qn("r:embed"), relation)
