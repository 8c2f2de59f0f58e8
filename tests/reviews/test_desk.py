"""A mentor's desk: what waits, by due date; what changed since the last visit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.plans import lifecycle, services
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.reviews import desk
from apps.reviews.models import Request, Visit
from tests.reviews.conftest import edit, finish, review_of

DESK = "/desk/"


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def another_plan(cast: dict[str, User], title: str) -> Plan:
    made = services.create_plan(by=cast["owner"], title=title)
    Membership.objects.create(plan=made, user=cast["mentor"], role=Role.MENTOR)
    return made


def test_the_nearest_due_date_comes_first_and_overdue_is_marked(
    ask: Callable[..., Request], cast: dict[str, User], as_: Any
) -> None:
    today = timezone.localdate()
    asked = [
        ask(question="Whenever"),
        ask(question="Next week", due=today + timedelta(days=7)),
        ask(question="Yesterday", due=today),
    ]
    Request.objects.filter(pk=asked[2].pk).update(due=today - timedelta(days=1))
    page = as_("mentor").get(DESK)
    waiting = list(page.context["waiting"])
    assert [review.request.question for review in waiting] == ["Yesterday", "Next week", "Whenever"]
    assert [review.overdue for review in waiting] == [True, False, False]
    assert page.text.count("Overdue") == 1


def test_what_is_over_archived_or_left_does_not_wait(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> None:
    mentor = cast["mentor"]
    finish(review_of(ask(), mentor), verdicts={"team": ("acceptable", "")})
    assert not desk.waiting(mentor) and desk.waiting_count(mentor) == 0
    ask()
    assert desk.waiting(mentor).count() == desk.waiting_count(mentor) == 1
    lifecycle.set_archived(plan=plan, archived=True, by=cast["owner"])
    assert not desk.waiting(mentor) and desk.waiting_count(mentor) == 0
    lifecycle.set_archived(plan=plan, archived=False, by=cast["owner"])
    Membership.objects.filter(user=mentor).delete()
    assert not desk.waiting(mentor) and desk.waiting_count(mentor) is None


def test_an_edit_by_the_founder_takes_nothing_from_the_desk(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> None:
    ask()
    edit(plan, "market.segment", cast["owner"], name="Shops")
    assert desk.waiting(cast["mentor"]).count() == 1


def test_what_others_changed_since_my_last_visit(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client = as_("mentor")
    [followed] = client.get(DESK).context["followed"]
    assert (followed.plan, followed.changed) == (plan, None)
    assert "Not opened yet" in client.get(DESK).text
    client.get(reverse("plans:page", args=[plan.uid]))
    assert client.get(DESK).context["followed"][0].changed == 0
    edit(plan, "market.segment", cast["owner"], name="Shops")
    edit(plan, "market.segment", cast["cofounder"], name="Clinics")
    edit(plan, "funding.assumptions", cast["owner"])
    HiddenSection.objects.create(plan=plan, section="funding", role=Role.MENTOR)
    page = client.get(DESK)
    assert page.context["followed"][0].changed == 2
    assert reverse("plans:activity", args=[plan.uid]) in page.text
    cache.clear()
    client.get(reverse("plans:page", args=[plan.uid]))
    assert client.get(DESK).context["followed"][0].changed == 0


def test_the_desk_leads_to_what_differs_from_the_version_i_saw(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client = as_("mentor")
    ask()
    client.get(reverse("plans:page", args=[plan.uid]))
    edit(plan, "market.segment", cast["owner"], name="Shops")
    compare = reverse("versions:compare", args=[plan.uid, 1, 0])
    assert compare in client.get(DESK).text
    assert client.get(compare).status_code == 200


def test_only_mentors_visits_are_noted_and_only_of_pages_they_saw(plan: Plan, as_: Any) -> None:
    for who in ("owner", "viewer", "stranger"):
        as_(who).get(reverse("plans:page", args=[plan.uid]))
    as_("mentor").get(reverse("plans:settings", args=[plan.uid]))  # 403
    assert not Visit.objects.exists()
    as_("mentor").get(reverse("reviews:list", args=[plan.uid]))
    assert Visit.objects.get().user.name == "Mei"


def test_who_mentors_nothing_has_no_link_but_a_page(plan: Plan, as_: Any) -> None:
    assert DESK not in as_("owner").get("/plans/").text
    assert DESK in as_("mentor").get("/plans/").text
    assert "mentor of no plan" in as_("owner").get(DESK).text
    assert as_("nobody").get(DESK).status_code == 302


def test_the_desk_asks_the_same_number_of_queries_for_any_number_of_plans(
    ask: Callable[..., Request], cast: dict[str, User], as_: Any
) -> None:
    from apps.reviews import services as reviews

    counts, client = [], as_("mentor")
    for turn in range(3):
        made = another_plan(cast, f"Plan {turn}")
        reviews.request_review(plan=made, by=cast["owner"], mentors=[cast["mentor"]])
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        counts.append(len(queries))
    assert counts[0] == counts[2]
