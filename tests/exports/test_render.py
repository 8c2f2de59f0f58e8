"""From a document to HTML: complete, in the chosen language, harmless, without a query."""

import json
import re

import pytest

from apps.exports.fetcher import StaticFetcher
from apps.exports.printable import BREAK, clean
from apps.exports.render import render_html
from apps.plans.sections import registry
from tests.exports.conftest import make_order

HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% now %} \x00\x07 \ud800 😀 \u202eabc\u202c "
    "<img src='file:///etc/passwd'> </style><style>*{display:none}</style> "
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_rendering_makes_no_query(order, language, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_html(order(language))
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in html


@pytest.mark.parametrize("language, contents", [("en", "Contents"), ("zh-hans", "目录")])
def test_cover_contents_and_a_chapter_for_each_section(order, language, contents):
    made = order(language)
    html = render_html(made)
    plan = made["document"]["plan"]
    assert f"<title>{plan['title']}</title>" in html
    assert plan["company"] in html and plan["pitch"] in html
    assert made["hash"] in html
    assert contents in html
    for section in registry:
        assert f'href="#chapter-{section.name}"' in html
        assert f'id="chapter-{section.name}"' in html


def test_headings_follow_the_export_and_texts_the_founder(order):
    document = order("zh-hans")["document"]
    html = render_html(make_order(document, "en"))
    assert "Contents" in html
    assert document["plan"]["title"] in html


def test_only_the_sections_of_the_export_are_printed(order):
    html = render_html(order(sections=["team"]))
    assert 'id="chapter-team"' in html
    assert 'id="chapter-market"' not in html


def chapter(html, name):
    return html.split(f'id="chapter-{name}"')[1].split('<section class="chapter"')[0]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_printing_fewer_chapters_changes_no_figure(order, language):
    whole = chapter(render_html(order(language)), "funding")
    alone = render_html(order(language, sections=["funding"]))
    number = re.compile(r"Chapter 8|第 ?8 ?章")
    assert number.search(whole) and not number.search(alone)
    # Where the other chapters are missing, references to them are no links.
    references = r' ?<span class="ref__page">.*?</span>[^<]*</span>|</?a\b[^>]*>'
    text = re.compile(rf'<p class="chapter__number">.*?</p>|</body>.*|{references}', re.DOTALL)
    assert text.sub("", chapter(alone, "funding")).split() == text.sub("", whole).split()


def test_what_rests_on_a_hidden_section_is_not_shown_and_says_so(order):
    names = [section.name for section in registry]
    counted = [name for name in names if name != "team"]
    less = render_html(order(sections=["funding"], counted=counted))
    whole = render_html(order(sections=["funding"]))
    said = "not shown: it rests on Team, which this copy leaves out"
    assert said in less and said not in whole
    payroll = re.compile(r'<td data-label="Declared in"[^>]*>Team</td>')
    assert payroll.search(whole) and not payroll.search(less)


def test_every_link_of_a_part_print_finds_its_anchor(order):
    html = render_html(order(sections=["funding", "market"], annexes=["checks"]))
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_an_export_without_sections_says_so(order):
    assert "nothing to print" in render_html(order(sections=[]))


def test_an_empty_plan_is_printed_with_a_sentence_for_each_section(order):
    document = {**order()["document"], "sections": {}}
    html = render_html(make_order(document))
    assert "chapter-market" not in html
    blank = {section.name: {} for section in registry}
    html = render_html(make_order({**document, "sections": blank}))
    assert 'id="chapter-market"' in html


def poison(value, key=""):
    """Every text of the document made hostile; ids, references, choices and numbers stay."""
    if isinstance(value, dict):
        return {name: poison(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poison(item, key) for item in value]
    if isinstance(value, str) and " " in value:
        return HOSTILE + value
    return value


def test_hostile_text_is_shown_and_never_run(order):
    html = render_html(make_order(poison(order()["document"])))
    assert "<script" not in html
    assert "<img" not in html
    assert "<style" not in html
    assert "&lt;script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert not {"\x00", "\x07", "\ud800", "\u202e"} & set(html)
    html.encode()


def test_printable_text():
    assert clean("a\x00b\tc\n\ud83d") == "ab\tc\n"
    assert clean({"a": ["\x01x", 3, None, True]}) == {"a": ["x", 3, None, True]}
    word = "x" * 20_000
    broken = clean(word)
    assert broken.replace(BREAK, "") == word
    assert max(map(len, broken.split(BREAK))) < 80
    chinese = "创业计划" * 100
    assert clean(chinese) == chinese
    sentence = "An ordinary sentence with https://example.com/an/address."
    assert clean(sentence) == sentence
    json.dumps(clean({"x": word})).encode()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:8000/",
        "https://example.com/x.css",
        "data:text/css,*{}",
        "ftp://example.com/x",
        "static:../config/settings.py",
        "static:css/../../manage.py",
        "static:/etc/passwd",
        "static:admin/css/base.css",
        "static:nothing.css",
        "css/print.css",
    ],
)
def test_the_fetcher_serves_nothing_else(address):
    with pytest.raises(Exception):  # noqa: B017 - Django and the fetcher raise different ones
        StaticFetcher().fetch(address)


def test_the_fetcher_serves_our_static_files():
    answer = StaticFetcher().fetch("static:css/print.css")
    assert answer.content_type == "text/css"
    assert b"@page" in answer.read()


def test_a_copy_names_whom_it_is_for(order):
    name = "Ventures <b>North</b> \u202e"
    html = render_html(order(watermark=name))
    assert "For Ventures &lt;b&gt;North&lt;/b&gt;" in html and "\u202e" not in html
    assert "Copy for" in html
    assert "Copy for" not in render_html(order())
