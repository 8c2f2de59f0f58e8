"""Writing a review: drafts step by step, two windows, and what may never be lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.plans.sections import registry
from apps.reviews import drafts, services
from apps.reviews.models import Request, Review, Score, State, Verdict
from tests.reviews.conftest import edit, finish, judge_the_rest, mark_of, put, review_of, step


# --- Steps ----------------------------------------------------------------------------------------
def test_a_mentor_reads_the_version_and_not_what_was_written_since(
    plan: Plan, ask: Callable[..., Request], cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "market.segment", cast["owner"], name="Shops by night")
    review = review_of(ask(), cast["mentor"])
    services.accept(review=review)
    edit(plan, "market.segment", cast["owner"], name="Hospitals")
    page = as_("mentor").get(step(review, "section", "market")).text
    assert "Shops by night" in page and "Hospitals" not in page


def test_every_section_can_be_judged(review: Review, as_: Any) -> None:
    client = as_("mentor")
    for section in registry:
        url = step(review, "section", section.name)
        data = {"mark": mark_of(client, url), "grade": "improvable", "action": "Say why."}
        response = client.post(url, data | {"next": "1"})
        assert response.status_code == 302 and response["Location"] != url
    assert review.verdicts.count() == len(list(registry))


def test_only_the_asked_sections_are_steps(
    ask: Callable[..., Request], cast: dict[str, User], as_: Any
) -> None:
    review = review_of(ask(sections=["team"], rubric=None), cast["mentor"])
    services.accept(review=review)
    client = as_("mentor")
    page = client.get(step(review, "section", "team"))
    assert [str(link.title) for link in page.context["steps"]] == ["Team", "Finish"]
    assert client.get(step(review, "section", "market")).status_code == 404
    assert client.get(step(review, "scores")).status_code == 404


def test_scores_are_points_or_need_more_information(review: Review, as_: Any) -> None:
    client, url = as_("mentor"), step(review, "scores")
    data = {
        "mark": mark_of(client, url),
        "investor-problem-points": "4", "investor-problem-note": "Ten calls.",
        "investor-team-points": "more", "investor-risks-note": "Half a thought",
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    stored = {
        score.criterion.uid: (score.points, score.needs_more) for score in Score.objects.all()
    }
    assert stored == {
        "investor-problem": (4, False), "investor-team": (None, True),
        "investor-risks": (None, False),
    }  # fmt: skip
    wrong = client.post(url, data | {"investor-problem-points": "6"})
    assert wrong.status_code == 422 and "Ten calls." in wrong.text


def test_the_scores_page_shows_what_points_mean(review: Review, as_: Any) -> None:
    assert "Customers pay or have signed" in as_("mentor").get(step(review, "scores")).text


# --- Two windows ----------------------------------------------------------------------------------
def test_two_windows_lose_nothing(review: Review, as_: Any) -> None:
    client, url = as_("mentor"), step(review, "section", "market")
    old = mark_of(client, url)
    client.post(url, {"mark": old, "grade": "to_fix", "action": "From the first window."})
    late = {"mark": old, "grade": "acceptable", "action": "From the second window."}
    response = client.post(url, late)
    assert response.status_code == 409
    assert "From the first window." in response.text
    assert "From the second window." in response.text
    assert Verdict.objects.get().action == "From the first window."
    client.post(url, late | {"mark": response.context["mark"]})
    assert Verdict.objects.get().action == "From the second window."


def test_two_windows_on_different_sections_do_not_meet(review: Review, as_: Any) -> None:
    client = as_("mentor")
    urls = [step(review, "section", name) for name in ("market", "team")]
    marks = [mark_of(client, url) for url in urls]
    for url, mark in zip(urls, marks, strict=True):
        data = {"mark": mark, "grade": "acceptable", "action": ""}
        assert client.post(url, data).status_code == 302


def test_the_same_step_posted_twice_changes_nothing(review: Review, as_: Any) -> None:
    client, url = as_("mentor"), step(review, "section", "market")
    data = {"mark": mark_of(client, url), "grade": "to_fix", "action": "Ask ten shops."}
    uids = []
    for _time in range(2):
        assert client.post(url, data).status_code == 302
        uids.append(Verdict.objects.get().uid)
    assert uids[0] == uids[1]


def test_clearing_a_verdict_takes_it_back(review: Review, as_: Any) -> None:
    put(review, drafts.VerdictStep("market"), {"grade": "to_fix", "action": "x"})
    client, url = as_("mentor"), step(review, "section", "market")
    client.post(url, {"mark": mark_of(client, url), "grade": "", "action": ""})
    assert not Verdict.objects.exists()


# --- Ended by others -----------------------------------------------------------------------------
def test_withdrawn_in_the_middle_gives_the_text_back(
    review: Review, cast: dict[str, User], as_: Any
) -> None:
    client, url = as_("mentor"), step(review, "section", "market")
    mark = mark_of(client, url)
    services.withdraw(review=review, by=cast["owner"])
    data = {"mark": mark, "grade": "to_fix", "action": "An hour of thought."}
    response = client.post(url, data)
    assert response.status_code == 409
    assert "An hour of thought." in response.text and "withdrew" in response.text
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("how", ["removed", "viewer", "hidden"])
def test_a_role_lost_in_the_middle_gives_the_text_back(
    how: str, review: Review, plan: Plan, as_: Any
) -> None:
    client, url = as_("mentor"), step(review, "section", "market")
    data = {"mark": mark_of(client, url), "grade": "to_fix", "action": "An hour of thought."}
    member = Membership.objects.filter(plan=plan, role=Role.MENTOR)
    if how == "removed":
        member.delete()
    elif how == "viewer":
        member.update(role=Role.VIEWER)
    else:
        HiddenSection.objects.create(plan=plan, section="market", role=Role.MENTOR)
    response = client.post(url, data)
    assert response.status_code == (403 if how == "viewer" else 404)
    assert "An hour of thought." in response.text
    assert plan.title not in response.text
    assert not Verdict.objects.exists()


def test_a_stranger_with_the_address_gets_nothing(review: Review, as_: Any) -> None:
    response = as_("stranger").post(step(review, "section", "market"), {"action": "Hello"})
    assert response.status_code == 404


# --- Hidden sections ------------------------------------------------------------------------------
def test_what_a_mentor_may_not_see_is_no_step_and_no_criterion(
    review: Review, plan: Plan, as_: Any
) -> None:
    HiddenSection.objects.create(plan=plan, section="funding", role=Role.MENTOR)
    client = as_("mentor")
    page = client.get(step(review, "scores"))
    shown = [criterion.uid for criterion, _points, _note in page.context["form"].questions()]
    assert "investor-team" in shown and "investor-economics" not in shown
    assert "Funding" not in [str(link.title) for link in page.context["steps"]]
    assert client.get(step(review, "section", "funding")).status_code == 404


def test_a_section_hidden_meanwhile_does_not_stop_the_end(
    review: Review, plan: Plan, as_: Any
) -> None:
    put(review, drafts.VerdictStep("team"), {"grade": "", "action": "Half a thought"})
    put(review, drafts.VerdictStep("market"), {"grade": "acceptable", "action": ""})
    judge_the_rest(review)
    HiddenSection.objects.create(plan=plan, section="team", role=Role.MENTOR)
    client, url = as_("mentor"), step(review, "finish")
    data = {"mark": mark_of(client, url), "recommendation": "yes", "outcome": "approved"}
    assert client.post(url, data).status_code == 302
    review.refresh_from_db()
    assert review.state == State.APPROVED


# --- Later rounds ---------------------------------------------------------------------------------
@pytest.fixture
def round_two(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> tuple[Review, Review]:
    """Round one is finished and answered, a segment is renamed, round two is taken on."""
    edit(plan, "market.segment", cast["owner"], name="Shops by night")
    first = finish(
        review_of(ask(), cast["mentor"]),
        verdicts={"market": ("to_fix", "Name the shops."), "team": ("acceptable", "Fine.")},
        scores={"investor-problem": ("2", "Vague."), "investor-team": ("4", "Strong.")},
    )
    first.verdicts.filter(section="market").update(reply="We named three.")
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    again = review_of(ask(), cast["mentor"])
    services.accept(review=again)
    return first, again


def test_a_second_round_shows_the_difference_and_the_answers(
    round_two: tuple[Review, Review], as_: Any
) -> None:
    _first, again = round_two
    client = as_("mentor")
    page = client.get(step(again, "section", "market"))
    assert set(page.context["diff"].sections) == {"market"}
    for text in ("Name the shops.", "We named three.", "Changed since version 1"):
        assert text in page.text
    assert "Nothing changed in this section." in client.get(step(again, "section", "team")).text
    changed = [str(link.title) for link in page.context["steps"] if link.changed]
    assert changed == ["Market"]


def test_words_on_unchanged_sections_are_taken_over(round_two: tuple[Review, Review]) -> None:
    first, again = round_two
    assert list(again.verdicts.values_list("section", "grade", "action")) == [
        ("team", "acceptable", "Fine.")
    ]
    assert [score.criterion.uid for score in again.scores.all()] == ["investor-team"]
    assert first.verdicts.count() == 2


def test_a_later_round_asks_for_a_word_on_what_changed(
    round_two: tuple[Review, Review], as_: Any
) -> None:
    _first, again = round_two
    client, url = as_("mentor"), step(again, "finish")
    data = {"mark": mark_of(client, url), "recommendation": "yes", "outcome": "approved"}
    gaps = client.post(url, data).context["gaps"]
    sections = {gap.section for gap in gaps}
    assert "market" in sections and "team" not in sections
    criteria = {gap.criterion.uid for gap in gaps if gap.criterion}
    assert "investor-problem" in criteria and "investor-team" not in criteria
    again.refresh_from_db()
    assert again.state == State.IN_REVIEW


@pytest.mark.parametrize("name", ["market", "team"])
def test_a_step_asks_the_same_number_of_queries(
    name: str, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client, counts = as_("mentor"), []
    for turn in range(3):
        edit(plan, "market.segment", cast["owner"], name=f"Shops {turn}")
        said = {section.name: ("improvable", "Say why.") for section in registry}
        review = finish(review_of(ask(), cast["mentor"]), verdicts=said)
        edit(plan, "market.segment", cast["owner"], name=f"Clinics {turn}")
        review = review_of(ask(), cast["mentor"])
        services.accept(review=review)
        client.get(step(review, "section", name))  # the visit is noted once a minute
        with CaptureQueriesContext(connection) as queries:
            assert client.get(step(review, "section", name)).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]


START = date(2027, 1, 1)


def test_the_first_page_and_the_section_show_the_figures_that_moved(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(
        plan,
        "team.role",
        cast["owner"],
        title="Seller",
        salary=1000,
        start=START,
        share=100,
        on_cost=30,
    )
    finish(review_of(ask(), cast["mentor"]))
    edit(plan, "team.role", cast["owner"], salary=2000)
    again = review_of(ask(), cast["mentor"])
    services.accept(review=again)
    client = as_("mentor")
    first = client.get(step(again, "review")).text
    assert "What moved since you last read" in first and "Payroll" in first
    team = client.get(step(again, "section", "team"))
    assert team.context["moved"] and "Figures that moved" in team.text
    assert all(one.section.name == "team" for one in team.context["moved"])
    assert client.get(step(again, "section", "market")).context["moved"] == []


def test_a_verdict_is_confirmed_where_only_the_figures_moved(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    owner, said = cast["owner"], {"funding": ("improvable", "Raise."), "risks": ("acceptable", "")}
    pay = {"salary": 1000, "start": START, "share": 100, "on_cost": 30}
    edit(plan, "funding.assumptions", owner, opening_cash=100_000)
    edit(plan, "team.role", owner, title="Seller", **pay)
    first = finish(review_of(ask(), cast["mentor"]), verdicts=said)
    edit(plan, "team.role", owner, salary=9000)
    page = as_("owner").get(step(first, "review"))
    assert page.context["shown"].stale == set() and page.context["shown"].moved == {"funding"}
    assert "figures moved since" in page.text and "only the figures moved" in page.text
    asked = as_("owner").get(reverse("reviews:request", args=[plan.uid, first.request.uid]))
    assert [row.section.name for row in asked.context["sections"] if row.moved] == ["funding"]
    again = review_of(ask(), cast["mentor"])
    services.accept(review=again)
    assert [one.section for one in again.verdicts.all()] == ["risks"]
    client, url = as_("mentor"), step(again, "section", "funding")
    page = client.get(url)
    [link] = [one for one in page.context["steps"] if one.moved and one.url == url]
    assert not link.changed and not link.done and "save to confirm it" in page.text
    values = page.context["form"].initial
    assert (values["grade"], values["action"]) == ("improvable", "Raise.")
    finishing = client.get(step(again, "finish"))
    assert "funding" in [one.url.split("/")[-2] for one in finishing.context["to_confirm"]]
    client.post(url, {"mark": page.context["mark"], "grade": "improvable", "action": "Raise."})
    assert again.verdicts.get(section="funding").action == "Raise."
    assert "save to confirm it" not in client.get(url).text


def test_each_point_of_the_round_before_leads_to_its_place(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    row = edit(plan, "market.segment", cast["owner"], name="Shops by night")
    first = review_of(ask(), cast["mentor"])
    services.accept(review=first)
    place = Place("market", "segment", row.uid, "name")
    thread = drafts.remark(review=first, place=place, text="Which?")
    finish(first, verdicts={"market": ("to_fix", "Name them.")})
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    again = review_of(ask(), cast["mentor"])
    services.accept(review=again)
    page = as_("mentor").get(step(again, "section", "market")).text
    there = f"?view=places#at-market-segment-{row.uid}-name"
    now = reverse("comments:thread", args=[plan.uid, thread.uid])
    assert there in page and f'href="{now}"' in page
    places = as_("mentor").get(step(again, "section", "market") + "?view=places")
    assert f'id="at-market-segment-{row.uid}-name"' in places.text
    [marked] = [spot for spot in places.context["outline"].spots() if spot.changed]
    assert marked.place == place
