"""The end of a review: what it asks for, and that it comes once."""

from collections.abc import Callable
from typing import Any

from apps.accounts.models import User
from apps.plans.models import HiddenSection, Plan, Role
from apps.reviews import drafts, services
from apps.reviews.models import Request, Review, State, Verdict
from tests.reviews.conftest import judge_the_rest, mark_of, put, review_of, step


def test_what_is_missing_keeps_a_review_open(review: Review, as_: Any) -> None:
    put(review, drafts.VerdictStep("market"), {"grade": "", "action": "Half a thought"})
    put(review, drafts.VerdictStep("team"), {"grade": "to_fix", "action": ""})
    judge_the_rest(review)
    client, url = as_("mentor"), step(review, "finish")
    data = {"mark": mark_of(client, url), "summary": "All in all", "outcome": "approved"}
    response = client.post(url, data)
    assert response.status_code == 422
    assert [gap.kind for gap in response.context["gaps"]] == [
        "grade", "action", "recommendation", "despite",
    ]  # fmt: skip
    review.refresh_from_db()
    assert (review.state, review.summary) == (State.IN_REVIEW, "All in all")


def test_every_asked_section_and_every_criterion_needs_a_word(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    HiddenSection.objects.create(plan=plan, section="funding", role=Role.MENTOR)
    review = review_of(ask(sections=["market", "team", "risks", "funding"]), cast["mentor"])
    services.accept(review=review)
    put(review, drafts.VerdictStep("market"), {"grade": "improvable", "action": ""})
    put(review, drafts.VerdictStep("team"), {"grade": "acceptable", "action": ""})
    client, url = as_("mentor"), step(review, "finish")
    data = {"mark": mark_of(client, url), "recommendation": "yes", "outcome": "changes"}
    page = client.post(url, data)
    assert page.status_code == 422
    gaps = page.context["gaps"]
    named = [(gap.kind, gap.section) for gap in gaps if gap.section]
    assert sorted(named) == [("action", "market"), ("verdict", "risks")]
    unscored = {gap.criterion.uid for gap in gaps if gap.kind == "score"}
    assert "investor-team" in unscored and "investor-economics" not in unscored


def test_approving_beside_something_to_fix_takes_a_tick(review: Review, as_: Any) -> None:
    put(review, drafts.VerdictStep("market"), {"grade": "to_fix", "action": "Ask ten shops."})
    judge_the_rest(review)
    client, url = as_("mentor"), step(review, "finish")
    assert [said.section for said in client.get(url).context["to_fix"]] == ["market"]
    data = {"recommendation": "yes", "summary": "Go.", "outcome": "approved"}
    page = client.post(url, data | {"mark": mark_of(client, url)})
    assert page.status_code == 422
    assert [gap.kind for gap in page.context["gaps"]] == ["despite"] and "Go." in page.text
    ticked = data | {"mark": page.context["mark"], "despite": "1"}
    assert client.post(url, ticked).status_code == 302
    review.refresh_from_db()
    assert review.state == State.APPROVED


def test_finishing_twice_finishes_once(review: Review, as_: Any) -> None:
    put(review, drafts.VerdictStep("market"), {"grade": "acceptable", "action": ""})
    judge_the_rest(review)
    client, url = as_("mentor"), step(review, "finish")
    data = {"mark": mark_of(client, url), "recommendation": "yes", "summary": "Go."}
    for _time in range(2):
        response = client.post(url, data | {"outcome": "approved"})
        assert response.status_code == 302
    review.refresh_from_db()
    ended = review.ended_at
    assert review.state == State.APPROVED
    late = client.post(url, data | {"summary": "Wait, no.", "outcome": "changes"})
    assert late.status_code == 409 and "Wait, no." in late.text
    review.refresh_from_db()
    assert (review.state, review.summary, review.ended_at) == (State.APPROVED, "Go.", ended)


def test_two_mentors_who_finish_at_once_are_both_kept(
    ask: Callable[..., Request], cast: dict[str, User], second: User, as_: Any, as_second: Any
) -> None:
    request = ask()
    posts = []
    for client, mentor in ((as_("mentor"), cast["mentor"]), (as_second, second)):
        review = review_of(request, mentor)
        services.accept(review=review)
        put(review, drafts.VerdictStep("market"), {"grade": "acceptable", "action": str(mentor)})
        judge_the_rest(review)
        url = step(review, "finish")
        posts.append((client, url, mark_of(client, url)))
    for client, url, mark in posts:
        data = {"mark": mark, "recommendation": "yes", "summary": "", "outcome": "approved"}
        assert client.post(url, data).status_code == 302
    assert set(request.reviews.values_list("state", flat=True)) == {State.APPROVED}
    assert set(Verdict.objects.exclude(action="").values_list("action", flat=True)) == {
        "Mei",
        "Noor",
    }
