"""The founders' own scores, and the pictures of both."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import HiddenSection, Plan, Role
from apps.reviews import assessments
from apps.reviews.models import Request, SelfAssessment
from apps.reviews.pictures import by_criterion
from tests.reviews.conftest import edit, finish, review_of


@pytest.fixture
def asked(ask: Callable[..., Request]) -> Request:
    return ask()


def own(plan: Plan, number: int = 1) -> str:
    return reverse("reviews:assess", args=[plan.uid, number])


def score(client: Any, plan: Plan, number: int = 1, **points: str) -> Any:
    mark = client.get(own(plan, number)).context["mark"]
    data = {f"investor-{name}": value for name, value in points.items()}
    return client.post(own(plan, number), {"mark": mark, **data})


def pictures(client: Any, plan: Plan) -> Any:
    return client.get(reverse("reviews:pictures", args=[plan.uid]))


def test_founders_score_themselves_beside_mentors_round_by_round(
    asked: Request, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    assert score(as_("owner"), plan, problem="5", team="3").status_code == 302
    finish(
        review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "x")},
        scores={"investor-problem": ("2", ""), "investor-team": ("more", "")},
    )  # fmt: skip
    [one] = pictures(as_("owner"), plan).context["rubrics"]
    [(first, _picture)] = one["rounds"]
    assert one["by_round"] is None
    # own (5·20 + 3·15) ÷ 35; mentors 2·20 ÷ 20
    assert first.own.value == Decimal(145) / Decimal(35)
    assert (first.mentors.value, first.mentors.missing) == (Decimal(2), 1)
    edit(plan, "market.segment", cast["owner"], name="Shops")
    again = ask()
    finish(review_of(again, cast["mentor"]), verdicts={"market": ("acceptable", "")},
           scores={"investor-problem": ("4", "")})  # fmt: skip
    page = pictures(as_("owner"), plan)
    [one] = page.context["rubrics"]
    assert [shown.version.number for shown, _picture in one["rounds"]] == [2, 1]
    assert one["by_round"].table[1:] == (("Version 1", "4.14", "2"), ("Version 2", "—", "4"))
    assert ">5</text>" in one["by_round"].svg and ">0</text>" in one["by_round"].svg
    assert page.text.count("<svg") >= 3


def test_the_picture_holds_both_scores(
    asked: Request, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    score(as_("owner"), plan, problem="5")
    finish(review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "x")},
           scores={"investor-problem": ("2", "")})  # fmt: skip
    access = as_("owner").get(reverse("reviews:list", args=[plan.uid])).context["access"]
    [[found]] = assessments.rounds(access, cast["owner"]).values()
    assert by_criterion(found).table[1] == ("Problem and market evidence", "5", "2")


def test_mentors_see_the_founders_scores_only_after_their_own(
    asked: Request, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    score(as_("owner"), plan, problem="5")
    assert not pictures(as_("mentor"), plan).context["rubrics"]
    finish(review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "x")})
    assert pictures(as_("mentor"), plan).context["rubrics"]
    assert as_("mentor").get(own(plan)).status_code == 403


def test_a_hidden_section_is_in_no_picture_and_no_mean(
    asked: Request, plan: Plan, as_: Any
) -> None:
    score(as_("owner"), plan, problem="5", team="1")
    HiddenSection.objects.create(plan=plan, section="market", role=Role.COFOUNDER)
    page = pictures(as_("cofounder"), plan)
    assert "Problem and market evidence" not in page.text
    assert page.context["rubrics"][0]["rounds"][0][0].own.value == 1
    form = as_("cofounder").get(own(plan)).context["form"]
    assert "investor-problem" not in form.fields and "investor-team" in form.fields
    score(as_("cofounder"), plan, team="2")
    assert SelfAssessment.objects.get(criterion__uid="investor-problem").points == 5


def test_two_founders_who_score_at_once_see_both(asked: Request, plan: Plan, as_: Any) -> None:
    mark = as_("cofounder").get(own(plan)).context["mark"]
    score(as_("owner"), plan, problem="5")
    late = {"mark": mark, "investor-problem": "1"}
    response = as_("cofounder").post(own(plan), late)
    assert response.status_code == 409
    assert response.context["theirs"] == [("Problem and market evidence", "5")]
    again = as_("cofounder").post(own(plan), late | {"mark": response.context["mark"]})
    assert again.status_code == 302
    assert SelfAssessment.objects.get().points == 1


def test_only_versions_under_review_with_a_rubric_are_scored(
    ask: Callable[..., Request], plan: Plan, as_: Any
) -> None:
    ask(rubric=None)
    assert as_("owner").get(own(plan)).status_code == 404
    assert as_("owner").get(own(plan, 7)).status_code == 404
