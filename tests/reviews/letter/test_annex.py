"""The reply to the reviewers in print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.exports.choices import Annex
from apps.exports.job import order
from apps.exports.models import Export
from apps.exports.render import Printer, render_html
from apps.exports.services import request_export
from apps.plans.models import Plan
from apps.reviews.models import Request, Review
from tests.reviews.conftest import edit, finish, review_of


@pytest.fixture
def export(review: Review, plan: Plan, cast: dict[str, User]) -> Export:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    return request_export(plan=plan, by=cast["owner"], language="zh-hans", annexes=[Annex.LETTER])


def test_the_annex_is_frozen_and_printed_without_a_query(export: Export, plan: Plan) -> None:
    frozen = order(export)
    with CaptureQueriesContext(connection) as queries:
        html = render_html(frozen)
    assert not queries.captured_queries
    annex = html[html.index('id="annex-letter"') :]
    for text in ("Name the shops.", "Shops by night", "Three shops in Wuhan", "需修正"):
        assert text in annex, text
    assert frozen["letter"]["number"] == 1 and frozen["letter"]["since"] == 2


def test_the_annex_answers_the_round_before_the_printed_version(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> None:
    def answered() -> int:
        made = request_export(plan=plan, by=cast["owner"], language="en", annexes=[Annex.LETTER])
        return order(made)["letter"]["number"]

    assert answered() == 1  # nothing changed: the round on this very version
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("acceptable", "")})
    assert answered() == 1
    edit(plan, "market.segment", cast["owner"], name="Four shops in Wuhan")
    assert answered() == 2


def test_the_annex_can_be_laid_out(export: Export, tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    printed = Printer().write_pdf(
        render_html(order(export)), target, identifier="x", on_page=lambda page: None
    )
    assert printed.pages > 2 and target.read_bytes().startswith(b"%PDF")


def test_the_annex_leaves_out_sections_that_are_not_printed(
    review: Review, plan: Plan, cast: dict[str, User]
) -> None:
    export = request_export(
        plan=plan, by=cast["owner"], language="en", hidden=frozenset({"market"}),
        annexes=[Annex.LETTER],
    )  # fmt: skip
    assert places_in(order(export)["letter"]) == {"Team", "Risks"}


def places_in(letter: dict[str, Any]) -> set[str]:
    quiet = [line for group in letter["quiet"] for line in group["lines"]]
    return {line["place"] for line in [*letter["points"], *quiet]}


def test_a_chapter_that_is_not_printed_is_not_hidden(
    review: Review, plan: Plan, cast: dict[str, User]
) -> None:
    """What a printed row points at has a name, wherever it stands."""
    role = edit(plan, "team.role", cast["owner"], title="Night manager")
    edit(plan, "risks.risk", cast["owner"], name="Closing", owner=role.uid)
    export = request_export(
        plan=plan, by=cast["owner"], language="en", sections=["risks"], annexes=[Annex.LETTER]
    )
    letter = order(export)["letter"]
    assert places_in(letter) == {"Risks"}
    assert "hidden" not in str(letter)


def test_the_letter_can_be_printed_alone(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    url = reverse("exports:list", args=[plan.uid])
    letter_page = as_("owner").get(reverse("reviews:letter", args=[plan.uid])).text
    asked = f"{url}?annex=letter&amp;chapters=none"
    assert asked in letter_page
    form = as_("owner").get(asked.replace("&amp;", "&")).context["form"]
    assert (form["annexes"].value(), form["sections"].value()) == (["letter"], [])
    given = {"language": "en", "edition": "investor"}
    assert as_("owner").post(url, given).status_code == 422
    assert as_("owner").post(url, {**given, "annexes": ["checks"]}).status_code == 422
    assert as_("owner").post(url, {**given, "annexes": ["letter"]}).status_code == 302
    html = render_html(order(Export.objects.get()))
    assert "Name the shops." in html and "Add one on the supplier." in html
    assert plan.title in html and 'id="contents"' not in html and "chapter__number" not in html


def test_without_a_review_the_contents_say_so(plan: Plan, cast: dict[str, User]) -> None:
    export = request_export(plan=plan, by=cast["owner"], language="en", annexes=[Annex.LETTER])
    html = render_html(order(export))
    assert 'id="annex-letter"' not in html and 'href="#annex-letter"' not in html
    assert "nothing in them yet: Annex: reply to the reviewers</p>" in html


def test_only_founders_order_and_find_it(export: Export, plan: Plan, as_: Any) -> None:
    url = reverse("exports:list", args=[plan.uid])
    data = {"language": "en", "annexes": ["letter"]}
    for who in ("mentor", "viewer"):
        assert as_(who).post(url, data).status_code == 422
        page = reverse("exports:export", args=[plan.uid, export.uid])
        assert as_(who).get(page).status_code == 404
        assert not as_(who).get(url).context["exports"]
    assert as_("cofounder").get(url).context["exports"]
    assert 'value="letter"' in as_("owner").get(url).text
