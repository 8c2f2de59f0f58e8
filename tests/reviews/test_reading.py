"""Reading reviews: who reads which, side by side, stale verdicts, answers, second opinions."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.access import Access
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.reviews import visibility
from apps.reviews.models import Request, Review, Rubric, SecondOpinion, State, Verdict
from tests.conftest import make_person
from tests.reviews.conftest import edit, finish, review_of, write


@pytest.fixture
def asked(ask: Callable[..., Request], plan: Plan, cast: dict[str, User]) -> Request:
    edit(plan, "market.segment", cast["owner"], name="Shops by night")
    return ask()


@pytest.fixture
def by_mei(asked: Request, cast: dict[str, User]) -> Review:
    return finish(
        review_of(asked, cast["mentor"]),
        verdicts={"market": ("to_fix", "Name the shops."), "team": ("acceptable", "")},
        scores={
            "investor-problem": ("4", "Ten calls."), "investor-team": ("more", "Who sells?"),
            "investor-economics": ("2", "Margin?"),
        },
        summary="Mei in short",
    )  # fmt: skip


@pytest.fixture
def by_noor(asked: Request, second: User) -> Review:
    return finish(
        review_of(asked, second),
        State.APPROVED,
        verdicts={"market": ("acceptable", "Sound.")},
        scores={"investor-problem": ("1", "Hearsay."), "investor-team": ("5", "Strong.")},
        summary="Noor in short",
    )


def url(name: str, review: Review, *more: str) -> str:
    return reverse(f"reviews:{name}", args=[review.request.plan.uid, review.uid, *more])


def request_url(asked: Request) -> str:
    return reverse("reviews:request", args=[asked.plan.uid, asked.uid])


# --- Side by side ---------------------------------------------------------------------------------
def test_founders_read_all_side_by_side(
    asked: Request, by_mei: Review, by_noor: Review, as_: Any
) -> None:
    page = as_("owner").get(request_url(asked))
    means = {one.review.by: one.mean for one in page.context["reviews"]}
    # Mei: (4·20 + 2·20) ÷ 40; Noor: (1·20 + 5·15) ÷ 35
    assert means["Mei"].value == Decimal(3) and means["Mei"].missing == 1
    assert means["Noor"].value == Decimal(95) / Decimal(35)
    # problem (4+1)÷2 · 20, team 5 · 15, economics 2 · 20
    assert page.context["overall"].value == Decimal(165) / Decimal(55)
    assert [row.criterion.uid for row in page.context["criteria"] if row.conflict] == [
        "investor-problem", "investor-team",
    ]  # fmt: skip
    assert [row.section.name for row in page.context["sections"] if row.conflict] == ["market"]
    for text in ("Mei in short", "Noor in short", "Need more information", "3.00"):
        assert text in page.text


def test_founders_do_not_read_drafts(
    asked: Request, by_mei: Review, second: User, as_: Any
) -> None:
    draft = write(
        review_of(asked, second), verdicts={"team": ("to_fix", "A first thought")}, summary="Hm"
    )
    assert "A first thought" not in as_("owner").get(request_url(asked)).text
    assert as_("owner").get(url("review", draft)).status_code == 404


def test_a_mentor_reads_others_only_after_finishing(
    asked: Request, by_noor: Review, cast: dict[str, User], as_: Any
) -> None:
    client = as_("mentor")
    assert client.get(url("review", by_noor)).status_code == 404
    page = client.get(request_url(asked)).text
    assert "Noor in short" not in page and "Sound." not in page
    mine = write(review_of(asked, cast["mentor"]), verdicts={"team": ("acceptable", "")})
    assert client.get(url("review", by_noor)).status_code == 404
    finish(mine)
    assert "Noor in short" in client.get(url("review", by_noor)).text
    assert "Noor in short" in client.get(request_url(asked)).text


def test_the_outcome_of_others_shows_after_ones_own_review(
    asked: Request, by_noor: Review, cast: dict[str, User], as_: Any
) -> None:
    pages = (reverse("reviews:list", args=[asked.plan.uid]), request_url(asked))
    for page in pages:
        before = as_("mentor").get(page).text
        assert "Finished" in before and "Approved" not in before, page
        assert "Approved" in as_("owner").get(page).text
    finish(review_of(asked, cast["mentor"]))
    for page in pages:
        assert "Approved" in as_("mentor").get(page).text


def test_a_mentor_who_was_not_asked_reads_nothing(
    asked: Request, by_mei: Review, plan: Plan, as_: Any
) -> None:
    third = make_person("Theo")
    Membership.objects.create(plan=plan, user=third, role=Role.MENTOR)
    client = as_("stranger")
    client.force_login(third, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(request_url(asked)).status_code == 404
    assert client.get(url("review", by_mei)).status_code == 404


# --- Hidden sections ------------------------------------------------------------------------------
def test_what_is_about_a_hidden_section_does_not_exist(
    asked: Request, by_mei: Review, plan: Plan, as_: Any
) -> None:
    HiddenSection.objects.create(plan=plan, section="market", role=Role.COFOUNDER)
    client = as_("cofounder")
    for address in (request_url(asked), url("review", by_mei)):
        page = client.get(address)
        for secret in ("Name the shops.", "Ten calls.", "Problem and market evidence"):
            assert secret not in page.text, (address, secret)
    # The mean is that of what is left: 2·20 ÷ 20; the market's 4 points show in no figure.
    assert client.get(request_url(asked)).context["overall"].value == Decimal(2)
    assert client.get(url("reply", by_mei, "market")).status_code == 404


# --- Stale verdicts -------------------------------------------------------------------------------
def test_exactly_the_changed_sections_are_stale(
    asked: Request, by_mei: Review, by_noor: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    page = as_("owner").get(request_url(asked))
    assert not page.context["changed"] and "The plan has not changed since." in page.text
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    page = as_("owner").get(request_url(asked))
    assert page.context["changed"] == {"market"}
    assert [row.section.name for row in page.context["sections"] if row.stale] == ["market"]
    assert [one.stale for one in page.context["reviews"]] == [{"market"}, {"market"}]
    approved = as_("owner").get(url("review", by_noor)).text
    assert "Approved version 1" in approved and "The plan has changed since." in approved
    edit(plan, "market.segment", cast["owner"], name="Shops by night")
    assert not as_("owner").get(request_url(asked)).context["changed"]


# --- Answers --------------------------------------------------------------------------------------
def test_founders_answer_a_verdict(by_mei: Review, as_: Any) -> None:
    page = as_("owner").get(url("reply", by_mei, "market"))
    data = {"revision": page.context["revision"], "reply": "We named three."}
    for _time in range(2):  # posted twice, answered once
        response = as_("owner").post(url("reply", by_mei, "market"), data)
        assert response.status_code == 302
    verdict = Verdict.objects.get(section="market")
    assert (verdict.reply, verdict.replied_by.name, verdict.revision) == (
        "We named three.", "Olivia", 1,
    )  # fmt: skip
    assert "We named three." in as_("mentor").get(url("review", by_mei)).text


def test_two_founders_who_answer_at_once_see_both_texts(by_mei: Review, as_: Any) -> None:
    address = url("reply", by_mei, "market")
    as_("owner").post(address, {"revision": 0, "reply": "Olivia's answer"})
    response = as_("cofounder").post(address, {"revision": 0, "reply": "Carl's answer"})
    assert response.status_code == 409
    assert "Olivia&#x27;s answer" in response.text and "Carl&#x27;s answer" in response.text
    assert Verdict.objects.get(section="market").reply == "Olivia's answer"
    again = {"revision": response.context["revision"], "reply": "Carl's answer"}
    as_("cofounder").post(address, again)
    assert Verdict.objects.get(section="market").reply == "Carl's answer"


def test_only_finished_reviews_are_answered(
    asked: Request, cast: dict[str, User], as_: Any
) -> None:
    draft = write(review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "x")})
    assert as_("owner").get(url("reply", draft, "market")).status_code == 404


def test_the_list_says_what_was_approved_before_a_change(
    asked: Request, by_mei: Review, by_noor: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    page = reverse("reviews:list", args=[plan.uid])
    assert "changed since" not in as_("owner").get(page).text
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    assert as_("owner").get(page).text.count("changed since") == 1  # Noor's; Mei asks for changes


def test_who_does_not_see_all_is_not_told_that_nothing_changed(
    asked: Request, by_mei: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    HiddenSection.objects.create(plan=plan, section="market", role=Role.MENTOR)
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    for page in (request_url(asked), url("review", by_mei)):
        text = as_("mentor").get(page).text
        assert "Nothing you can see has changed since" in text
        assert "The plan has not changed" not in text


def test_a_request_waits_for_the_mentor_who_reads_it(asked: Request, as_: Any) -> None:
    for page in (reverse("reviews:list", args=[asked.plan.uid]), request_url(asked)):
        text = as_("mentor").get(page).text
        assert text.count("Waiting for you") == 1 and text.count("Waiting for the mentor") == 1
        assert "Waiting for you" not in as_("owner").get(page).text


# --- Second opinions ------------------------------------------------------------------------------
def test_a_mentor_gives_a_second_opinion(
    by_mei: Review, by_noor: Review, as_: Any, as_second: Any
) -> None:
    data = {"opinion": "disagree", "text": "Ten calls are enough."}
    assert as_second.post(url("opinion", by_mei), data).status_code == 302
    as_second.post(url("opinion", by_mei), data | {"opinion": "agree"})
    opinion = SecondOpinion.objects.get()
    assert (opinion.opinion, opinion.mentor.name) == ("agree", "Noor")
    assert "Ten calls are enough." in as_("owner").get(url("review", by_mei)).text
    wrong = as_second.post(url("opinion", by_mei), {"opinion": "perhaps", "text": "Long text"})
    assert wrong.status_code == 422 and "Long text" in wrong.text


def test_nobody_has_an_opinion_of_their_own_or_an_unread_review(
    asked: Request, by_noor: Review, as_: Any, as_second: Any
) -> None:
    data = {"opinion": "agree"}
    assert as_second.post(url("opinion", by_noor), data).status_code == 404
    assert as_("mentor").post(url("opinion", by_noor), data).status_code == 404
    assert as_("owner").post(url("opinion", by_noor), data).status_code == 403


def test_a_request_asks_the_same_number_of_queries_for_many_reviews(
    ask: Callable[..., Request], plan: Plan, as_: Any
) -> None:
    counts = []
    for size in (1, 4):
        people = [make_person(f"M{size}x{number}") for number in range(size)]
        for person in people:
            Membership.objects.create(plan=plan, user=person, role=Role.MENTOR)
        asked = ask(mentors=people, rubric=Rubric.objects.get(uid="competition"))
        for person in people:
            finish(
                review_of(asked, person), verdicts={"market": ("improvable", "Why?")},
                scores={"competition-team": ("3", "")},
            )  # fmt: skip
        as_("owner").get(request_url(asked))
        with CaptureQueriesContext(connection) as queries:
            as_("owner").get(request_url(asked))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_verdicts_stand_in_the_order_of_the_plan_and_scores_in_that_of_the_rubric(
    asked: Request, cast: dict[str, User]
) -> None:
    review = finish(
        review_of(asked, cast["mentor"]),
        verdicts={"team": ("acceptable", ""), "market": ("to_fix", "Name the shops.")},
        scores={"investor-team": ("4", ""), "investor-problem": ("2", "")},
    )
    access = Access(asked.plan, Role.MENTOR)
    verdicts = visibility.seen_verdicts(access, review.verdicts.order_by("pk"))
    assert [one.section for one in verdicts] == ["market", "team"]
    scores = visibility.seen_scores(access, review.scores.order_by("-pk"))
    orders = [one.criterion.order for one in scores]
    assert orders == sorted(orders) and len(orders) == 2
