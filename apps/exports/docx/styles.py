"""The styles of the Word document: one look with static/css/print.css. Used by docx.py alone.

Every style is a real one, so that a person who writes on in Word changes it in one place. Fonts are
those that every office program has or has a twin of; each names a Chinese one beside the Latin one.
"""

from dataclasses import dataclass, replace
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from lxml import etree

from apps.exports.docx.lists import BULLETS, NUMBERS, set_numbering
from apps.exports.docx.xml import border, make, twips

INK, MUTED, ACCENT, DEEP, LINE, STRONG_LINE, SOFT = (
    "161D29", "545F70", "1B50C7", "153F9F", "DDE1E8", "161D29", "B8CEF7",
)  # fmt: skip
TONES = {
    "ok": "12633A", "success": "12633A", "warn": "7A4A00", "warning": "7A4A00",
    "danger": "A5201B", "error": "A5201B", "info": "174197", "neutral": "38424F",
}  # fmt: skip
LATIN, CHINESE = "Arial", "Microsoft YaHei"
OFFICE_LANG = {"en": "en-GB", "zh-hans": "zh-CN"}
UNUSED = {"thumbnail", "stylesWithEffects", "customXml"}  # parts of the library's empty document


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes in points, spaces and indents in millimetres."""

    name: str
    size: float = 9.5
    color: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 0  # times a line's own height; 0: as Normal
    exact: float = 0  # points; a year of months has to fit a page in every font
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    left: float = 0
    hanging: float = 0
    align: str = ""
    top: tuple[str, int] | None = None  # a line above: colour, eighths of a point
    bar: tuple[str, int] | None = None  # … at the left
    shade: str = ""
    based_on: str = "Normal"
    number: int = 0
    stop: float = 0  # a tabulator at which a number ends

    @property
    def id(self) -> str:
        return style_id(self.name)


def style_id(name: str) -> str:
    """Word's own styles are named in small letters: "heading 1" has the id Heading1."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


