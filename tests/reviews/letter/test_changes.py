"""The reply to the reviewers: what changed since, old and new."""

from collections.abc import Callable
from typing import Any

from apps.accounts.models import User
from apps.comments import services as comments
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.plans.services import delete_row
from apps.reviews import services
from apps.reviews.models import Request, Review
from tests.reviews.conftest import edit, finish, review_of, write
from tests.reviews.letter.conftest import letter_of, told


def test_a_long_text_shows_the_words_that_changed(
    segment: Any, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    words = "One shop in three closes at ten and loses the night. " * 30
    edit(plan, "market.segment", cast["owner"], firmographic=words)
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("to_fix", "How many?")})
    edit(plan, "market.segment", cast["owner"], firmographic=f"{words}Forty say so.")
    [change] = letter_of(as_("owner"), plan).lines[0].changes
    assert [text for kind, text in told(change) if kind == "ins"] == ["Forty say so."]
    assert sum(len(text) for _kind, text in told(change)) < 200


def test_a_row_that_came_or_went_is_one_change(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    section, part = registry.part("market.segment")
    delete_row(section=section, part=part, row=segment, by=cast["owner"])
    edit(plan, "market.segment", cast["owner"], name="Clinics", firmographic="Long.")
    changes = letter_of(as_("owner"), plan).lines[0].changes
    assert {(one.kind, one.label) for one in changes} == {
        ("removed", "Segments · Shops by night"), ("added", "Segments · Clinics"),
    }  # fmt: skip


def test_two_points_on_one_place_show_its_changes_once(
    review: Review,
    ask: Callable[..., Request],
    second: User,
    plan: Plan,
    cast: dict[str, User],
    as_: Any,
) -> None:
    other = review_of(review.request, second)
    write(other, verdicts={"market": ("to_fix", "Count them.")})
    services.finish(review=other, outcome="changes")
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    points = [line for line in letter_of(as_("owner"), plan).points if line.place == "Market"]
    assert [(bool(line.changes), line.same_as) for line in points] == [(True, 0), (False, 1)]


def test_a_comment_on_the_whole_plan_is_not_answered_by_any_edit(
    segment: Any, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    mei = review_of(ask(), cast["mentor"])
    write(mei)
    comments.start_thread(plan=plan, place=Place(""), text="Too long.", by=cast["mentor"])
    assert services.finish(review=mei, outcome="changes")
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    [line] = letter_of(as_("owner"), plan).lines
    assert (line.status, line.changes) == ("open", [])
    comments.reply(thread=plan.threads.get(), text="We cut it.", by=cast["owner"])
    [line] = letter_of(as_("owner"), plan).lines
    assert line.status == "answered"


def test_a_deleted_row_keeps_its_name(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    section, part = registry.part("market.segment")
    delete_row(section=section, part=part, row=segment, by=cast["owner"])
    [change] = letter_of(as_("owner"), plan).lines[0].changes
    assert (change.kind, change.label) == ("removed", "Segments · Shops by night")


def test_it_says_what_the_changes_are_changes_of(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    """An edit anywhere in the section answers no verdict, and is not told as if it did."""
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan", firmographic="Open.")
    market, comment = letter_of(as_("owner"), plan).points
    assert market.changed == "Changes anywhere in this section since version 1"
    assert len(market.changes) == 2
    assert comment.changed == "Changes in this field since version 1"
    assert [change.label for change in comment.changes] == [
        "Three shops in Wuhan · Name of the segment"
    ]
    assert (market.status, comment.status) == ("open", "open")
