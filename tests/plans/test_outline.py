"""The reading view's list of headings: every h2 of a section is a place to jump to."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from apps.plans.models import Plan
from apps.plans.outline import outline
from apps.plans.sections import Section
from tests.conftest import all_sections


def test_headings_get_an_anchor_and_keep_their_text() -> None:
    html, headings = outline(mark_safe("<h2>Size &amp; <b>share</b></h2><p>x</p><h2>Groups</h2>"))
    assert html == ('<h2 id="h-1">Size &amp; <b>share</b></h2><p>x</p><h2 id="h-2">Groups</h2>')
    assert [(item.anchor, item.text) for item in headings] == [
        ("h-1", "Size &amp; share"),
        ("h-2", "Groups"),
    ]


def test_a_heading_that_somebody_typed_is_no_heading() -> None:
    html = mark_safe("<p>&lt;h2&gt;typed&lt;/h2&gt;</p>")
    assert outline(html) == (html, [])


@pytest.mark.parametrize("section", all_sections())
def test_every_entry_leads_to_a_heading_of_the_page(
    section: Section, as_: Callable[[str], Client], sample_plan: Plan
) -> None:
    page = (
        as_("mentor")
        .get(reverse("plans:section", args=[sample_plan.uid, section]))
        .content.decode()
    )
    nav = re.search(r'<nav class="outline".*?</nav>', page, re.DOTALL)
    assert nav, "a long page without an overview"
    anchors = re.findall(r'href="#([^"]+)"', nav.group())
    assert len(anchors) > 2
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1
