"""What a reading page folds on a phone: the details of each row and long tables."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from apps.plans.folding import folded
from apps.plans.models import Plan
from apps.plans.sections import Section
from tests.conftest import all_sections

ROW = '<article class="row-detail"><h3>A &amp; <b>B</b></h3><p>text</p></article>'


def table(rows: int, cell: str = "x") -> str:
    body = f"<tr><td>{cell}</td></tr>" * rows
    return (
        '<div class="table-wrap"><table class="table"><caption>Tasks</caption>'
        f"<tbody>{body}</tbody></table></div>"
    )


def test_the_details_of_a_row_are_folded_under_its_name() -> None:
    html = folded(mark_safe(ROW))
    assert "<summary>A &amp; B</summary>" in html and ROW in html
    assert "wide-open" in html and " open>" not in html


def test_a_long_table_is_folded_and_says_how_many_rows_it_has() -> None:
    assert "Tasks <span" in folded(mark_safe(table(6))) and "6 rows" in folded(mark_safe(table(6)))
    assert folded(mark_safe(table(5))) == table(5)


def test_a_warning_is_never_folded_away() -> None:
    late = '<span class="badge danger">Overdue</span>'
    assert ' wide-open" open>' in folded(mark_safe(table(6, late)))


def test_what_the_template_folds_already_is_left_as_it_is() -> None:
    html = mark_safe(f'<details class="fold"><summary>x</summary>{ROW}</details>{ROW}')
    assert folded(html).count("<details") == 2


@pytest.mark.parametrize("section", all_sections())
def test_nothing_that_was_written_is_lost_by_folding(
    section: Section, as_: Callable[[str], Client], sample_plan: Plan
) -> None:
    page = as_("mentor").get(reverse("plans:section", args=[sample_plan.uid, section]))
    html = page.content.decode()
    assert html.count("<details") == html.count("</details>")
    for line in re.findall(r"fold--phone[^>]*>\s*<summary[^>]*>(.*?)</summary>", html, re.DOTALL):
        assert line.strip()
