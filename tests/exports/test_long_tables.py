"""A table that is too long to print: its first rows, and how many more there are."""

from django.utils import translation

from apps.exports import long_tables
from apps.exports.long_tables import bounded
from apps.exports.render import render_html
from tests.exports.hostile import hostile, rows


def table(count, columns=2):
    cells = "<td>x</td>" * columns
    lines = "".join(f'<tr id="{at}">{cells}</tr>' for at in range(count))
    return f"<table><thead><tr></tr></thead><tbody>{lines}</tbody><tfoot><tr></tr></tfoot></table>"


def told(count):
    return "\n".join(f'<article class="row-detail">{at}</article>' for at in range(count))


def test_what_is_not_too_long_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(long_tables, "ROW_LIMIT", 3)
    monkeypatch.setattr(long_tables, "TOLD_LIMIT", 3)
    html = f"{table(3)}<p>between</p>{told(3)}<h2>Next</h2>{told(3)}"
    assert bounded(html) == html


def test_the_first_rows_stay_and_the_others_are_counted(monkeypatch):
    monkeypatch.setattr(long_tables, "ROW_LIMIT", 3)
    monkeypatch.setattr(long_tables, "TOLD_LIMIT", 2)
    html = bounded(f"{table(5)}{told(3)}<h2>Next</h2>")
    assert 'id="2"' in html and 'id="3"' not in html
    assert '<td colspan="2">… and 2 more rows. ' in html
    assert "<tfoot>" in html and html.endswith("<h2>Next</h2>")
    assert ">1</article>" in html and ">2</article>" not in html
    assert '<p class="left-out">… and 1 more row. ' in html
    assert bounded(html) == html
    with translation.override("zh-hans"):
        assert "另有 2 行" in bounded(table(5))


def test_facts_of_too_many_rows_are_counted_too(monkeypatch):
    monkeypatch.setattr(long_tables, "TOLD_LIMIT", 2)
    facts = "".join(f"<dt>{at}</dt><dd>said</dd>" for at in range(5))
    html = bounded(f'<dl class="facts">{facts}</dl><p>after</p>')
    assert html.count("<dt>") == 2 and "… and 3 more rows." in html
    assert html.endswith("</p><p>after</p>") and bounded(html) == html


def test_totals_count_the_rows_that_are_not_printed(order, monkeypatch):
    few = render_html(order(sections=["market"]))
    monkeypatch.setattr(long_tables, "ROW_LIMIT", 5)
    document = hostile(rows(40))
    many = render_html(order(sections=["market"]) | {"document": document})
    assert "… and 35 more rows." in many and "Segment 4<" in many
    assert "Segment 5<" not in many.partition('id="annex')[0].partition("row-detail")[0]
    assert total(many) != total(few)


def total(html):
    return html.partition("Total, bottom-up")[2].partition("</tr>")[0]


def test_annexes_are_bounded_as_well(order, monkeypatch):
    monkeypatch.setattr(long_tables, "ROW_LIMIT", 2)
    html = render_html(order(sections=["market"], annexes=["assumptions"]))
    assert "… and" in html.partition('id="annex-assumptions"')[2]
