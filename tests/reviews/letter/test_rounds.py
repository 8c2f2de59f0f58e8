"""The reply to the reviewers over rounds: one entry a point, until its mentor settles it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services as comments
from apps.exports.choices import Annex
from apps.exports.job import order
from apps.exports.services import request_export
from apps.plans.models import Plan
from apps.reviews import answers, board, services
from apps.reviews.models import Request, Review, Settlement
from tests.reviews.conftest import edit, finish, review_of, step, write
from tests.reviews.letter.conftest import letter_of, today, told


def test_open_points_of_earlier_rounds_stay_in_the_letter(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    again = review_of(ask(sections=["market"]), cast["mentor"])
    services.accept(review=again)
    again.verdicts.all().delete()
    write(again, verdicts={"market": ("acceptable", "")})
    assert services.finish(review=again, outcome="approved")
    # The market is found acceptable; of the comment on it nothing is said; the risk was not asked.
    found = letter_of(as_("owner"), plan)
    assert [(line.place, line.status) for line in found.lines] == [
        ("Market", "settled"),
        ("Market · “Shops by night” · Name of the segment", "open"),
        ("Risks", "open"),
    ]
    made = request_export(plan=plan, by=cast["owner"], language="en", annexes=[Annex.LETTER])
    assert order(made)["letter"]["number"] == 1  # the round before the printed version


@pytest.fixture
def second_round(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> Review:
    """The founders answered both points on the market; the mentor has the plan again."""
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    review.verdicts.filter(section="market").update(reply="We named three.")
    comments.reply(thread=plan.threads.get(), text="These three.", by=cast["owner"])
    again = review_of(ask(), cast["mentor"])
    services.accept(review=again)
    return again


def market_of(client: Any, plan: Plan) -> tuple[Any, Any]:
    """The verdict and the comment."""
    lines = [one for one in letter_of(client, plan).lines if one.place.startswith("Market")]
    [verdict, comment] = sorted(lines, key=lambda one: len(one.place))
    return verdict, comment


def test_a_point_that_its_mentor_settles_is_one_entry_with_its_history(
    review: Review, second_round: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    said = review.verdicts.get(section="market")
    Settlement.objects.create(
        review=second_round, verdict=said, state="settled", text="Just what I asked for."
    )
    verdict, _comment = market_of(as_("owner"), plan)
    assert verdict.status == "answered"  # a draft settles nothing
    finish(second_round)
    edit(plan, "market.segment", cast["owner"], name="Nine shops in Wuhan")
    verdict, comment = market_of(as_("owner"), plan)
    assert [one.head for one in verdict.steps] == [
        "Round 1 (version 1) · Mei · To fix", "The founders answered",
    ]  # fmt: skip
    [closing] = verdict.closing
    assert (closing.head, closing.text) == (
        "Round 2 (version 2) · Mei · Settled", "Just what I asked for.",
    )  # fmt: skip
    # What came after it was settled is no part of it.
    assert verdict.changed == "Changes anywhere in this section, version 1 to 2"
    assert ("ins", "Three shops in Wuhan") in told(verdict.changes[0])
    assert (verdict.state, comment.state) == ("Settled", "Answered, waiting for the mentor")
    page = as_("owner").get(reverse("reviews:letter", args=[plan.uid])).text
    assert "Just what I asked for." in page and "Answered, waiting for the mentor" in page
    before = letter_of(as_("owner"), plan, "?version=1").lines
    assert [one.status for one in before if one.place == "Market"] == ["settled"]


def test_a_word_taken_over_leaves_the_answer_waiting(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    """The section did not change: the mentor who says nothing new has not looked at the answer."""
    review.verdicts.filter(section="risks").update(reply="Not our largest risk.")
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    again = finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("acceptable", "")})
    assert again.verdicts.get(section="risks").action == "Add one on the supplier."
    [risks] = [one for one in letter_of(as_("owner"), plan).lines if one.place == "Risks"]
    assert (risks.status, len(risks.steps)) == ("answered", 2)


def test_a_section_found_acceptable_settles_no_comment_on_it(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    """Letter, thread and the next round say the same of a comment left without a word."""
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("acceptable", "")})
    verdict, comment = market_of(as_("owner"), plan)
    assert (verdict.status, comment.status) == ("settled", "open")
    thread = plan.threads.get()
    assert not thread.resolved
    edit(plan, "market.segment", cast["owner"], name="Nine shops in Wuhan")
    third = review_of(ask(), cast["mentor"])
    services.accept(review=third)
    assert f'name="{thread.uid}-state"' in as_("mentor").get(step(third, "section", "market")).text


def test_a_point_that_is_still_open_waits_for_a_new_answer(
    review: Review, second_round: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    Settlement.objects.create(
        review=second_round, thread=plan.threads.get(), state="open", text="Names, please."
    )
    finish(second_round, verdicts={"market": ("to_fix", "Count them.")})
    verdict, comment = market_of(as_("owner"), plan)
    assert (verdict.status, comment.status) == ("open", "open")
    assert [one.head for one in comment.steps][-1] == "Round 2 (version 2) · Mei · Still open"
    assert [one.text for one in verdict.steps] == [
        "Name the shops.", "We named three.", "Count them.",
    ]  # fmt: skip
    comments.reply(thread=plan.threads.get(), text="A, B and C.", by=cast["owner"])
    again = second_round.verdicts.get(section="market")
    answers.reply(verdict=again, text="Three.", base=0, by=cast["owner"])
    verdict, comment = market_of(as_("owner"), plan)
    assert (verdict.status, comment.status) == ("answered", "answered")


def test_what_the_founders_decide_withdraws_a_verdict(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    board.decide(
        plan=plan, version=review.request.version, section="market", base=0, by=cast["owner"],
        decision="We name no shops.", reason="They asked us not to.", would_change="",
    )  # fmt: skip
    verdict, comment = market_of(as_("owner"), plan)
    assert (verdict.state, comment.state) == ("Withdrawn by decision", "Open")
    [closing] = verdict.closing
    assert closing.head == f"Olivia decided · {today()}" and "asked us not to" in closing.text


def test_another_mentor_s_comment_is_no_answer(
    review: Review, second: User, plan: Plan, as_: Any
) -> None:
    comments.reply(thread=plan.threads.get(), text="I wonder too.", by=second)
    _verdict, comment = market_of(as_("owner"), plan)
    assert comment.status == "open" and comment.steps[-1].head == f"Noor wrote · {today()}"


def test_a_founder_who_ticks_a_comment_off_has_not_settled_it(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    comments.resolve(thread=plan.threads.get(), by=cast["owner"])
    _verdict, comment = market_of(as_("owner"), plan)
    assert comment.status == "answered"
    assert comment.steps[-1].head == f"Olivia marked it as resolved · {today()}"
