"""The pages of reviews read in Chinese: no English word stands on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import Plan
from apps.reviews import services
from apps.reviews.models import Request, State
from tests.reviews.conftest import edit, finish, review_of
from tests.test_pages_in_chinese import assert_chinese

WRITTEN = "Blank plan Noor"


@pytest.fixture
def asked(ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User) -> Request:
    """Round one finished by both, answered and decided on; round two taken on."""
    edit(plan, "market.segment", cast["owner"], name="店铺")
    first = ask(question="毛利够吗？")
    for mentor, points, grade in ((cast["mentor"], "4", "to_fix"), (second, "1", "acceptable")):
        outcome = State.APPROVED if grade == "acceptable" else State.CHANGES
        finish(
            review_of(first, mentor), outcome, verdicts={"market": (grade, "访谈店铺。")},
            scores={"investor-problem": (points, "理由"), "investor-team": ("more", "")},
            summary="总评",
        )  # fmt: skip
    edit(plan, "market.segment", cast["owner"], name="三家店铺")
    again = ask(sections=["market", "team"])
    services.accept(review=review_of(again, cast["mentor"]))
    return again


def assert_pages(client: Client, urls: list[str]) -> None:
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        assert_chinese(response.text, WRITTEN)


def test_pages_of_founders(asked: Request, plan: Plan, as_: Any) -> None:
    User.objects.update(language="zh-hans")
    client, uid = as_("owner"), plan.uid
    first = plan.review_requests.order_by("pk").first()
    review = first.reviews.first()
    post = {"decision": "保持价格", "reason": "两家付费", "would_change": "", "revision": 0}
    client.post(reverse("reviews:decide", args=[uid, 1, "investor-problem"]), post)
    names = ("list", "ask", "board", "pictures", "letter")
    assert_pages(client, [
        *(reverse(f"reviews:{name}", args=[uid]) for name in names),
        reverse("reviews:request", args=[uid, first.uid]),
        reverse("reviews:request", args=[uid, asked.uid]),
        reverse("reviews:review", args=[uid, review.uid]),
        reverse("reviews:reply", args=[uid, review.uid, "market"]),
        reverse("reviews:decide", args=[uid, 1, "investor-problem"]),
        reverse("reviews:decide_section", args=[uid, 1, "market"]),
        reverse("reviews:assess", args=[uid, 1]),
        reverse("reviews:withdraw", args=[uid, asked.reviews.first().uid]),
    ])  # fmt: skip
    wrong = client.post(reverse("reviews:ask", args=[uid]), {"due": "2020-01-01"})
    assert_chinese(wrong.text, WRITTEN)


def test_pages_of_mentors(
    asked: Request, plan: Plan, cast: dict[str, User], second: User, as_: Any, as_second: Any
) -> None:
    User.objects.update(language="zh-hans")
    mine, theirs = review_of(asked, cast["mentor"]), review_of(asked, second)
    uids = [plan.uid, mine.uid]
    client = as_("mentor")
    assert_pages(client, [
        "/desk/",
        *(reverse(f"reviews:{name}", args=uids) for name in ("review", "scores", "finish")),
        reverse("reviews:section", args=[*uids, "market"]),
        reverse("reviews:section", args=[*uids, "team"]),
        reverse("reviews:letter", args=[plan.uid]),
    ])  # fmt: skip
    stale = client.post(reverse("reviews:section", args=[*uids, "market"]), {"action": "旧"})
    assert stale.status_code == 409
    assert_chinese(stale.text, WRITTEN)
    early = {"outcome": "approved", "mark": client.get(
        reverse("reviews:finish", args=uids)).context["mark"]}  # fmt: skip
    gaps = client.post(reverse("reviews:finish", args=uids), early)
    assert gaps.status_code == 422
    assert_chinese(gaps.text, WRITTEN)
    assert_pages(as_second, [
        "/desk/",
        reverse("reviews:review", args=[plan.uid, theirs.uid]),
        reverse("reviews:decline", args=[plan.uid, theirs.uid]),
    ])  # fmt: skip
