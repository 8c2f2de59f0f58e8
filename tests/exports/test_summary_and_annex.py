"""The first chapter of the PDF, from the sections' key figures, and the annex of open checks."""

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from apps.checks import services as checks
from apps.exports import services
from apps.exports.forms import ExportForm
from apps.exports.job import order as order_of
from apps.exports.models import Export
from apps.exports.render import Printer, render_html
from apps.plans import samples
from apps.plans.access import access_for
from apps.plans.models import Plan
from apps.plans.sections import registry
from tests.checks.conftest import broken_document

NO_PRIMARY = "No segment is primary. Choose the one that you will win first."


def make_order(language: str = "en", **changes: Any) -> dict[str, Any]:
    return {
        "document": broken_document(language),
        "sections": [section.name for section in registry],
        "counted": [section.name for section in registry],
        "annexes": ["checks"],
        "dismissed": {},
        "language": language,
        "number": 7,
        "hash": "ab12" * 16,
        "taken_at": "2026-11-24T08:00:00+00:00",
        "illustrative": True,
        "expected_pages": 0,
        "format": "pdf",
        "edition": "full",
        "paper": "a4",
        "standard": "access",
        "attached": False,
        **changes,
    }


def part(html: str, anchor: str) -> str:
    """The text of the chapter with this anchor."""
    found = re.search(rf'<section class="chapter" id="{anchor}">(.*?)<section class="chapter"',
                      html + '<section class="chapter"', re.DOTALL)  # fmt: skip
    assert found, anchor
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


@pytest.mark.parametrize(
    ("language", "title", "figure"),
    [("en", "Executive summary", "TAM per year"), ("zh-hans", "执行摘要", "年 TAM")],
)
def test_the_first_chapter_is_the_summary(language: str, title: str, figure: str) -> None:
    html = render_html(make_order(language))
    text = part(html, "summary")
    assert title in text and figure in text
    assert html.index('id="summary"') < html.index('id="chapter-market"')
    assert 'href="#summary"' in html


def test_the_summary_knows_nothing_of_what_is_not_printed() -> None:
    names = [section.name for section in registry if section.name != "team"]
    assert "Payroll of the first year" in part(render_html(make_order()), "summary")
    assert "Payroll of the first year" not in part(
        render_html(make_order(sections=names)), "summary"
    )


@pytest.mark.parametrize("name", samples.names())
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_investor_reads_one_page_and_the_figures_on_the_next(name: str, language: str) -> None:
    html = render_html(make_order(language, document=samples.document(name, language)))
    head, body = html.split('<body class="edition--full">')
    summary = re.search(r'<section class="chapter" id="summary">.*?(?=<section class="chapter")',
                        body, re.DOTALL)  # fmt: skip
    printed = Printer().write_pdf(
        f"{head}<body>{summary[0]}", Path(os.devnull), identifier="x", on_page=int
    )
    assert printed.pages == 2


def test_a_blank_plan_has_no_summary() -> None:
    blank = {"format": "ventureplan/1", "plan": {"title": "Blank"},
             "sections": {section.name: {} for section in registry}}  # fmt: skip
    assert 'id="summary"' not in render_html(make_order(document=blank))


def test_the_annex_lists_what_is_open_and_why_the_rest_is_not() -> None:
    html = render_html(make_order())
    assert NO_PRIMARY in part(html, "annex-checks")
    assert 'href="#annex-checks"' in html
    assert html.index('id="chapter-funding"') < html.index('id="annex-checks"')
    assert 'id="annex-checks"' not in render_html(make_order(annexes=[]))


def test_the_annex_keeps_back_what_is_not_printed() -> None:
    names = [section.name for section in registry if section.name != "market"]
    assert NO_PRIMARY not in part(render_html(make_order(sections=names)), "annex-checks")


@pytest.fixture
def broken_plan(cast: dict[str, Any]) -> Plan:
    from apps.plans.services import create_plan

    return create_plan(by=cast["owner"], document=broken_document())


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    ids: list[int] = []
    monkeypatch.setattr(services, "wake", ids.append)
    return ids


def test_a_reason_goes_from_the_page_to_the_annex(
    broken_plan: Plan, owner: Any, woken: list[int]
) -> None:
    found = checks.run(access_for(owner, broken_plan.uid)).open
    first = next(one for one in found if one.finding.key == "market.no_primary")
    checks.dismiss(plan=broken_plan, checked=first, reason="We serve <two> equally.", by=owner)
    export = services.request_export(plan=broken_plan, by=owner, language="en", annexes=["checks"])
    text = part(render_html(order_of(export)), "annex-checks")
    open_part, aside = text.split("Dismissed by the founders")
    assert NO_PRIMARY not in open_part
    assert NO_PRIMARY in aside and "We serve <two> equally." in aside


def test_with_and_without_annex_are_two_exports(
    broken_plan: Plan, owner: Any, woken: list[int]
) -> None:
    ask: Callable[..., Export] = services.request_export
    plain = ask(plan=broken_plan, by=owner, language="en")
    annexed = ask(plan=broken_plan, by=owner, language="en", annexes=["checks"])
    assert plain.pk != annexed.pk
    assert ask(plan=broken_plan, by=owner, language="en", annexes=["checks"]) == annexed
    assert order_of(plain)["dismissed"] == {}


def test_the_form_offers_chapters_and_the_annex_and_nothing_else() -> None:
    def answered(**data: Any) -> ExportForm:
        offered = [registry["market"], registry["team"]]
        return ExportForm({"language": "en", "sections": ["team"], **data}, offered=offered)

    assert answered().is_valid()
    assert answered(annexes=["checks"]).is_valid()
    assert not answered(annexes=["secrets"]).is_valid()
    assert not answered(sections=["funding"]).is_valid()
    assert answered(sections=[]).errors == {"sections": ["Choose at least one chapter."]}


def test_the_page_asks_for_the_annex(
    broken_plan: Plan, owner: Any, as_: Any, woken: list[int]
) -> None:
    url = f"/plans/{broken_plan.uid}/exports/"
    data = {"language": "en", "sections": ["market", "funding"], "annexes": ["checks"]}
    assert as_("owner").post(url, data).status_code == 302
    export = broken_plan.exports.get()
    assert (export.sections, export.annexes) == (["market", "funding"], ["checks"])
    assert export.counted == [section.name for section in registry]