STYLES = [
    Style("Normal", after=2, line=1.25, based_on=""),
    Style("Title", 34, bold=True, after=8, line=1.05),
    Style("Cover Company", 14, bold=True, after=44),
    Style("Cover Kind", 11, ACCENT, bold=True, after=4),
    Style("Subtitle", 14, MUTED, after=10, line=1.25),
    Style("Cover Notice", 9, after=2, left=2, bar=("7A4A00", 24), shade="FDF2DA"),
    Style("Cover Hash", 8, MUTED, before=8),
    Style("heading 1", 25, bold=True, after=2, line=1.1, keep_next=True, outline=0),
    Style("heading 2", 15, DEEP, True, 7, 2.5, 1.1, True, outline=1, top=(ACCENT, 8)),
    Style("heading 3", 11, INK, True, 4.5, 1, 1.1, True, outline=2),
    Style("heading 4", 9.5, MUTED, True, 4, 1, 1.1, True, outline=3),
    Style("TOC Heading", 25, bold=True, after=8, line=1.1, keep_next=True),
    Style("toc 1", 10.5, bold=True, before=2.5, after=0.5, line=1.1, keep_lines=True, stop=170),
    Style("toc 2", 9, "38424F", after=0.3, left=6, line=1.1, keep_lines=True, stop=170),
    Style("Chapter Number", 10, ACCENT, bold=True, after=1, keep_next=True),
    Style("Lead", 11, MUTED, after=5, line=1.2, keep_next=True),
    Style("Hint", 8.5, MUTED, after=2),
    Style("Quote", 11.5, after=3, left=4, line=1.3, bar=(ACCENT, 20), keep_lines=True),
    Style("Notice", 9, after=2, left=3, bar=(MUTED, 20), shade="F6F7F9", keep_lines=True),
    Style("Picture", before=3, after=1, align="center", keep_next=True, line=1),
    Style("caption", 8.5, MUTED, after=3.5, line=1.1),
    Style("Table Caption", 8.5, MUTED, before=2, after=1.2, line=1.1, keep_next=True),
    Style("List Bullet", after=0.8, left=5, hanging=4, number=BULLETS),
    Style("List Number", after=0.8, left=5, hanging=4, number=NUMBERS),
    Style("Fact Name", 8.5, MUTED, line=1.2),
    Style("Fact Text", after=0.6, line=1.2),
    Style("Table Text", 8.5, line=1.1),
    Style("Table Head", 8, "38424F", bold=True, line=1.1, keep_next=True),
    Style("Statement Text", 8, line=1.05, based_on="Table Text"),
    Style("Statement Head", 8, "38424F", bold=True, line=1.05, keep_next=True),
    Style("Month Text", 7, exact=8.6, based_on="Table Text"),
    Style("Month Head", 7, "38424F", bold=True, exact=8.6, keep_next=True),
    Style("Evidence Note", 7, MUTED, line=1.1),
    Style("Stat Label", 8, MUTED, line=1.1, keep_next=True),
    Style("Stat Value", 14, bold=True, line=1.1, keep_next=True),
    Style("Stat Note", 8, MUTED, line=1.1),
    Style("Summary Topic", 8.5, DEEP, bold=True, line=1.1),
    Style("Summary Text", 8.5, after=0.5, line=1.1),
    Style("Cover Fact Name", 8, MUTED, line=1.1, keep_next=True),
    Style("Cover Fact", 10.5, bold=True, after=4, line=1.1),
    Style("Cover Gap", 9.5, line=1),
    Style("Gap", 2, after=1.5, line=1),  # what the format wants between two tables
    Style("header", 8, MUTED, line=1),
    Style("footer", 8, MUTED, line=1),
]
# The investor edition is denser, and its chapters follow each other.
INVESTOR = {
    "Normal": {"size": 9},
    "heading 1": {"size": 20},
    "heading 2": {"size": 13, "before": 5, "after": 2, "top": None},
    "Chapter Number": {"before": 8, "top": (ACCENT, 16)},
    "Lead": {"size": 10, "after": 4},
    "toc 1": {"size": 9.5, "before": 1.4, "after": 0.2},
    "toc 2": {"size": 8.5, "after": 0, "line": 1},
    "TOC Heading": {"size": 20, "after": 4},
    "Fact Text": {"size": 9},
    "Table Text": {"size": 8},
}
CHARACTERS = {
    "Hyperlink": make("rPr", make("color", val=ACCENT), make("u", val="single")),
    "Muted": make(
        "rPr", make("b", val=0), make("bCs", val=0), make("color", val=MUTED),
        make("sz", val=16), make("szCs", val=16),
    ),
    **{
        f"Badge {tone}": make("rPr", make("b"), make("bCs"), make("color", val=color))
        for tone, color in TONES.items()
    },
}  # fmt: skip


