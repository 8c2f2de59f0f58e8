"""Asking for a review, and its states: each move once, logged, told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.notices.models import Notice
from apps.plans import lifecycle
from apps.plans.models import Activity, HiddenSection, Membership, Plan, Role
from apps.reviews import services
from apps.reviews.models import Request, Review, State
from apps.versions.models import Reason
from tests.reviews.conftest import edit, finish, review_of

UID = "abcdefghijkm"


def form_of(plan: Plan, cast: dict[str, User], **given: Any) -> dict[str, Any]:
    return {"uid": UID, "mentors": [cast["mentor"].pk], "question": "Is it too dear?", **given}


def test_asking_freezes_a_version_and_tells_the_mentors(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    response = as_("owner").post(reverse("reviews:ask", args=[plan.uid]), form_of(plan, cast))
    asked = Request.objects.get()
    assert response["Location"] == reverse("reviews:request", args=[plan.uid, asked.uid])
    assert (asked.version.number, asked.version.reason) == (1, Reason.REVIEW)
    review = asked.reviews.get()
    assert (review.mentor, review.state) == (cast["mentor"], State.REQUESTED)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (cast["mentor"], "review_requested")
    assert notice.url == reverse("reviews:review", args=[plan.uid, review.uid])
    logged = Activity.objects.get(verb="asked_review")
    assert logged.facts == {"version": 1, "people": ["Mei"]} and logged.by == cast["owner"]


def test_the_form_posted_twice_asks_once(plan: Plan, cast: dict[str, User], as_: Any) -> None:
    client = as_("owner")
    for _time in range(2):
        client.post(reverse("reviews:ask", args=[plan.uid]), form_of(plan, cast))
    assert Request.objects.count() == Review.objects.count() == Notice.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"mentors": []}, {"mentors": ["0"]}, {"due": "2020-01-01"}, {"sections": ["moon"]},
     {"rubric": "99"}, {"uid": "../x"}, {"question": "x" * 2001}],
)  # fmt: skip
def test_a_wrong_form_asks_nobody_and_keeps_the_text(
    wrong: dict, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    data = form_of(plan, cast) | {"question": "Would you pay?"} | wrong
    response = as_("owner").post(reverse("reviews:ask", args=[plan.uid]), data)
    assert response.status_code == 422
    assert data["question"] in response.content.decode()
    assert not Request.objects.exists()


def test_only_mentors_of_the_plan_can_be_asked(plan: Plan, cast: dict[str, User], as_: Any) -> None:
    for who in ("cofounder", "viewer", "stranger"):
        data = form_of(plan, cast, mentors=[cast[who].pk])
        response = as_("owner").post(reverse("reviews:ask", args=[plan.uid]), data)
        assert response.status_code == 422, who


def test_sections_kept_from_mentors_cannot_be_asked_about(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    HiddenSection.objects.create(plan=plan, section="funding", role=Role.MENTOR)
    HiddenSection.objects.create(plan=plan, section="team", role=Role.COFOUNDER)
    page = as_("cofounder").get(reverse("reviews:ask", args=[plan.uid]))
    offered = dict(page.context["form"].fields["sections"].choices)
    assert "market" in offered and "funding" not in offered and "team" not in offered


# --- Moves ----------------------------------------------------------------------------------------
def test_accept_decline_withdraw_each_move_once(
    ask: Callable[..., Request], cast: dict[str, User], second: User
) -> None:
    asked = ask()
    mine, other = review_of(asked, cast["mentor"]), review_of(asked, second)
    assert services.accept(review=mine) and not services.accept(review=mine)
    assert not services.decline(review=mine, reason="No time")
    assert services.decline(review=other, reason="No time")
    assert not services.withdraw(review=other, by=cast["owner"])
    assert services.withdraw(review=mine, by=cast["owner"])
    assert not services.withdraw(review=mine, by=cast["owner"])
    assert not services.finish(review=mine, outcome=State.APPROVED)
    states = [review.state for review in Review.objects.order_by("pk")]
    assert states == [State.WITHDRAWN, State.DECLINED]
    verbs = list(Activity.objects.order_by("pk").values_list("verb", "facts", "by__name"))
    assert verbs[1:] == [
        ("asked_review", {"version": 1, "people": ["Mei", "Noor"]}, "Olivia"),
        ("took_review", {"version": 1}, "Mei"),
        ("declined", {"version": 1}, "Noor"),
        ("withdrew", {"version": 1, "people": ["Mei"]}, "Olivia"),
    ]
    told = set(Notice.objects.values_list("kind", "recipient__name"))
    assert told == {
        ("review_requested", "Mei"), ("review_requested", "Noor"),
        ("review_declined", "Olivia"), ("review_declined", "Carl"), ("review_withdrawn", "Mei"),
    }  # fmt: skip


def test_a_finished_review_is_told_once_with_its_counts(
    ask: Callable[..., Request], cast: dict[str, User], plan: Plan
) -> None:
    HiddenSection.objects.create(plan=plan, section="team", role=Role.COFOUNDER)
    review = finish(
        review_of(ask(), cast["mentor"]),
        verdicts={"market": ("to_fix", "Ask ten shops."), "team": ("to_fix", "Hire.")},
    )
    assert not services.finish(review=review, outcome=State.APPROVED)
    told = Notice.objects.filter(kind="review_finished")
    counts = {one.recipient.name: one.params["to_fix"] for one in told}
    assert counts == {"Olivia": 2, "Carl": 1}
    assert {one.params["outcome"] for one in told} == {"changes"}
    review.refresh_from_db()
    assert review.state == State.CHANGES and review.ended_at


def test_the_pages_move_a_review(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    review = review_of(ask(), cast["mentor"])
    args = [plan.uid, review.uid]
    client = as_("mentor")
    assert "Start the review" in client.get(reverse("reviews:review", args=args)).text
    refused = client.post(reverse("reviews:decline", args=args), {"reason": " "})
    assert refused.status_code == 422
    client.post(reverse("reviews:accept", args=args))
    review.refresh_from_db()
    assert review.state == State.IN_REVIEW
    as_("cofounder").post(reverse("reviews:withdraw", args=args))
    review.refresh_from_db()
    assert review.state == State.WITHDRAWN
    assert "withdrew" in client.get(reverse("reviews:review", args=args)).text


def test_nobody_moves_somebody_elses_review(
    ask: Callable[..., Request], plan: Plan, second: User, as_: Any
) -> None:
    theirs = review_of(ask(), second)
    for name in ("accept", "decline", "finish", "scores"):
        url = reverse(f"reviews:{name}", args=[plan.uid, theirs.uid])
        assert as_("mentor").post(url, {"reason": "x"}).status_code == 404, name
        assert as_("owner").post(url).status_code == 403, name
    theirs.refresh_from_db()
    assert theirs.state == State.REQUESTED


def test_an_archived_plan_keeps_what_the_founder_typed(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    lifecycle.set_archived(plan=plan, archived=True, by=cast["owner"])
    response = as_("owner").post(reverse("reviews:ask", args=[plan.uid]), form_of(plan, cast))
    assert response.status_code == 403
    assert "Is it too dear?" in response.content.decode()
    assert not Request.objects.exists()


def test_the_list_asks_the_same_number_of_queries(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any,
    django_assert_num_queries: Any, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = as_("owner"), []
    for turn in range(3):
        edit(plan, "market.segment", cast["owner"], name=f"Shops {turn}")
        ask(due=timezone.localdate())
        client.get(reverse("reviews:list", args=[plan.uid]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reviews:list", args=[plan.uid]))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_mentor_lists_only_what_concerns_them(
    ask: Callable[..., Request], plan: Plan, second: User, as_: Any
) -> None:
    ask(mentors=[second], question="For Noor only")
    assert "For Noor only" in as_("owner").get(reverse("reviews:list", args=[plan.uid])).text
    assert "For Noor only" not in as_("mentor").get(reverse("reviews:list", args=[plan.uid])).text


def test_a_mentor_who_left_stays_named(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    asked = ask()
    Membership.objects.filter(plan=plan, user=cast["mentor"]).delete()
    cast["mentor"].delete()
    page = as_("owner").get(reverse("reviews:request", args=[plan.uid, asked.uid])).text
    assert "Mei" in page


def test_a_new_request_starts_with_the_rubric_of_the_last(
    ask: Callable[..., Request], plan: Plan, as_: Any
) -> None:
    page = reverse("reviews:ask", args=[plan.uid])
    assert not as_("owner").get(page).context["form"]["rubric"].value()
    asked = ask()
    form = as_("owner").get(page).context["form"]
    assert form["rubric"].value() == asked.rubric_id
    assert not form["sections"].value()  # else it starts anew
    ask(rubric=None)
    assert not as_("owner").get(page).context["form"]["rubric"].value()
