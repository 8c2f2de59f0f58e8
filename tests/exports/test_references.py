"""Links between places of the print: only to what is printed, and with the right page number, in
parts as in one piece."""

import re

import pikepdf
import pypdfium2
import pytest

from apps.exports import pdf, references
from apps.exports.references import resolved
from apps.exports.render import render_html
from apps.plans.templatetags.plan_tags import page_reference
from tests.exports.test_chapters import differing, targets

PRINTED = '<p id="here">x</p>'


def ref(label, *places):
    return str(page_reference(label, *places))


def test_a_reference_leads_to_what_is_printed():
    html = resolved(f"{PRINTED}<dd>{ref('Label <b>', 'gone', 'here')}</dd>")
    assert '<a href="#here">Label &lt;b&gt; <span class="ref__page">(p. ' in html
    assert html.count("ref__number") == 1


def test_what_is_not_printed_is_text():
    assert resolved(f"{PRINTED}<dd>{ref('Label', 'gone')}</dd>") == f"{PRINTED}<dd>Label</dd>"


def test_in_a_table_it_is_a_link_without_a_number():
    html = resolved(f"{PRINTED}<table><tr><td>{ref('Label', 'here')}</td></tr></table>")
    assert '<td><a href="#here">Label</a></td>' in html


def test_it_is_as_if_done_once():
    once = resolved(f"{PRINTED}<dd>{ref('Label', 'here')}</dd>")
    assert resolved(once) == once


def test_a_page_and_a_version_have_no_such_links(as_, sample_plan):
    page = as_("owner").get(f"/plans/{sample_plan.uid}/risks/").content.decode()
    assert 'class="ref"' not in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_number_is_the_page_where_the_row_stands(order, tools, tmp_path, language):
    """A risk that points at a milestone: the one-piece layout counts, the parts look the same."""
    numbers = {}
    for name, before in {"long": ["branding"], "short": []}.items():
        asked = order(language, sections=[*before, "projects", "risks"], annexes=["checks"])
        html = render_html(asked)
        apart, whole = tmp_path / f"{name}.pdf", tmp_path / f"{name}-whole.pdf"
        pdf.from_parts(html, asked, apart, tools, quiet)
        pdf.in_one_piece(html, asked, whole, tools, quiet)
        assert differing(apart, whole) == []
        numbers[name] = referred(whole)
        with pikepdf.open(whole) as opened:
            assert numbers[name] and numbers[name] <= {at[0] + 1 for at in targets(opened).values()}
    assert numbers["long"] != numbers["short"]


def quiet(stage, percent):
    return None


def referred(path):
    text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
    return {int(number) for number in re.findall(r"(?:\(p\. *|（第 *)(\d+)", text)}


def test_the_number_has_its_room_in_both_ways():
    html = resolved(f"{PRINTED}<dd>{ref('Label', 'here')}</dd>")
    assert 'data-counts="#here"' in html
    assert 'data-page-of="here"' in references.for_joining(html)
