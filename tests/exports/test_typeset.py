"""What print adds to the HTML: pairs, whole cells, languages; nothing for the page alone."""

import re

import pytest

from apps.exports import typeset
from apps.exports.render import render_html
from apps.plans.contents import Content
from apps.plans.document import restore
from apps.plans.render import render_section
from apps.plans.sections import registry
from tests.exports.conftest import make_order


def facts(*pairs):
    return (
        '<dl class="facts">\n'
        + "\n".join(f"<dt>{name}</dt> <dd>{text}</dd>" for name, text in pairs)
        + "\n</dl>"
    )


def kinds(*texts):
    boxed = typeset.boxed_facts(facts(*(("Name", text) for text in texts)))
    return re.findall(r'class="fact fact--(\w+)"', boxed)


def test_two_short_facts_share_a_line():
    wide = "A text that is too long for half of a line."
    assert kinds("42", "¥90", wide, "7", wide) == ["left", "right", "whole", "whole", "whole"]
    assert kinds("42", "¥90", "7") == ["left", "right", "whole"]
    note = '<span class="evidence-note">{}</span>'
    assert kinds("42" + note.format("估算"), "7") == ["left", "right"]
    assert kinds("42" + note.format("估算" * 30), "7") == ["whole", "whole"]


@pytest.mark.parametrize("text", ["很长的文字。" * 100, "<p>a</p>" * 20, "a<br>" * 20])
def test_a_very_long_fact_may_break(text):
    assert kinds(text) == ["long"]


def test_boxing_loses_nothing():
    pairs = [("名称", "<p>一</p><p>二</p>"), ("<b>x</b>", "42"), ("y", "长" * 1000)]
    boxed = typeset.boxed_facts(facts(*pairs))
    for name, text in pairs:
        assert f"<dt>{name}</dt> <dd>{text}</dd>" in boxed


def test_short_cells_stay_on_one_line():
    table = (
        '<table class="table"><thead><tr><th scope="col">日期</th><th>说明</th></tr></thead>'
        '<tr><td class="num">2027年12月22日</td><td>一句比较长、需要换行的话。</td></tr>'
        "<tr><td>Open<br>March 31, 2027</td><td></td></tr></table>"
    )
    whole = typeset.whole_cells(table)
    assert '<td class="nowrap num">2027年12月22日</td>' in whole
    assert "<td>一句比较长、需要换行的话。</td>" in whole
    assert '<td class="nowrap">Open<br>March 31, 2027</td>' in whole


def test_a_long_name_has_its_own_line():
    name = "Preference training with service managers' choices: utilisation (MFU)"
    html = typeset.boxed_facts(f'<dl class="facts"><dt>{name}</dt><dd>24%</dd></dl>')
    assert "fact--above" in html


def test_a_list_of_facts_keeps_its_anchor():
    html = typeset.boxed_facts('<dl class="facts" id="policy"><dt>Accept</dt><dd>5</dd></dl>')
    assert html.startswith('<dl class="facts" id="policy"><div class="fact')
    assert html.endswith("</div></dl>")


def test_a_picture_whose_letters_would_get_small_may_fill_a_page():
    picture = '<figure class="picture">\n<svg class="chart" viewBox="0 0 {} {}"></svg></figure>'
    assert "picture--tall" in typeset.tall_pictures(picture.format(680, 836.5))
    assert "picture--tall" in typeset.tall_pictures(picture.format(640, 486))
    assert "picture--tall" not in typeset.tall_pictures(picture.format(640, 430))


def test_a_table_of_few_rows_stays_on_one_page():
    table = '<table class="table"><thead><tr></tr></thead>{}</table>'
    assert 'class="table-whole table"' in typeset.whole_cells(table.format("<tr></tr>" * 5))
    assert "table-whole" not in typeset.whole_cells(table.format("<tr></tr>" * 6))
    assert "table-whole" not in typeset.whole_cells(table.format("<td>长</td>" * 301))


@pytest.mark.parametrize(
    "written, printed",
    [
        ("利润表 (CNY)", "利润表（CNY）"),
        ("(已放弃，不计入)", "（已放弃，不计入）"),
        ("技术负责人: 月薪", "技术负责人：月薪"),
        ("“银行订阅”的客户, 35%", "“银行订阅”的客户，35%"),
        ("“订阅” (客户月增长率)位列", "“订阅”（客户月增长率）位列"),
        ("比例 3:1，f(x)", "比例 3:1，f(x)"),
        ("Year 1 (CNY): 2, 3", "Year 1 (CNY): 2, 3"),
    ],
)
def test_chinese_is_set_with_chinese_punctuation(written, printed):
    assert typeset.with_languages(f"<p>{written}</p>", "zh-hans") == f"<p>{printed}</p>"


def test_a_quoted_chinese_text_keeps_its_letters_in_an_english_document():
    assert "技术 (一): 月薪" in typeset.with_languages("<p>技术 (一): 月薪</p>", "en")


def test_the_heads_of_a_matrix_may_break():
    table = (
        '<table class="table table-matrix"><thead><tr><th>产品经理</th></tr></thead>'
        "<tr><td>R/A</td></tr></table>"
    )
    assert typeset.whole_cells(table).count("nowrap") == 1
    assert '<td class="nowrap">R/A' in typeset.whole_cells(table)


def test_a_text_in_the_other_language_says_so():
    body = "<p>Owner: “灵答”</p><p>“Ask” once</p><svg><text>灵答</text></svg> <p>42</p>"
    assert typeset.with_languages(body, "en") == (
        '<p><span lang="zh-Hans">Owner: “灵答”</span></p><p>“Ask” once</p>'
        "<svg><text>灵答</text></svg> <p>42</p>"
    )
    assert typeset.with_languages(body, "zh-hans") == (
        '<p>Owner: “灵答”</p><p><span lang="en">“Ask” once</span></p>'
        "<svg><text>灵答</text></svg> <p>42</p>"
    )


@pytest.mark.parametrize(
    "written, language, other", [("zh-hans", "en", "zh-Hans"), ("en", "zh-hans", "en")]
)
def test_a_plan_in_the_other_language(order, written, language, other):
    html = render_html(make_order(order(written)["document"], language))
    assert html.count(f'<span lang="{other}">') > 5


def test_what_is_for_the_page_alone_is_removed_with_all_it_holds():
    html = (
        'a<div class="notice screen-only"><div>b<h2>c</h2></div><p>d</p></div>e'
        '<p class="hint screen-only">f</p><p class="hint">g</p><div class="screen-only">h'
    )
    assert typeset.without_screen_only(html) == 'ae<p class="hint">g</p>'


def test_what_a_founder_has_to_look_at_is_on_the_page_and_never_in_print(order, monkeypatch):
    context = Content.context
    monkeypatch.setattr(
        Content, "context", lambda content: {**context(content), "warnings": ["Weights: 90 %"]}
    )
    made = order()
    contents = restore(made["document"])
    warned = 0
    for section in registry:
        if "warnings" in context(contents.section(section.name)):
            warned += 1
            assert "Weights: 90 %" in render_section(contents.section(section.name))
    assert warned >= 4
    html = render_html(made)
    assert "Weights: 90 %" not in html
    assert "screen-only" not in html
