"""The pictures say what the data say: positions, areas, sums, order, ticks, line breaks."""

import math
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import charts
from apps.core.charts.scales import Scale, nice_ticks
from apps.core.charts.text import clean, shorten, text_width, wrap


def rects(picture: charts.Picture | None, fill: str) -> list[tuple[float, float, float, float]]:
    """x, y, width, height of the rectangles with the class or pattern `fill`, swatches left out."""
    assert picture is not None
    found = re.findall(
        r'<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"([^>]*)', picture.svg
    )
    return [
        (float(x), float(y), float(w), float(h))
        for x, y, w, h, rest in found
        if (f"fill-{fill} " in rest or f'fill-{fill}"' in rest or f"-{fill})" in rest)
        and (w, h) != ("18", "11")
    ]


def texts(picture: charts.Picture | None) -> list[str]:
    assert picture is not None
    return re.findall(r"<text [^>]*>([^<]*)</text>", picture.svg)


def test_bar_lengths_are_proportional_and_carry_their_amounts() -> None:
    picture = charts.bars(
        id="b", title="T", labels=["A", "B"], series=[charts.Series("", [1000, 250])]
    )
    long, short = (width for _x, _y, width, _h in rects(picture, "1"))
    assert long == pytest.approx(4 * short, rel=0.01)
    assert {"1,000", "250"} <= set(texts(picture))


def test_stacked_bars_print_the_sum_and_join_without_gap() -> None:
    picture = charts.bars(
        id="b", title="T", labels=["A"], stacked=True,
        series=[charts.Series("X", [300]), charts.Series("Y", [None]), charts.Series("Z", [500])],
    )  # fmt: skip
    first, third = rects(picture, "1")[0], rects(picture, "pattern-3")[0]
    assert first[0] + first[2] == pytest.approx(third[0], abs=0.2)
    assert third[2] / first[2] == pytest.approx(5 / 3, rel=0.01)
    assert "800" in texts(picture)


def test_negative_bars_grow_to_the_other_side() -> None:
    picture = charts.bars(
        id="b", title="T", labels=["A", "B"], series=[charts.Series("", [10, -5])]
    )
    up, down = rects(picture, "1")
    assert down[0] + down[2] == pytest.approx(up[0], abs=0.2)


def test_circle_areas_are_proportional() -> None:
    layers = [charts.Layer("TAM", 1600), charts.Layer("SAM", 400), charts.Layer("SOM", 100)]
    picture = charts.nested_circles(id="n", title="T", layers=layers)
    assert picture is not None
    radii = [float(r) for r in re.findall(r' r="([\d.]+)"', picture.svg) if float(r) > 4]
    assert radii[0] == pytest.approx(2 * radii[1], rel=0.01)
    assert radii[1] == pytest.approx(2 * radii[2], rel=0.02)


def test_a_vanishing_market_is_drawn_visibly_and_noted() -> None:
    layers = [charts.Layer("TAM", 1e9, "1 B"), charts.Layer("SOM", 1e3, "1 k")]
    noted = charts.nested_circles(id="n", title="T", layers=layers, scale_note="Not to scale")
    plain = charts.nested_circles(
        id="n", title="T", layers=[charts.Layer("TAM", 4), charts.Layer("SAM", 2)], scale_note="N"
    )
    assert "Not to scale" in texts(noted)
    assert "N" not in texts(plain)


def test_a_share_larger_than_its_whole_stays_inside_it() -> None:
    layers = [charts.Layer("TAM", 100), charts.Layer("SAM", 900)]
    picture = charts.nested_circles(id="n", title="T", layers=layers)
    assert picture is not None
    radii = [float(r) for r in re.findall(r' r="([\d.]+)"', picture.svg)]
    assert radii[1] <= radii[0]


def test_risk_map_puts_items_in_their_cells_and_counts_the_rest() -> None:
    levels = [[1, 2], [2, 4]]
    many = [charts.LevelItem(f"R{i}", 2, 2) for i in range(1, 60)]
    picture = charts.level_map(
        id="m", title="T", items=[charts.LevelItem("A", 1, 2), *many],
        levels=levels, level_names=["Low", "Medium", "High", "Critical"], x_label="I", y_label="P",
    )  # fmt: skip
    assert picture is not None
    rest = next(text for text in texts(picture) if text.startswith("+"))
    shown = [text for text in texts(picture) if re.fullmatch(r"R\d+", text)]
    assert len(shown) + int(rest) == 59
    assert ("A", "2 × 1 Medium") in picture.table
    assert ("R59", "2 × 2 Critical") in picture.table


