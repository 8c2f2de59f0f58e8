"""The card of reviews on the plan's page: for each role what it may see, and the next step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.plans import lifecycle
from apps.plans.access import Access
from apps.plans.contents import load
from apps.plans.models import HiddenSection, Plan, Role
from apps.reviews.card import card
from apps.reviews.models import Request, State
from apps.reviews.services import accept
from tests.reviews.conftest import edit, finish, review_of


def page(client: Any, plan: Plan) -> str:
    return client.get(reverse("plans:page", args=[plan.uid])).text


def test_founders_are_led_from_asking_to_answering(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User, as_: Any
) -> None:
    client = as_("owner")
    assert "No mentor was asked yet" in page(client, plan)
    assert reverse("reviews:ask", args=[plan.uid]) in page(client, plan)
    asked = ask(due=timezone.localdate() + timedelta(days=9))
    text = page(client, plan)
    assert "Mei" in text and "Noor" in text and text.count("Waiting for the mentor") == 2
    assert reverse("reviews:request", args=[plan.uid, asked.uid]) in text
    review = finish(review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "Ask.")})
    text = page(client, plan)
    assert "Answer 1 point of Mei" in text and "requested changes to version 1" in text
    assert reverse("reviews:review", args=[plan.uid, review.uid]) in text
    review.verdicts.update(reply="Done.")
    finish(review_of(asked, second), State.APPROVED)
    text = page(client, plan)
    assert "Noor approved version 1" in text and "The plan has not changed since." in text
    assert f"?again={asked.uid}" in text
    edit(plan, "market.segment", cast["owner"], name="Shops")
    assert "The plan has changed since." in page(client, plan)


def test_a_mentor_sees_their_own_step_and_no_outcome_before_theirs(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User, as_: Any
) -> None:
    client = as_("mentor")
    assert "You will be told when the founders ask" in page(client, plan)
    asked = ask()
    finish(review_of(asked, second), verdicts={"market": ("to_fix", "Ask.")})
    text = page(client, plan)
    assert "Answer the request" in text
    assert "requested changes" not in text and "Changes requested" not in text
    mine = review_of(asked, cast["mentor"])
    accept(review=mine)
    assert "Go on reviewing" in page(client, plan)
    finish(mine, State.APPROVED)
    text = page(client, plan)
    assert "Mei approved version 1" in text and "Changes requested" in text
    assert reverse("reviews:ask", args=[plan.uid]) not in text and "to answer" not in text


def test_a_viewer_and_a_mentor_not_asked_learn_nothing(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User, as_: Any
) -> None:
    finish(review_of(ask(mentors=[second]), second), verdicts={"market": ("to_fix", "Ask.")})
    assert "Noor" not in page(as_("viewer"), plan) and "review-card" not in page(
        as_("viewer"), plan
    )
    assert "Noor" not in page(as_("mentor"), plan)


def test_what_is_hidden_counts_for_nothing(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> None:
    verdicts = {"market": ("to_fix", "Ask."), "team": ("to_fix", "Hire.")}
    finish(review_of(ask(), cast["mentor"]), verdicts=verdicts)
    edit(plan, "market.segment", cast["owner"], name="Shops")
    HiddenSection.objects.create(plan=plan, section="market", role=Role.COFOUNDER)
    hidden = frozenset({"market"})
    shown = card(Access(plan, Role.COFOUNDER, hidden), cast["cofounder"], load(plan, hidden))
    assert shown.points == 1 and not shown.changed
    assert card(Access(plan, Role.OWNER), cast["owner"], load(plan)).changed


def test_an_archived_plan_asks_for_nothing(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("to_fix", "Ask.")})
    lifecycle.set_archived(plan=plan, archived=True, by=cast["owner"])
    text = page(as_("owner"), plan)
    assert "requested changes to version 1" in text
    assert reverse("reviews:ask", args=[plan.uid]) not in text and "to answer" not in text
