"""The PDF itself: text, fonts, outline, metadata, glyphs."""

import io
import re
import time

import pikepdf
import pytest
from weasyprint import HTML

from apps.exports.glyphs import drawable
from apps.exports.render import Printer, options_of, render_html, watched
from tests.exports.conftest import make_order
from tests.exports.test_render import HOSTILE

FOOT = (297 - 22) / 25.4 * 96  # where the bottom margin begins, in CSS pixels
CHAPTER = {"en": ("Team", "Contents"), "zh-hans": ("团队", "目录")}


@pytest.fixture(scope="module")
def printer():
    return Printer()


@pytest.fixture
def write(printer, tmp_path):
    def to_pdf(order):
        target = tmp_path / "plan.pdf"
        printed = printer.write_pdf(
            render_html(order), target, identifier=order["hash"], on_page=lambda page: None
        )
        return printed, target

    return to_pdf


def text_of(pdf):
    """What the fonts' ToUnicode maps say is printed; as a reader's search finds it."""
    from apps.core.ops.pdf_glance import characters

    content = io.BytesIO()
    pdf.save(content, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return characters(content.getvalue())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_sample_prints_without_a_missing_glyph(order, write, language):
    made = order(language, sections=["team"])
    printed, target = write(made)
    assert printed.missing == ""
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == printed.pages >= 4
        assert str(pdf.Root.Lang) == ("en" if language == "en" else "zh-Hans")
        assert str(pdf.docinfo["/Title"]) == made["document"]["plan"]["title"]
        assert str(pdf.docinfo["/Author"]) == made["document"]["plan"]["company"]
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            assert set(CHAPTER[language]) <= set(titles)
            chapter = next(item for item in outline.root if item.title == CHAPTER[language][0])
            assert len(chapter.children) >= 5
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        for font in fonts:
            assert "NotoSansSC" in str(font.FontName).replace("-", "")
            assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        printed_characters = text_of(pdf)
        missing = set(made["document"]["plan"]["title"].replace(" ", "")) - printed_characters
        assert not missing


def test_the_same_document_is_the_same_file(order, write):
    made = order(sections=["team"])
    first = write(made)[1].read_bytes()
    assert write(made)[1].read_bytes() == first


def test_a_character_in_no_font_is_reported_and_breaks_nothing(order, write):
    document = order()["document"]
    document = {**document, "plan": {**document["plan"], "pitch": "Snow 😀 and \u0627\u200f here"}}
    printed, target = write(make_order(document, sections=[]))
    assert printed.missing == "\u0627😀"
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Subject"]).split() == ["Snow", "and", "here"]


GLYPHLESS = (
    "🚀 \U0001f469\u200d\U0001f4bb ❤\ufe0f 1\ufe0f\u20e3 \U0001f44d\U0001f3fd \U0001f1e8\U0001f1f3 "
    "مرحبا สวัสดี 한국어 हिन्दी \U00020bb7 \ue000 \U0001d401 é e\u0301 \u034f\u2066a\u2069 ☐ ✔ "
)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_empty_box_is_ever_printed(order, write, language):
    """Also in the running heads, the contents, the pictures and the outline."""

    def spoil(value, key=""):
        if isinstance(value, dict):
            return {name: spoil(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [spoil(item, key) for item in value]
        prose = isinstance(value, str) and (" " in value or re.search("[，。]", value))
        return GLYPHLESS + value if prose else value

    document = spoil(order(language)["document"])
    document["plan"]["title"] = GLYPHLESS + "Plan"
    with watched(lambda page: None) as undrawn:
        printed, target = write(make_order(document, language, sections=["team", "risks"]))
    assert undrawn == set()
    assert {"🚀", "م", "ส", "한", "ह", "☐"} <= set(printed.missing)
    assert not {"\u200d", "\ufe0f", "\u20e3", "é", "B", " "} & set(printed.missing)
    with pikepdf.open(target) as pdf:
        title = str(pdf.docinfo["/Title"])
        assert {"1", "B", "é", "P"} <= set(title)  # bold mathematical B as B
        assert not set(printed.missing) & (set(title) | text_of(pdf))


def test_a_stand_in_is_never_markup():
    clean, left_out = drawable("<p>＜script＞ \ufe64b\ufe65")
    assert clean.count("<") == 1
    assert "<" not in left_out


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_label_is_torn_and_no_heading_left_behind(order, printer, language):
    """A float over the end of a page would go on under the next text."""
    html = render_html(order(language))
    laid_out = HTML(string=html, base_url="static:", url_fetcher=printer.fetcher).render(
        font_config=printer.fonts, **options_of("access")
    )
    pages_of = {}
    for number, page in enumerate(laid_out.pages):
        lines = []
        for box in page._page_box.descendants():
            if box.element_tag in {"dt", "h2", "h3"}:
                pages_of.setdefault(id(box.element), set()).add(number)
            if type(box).__name__ == "TextBox" and box.text.strip():
                lines.append((box.position_y, box.element_tag))
        in_text = [line for line in lines if line[0] < FOOT]
        assert number == 0 or max(in_text)[1] not in {"h1", "h2", "h3"}
    assert len(pages_of) > 200
    assert all(len(numbers) == 1 for numbers in pages_of.values())


def test_hostile_and_huge_text_prints_in_reasonable_time(order, write):
    document = order(sections=["team"])["document"]
    organisation = document["sections"]["team"]["organisation"]
    name = next(
        key for key, value in organisation.items() if isinstance(value, str) and " " in value
    )
    texts = (HOSTILE * 20, "x" * 20_000, "。" * 20_000, "\u200f\u202e" * 500, "a\n\n" * 500)
    for text in texts:
        sections = {"team": {"organisation": {**organisation, name: text}}}
        begin = time.process_time()
        printed, target = write(make_order({**document, "sections": sections}, sections=["team"]))
        assert printed.pages >= 3
        assert time.process_time() - begin < 30
        pikepdf.open(target).close()


def test_nothing_outside_is_loaded(printer, tmp_path):
    """Even if such markup got into a page, the fetcher would refuse."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    page = (
        f'<link rel="attachment" href="file://{secret}"><img src="http://127.0.0.1:1/x.png">'
        f'<style>@import "file://{secret}"; body {{ background: url(data:image/png;base64,AA) }}'
        "</style><p>text"
    )
    document = HTML(string=page, url_fetcher=printer.fetcher).render(font_config=printer.fonts)
    with pikepdf.open(io.BytesIO(document.write_pdf())) as pdf:
        assert not pdf.attachments
        assert not list(pdf.pages[0].get_images())
