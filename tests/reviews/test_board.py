"""The disagreement board: what conflicts, and what founders decide."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.models import Activity, HiddenSection, Plan, Role
from apps.reviews import drafts, services
from apps.reviews.models import Decision, Request, Review
from tests.reviews.conftest import edit, finish, review_of

DECISION = {"decision": "Keep the price.", "reason": "Two pay it.", "would_change": "Both leave."}


@pytest.fixture
def reviews(
    ask: Callable[..., Request], cast: dict[str, User], second: User
) -> tuple[Review, Review]:
    asked = ask()
    mei = finish(
        review_of(asked, cast["mentor"]),
        verdicts={"market": ("to_fix", "Ask ten shops."), "team": ("improvable", "x")},
        scores={"investor-problem": ("4", "Ten calls."), "investor-team": ("more", "Who sells?"),
                "investor-risks": ("3", "")},
    )  # fmt: skip
    noor = finish(
        review_of(asked, second),
        verdicts={"market": ("acceptable", "Sound."), "team": ("to_fix", "Hire a seller.")},
        scores={"investor-problem": ("1", "Hearsay."), "investor-team": ("5", "Strong."),
                "investor-risks": ("4", "")},
    )  # fmt: skip
    return mei, noor


def board(plan: Plan) -> str:
    return reverse("reviews:board", args=[plan.uid])


def decide(plan: Plan, criterion: str = "investor-problem", number: int = 1) -> str:
    return reverse("reviews:decide", args=[plan.uid, number, criterion])


def found(client: Any, plan: Plan) -> list[str]:
    return [one.anchor for one in client.get(board(plan)).context["disagreements"]]


def test_conflicts_stand_side_by_side(reviews: tuple[Review, Review], plan: Plan, as_: Any) -> None:
    page = as_("owner").get(board(plan))
    assert found(as_("owner"), plan) == ["investor-problem", "investor-team", "market"]
    for text in ("Ten calls.", "Hearsay.", "Who sells?", "Need more information", "Sound."):
        assert text in page.text
    assert "Hire a seller." not in page.text  # one step apart is no conflict


def test_the_comments_stand_beside_what_they_are_about(
    ask: Callable[..., Request], cast: dict[str, User], second: User, plan: Plan, as_: Any
) -> None:
    row = edit(plan, "market.segment", cast["owner"], name="Shops by night")
    place = Place("market", "segment", row.uid, "name")
    asked = ask()
    words = {cast["mentor"]: ("4", "Too narrow."), second: ("1", "Too wide.")}
    for mentor, (points, text) in words.items():
        review = review_of(asked, mentor)
        services.accept(review=review)
        drafts.remark(review=review, place=place, text=text)
        drafts.remark(review=review, place=Place("team"), text=f"{mentor} on the team.")
        finish(review, scores={"investor-problem": (points, "")})
    client = as_("owner")
    assert found(client, plan) == ["investor-problem", "market", "team"]
    page = client.get(board(plan))
    problem, market, team = page.context["disagreements"]
    assert (problem.conflict, market.conflict, team.conflict) == (True, False, False)
    for one in (problem, market):
        texts = [[t.comments.all()[0].text for t in side.comments] for side in one.sides]
        assert texts == [["Too narrow."], ["Too wide."]]
    for thread in plan.threads.filter(section="market"):
        link = reverse("comments:thread", args=[plan.uid, thread.uid])
        assert page.text.count(f'href="{link}"') == 2
    section = reverse("reviews:decide_section", args=[plan.uid, 1, "market"])
    assert client.post(section, {**DECISION, "revision": 0}).status_code == 302
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    again = ask()
    services.accept(review=review_of(again, second))
    step_page = reverse("reviews:section", args=[plan.uid, review_of(again, second).uid, "market"])
    reader = Client()
    reader.force_login(second, "allauth.account.auth_backends.AuthenticationBackend")
    text = reader.get(step_page).text
    assert all(word in text for word in DECISION.values())


def test_a_hidden_section_hides_its_comments_on_the_board(
    ask: Callable[..., Request], cast: dict[str, User], second: User, plan: Plan, as_: Any
) -> None:
    asked = ask()
    for mentor in (cast["mentor"], second):
        review = review_of(asked, mentor)
        services.accept(review=review)
        drafts.remark(review=review, place=Place("team"), text="Who sells?")
        finish(review)
    assert found(as_("cofounder"), plan) == ["team"]
    HiddenSection.objects.create(plan=plan, section="team", role=Role.COFOUNDER)
    assert found(as_("cofounder"), plan) == []


def test_a_mentor_sees_the_board_of_finished_rounds_only(
    ask: Callable[..., Request], cast: dict[str, User], second: User, plan: Plan,
    as_: Any, as_second: Any,
) -> None:  # fmt: skip
    asked = ask()
    finish(review_of(asked, second), verdicts={"market": ("to_fix", "Ask ten shops.")})
    assert "Ask ten shops." not in as_("mentor").get(board(plan)).text
    finish(review_of(asked, cast["mentor"]), verdicts={"market": ("acceptable", "Sound.")})
    assert found(as_("mentor"), plan) == found(as_second, plan) == ["market"]


def test_what_is_hidden_is_on_nobodys_board(
    reviews: tuple[Review, Review], plan: Plan, as_: Any
) -> None:
    for role in (Role.COFOUNDER, Role.MENTOR):
        HiddenSection.objects.create(plan=plan, section="market", role=role)
    as_("owner").post(decide(plan), {**DECISION, "revision": 0})
    for who in ("cofounder", "mentor"):
        assert found(as_(who), plan) == ["investor-team"], who
        assert "Keep the price." not in as_(who).get(board(plan)).text
    assert as_("cofounder").get(decide(plan)).status_code == 404
    section = reverse("reviews:decide_section", args=[plan.uid, 1, "market"])
    assert as_("cofounder").get(section).status_code == 404
    assert not Notice.objects.filter(kind="decision_recorded").exists()


def test_founders_decide_once_and_mentors_are_told(
    reviews: tuple[Review, Review], plan: Plan, as_: Any
) -> None:
    for _time in range(2):
        response = as_("owner").post(decide(plan), {**DECISION, "revision": 0})
        assert response.status_code == 302
    decision = Decision.objects.get()
    assert (decision.criterion.uid, decision.by.name) == ("investor-problem", "Olivia")
    assert "Keep the price." in as_("owner").get(board(plan)).text
    told = Notice.objects.filter(kind="decision_recorded")
    assert {one.recipient.name for one in told} == {"Mei", "Noor"}
    assert Activity.objects.filter(verb="decided").count() == 1


def test_a_verdict_can_be_decided_too(reviews: tuple[Review, Review], plan: Plan, as_: Any) -> None:
    url = reverse("reviews:decide_section", args=[plan.uid, 1, "market"])
    assert as_("owner").post(url, {**DECISION, "revision": 0}).status_code == 302
    assert Decision.objects.get().section == "market"


def test_two_founders_who_decide_at_once_see_both_texts(
    reviews: tuple[Review, Review], plan: Plan, as_: Any
) -> None:
    as_("owner").post(decide(plan), {**DECISION, "revision": 0})
    mine = {**DECISION, "decision": "Halve the price.", "revision": 0}
    response = as_("cofounder").post(decide(plan), mine)
    assert response.status_code == 409
    assert "Keep the price." in response.text and "Halve the price." in response.text
    assert Decision.objects.get().decision == "Keep the price."
    revision = response.context["revision"]
    assert as_("cofounder").post(decide(plan), {**mine, "revision": revision}).status_code == 302
    assert Decision.objects.get().decision == "Halve the price."
    assert as_("owner").post(decide(plan), {**DECISION, "revision": 1}).status_code == 409


def test_a_decision_needs_a_reason(reviews: tuple[Review, Review], plan: Plan, as_: Any) -> None:
    response = as_("owner").post(decide(plan), {**DECISION, "reason": "", "revision": 0})
    assert response.status_code == 422 and "Keep the price." in response.text
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("criterion", "number"),
    [("investor-risks", 1), ("investor-problem", 2), ("nothing", 1)],
)
def test_only_what_conflicts_is_decided(
    criterion: str, number: int, reviews: tuple[Review, Review], plan: Plan, as_: Any
) -> None:
    response = as_("owner").post(decide(plan, criterion, number), {**DECISION, "revision": 0})
    assert response.status_code == 404
    assert as_("mentor").post(decide(plan), DECISION).status_code == 403


def test_every_mentor_reads_the_decision_in_the_next_round(
    reviews: tuple[Review, Review], ask: Callable[..., Request], plan: Plan,
    cast: dict[str, User], as_: Any,
) -> None:  # fmt: skip
    as_("owner").post(decide(plan), {**DECISION, "revision": 0})
    edit(plan, "market.segment", cast["owner"], name="Shops")
    again = review_of(ask(), cast["mentor"])
    page = as_("mentor").get(reverse("reviews:review", args=[plan.uid, again.uid])).text
    assert "Keep the price." in page and "Both leave." in page
    services.accept(review=again)
    scores = as_("mentor").get(reverse("reviews:scores", args=[plan.uid, again.uid])).text
    assert "Keep the price." in scores


def test_headings_tell_criteria_from_sections_and_conflicts_from_comments(
    ask: Callable[..., Request], cast: dict[str, User], second: User, plan: Plan, as_: Any
) -> None:
    asked = ask()
    for mentor, points in ((cast["mentor"], "1"), (second, "5")):
        review = review_of(asked, mentor)
        services.accept(review=review)
        drafts.remark(review=review, place=Place("team"), text="Who sells?")
        finish(review, scores={"investor-team": (points, "")})
    page = as_("owner").get(board(plan)).text
    heads = [
        "Scores and verdicts that differ", "Criterion: Team", "Several mentors commented here",
        "Section: Team",
    ]  # fmt: skip
    places = [page.index(head) for head in heads]
    assert places == sorted(places)


# --- Over the rounds ------------------------------------------------------------------------------
@pytest.fixture
def kept_open(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User
) -> Review:
    """Two comments on the team in round 1; in round 2 Mei settles hers, Noor does not."""
    asked = ask()
    for mentor, text in ((cast["mentor"], "Too narrow."), (second, "Too wide.")):
        review = review_of(asked, mentor)
        services.accept(review=review)
        drafts.remark(review=review, place=Place("team"), text=text)
        finish(review)
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    asked = ask()
    mei = review_of(asked, cast["mentor"])
    services.accept(review=mei)
    mei.settlements.create(thread=plan.threads.get(created_by=cast["mentor"]), state="settled")
    finish(mei)
    noor = review_of(asked, second)
    services.accept(review=noor)
    noor.settlements.create(thread=plan.threads.get(created_by=second), state="open")
    return finish(noor)


def test_an_undecided_disagreement_that_a_mentor_keeps_open_stays_on_the_board(
    kept_open: Review, plan: Plan, as_: Any
) -> None:
    client = as_("owner")
    page = client.get(board(plan))
    assert page.context["number"] == 2 and found(client, plan) == ["team"]
    for text in ("Too narrow.", "Too wide.", "Undecided since version 1"):
        assert text in page.text
    url = reverse("reviews:decide_section", args=[plan.uid, 2, "team"])
    assert client.post(url, DECISION | {"revision": "0"}).status_code == 302
    decision = Decision.objects.get()
    assert (decision.version.number, decision.section) == (2, "team")
    assert found(client, plan) == ["team"]
    assert "Keep the price." in client.get(board(plan)).text


def test_what_was_decided_or_settled_leaves_the_board(
    kept_open: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client = as_("owner")
    url = reverse("reviews:decide_section", args=[plan.uid, 1, "team"])
    assert client.post(url, DECISION | {"revision": "0"}).status_code == 302
    assert found(client, plan) == []
    Decision.objects.all().delete()
    assert found(client, plan) == ["team"]
    kept_open.settlements.update(state="settled")
    assert found(client, plan) == []
