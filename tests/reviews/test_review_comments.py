"""The comments of a review on its finished page: by section, what became of each, and where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Thread
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import registry
from apps.plans.services import delete_row
from apps.reviews import drafts, services
from apps.reviews.models import Remark, Request, Review
from tests.reviews.conftest import edit, finish, review_of, step


@pytest.fixture
def segment(plan: Plan, cast: dict[str, User]) -> Any:
    return edit(plan, "market.segment", cast["owner"], name="Shops by night")


@pytest.fixture
def review(segment: Any, ask: Callable[..., Request], cast: dict[str, User]) -> Review:
    found = review_of(ask(), cast["mentor"])
    services.accept(review=found)
    return found


def said(page: Any) -> list[tuple[str, list[str]]]:
    """The sections as they stand on the page, each with its comments' first words."""
    groups = page.context["comments"]
    return [(str(one.title), [told.card.first.text for told in one.comments]) for one in groups]


def comment(review: Review, text: str, *place: str) -> Thread:
    return drafts.remark(review=review, place=Place(*(place or ("",))), text=text)


def test_comments_stand_by_section_with_what_became_of_them(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    comment(review, "Who leads it?", "team")
    which = comment(review, "Which shops?", "market", "segment", segment.uid, "name")
    whole = comment(review, "Too long.")
    comments.reply(thread=which, text="Those of the harbour.", by=cast["owner"])
    finish(review)
    comments.resolve(thread=whole, by=cast["owner"])
    page = as_("owner").get(step(review, "review"))
    assert said(page) == [
        ("the whole plan", ["Too long."]),
        (str(registry["market"].title), ["Which shops?"]),
        (str(registry["team"].title), ["Who leads it?"]),
    ]
    html = page.text
    for words in ("Not answered yet", "Olivia answered", "Those of the harbour.", "Resolved"):
        assert words in html, words
    assert reverse("comments:thread", args=[plan.uid, which.uid]) in html
    editor = reverse("plans:row", args=[plan.uid, registry["market"], "segment", segment.uid])
    assert f'href="{editor}#id_name"' in html


def test_a_mentor_is_led_to_the_place_and_not_to_the_editor(
    review: Review, segment: Any, plan: Plan, as_: Any
) -> None:
    comment(review, "Which shops?", "market", "segment", segment.uid, "name")
    finish(review)
    html = as_("mentor").get(step(review, "review")).text
    place = reverse("comments:section", args=[plan.uid, registry["market"]])
    assert f'href="{place}#at-market-segment-{segment.uid}-name"' in html
    assert "/edit/" not in html


def test_what_the_field_reads_now_stands_beside_and_a_deleted_row_is_named(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    comment(review, "Which shops?", "market", "segment", segment.uid, "name")
    finish(review)
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    html = as_("owner").get(step(review, "review")).text
    assert "Shops by night" in html and "Three shops in Wuhan" in html
    section, part = registry.part("market.segment")
    segment.refresh_from_db()
    delete_row(section=section, part=part, row=segment, by=cast["owner"])
    html = as_("owner").get(step(review, "review")).text
    assert "The row is no longer in the plan." in html and "Which shops?" in html
    assert f"#at-market-segment-{segment.uid}" in html  # there its last text is read


def test_a_hidden_section_hides_the_comments_on_it(
    review: Review, second: User, as_second: Any, plan: Plan
) -> None:
    comment(review, "Which shops?", "market")
    finish(review)
    finish(review_of(review.request, second))
    assert "Which shops?" in as_second.get(step(review, "review")).text
    HiddenSection.objects.create(plan=plan, section="market", role=Role.MENTOR)
    page = as_second.get(step(review, "review"))
    assert "Which shops?" not in page.text and said(page) == []


def test_any_number_of_comments_takes_as_many_queries(
    review: Review, segment: Any, cast: dict[str, User], as_: Any
) -> None:
    client, page = as_("owner"), step(review, "review")
    place = ("market", "segment", segment.uid, "name")
    comment(review, "First", *place)
    finish(review)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    few = queries()
    for number in range(9):
        made = comments.start_thread(
            plan=review.request.plan, place=Place(*place), text=f"Remark {number}",
            by=cast["mentor"],
        )  # fmt: skip
        comments.reply(thread=made, text="Answer", by=cast["owner"])
        Remark.objects.create(review=review, thread=made)
    assert queries() == few