def test_an_item_off_the_map_stays_in_the_table_only() -> None:
    items = [
        charts.LevelItem("A", 1, 1),
        charts.LevelItem("B", 9, 1),
        charts.LevelItem("C", None, 1),
    ]
    picture = charts.level_map(
        id="m", title="T", items=items, levels=[[1]], level_names=["Low"], x_label="I", y_label="P",
    )  # fmt: skip
    assert picture is not None
    assert "B" not in texts(picture)
    assert ("B", "") in picture.table and ("C", "") in picture.table


def test_bubbles_that_coincide_are_all_visible_and_named() -> None:
    bubbles = [charts.Bubble(f"Segment {i}", 3, 3) for i in range(12)]
    picture = charts.bubble_map(id="b", title="T", bubbles=bubbles, x_label="X", y_label="Y")
    assert picture is not None
    centres = re.findall(r'<circle cx="(.*?)" cy="(.*?)"', picture.svg)
    assert len(set(centres)) == 12
    assert {f"Segment {i}" for i in range(12)} <= set(texts(picture))


def test_radar_leaves_a_gap_where_a_value_is_missing() -> None:
    def path(values: list[int | None]) -> str:
        picture = charts.radar(
            id="r", title="T", axes=list("ABCD"), series=[charts.Series("S", values)]
        )
        assert picture is not None
        return re.findall(r'<path d="(M[^"]*)"[^>]*stroke-1', picture.svg)[0]

    assert path([1, 2, 3, 4]).endswith("Z")
    assert path([1, None, 3, 4]).count("M") == 2


def test_radar_needs_three_axes() -> None:
    series = [charts.Series("S", [1, 2])]
    assert charts.radar(id="r", title="T", axes=["A", "B"], series=series) is None


def test_calendar_bars_follow_their_dates() -> None:
    spans = [
        charts.Span("First half", date(2027, 1, 1), date(2027, 6, 30)),
        charts.Span("Whole year", date(2027, 1, 1), date(2027, 12, 31)),
        charts.Span("Swapped", date(2027, 12, 31), date(2027, 7, 1)),
        charts.Span("Undated", None),
    ]
    picture = charts.calendar(
        id="c", title="T", spans=spans, format_month=lambda day: f"{day:%m}", format_date=str
    )
    half, whole, swapped = rects(picture, "1")
    assert half[2] == pytest.approx(whole[2] * 181 / 365, abs=0.3)
    assert swapped[0] == pytest.approx(half[0] + half[2], abs=0.3)
    assert picture is not None
    assert ("Undated", charts.MISSING, charts.MISSING) in picture.table
    assert texts(picture)[:12] == [f"{month:02}" for month in range(1, 13)]


def test_a_century_keeps_few_month_labels() -> None:
    spans = [charts.Span("Long", date(2000, 1, 1), date(2099, 12, 31))]
    picture = charts.calendar(
        id="c", title="T", spans=spans, format_month=lambda day: f"{day:%b %Y}"
    )
    assert 3 <= len([text for text in texts(picture) if "20" in text]) <= 14


def test_tornado_puts_the_widest_swing_on_top() -> None:
    swings = [charts.Swing("Small", 9, 11), charts.Swing("Large", 2, 19)]
    picture = charts.tornado(
        id="t", title="T", swings=swings, base=10, low_label="−", high_label="+"
    )
    assert texts(picture).index("Large") < texts(picture).index("Small")


def test_donut_percentages_and_one_part_as_full_ring() -> None:
    shares = [charts.Share("A", 3), charts.Share("B", 1), charts.Share("None", -4)]
    picture = charts.donut(id="d", title="T", shares=shares)
    assert picture is not None
    assert picture.table[1:] == (("A", "3 · 75%"), ("B", "1 · 25%"))
    whole = charts.donut(id="d", title="T", shares=[charts.Share("A", 5)])
    assert whole is not None and "100%" in whole.description


def test_no_month_is_cut_by_the_edge_of_a_narrow_picture() -> None:
    months = [f"{2027 + month // 12}-{month % 12 + 1:02d}" for month in range(36)]
    series = [charts.Series("", range(36))]
    picture = charts.panels(id="p", title="T", labels=months, panels=[charts.Panel("H", series)])
    assert picture is not None and picture.narrow is not None
    assert "…" not in picture.narrow.svg


def test_panels_thin_out_month_labels_that_would_touch() -> None:
    months = [f"{month % 12 + 1}/2027" for month in range(60)]
    picture = charts.panels(
        id="p", title="T", labels=months, panels=[charts.Panel("H", [charts.Series("", range(60))])]
    )
    assert picture is not None
    shown = re.findall(r'<text x="([\d.]+)"[^>]*>\d+/2027<', picture.svg)
    places = [float(x) for x in shown]
    assert 5 < len(places) < 25
    assert min(b - a for a, b in pairwise(places)) > text_width("12/2027", 10)
    assert len(picture.table) == 61


