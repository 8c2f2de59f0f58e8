"""What a review asks for where the request names sections, and when a step of it is complete."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.models import User
from apps.plans.access import Access
from apps.plans.models import Plan, Role
from apps.reviews import drafts, services
from apps.reviews.models import Criterion, Request, Review
from tests.reviews.conftest import mark_of, put, review_of, step


@pytest.fixture
def narrow(ask: Callable[..., Request], cast: dict[str, User]) -> Review:
    """Asked about one section only."""
    found = review_of(ask(sections=["team"]), cast["mentor"])
    services.accept(review=found)
    return found


def demanded(review: Review) -> set[str]:
    found = drafts.gaps(review, Access(review.request.plan, Role.MENTOR))
    return {gap.criterion.uid for gap in found if gap.criterion}


# --- Criteria -------------------------------------------------------------------------------------
def test_only_criteria_about_the_asked_sections_and_of_the_whole_are_demanded(
    narrow: Review, ask: Callable[..., Request], cast: dict[str, User]
) -> None:
    assert demanded(narrow) == {"investor-team"}
    Criterion.objects.filter(uid="investor-risks").update(sections=[])  # of the plan as a whole
    assert demanded(narrow) == {"investor-team", "investor-risks"}
    whole = review_of(ask(), cast["mentor"])
    services.accept(review=whole)
    assert len(demanded(whole)) == 6


def test_the_others_are_folded_and_can_be_scored_all_the_same(narrow: Review, as_: Any) -> None:
    client, url = as_("mentor"), step(narrow, "scores")
    page = client.get(url)
    assert [one.uid for one, *_fields in page.context["asked"]] == ["investor-team"]
    html = page.text
    folded = html.index('id="optional"')
    assert html.index("investor-team-points") < folded < html.index("investor-problem-points")
    assert 'id="optional" open' not in html
    sent = {"mark": page.context["mark"], "investor-team-points": "4",
            "investor-problem-points": "2"}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    assert narrow.scores.count() == 2
    assert 'id="optional" open' in client.get(url).text  # what is written is in sight


def test_a_note_on_an_optional_criterion_still_wants_its_points(narrow: Review) -> None:
    step_of = drafts.ScoresStep(tuple(Criterion.objects.filter(uid="investor-problem")))
    put(narrow, step_of, {"investor-problem-points": "", "investor-problem-note": "Hm"})
    assert demanded(narrow) == {"investor-team", "investor-problem"}


# --- Ticks ----------------------------------------------------------------------------------------
def link(client: Any, review: Review, title: str) -> Any:
    page = client.get(step(review, "section", "team"))
    return next(one for one in page.context["steps"] if str(one.title) == title), page.text


def test_a_step_is_ticked_only_when_complete(narrow: Review, as_: Any) -> None:
    client, url = as_("mentor"), step(narrow, "section", "team")
    for grade, action, done, missing in (
        ("", "", False, ""),
        ("to_fix", "", False, "what to do is missing"),
        ("", "Hire a seller.", False, "the verdict is missing"),
        ("to_fix", "Hire a seller.", True, ""),
        ("acceptable", "", True, ""),
    ):
        client.post(url, {"mark": mark_of(client, url), "grade": grade, "action": action})
        team, html = link(client, narrow, "Team")
        assert (team.done, str(team.missing)) == (done, missing)
        assert not missing or missing in html


def test_the_scores_say_how_many_are_missing(
    ask: Callable[..., Request], cast: dict[str, User], plan: Plan, as_: Any
) -> None:
    review = review_of(ask(sections=["technology"]), cast["mentor"])
    services.accept(review=review)
    client, url = as_("mentor"), step(review, "scores")

    def scores() -> Any:
        steps = client.get(url).context["steps"]
        return next(one for one in steps if str(one.title) == "Scores")

    assert not scores().done and str(scores().missing) == ""
    sent = {"mark": mark_of(client, url), "investor-product-points": "3"}
    client.post(url, sent)
    assert not scores().done and str(scores().missing) == "1 of 2"
    sent = {"mark": mark_of(client, url), "investor-product-points": "3",
            "investor-data-model-points": "more"}  # fmt: skip
    client.post(url, sent)
    assert scores().done and str(scores().missing) == ""
