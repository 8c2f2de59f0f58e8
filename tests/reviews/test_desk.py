"""A mentor's desk: what waits, by due date; what changed since the last visit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Thread, Visibility
from apps.plans import lifecycle, services
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.reviews import answers, board, desk
from apps.reviews.models import Request, Verdict, Visit
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
    assert not desk.waiting(mentor) and desk.count(mentor) == 0
    ask()
    assert desk.waiting(mentor).count() == desk.count(mentor) == 1
    lifecycle.set_archived(plan=plan, archived=True, by=cast["owner"])
    assert not desk.waiting(mentor) and desk.count(mentor) == 0
    lifecycle.set_archived(plan=plan, archived=False, by=cast["owner"])
    Membership.objects.filter(user=mentor).delete()
    assert not desk.waiting(mentor) and desk.count(mentor) == 0


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
    assert client.get(DESK).context["followed"][0].changed == 2  # they are still not read
    client.get(reverse("plans:activity", args=[plan.uid]))
    assert client.get(DESK).context["followed"][0].changed == 0


def test_a_change_is_new_until_the_difference_was_looked_at(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client = as_("mentor")
    finish(review_of(ask(), cast["mentor"]))
    assert "Not opened yet" not in client.get(DESK).text  # who reviewed a plan has opened it
    client.get(reverse("plans:page", args=[plan.uid]))
    edit(plan, "market.segment", cast["owner"], name="Shops")
    compare = reverse("versions:compare", args=[plan.uid, 1, 0])
    for _time in range(2):
        cache.clear()
        client.get(reverse("plans:page", args=[plan.uid]))
        page = client.get(DESK)
        assert page.context["followed"][0].changed and compare in page.text
    client.get(compare)
    page = client.get(DESK)
    assert page.context["followed"][0].changed == 0 and compare not in page.text
    edit(plan, "market.segment", cast["owner"], name="Clinics")
    ask()
    finish(review_of(ask(), cast["mentor"]))  # read while reviewing
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


def test_everybody_reaches_the_desk_by_the_header(plan: Plan, as_: Any) -> None:
    for who in ("owner", "mentor", "viewer", "stranger"):
        assert f'href="{DESK}"' in as_(who).get("/plans/").text, who
        page = as_(who).get(DESK).text
        assert "Nothing waits for you" in page and ("Plans I follow" in page) == (who == "mentor")
    assert as_("nobody").get(DESK).status_code == 302


def test_whoever_only_mentors_starts_at_the_desk(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    start = reverse("desk:start")
    assert as_("mentor").get(start).url == DESK
    for who in ("owner", "cofounder", "viewer", "stranger"):
        assert as_(who).get(start).url == reverse("plans:list"), who
    services.create_plan(by=cast["mentor"], title="My own")
    assert as_("mentor").get(start).url == reverse("plans:list")


# --- What waits -----------------------------------------------------------------------------------
@pytest.fixture
def thread(plan: Plan, cast: dict[str, User]) -> Thread:
    return comments.start_thread(
        plan=plan, place=Place("market"), text="Why so few?", by=cast["mentor"]
    )


def test_a_thread_assigned_to_me_waits_until_it_is_resolved(
    thread: Thread, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    comments.assign(thread=thread, assignee=cast["owner"], by=cast["mentor"])
    page = as_("owner").get(DESK)
    assert list(page.context["assigned"]) == [thread] and desk.count(cast["owner"]) == 1
    assert reverse("comments:thread", args=[plan.uid, thread.uid]) in page.text
    assert not as_("cofounder").get(DESK).context["assigned"]
    comments.resolve(thread=thread, by=cast["mentor"])
    assert desk.count(cast["owner"]) == 0


def test_a_mention_waits_until_i_write_there(thread: Thread, cast: dict[str, User]) -> None:
    comments.reply(thread=thread, text="@Carl knows", by=cast["owner"])
    carl = cast["cofounder"]
    assert list(desk.mentions(carl)) == [thread] and desk.count(carl) == 1
    assert not desk.mentions(cast["owner"])
    comments.assign(thread=thread, assignee=carl, by=cast["owner"])
    assert not desk.mentions(carl) and desk.count(carl) == 1  # it stands on the desk once
    comments.assign(thread=thread, assignee=None, by=cast["owner"])
    comments.reply(thread=thread, text="Twelve shops.", by=carl)
    assert desk.count(carl) == 0


def test_no_thread_waits_that_i_may_not_read(plan: Plan, cast: dict[str, User]) -> None:
    mei = cast["mentor"]
    closed = comments.start_thread(
        plan=plan, place=Place("market"), text="Between us", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    hidden = comments.start_thread(plan=plan, place=Place("team"), text="@Mei?", by=cast["owner"])
    assert list(desk.mentions(mei)) == [hidden]
    HiddenSection.objects.create(plan=plan, section="team", role=Role.MENTOR)
    Thread.objects.update(assignee=mei)
    assert not desk.mentions(mei) and not desk.assigned(mei) and desk.count(mei) == 0
    Membership.objects.filter(user=mei).update(role=Role.COFOUNDER)
    assert set(desk.assigned(mei)) == {closed, hidden}
    Membership.objects.filter(user=mei).delete()
    assert desk.count(mei) == 0


def test_founders_owe_an_answer_to_what_came_back(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    said = {
        "market": ("to_fix", "Ask."),
        "team": ("improvable", "Hire."),
        "risks": ("acceptable", ""),
    }
    review = finish(review_of(ask(), cast["mentor"]), verdicts=said)
    [returned] = as_("owner").get(DESK).context["returned"]
    assert (returned, returned.points) == (review, 2) and desk.count(cast["owner"]) == 1
    assert "Answer 2 points" in as_("cofounder").get(DESK).text
    assert not desk.returned(cast["mentor"])
    HiddenSection.objects.create(plan=plan, section="team", role=Role.COFOUNDER)
    assert desk.returned(cast["cofounder"]).get().points == 1
    review.verdicts.exclude(grade="acceptable").update(reply="Done.")
    assert desk.count(cast["owner"]) == 0


def test_a_later_review_takes_the_place_of_an_earlier_one(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> None:
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("to_fix", "Ask.")})
    edit(plan, "market.segment", cast["owner"], name="Shops")
    again = finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("improvable", "More.")})
    assert list(desk.returned(cast["owner"])) == [again]


# --- What is new ----------------------------------------------------------------------------------
def test_an_answer_in_my_thread_is_new_until_i_read_it(
    thread: Thread, cast: dict[str, User], as_: Any
) -> None:
    comments.reply(thread=thread, text="Twelve.", by=cast["owner"])
    assert list(as_("mentor").get(DESK).context["threads"]) == [thread]
    assert not as_("cofounder").get(DESK).context["threads"]
    comments.mark_read(user=cast["mentor"], threads=[thread])
    assert not as_("mentor").get(DESK).context["threads"]


def test_answers_and_decisions_are_new_for_the_whole_next_visit(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User, as_: Any
) -> None:
    client, page = as_("mentor"), reverse("plans:page", args=[plan.uid])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.get(page)
        asked = ask()
        finish(review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "Ask.")})
        finish(review_of(asked, second), verdicts={"market": ("acceptable", "")})
        clock.shift(timedelta(days=1))
        verdict = Verdict.objects.get(grade="to_fix")
        answers.reply(verdict=verdict, text="Asked ten.", base=0, by=cast["owner"])
        board.decide(
            plan=plan, version=asked.version, section="market", base=0, by=cast["owner"],
            decision="Keep the price", reason="Two pay",
        )  # fmt: skip
        client.get(page)  # the visit in which they are new has begun
        cache.clear()
        clock.shift(timedelta(minutes=20))
        client.get(page)
        shown = client.get(DESK)
        [answer], [decision] = shown.context["verdicts"], shown.context["decisions"]
        assert (answer.text, decision.text) == ("Asked ten.", "Keep the price")
        assert f"{reverse('reviews:board', args=[plan.uid])}?version=1#market" in shown.text
        assert client.get(answer.url).status_code == client.get(decision.url).status_code == 200
        HiddenSection.objects.create(plan=plan, section="market", role=Role.MENTOR)
        shown = client.get(DESK)
        assert not shown.context["verdicts"] and not shown.context["decisions"]
        HiddenSection.objects.all().delete()
        clock.shift(timedelta(hours=2))
        shown = client.get(DESK)
        assert not shown.context["verdicts"] and not shown.context["decisions"]


def test_what_i_judged_in_a_later_round_is_new_no_more(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    def news() -> list[int]:
        shown = as_("mentor").get(DESK).context
        return [len(shown["verdicts"]), len(shown["decisions"])]

    asked = ask()
    finish(review_of(asked, cast["mentor"]), verdicts={"market": ("to_fix", "Ask.")})
    answers.reply(verdict=Verdict.objects.get(), text="Asked ten.", base=0, by=cast["owner"])
    board.decide(
        plan=plan, version=asked.version, section="market", base=0, by=cast["owner"],
        decision="Keep the price", reason="Two pay",
    )  # fmt: skip
    edit(plan, "market.segment", cast["owner"], name="Shops")
    again = ask()
    assert news() == [1, 1]
    finish(review_of(again, cast["mentor"]), verdicts={"market": ("acceptable", "")})
    assert news() == [0, 0]


def test_a_decision_on_a_review_i_have_not_finished_is_not_shown(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    asked = ask()
    board.decide(
        plan=plan, version=asked.version, section="market", base=0, by=cast["owner"],
        decision="Keep the price", reason="Two pay",
    )  # fmt: skip
    assert not as_("mentor").get(DESK).context["decisions"]
    edit(plan, "market.segment", cast["owner"], name="Shops")
    ask()
    assert as_("mentor").get(DESK).context["decisions"]


def test_the_desk_asks_the_same_number_of_queries_for_any_number_of_plans(
    ask: Callable[..., Request], cast: dict[str, User], as_: Any
) -> None:
    from apps.reviews import services as reviews

    counts, client = [], as_("mentor")
    for turn in range(3):
        made = another_plan(cast, f"Plan {turn}")
        reviews.request_review(plan=made, by=cast["owner"], mentors=[cast["mentor"]])
        for who in ("mentor", "owner"):
            begun = comments.start_thread(
                plan=made, place=Place("market"), text="@Mei: why?", by=cast[who]
            )
            comments.reply(thread=begun, text="So.", by=cast["owner"])
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        counts.append(len(queries))
    assert counts[0] == counts[2]