def test_organisation_tolerates_circles_unknown_bosses_and_twins() -> None:
    posts = [
        charts.Post("a", "Alpha", parent="b"),
        charts.Post("b", "Beta", parent="a"),
        charts.Post("c", "Gamma", parent="c"),
        charts.Post("d", "Delta", parent="nobody"),
        charts.Post("d", "Delta again"),
    ]
    picture = charts.organisation(id="o", title="T", posts=posts, cycle_note="A circle")
    shown = texts(picture)
    assert {"↻ Alpha", "Beta", "↻ Gamma", "Delta again", "↻ A circle"} <= set(shown)
    assert "Delta" not in shown


@pytest.mark.parametrize("depth", [40, 1500])
def test_organisation_draws_every_role_of_a_long_chain(depth: int) -> None:
    posts = [charts.Post(str(i), f"Role {i}", parent=str(i - 1)) for i in range(depth)]
    picture = charts.organisation(id="o", title="T", posts=posts)
    assert {f"Role {i}" for i in range(depth)} <= set(texts(picture))


def test_open_roles_are_dashed_and_say_so() -> None:
    posts = [charts.Post("a", "Filled"), charts.Post("b", "Wanted", filled=False, status="Open")]
    picture = charts.organisation(id="o", title="T", posts=posts)
    assert picture is not None
    assert picture.svg.count("stroke-dasharray") == 1
    assert "Open" in texts(picture)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 100, [0, 20, 40, 60, 80, 100]), (0, 7, [0, 2, 4, 6, 8]), (-3, 5, [-4, -2, 0, 2, 4, 6]),
     (5, 5, [0, 1, 2, 3, 4, 5]), (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0])],
)  # fmt: skip
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert nice_ticks(low, high) == pytest.approx(expected)


@given(st.floats(-1e29, 1e29), st.floats(-1e29, 1e29))
def test_ticks_cover_the_range_and_rise(low: float, high: float) -> None:
    ticks = nice_ticks(low, high)
    slack = 1e-6 * max(abs(low), abs(high)) + 1e-290  # below that, everything is nothing
    assert ticks[0] <= min(low, high) + slack and ticks[-1] >= max(low, high) - slack
    assert all(a < b for a, b in pairwise(ticks))
    assert 2 <= len(ticks) <= 12


def test_whole_ticks_are_integers() -> None:
    assert nice_ticks(0, 2, whole=True) == [0, 1, 2]
    assert all(tick == int(tick) for tick in nice_ticks(0, 23, 4, whole=True))


def test_scale_holds_values_inside() -> None:
    across = Scale(0, 10, 100, 200)
    assert (across(-5), across(5), across(50)) == (100, 150, 200)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.8, "1,234,568"), (0.25, "0.25"), (3, "3"), (None, "—"), (math.nan, "—"),
     (10**400, "—"), (-2.5, "-2.5"), (True, "—")],
)  # fmt: skip
def test_plain_number(value: object, text: str) -> None:
    assert charts.plain_number(value) == text


def test_lines_break_between_words_and_chinese_characters_evenly() -> None:
    assert wrap("Business strength", 70, 12, 2) == ["Business", "strength"]
    assert wrap("自然语言处理", 62, 12, 2) == ["自然语", "言处理"]
    assert wrap("线下推广，展会。", 60, 12, 2) == ["线下推广，", "展会。"]


def test_a_line_never_begins_with_closing_punctuation() -> None:
    for width in range(24, 120, 6):
        for line in wrap("展会，发布会、联合推广；社区（开发者）。", width, 12, 9)[1:]:
            assert line[0] not in "，、；）。"


@given(st.text(max_size=80), st.floats(0, 400), st.integers(1, 4))
def test_wrapped_lines_fit(text: str, width: float, lines: int) -> None:
    found = wrap(clean(text), width, 12, lines)
    assert len(found) <= lines
    assert all(text_width(line, 12) <= width + 1e-6 for line in found)


def test_shortened_text_ends_with_an_ellipsis_and_is_told_in_full() -> None:
    label = "A very long name of a segment that no box can hold in the space it has " * 2
    assert shorten(label, 100, 12).endswith("…")
    picture = charts.donut(id="d", title="T", shares=[charts.Share(label, 1)])
    assert picture is not None
    assert f"<title>{label.strip()}</title>" in picture.svg
    assert label.strip() in picture.description
