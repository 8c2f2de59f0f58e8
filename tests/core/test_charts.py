"""What every picture owes its readers: well-formed, labelled, inside its frame, the same twice."""

import inspect
import re
from collections.abc import Sequence
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from apps.core import charts
from apps.core.charts.text import text_width
from apps.core.charts.tones import TONES

from .chart_samples import PICTURES

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ["电子商务客服", "Retail banks", "Hospitals", "Public services"]
NUMBERS = [4, 2.5, 3, 1]
LONG = [
    "Communication through conferences, the press and social media in three regions " * 3,
    "面向制造业售后服务场景的多模态大模型智能客服与知识库一体化平台" * 3,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "x" * 5000,
]
every_picture = pytest.mark.parametrize("name", PICTURES)


def parse(picture: charts.Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def check(picture: charts.Picture) -> ElementTree.Element:
    """The rules for every picture; returns its tree."""
    root = parse(picture)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert root.get("role") == "img"
    assert title is not None and title.get("id") == root.get("aria-labelledby")
    assert description is not None and description.get("id") == root.get("aria-describedby")
    assert (description.text or "") == picture.description
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", picture.svg)) <= set(ids)
    assert root.get("viewBox") == f"0 0 {picture.width} {picture.height}"
    for element in root.iter():
        for key, value in element.attrib.items():
            if key in {"x", "y", "d", "r", "cx", "cy", "width", "height", "points", "rx"}:
                assert not re.search(r"nan|inf|e[+-]?\d", value), (element.tag, key, value)
    check_inside(root, picture)
    return root


def check_inside(root: ElementTree.Element, picture: charts.Picture) -> None:
    """No text and no shape leaves the frame."""
    for element in root.iter(f"{SVG}text"):
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        size = float(element.get("font-size", ""))
        wide = text_width(element.text or "", size, element.get("font-weight") == "700")
        if element.get("transform"):  # reads upwards
            assert y - wide / 2 >= -1 and y + wide / 2 <= picture.height + 1, element.text
            continue
        left = x - {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0) * wide
        assert left >= -0.5 and left + wide <= picture.width + 0.5, element.text
        assert size * 0.6 <= y <= picture.height, element.text
    for element in root.findall(f"{SVG}rect"):
        x, y, wide, high = (float(element.get(k, "")) for k in ("x", "y", "width", "height"))
        assert x >= -2 and x + wide <= picture.width + 2
        assert y >= -2 and y + high <= picture.height + 2
    for element in root.findall(f"{SVG}circle"):
        x, y, r = (float(element.get(k, "")) for k in ("cx", "cy", "r"))
        assert x - r >= -1 and x + r <= picture.width + 1
        assert y - r >= -1 and y + r <= picture.height + 1


def draw(name: str, labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture:
    picture = PICTURES[name](labels, numbers)
    assert picture is not None
    return picture


def test_every_drawing_function_is_tested() -> None:
    """A new picture must be added to the samples."""
    functions = {name for name, item in vars(charts).items() if inspect.isfunction(item)}
    assert functions - {"finite", "plain_number"} <= set(PICTURES)


@every_picture
def test_usual_data_keep_the_rules(name: str) -> None:
    picture = draw(name, LABELS, NUMBERS)
    check(picture)
    assert picture.title == LABELS[0]
    assert "电子商务客服" in picture.description
    assert len({len(row) for row in picture.table}) == 1
    assert any("Hospitals" in cell for row in picture.table for cell in row) or name == "curves"


@pytest.mark.parametrize("labels", [LABELS, LONG])
@pytest.mark.parametrize("name", ["panels", "bars", "share_bars", "tornado", "dumbbell"])
def test_some_pictures_are_drawn_for_a_phone_too(name: str, labels: list[str]) -> None:
    """With the same data, ids of their own, and nothing to scroll to."""
    wide = draw(name, labels, NUMBERS)
    narrow = wide.narrow
    assert narrow is not None and narrow.width <= 300
    check(narrow)
    assert (narrow.table, narrow.title) == (wide.table, wide.title)
    html = str(wide)
    assert "scroll-hint" not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@every_picture
def test_drawing_twice_gives_the_same(name: str) -> None:
    assert draw(name, LABELS, NUMBERS) == draw(name, LABELS, NUMBERS)


@every_picture
def test_long_labels_stay_inside(name: str) -> None:
    check(draw(name, LONG, NUMBERS))


@every_picture
def test_markup_is_text(name: str) -> None:
    evil = ["<script>alert(1)</script>\"'&", "]]><svg onload=x>", "{{ 7*7 }}", "</title></svg>"]
    picture = draw(name, evil, NUMBERS)
    root = check(picture)
    allowed = "svg g title desc defs pattern rect circle path polygon polyline text"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= set(allowed.split())
    assert not any(key.startswith("on") for e in root.iter() for key in e.attrib)
    assert picture.title == evil[0]


@every_picture
def test_characters_without_a_glyph_vanish(name: str) -> None:
    odd = ["a\x00b\x1b", "\ud800lone", "\u202eright to left\ufeff", "\ufffe\ue000 emoji 🚀"]
    picture = draw(name, odd, NUMBERS)
    check(picture)
    picture.svg.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\u202e\ufffe\ue000]", picture.svg)
    assert picture.title == "ab"


@every_picture
@pytest.mark.parametrize(
    "numbers",
    [
        [3, None, float("nan"), float("inf")],
        [1e29, -1e29, 1e-29, 3],
        [10**400, 3, Decimal("2.5"), Decimal("NaN")],
        [1, 1, 1, 1],
        [3, 0, -2, "4"],
    ],
    ids=["missing", "wide", "huge", "equal", "negative"],
)
def test_odd_numbers_are_drawn_or_left_out(name: str, numbers: list[object]) -> None:
    picture = PICTURES[name](LABELS, numbers)
    if picture is not None:
        check(picture)


@every_picture
def test_nothing_to_show_is_none(name: str) -> None:
    """Names alone are something in an organisation and in four fields: there nothing is no row."""
    numbers = [] if name in {"organisation", "quarters"} else [None]
    assert PICTURES[name](["A"], numbers) is None


@every_picture
@settings(max_examples=25, deadline=None)
@given(
    labels=st.lists(st.text(max_size=60), min_size=1, max_size=14),
    numbers=st.lists(
        st.one_of(
            st.none(), st.floats(), st.integers(), st.integers(1, 5), st.decimals(), st.booleans()
        ),
        min_size=1,
        max_size=14,
    ),
)
def test_any_data_keep_the_rules(name: str, labels: list[str], numbers: list[object]) -> None:
    picture = PICTURES[name](labels, numbers)
    if picture is not None:
        check(picture)


def test_weasyprint_draws_every_picture(caplog: pytest.LogCaptureFixture) -> None:
    pictures = [draw(name, LABELS, NUMBERS) for name in PICTURES]
    body = "".join(f"<p>{picture}</p>" for picture in pictures)
    document = HTML(string=f"<html lang=en><title>T</title>{body}").render()
    assert document.write_pdf().startswith(b"%PDF")
    assert not [record for record in caplog.records if "svg" in record.getMessage().lower()]


@every_picture
def test_every_tone_is_a_class_and_an_attribute(name: str) -> None:
    """Shapes carry a class for the page and an attribute for the PDF, with the same tone."""
    root = parse(draw(name, LABELS, NUMBERS))
    for element in root.iter():
        for kind in ("fill", "stroke"):
            found = re.findall(rf"\b{kind}-(\S+)", element.get("class", ""))
            assert len(found) <= 1
            if found:
                assert element.get(kind) == TONES[found[0]]


def test_series_differ_in_black_and_white() -> None:
    series = [charts.Series(f"S{i}", [i + 1, 2]) for i in range(6)]
    picture = charts.bars(id="b", title="T", labels=["A", "B"], series=series)
    assert picture is not None
    assert len(set(re.findall(r'fill="(url\(#[^"]+\))"', picture.svg))) == 5  # and one plain
    lines = charts.radar(
        id="r", title="T", axes=["A", "B", "C"],
        series=[charts.Series(f"S{i}", [i, 2, 3]) for i in range(3)],
    )  # fmt: skip
    assert lines is not None
    assert len(set(re.findall(r'stroke-dasharray="([^"]+)"', lines.svg))) == 2  # and one plain


def test_pictures_of_one_page_share_no_id() -> None:
    def picture(id: str) -> charts.Picture:
        found = charts.bars(
            id=id,
            title="T",
            labels=["A"],
            series=[charts.Series("S", [1]), charts.Series("U", [2])],
        )
        assert found is not None
        return found

    ids = [re.findall(r'id="([^"]+)"', picture(id).svg) for id in ("one", "two words <b>")]
    assert not set(ids[0]) & set(ids[1])
    assert all(re.fullmatch(r"[\w-]+", one) for group in ids for one in group)


def test_a_template_prints_the_picture_unescaped_and_lazy_labels_work() -> None:
    picture = charts.donut(
        id="d", title=gettext_lazy("Plan"), shares=[charts.Share(gettext_lazy("Plan"), 1)]
    )
    assert Template("{{ picture }}").render(Context({"picture": picture})).startswith("<svg ")


def test_a_picture_wider_than_a_phone_says_on_the_page_that_it_scrolls() -> None:
    wide, narrow = draw("calendar", LABELS, NUMBERS), draw("level_map", LABELS, NUMBERS)
    assert "Scroll sideways" in wide.__html__() and wide.svg in wide.__html__()
    assert narrow.__html__() == narrow.svg