def new_document(edition: str) -> DocumentType:
    """Empty, with our styles in place of the ones that the library brings."""
    document = Document()
    package = document.part.package
    for part in (package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in UNUSED:
                del part.rels[key]
    styles = document.styles.element
    for old in [*styles.findall(qn("w:style")), styles.find(qn("w:docDefaults"))]:
        styles.remove(old)
    styles.insert(0, defaults())
    changes = INVESTOR if edition == "investor" else {}
    ours = [replace(style, **changes.get(style.name, {})) for style in STYLES]
    styles.extend([*map(paragraph_style, ours), *map(character_style, CHARACTERS), *others()])
    set_numbering(document, fonts(), ACCENT)
    set_options(document)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    return document


def recolored(element: Any, accent: str, dark: str) -> None:
    """Our colours replaced by the company's, wherever they stand."""
    given = {ACCENT: accent, DEEP: dark}
    for part in element.iter(etree.Element):
        for name, value in part.attrib.items():
            if value in given:
                part.set(name, given[value])


def fonts() -> Any:
    return make("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=CHINESE, cs=LATIN)


def defaults() -> Any:
    # Both at once: Word tells the two by their letters.
    lang = make("lang", val="en-GB", eastAsia="zh-CN", bidi="ar-SA")
    return make(
        "docDefaults",
        make("rPrDefault", make("rPr", fonts(), make("sz", val=19), make("szCs", val=19), lang)),
        make("pPrDefault", make("pPr", make("spacing", before=0, after=0, line=240))),
    )


def paragraph_style(style: Style) -> Any:
    lines = [border("top", *style.top, space=6)] if style.top else []
    lines += [border("left", *style.bar, space=8)] if style.bar else []
    spacing = make("spacing", before=twips(style.before), after=twips(style.after))
    if style.exact:
        spacing.set(qn("w:line"), str(round(20 * style.exact)))
        spacing.set(qn("w:lineRule"), "exact")
    elif style.line:
        spacing.set(qn("w:line"), str(round(240 * style.line)))
        spacing.set(qn("w:lineRule"), "auto")
    indent = make("ind", left=twips(style.left)) if style.left else None
    if style.hanging:
        indent.set(qn("w:hanging"), str(twips(style.hanging)))
    size = round(2 * style.size)
    made = make(
        "style",
        make("name", val=style.name),
        make("basedOn", val=style_id(style.based_on)) if style.based_on else None,
        make("next", val="Normal") if style.outline is not None else None,
        make("qFormat"),
        make(
            "pPr",
            make("keepNext") if style.keep_next else None,
            make("keepLines") if style.keep_lines or style.outline is not None else None,
            make("numPr", make("numId", val=style.number)) if style.number else None,
            make("pBdr", *lines) if lines else None,
            make("shd", val="clear", color="auto", fill=style.shade) if style.shade else None,
            make("tabs", make("tab", val="right", pos=twips(style.stop))) if style.stop else None,
            spacing,
            indent,
            make("jc", val=style.align) if style.align else None,
            make("outlineLvl", val=style.outline) if style.outline is not None else None,
        ),
        make(
            "rPr",
            fonts(),  # also here: programs read a style without the defaults
            *([make("b"), make("bCs")] if style.bold else []),
            make("color", val=style.color),
            make("sz", val=size),
            make("szCs", val=size),
        ),
        type="paragraph",
        styleId=style.id,
    )
    if style.name == "Normal":
        made.set(qn("w:default"), "1")
    return made


def character_style(name: str) -> Any:
    properties = CHARACTERS[name].__copy__()
    properties.insert(0, fonts())
    return make(
        "style", make("name", val=name), make("qFormat"), properties,
        type="character", styleId=style_id(name),
    )  # fmt: skip


def others() -> list[Any]:
    """The table styles: without lines, for facts, and with a line below each row."""
    margins = make(
        "tblCellMar",
        make("top", w=twips(0.9), type="dxa"), make("left", w=twips(1.5), type="dxa"),
        make("bottom", w=twips(0.9), type="dxa"), make("right", w=twips(1.5), type="dxa"),
    )  # fmt: skip
    lines = make(
        "tblBorders", border("bottom", LINE, 4), border("insideH", LINE, 4),
    )  # fmt: skip
    plain = make(
        "style", make("name", val="Normal Table"), make("tblPr", make("tblInd", w=0, type="dxa")),
        type="table", styleId="TableNormal",
    )  # fmt: skip
    plain.set(qn("w:default"), "1")
    return [
        plain,
        make(
            "style", make("name", val="Plan Table"), make("basedOn", val="TableNormal"),
            make("qFormat"), make("tblPr", lines, margins), type="table", styleId="PlanTable",
        ),
    ]  # fmt: skip


# What may follow it among the settings, which have an order.
AFTER_UPDATE_FIELDS = (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids",
    "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping",
)  # fmt: skip


def set_options(document: DocumentType) -> None:
    settings = document.settings.element
    languages = settings.find(qn("w:themeFontLang"))
    languages.set(qn("w:eastAsia"), "zh-CN")
    for option in settings.iter(qn("w:compatSetting")):
        if option.get(qn("w:name")) == "compatibilityMode":
            option.set(qn("w:val"), "15")  # of Word 2013 and later
    # Word asks once whether it may, and then fills in the page numbers of the contents.
    settings.insert_element_before(make("updateFields", val="true"), *AFTER_UPDATE_FIELDS)
