"""Where the printed plan is cut."""

import re

import pytest

from apps.exports.parts import MARK, cut, has_parts, largest_first, shapes, weight
from apps.exports.render import render_html


@pytest.mark.parametrize("edition, chapters", [("full", 3), ("investor", 1)])
def test_a_part_begins_where_a_page_begins(order, edition, chapters):
    sections = ["market", "team", "risks"]
    made = cut(render_html(order(sections=sections, edition=edition, annexes=["checks"])))
    names = [part.name for part in made.texts]
    assert names[0] == "summary" and names[-1] == "annex-checks"
    assert len(names) == chapters + 2
    for part in [made.cover, made.feet, made.contents, *made.texts]:
        assert part.html.count("<body") == part.html.count("</body>") == 1
        assert not MARK.search(part.html)


def test_no_text_is_lost_or_printed_twice(order):
    html = render_html(order())
    made = cut(html)
    for anchor in re.findall(r' id="([^"]+)"', html):
        holders = [
            part.name
            for part in [made.cover, made.contents, *made.texts]
            if f' id="{anchor}"' in part.html
        ]
        assert len(holders) == 1, anchor


def test_chapters_know_neither_version_nor_title_page(order):
    """Or every save would make all of them anew."""
    first = cut(render_html(order(sections=["team", "risks"])))
    second = cut(
        render_html(order(sections=["team", "risks"], hash="9" * 64, number=99, watermark="Li"))
    )
    assert first.texts == second.texts
    assert first.contents == second.contents
    assert first.cover != second.cover and first.feet != second.feet


def test_landscape_pages_are_parts_of_their_own():
    wide = '<section class="landscape"><h2>Wide</h2><section>in it</section></section>'
    head = '<section class="chapter" id="a"><h1><b>A &amp; B</b></h1><p>x</p>'
    html = f"{head}{wide}<p>after</p></section>"
    made = shapes("a", html)
    assert [name for name, _html in made] == ["a", "a-1", "a-2"]
    assert wide in made[1][1] and "in it" not in made[0][1] + made[2][1]
    assert 'data-chapter="A &amp; B"' in made[1][1] and 'data-chapter="A &amp; B"' in made[2][1]
    all_wide = f'<section class="chapter landscape"><h1>A</h1>{wide}{wide}</section>'
    assert shapes("a", all_wide) == [("a", all_wide)]
    assert shapes("b", "<section><p>x</p></section>") == [("b", "<section><p>x</p></section>")]


def test_links_lead_out_of_a_part_by_name(order):
    made = cut(render_html(order(sections=["team"])))
    assert 'href="#' in made.contents.html
    pages = dict.fromkeys(re.findall(r'href="#([^"]+)"', made.contents.html), 7)
    numbered = made.numbered_contents(pages).html
    assert 'href="elsewhere:chapter-team" data-page="7"' in numbered and 'href="#' not in numbered


def test_the_heaviest_part_goes_first(order):
    made = cut(render_html(order(sections=["branding", "funding"])))
    weights = [weight(part) for part in largest_first(made.texts)]
    assert weights == sorted(weights, reverse=True)


def test_a_letter_alone_is_not_cut(order):
    letter = {"number": 1, "since": 2, "lines": [], "counts": [], "changes": []}
    html = render_html(order(sections=[], annexes=["letter"], letter=letter))
    assert not has_parts(html)
    assert has_parts(render_html(order(sections=["team"])))
