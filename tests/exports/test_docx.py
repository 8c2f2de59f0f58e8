"""The Word document: the whole text of the print, real headings and tables, a file Word accepts."""

import base64
import io
import re
import zipfile
from datetime import datetime
from types import SimpleNamespace

import pytest
from docx import Document
from docx.oxml.ns import nsmap, qn
from lxml import html as parser
from PIL import Image

from apps.exports.docx import maker as docx
from apps.exports.docx.widths import KINDS, Cell, column_widths
from apps.exports.render import Printer, render_html
from apps.plans import samples
from tests.exports.conftest import make_order
from tests.exports.printed_text import headings, lost, printed_texts
from tests.exports.test_render import HOSTILE, poison

W = f"{{{nsmap['w']}}}"
EVERY_ANNEX = ["details", "months", "assumptions", "checks"]
LETTER = {
    "number": 3,
    "summary": "One point is open.",
    "points": [
        {
            "number": 1, "place": "Market · Segments", "by": "Ada", "grade": "Solid",
            "state": "Open", "more": 2, "changed": "Changes in this field since version 2",
            "steps": [
                {"kind": "said", "head": "Ada, round 1", "text": "First line\nsecond line"},
                {"kind": "answer", "head": "Lin", "text": "We asked\nagain."},
            ],
            "changes": [{"kind": "value", "label": "Pain", "old": "three", "new": "four"}],
        }
    ],
    "quiet": [
        {
            "title": "Resolved",
            "lines": [{"number": 2, "place": "Team", "by": "Ada", "said": "Fine"}],
        }
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def printer():
    return Printer()


@pytest.fixture
def without_drawing(monkeypatch):
    """Pictures as one pixel each: drawing them takes most of the time."""
    pixel = io.BytesIO()
    Image.new("RGB", (1, 1)).save(pixel, "PNG")
    monkeypatch.setattr(docx, "draw", lambda pictures, *_: ([pixel.getvalue()] * len(pictures), ""))


@pytest.fixture
def write(printer, tmp_path):
    """The document of an order, written and opened again."""

    def made(order):
        target = tmp_path / "plan.docx"
        docx.produce(order, target, SimpleNamespace(whole=printer), lambda *_: None)
        return Document(target)

    return made


def text_of(document):
    return "".join(part.text or "" for part in document.element.body.iter(f"{W}t"))


def heads_of(document, *styles):
    return [
        " ".join(paragraph.text.split())
        for paragraph in document.paragraphs
        if paragraph.style.name in styles
    ]


@pytest.mark.parametrize("edition", ["full", "investor"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", samples.names())
def test_nothing_that_is_printed_is_lost(name, language, edition, write, without_drawing):
    order = make_order(
        samples.document(name, language), language, edition=edition, annexes=EVERY_ANNEX,
        letter=LETTER, watermark="Blue River Capital",
    )  # fmt: skip
    html, document = render_html(order), write(order)
    texts = printed_texts(html)
    assert len(texts) > 2000
    assert lost(texts, text_of(document)) == []
    # in the order of the contents, and each a heading of its level
    assert heads_of(document, "Heading 1", "Heading 2") == headings(html)
    assert len(document.inline_shapes) + inline_in_tables(document) == html.count("<svg")
    check_tables(html, document)
    check_rules(document)


def inline_in_tables(document):
    """python-docx counts those of the body alone."""
    everywhere = len(list(document.element.body.iter(qn("wp:inline"))))
    return everywhere - len(document.inline_shapes)


def check_tables(html, document):
    """As many as in print, each with a head that repeats."""
    tables = document.element.body.iter(f"{W}tbl")
    heads = [one for one in tables if one.tr_lst[0].find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == len(re.findall("<thead", html))
    for table in heads:
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.tr_lst)


PARAGRAPH_ORDER = [
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "spacing",
    "ind", "jc", "outlineLvl", "sectPr",
]  # fmt: skip


def check_rules(document):
    """What Word calls a damaged file when it is not so."""
    body = document.element.body
    drawings = [part.get("id") for part in body.iter(qn("wp:docPr"))]
    assert len(drawings) == len(set(drawings))
    bookmarks = list(body.iter(f"{W}bookmarkStart"))
    names = [one.get(f"{W}name") for one in bookmarks]
    assert len(names) == len(set(names)) == len({one.get(f"{W}id") for one in bookmarks})
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} - {None}
    assert anchors and anchors <= set(names)
    relations = {blip.get(qn("r:embed")) for blip in body.iter(qn("a:blip"))}
    relations |= {link.get(qn("r:id")) for link in body.iter(f"{W}hyperlink")} - {None}
    assert relations <= set(document.part.rels)
    styles = {style.style_id for style in document.styles}
    tags = [f"{W}{tag}" for tag in ("pStyle", "rStyle", "tblStyle")]
    assert {part.get(f"{W}val") for part in body.iter(*tags)} <= styles
    for cell in body.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"
    for table in body.iter(f"{W}tbl"):
        columns = len(table.tblGrid)
        assert {sum(cell.grid_span for cell in row.tc_lst) for row in table.tr_lst} <= {columns}
        assert table.getnext().tag != f"{W}tbl"
    for properties in body.iter(f"{W}pPr"):
        order = [PARAGRAPH_ORDER.index(part.tag.removeprefix(W)) for part in properties]
        assert order == sorted(order)


@pytest.fixture
def whole(order, write):
    """The sample with its charts drawn."""
    return write(order(sections=["market", "branding"]))


def test_every_chart_is_a_picture_with_its_name_and_size(whole, order):
    html = render_html(order(sections=["market", "branding"]))
    titles = re.findall(r"<title\b[^>]*>([^<]*)</title>", html.partition("<body")[2])
    shown = list(whole.element.body.iter(qn("wp:inline")))
    named = [one.docPr.get("descr") for one in shown if one.docPr.get("descr")]
    assert len(titles) == len(named) >= 5
    assert all(text.startswith(title) for text, title in zip(named, titles, strict=True))
    # swatches of a colour say the colour beside them
    for one in shown:
        assert one.docPr.get("descr") or "decorative" in one.docPr[0][0][0].tag
    for one in shown:
        assert one.extent.cx <= 6_200_000  # the width of the text
        relation = one.find(f".//{qn('a:blip')}").get(qn("r:embed"))
        with Image.open(io.BytesIO(whole.part.related_parts[relation].blob)) as picture:
            pixels, inches = picture.width, one.extent.cx / 914_400
            assert pixels == pytest.approx(200 * inches, abs=2)
            assert len(picture.convert("RGB").getcolors(1 << 24)) > 1
            if one.docPr.get("descr"):
                assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("language, tag", [("en", "en-GB"), ("zh-hans", "zh-CN")])
def test_what_the_file_says_of_itself(order, write, without_drawing, language, tag):
    made = order(language, sections=["team"])
    plan = made["document"]["plan"]
    document = write(made)
    about = document.core_properties
    assert (about.title, about.author) == (plan["title"], plan["company"])
    assert (about.language, about.version, about.identifier) == (tag, "7", made["hash"])
    assert about.created.replace(tzinfo=None) == datetime(2026, 11, 24, 8)
    for style in document.styles.element.findall(f"{W}style"):
        if style.get(f"{W}type") != "table":
            assert style.find(f"{W}rPr/{W}rFonts").get(qn("w:eastAsia"))
    lang = document.styles.element.find(f".//{W}docDefaults//{W}lang")
    assert lang.get(f"{W}eastAsia") == "zh-CN"
    # Word fills in the page numbers of the contents.
    assert document.settings.element.find(f"{W}updateFields").get(f"{W}val") == "true"


def test_heads_feet_and_contents(order, write, without_drawing):
    document = write(order(sections=["team", "funding"], watermark="Blue River"))
    text = document.sections[-1]
    assert order()["document"]["plan"]["title"] in text.header.paragraphs[0].text
    foot = text.footer.paragraphs[0]
    assert "For Blue River" in foot.text and "Version 7" in foot.text
    fields = "".join(part.text for part in foot._p.iter(f"{W}instrText")).split()
    assert fields == ["PAGE", "NUMPAGES"]
    assert not document.sections[0].footer.paragraphs[0].text
    contents = document.element.body.find(f"{W}sdt")
    codes = [part.text.strip() for part in contents.iter(f"{W}instrText")]
    assert codes[0].startswith("TOC ") and all(code.startswith("PAGEREF ") for code in codes[1:])
    begun = [part.get(f"{W}fldCharType") for part in contents.iter(f"{W}fldChar")]
    assert begun.count("begin") == begun.count("end") == begun.count("separate") == len(codes)
    entries = ["".join(t.text for t in p.iter(f"{W}t")) for p in contents.iter(f"{W}p")]
    assert "Executive summary" in entries and "2 Funding" in entries and "Roles" in entries
    assert not list(document.element.iter(f"{W}dirty"))


def test_wide_tables_lie_on_their_side(order, write, without_drawing):
    document = write(order(sections=["funding"]))
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, False, False, True]
    document = write(order(sections=["funding"], paper="letter", annexes=["checks"]))
    assert [round(section.page_width.inches, 1) for section in document.sections][-2:] == [11, 8.5]


def test_the_companys_look(order, write, without_drawing):
    logo = io.BytesIO()
    Image.new("RGBA", (600, 300), "#7a1f5c").save(logo, "PNG")
    made = order(
        sections=["team"], accent="#7a1f5c", logo=base64.b64encode(logo.getvalue()).decode()
    )
    document = write(made)
    first = next(document.element.body.iter(qn("wp:inline")))
    assert first.docPr.get("descr").startswith("Logo of")
    assert (first.extent.cx, first.extent.cy) == (40 * 36_000, 20 * 36_000)
    colors = {part.get(f"{W}val") for part in document.styles.element.iter(f"{W}color")}
    assert "7A1F5C" in colors and "1B50C7" not in colors
    check_rules(document)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_hostile_text_is_shown_and_breaks_nothing(order, write, without_drawing, language):
    document = poison(order(language)["document"])
    plan = document["plan"]
    plan["title"] = "x" * 5_000 + "\x0b\ud83d\ufffe" + HOSTILE
    plan["company"] = "\x00]]>&amp;" * 100
    made = make_order(
        document, language, annexes=EVERY_ANNEX, letter={**LETTER, "summary": HOSTILE}
    )
    html, opened = render_html(made), write(made)
    assert lost(printed_texts(html), text_of(opened)) == []
    assert "<script>alert(1)</script>" in text_of(opened)
    assert len(opened.core_properties.title) == 255
    check_rules(opened)


def test_lines_and_lists_stay(write, order, without_drawing):
    document = order(sections=["team"])["document"]
    organisation = document["sections"]["team"]["organisation"]
    field = next(key for key, text in organisation.items() if isinstance(text, str) and " " in text)
    organisation[field] = "First line\nsecond line\n\nnew paragraph"
    opened = write(make_order(document, sections=["team"], annexes=["checks"], letter=LETTER))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    assert any("First line\nsecond line\nnew paragraph" in cell for cell in cells)
    said = [paragraph.text for paragraph in opened.paragraphs]
    assert "First line\nsecond line" in said
    assert "We asked\nagain." in said
    change = next(one for one in opened.paragraphs if one.text.startswith("Pain three"))
    marked = {run.text: (bool(run.font.strike), bool(run.font.underline)) for run in change.runs}
    assert marked["three"] == (True, False) and marked["four"] == (False, True)


def test_a_letter_alone(write, order, without_drawing):
    made = order(sections=[], annexes=["letter"], letter=LETTER)
    document = write(made)
    assert lost(printed_texts(render_html(made)), text_of(document)) == []
    assert "Open" in text_of(document)
    # no cover: its head and foot run from the first page
    assert "Version 7" in document.sections[0].footer.paragraphs[0].text


def test_an_empty_plan_and_one_with_nothing_to_print(order, write):
    blank = {"team": {}, "market": {}}
    check_empty = write(make_order({**order()["document"], "sections": blank}))
    assert heads_of(check_empty, "Heading 1")
    assert "nothing to print" in text_of(write(order(sections=[])))


def test_the_same_plan_is_the_same_file(order, printer, tmp_path, without_drawing):
    files = [tmp_path / name for name in ("one.docx", "two.docx")]
    for file in files:
        docx.produce(
            order(sections=["team"]), file, SimpleNamespace(whole=printer), lambda *_: None
        )
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as package:
        assert package.testzip() is None
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_a_number_is_never_broken_and_words_share_the_rest():
    def cells(*texts, head=False):
        return [
            Cell(
                parser.fromstring(f"<td>{text}</td>"),
                head,
                False,
                text.isdigit(),
                text.isdigit(),
                1,
            )
            for text in texts
        ]

    rows = [cells("Name", "Sum", head=True), cells("word " * 60, "123456789012")]
    words, number = column_widths(rows, KINDS["table"], 100)
    assert words + number == pytest.approx(100)
    assert number > 12 * 8.5 * 0.35 * 0.5 and words > 2 * number
