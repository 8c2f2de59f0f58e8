"""A later round: each earlier point with its answer, to be settled by its mentor."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Thread
from apps.notices.models import Notice
from apps.notices.sentences import facts
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from apps.reviews import drafts, services
from apps.reviews.models import Request, Review, Settlement
from tests.reviews.conftest import edit, finish, judge_the_rest, mark_of, review_of, step


@pytest.fixture
def first(ask: Callable[..., Request], plan: Plan, cast: dict[str, User]) -> Review:
    """Two verdicts and a comment, answered; the segment is renamed."""
    row = edit(plan, "market.segment", cast["owner"], name="Shops by night")
    review = review_of(ask(), cast["mentor"])
    services.accept(review=review)
    place = Place("market", "segment", row.uid, "name")
    thread = drafts.remark(review=review, place=place, text="Which shops?")
    verdicts = {"market": ("to_fix", "Name the shops."), "team": ("improvable", "Who sells?")}
    finish(review, verdicts=verdicts)
    review.verdicts.filter(section="team").update(reply="Olivia sells.")
    comments.reply(thread=thread, text="These three.", by=cast["owner"])
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    return review


@pytest.fixture
def again(first: Review, ask: Callable[..., Request], cast: dict[str, User]) -> Review:
    review = review_of(ask(), cast["mentor"])
    services.accept(review=review)
    return review


def verdict_of(first: Review, section: str = "team") -> str:
    return first.verdicts.get(section=section).uid


def told_of(review: Review) -> dict[str, str]:
    return {"kind": "review_finished", "key": f"review {review.uid} finished"}


def test_a_carried_verdict_stands_beside_the_founders_answer(
    first: Review, again: Review, as_: Any
) -> None:
    client = as_("mentor")
    team, end = client.get(step(again, "section", "team")), client.get(step(again, "finish"))
    for page in (team, end):
        for text in ("Who sells?", "Olivia sells.", "Answered, waiting for the mentor"):
            assert text in page.text
        assert f'name="{verdict_of(first)}-state"' in page.text
        assert "Nothing changed there since." in page.text
    assert (
        "Shops by night" in end.text
        and "Changes anywhere in this section since version 1" in end.text
    )
    market = client.get(step(again, "section", "market"))
    assert "The founders have not answered this point." in market.text
    assert "Changes in this field since version 1" in market.text
    assert "Who sells?" not in market.text


@pytest.mark.parametrize("page", ["section", "finish"])
def test_the_mentor_settles_a_point_from_either_page(
    page: str, first: Review, again: Review, as_: Any
) -> None:
    client, point = as_("mentor"), verdict_of(first)
    url = step(again, page, *(["team"] if page == "section" else []))
    data = {"mark": mark_of(client, url), f"{point}-state": "settled", f"{point}-text": "Good."}
    data |= {"grade": "acceptable", "action": "", "summary": "Better.", "recommendation": "yes"}
    assert client.post(url, data).status_code == 302
    said = Settlement.objects.get()
    assert (said.review, said.verdict.uid, said.state, said.text) == (
        again, point, "settled", "Good.",
    )  # fmt: skip
    form = client.get(url).context["form"]
    assert form[f"{point}-state"].value() == "settled"
    data |= {"mark": mark_of(client, url), f"{point}-state": "", f"{point}-text": ""}
    client.post(url, data)
    assert not Settlement.objects.exists()


def test_two_windows_on_a_point_lose_nothing(first: Review, again: Review, as_: Any) -> None:
    client, point = as_("mentor"), verdict_of(first)
    url, end = step(again, "section", "team"), step(again, "finish")
    old = mark_of(client, url)
    other = {"mark": mark_of(client, end), f"{point}-state": "open", f"{point}-text": "Who else?"}
    client.post(end, other)
    mine = {"mark": old, "grade": "improvable", f"{point}-state": "settled", f"{point}-text": "Ok."}
    page = client.post(url, mine)
    assert page.status_code == 409
    assert "Team: Is it settled?" in page.text and "Who else?" in page.text and "Ok." in page.text
    assert Settlement.objects.get().text == "Who else?"


@pytest.mark.parametrize(
    ("state", "text", "grade", "gap"),
    [("settled", "", None, "contradiction"), ("open", "", "acceptable", "contradiction"),
     ("", "Hm.", None, "settle"), ("settled", "", "acceptable", None)],
)  # fmt: skip
def test_what_does_not_go_together_stands_in_the_way_of_the_end(
    state: str, text: str, grade: str | None, gap: str | None,
    first: Review, again: Review, as_: Any,
) -> None:  # fmt: skip
    judge_the_rest(again)
    said = first.verdicts.get(section="team")
    Settlement.objects.create(review=again, verdict=said, state=state, text=text)
    if grade:
        again.verdicts.filter(section="team").update(grade=grade)
    client, url = as_("mentor"), step(again, "finish")
    point = said.uid
    data = {"mark": mark_of(client, url), "recommendation": "yes", "outcome": "changes"}
    answer = client.post(url, data | {f"{point}-state": state, f"{point}-text": text})
    if gap:
        assert [(one.kind, one.section) for one in answer.context["gaps"]] == [(gap, "team")]
    else:
        assert answer.status_code == 302


def test_finishing_resolves_what_is_settled_and_opens_what_is_not(
    first: Review, again: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    thread = plan.threads.get()
    Settlement.objects.create(review=again, thread=thread, state="settled")
    other = comments.start_thread(plan=plan, place=Place("team"), text="x", by=cast["mentor"])
    comments.resolve(thread=other, by=cast["owner"])
    Settlement.objects.create(review=again, thread=other, state="open")
    assert not Thread.objects.get(pk=thread.pk).resolved
    assert services.finish(review=again, outcome="changes")
    assert Thread.objects.get(pk=thread.pk).resolved_by == cast["mentor"]
    assert not Thread.objects.get(pk=other.pk).resolved


def test_a_settled_point_is_asked_about_no_more(
    first: Review, again: Review, ask: Callable[..., Request], plan: Plan,
    cast: dict[str, User], as_: Any,
) -> None:  # fmt: skip
    said = first.verdicts.get(section="team")
    Settlement.objects.create(review=again, verdict=said, state="settled", text="Good.")
    again.verdicts.filter(section="team").update(grade="acceptable", action="")
    assert services.finish(review=again, outcome="changes")
    edit(plan, "market.segment", cast["owner"], name="Four shops in Wuhan")
    third = review_of(ask(), cast["mentor"])
    services.accept(review=third)
    page = as_("mentor").get(step(third, "section", "team")).text
    assert "Round 2 (version 2)" in page and f'name="{said.uid}-state"' not in page
    assert f'name="{said.uid}-state"' not in as_("mentor").get(step(third, "finish")).text


def test_the_finished_review_says_what_became_of_earlier_points(
    first: Review, again: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    said = {one.section: one for one in first.verdicts.all()}
    about = Settlement.objects.filter(review=again)
    about.create(review=again, verdict=said["team"], state="settled", text="Olivia will do.")
    about.create(review=again, thread=plan.threads.get(), state="open", text="Which ones?")
    again.verdicts.filter(section="team").update(grade="acceptable", action="")
    assert services.finish(review=again, outcome="changes")
    url = reverse("reviews:review", args=[plan.uid, again.uid])
    page = as_("owner").get(url)
    assert [(one.state, one.text) for one in page.context["settled"]] == [
        ("open", "Which ones?"), ("settled", "Olivia will do."),
    ]  # fmt: skip
    for text in ("On points of earlier rounds", "Which ones?", "Olivia will do.", "Who sells?"):
        assert text in page.text
    told = Notice.objects.get(recipient=cast["owner"], **told_of(again))
    assert told.params["settled"] == 1 and told.params["still"] == 1
    assert "1 earlier point settled · 1 earlier point still open" in facts(told)
    # What is hidden from who reads it is neither shown nor counted.
    HiddenSection.objects.create(plan=plan, section="market", role=Role.COFOUNDER)
    page = as_("cofounder").get(url).text
    assert "Which ones?" not in page and "Olivia will do." in page


def test_points_of_a_hidden_section_are_not_counted_in_the_mail(
    first: Review, again: Review, plan: Plan, cast: dict[str, User]
) -> None:
    HiddenSection.objects.create(plan=plan, section="market", role=Role.COFOUNDER)
    Settlement.objects.create(review=again, thread=plan.threads.get(), state="open")
    assert services.finish(review=again, outcome="changes")
    told = Notice.objects.filter(**told_of(again))
    assert {one.recipient.name: one.params["still"] for one in told} == {"Olivia": 1, "Carl": 0}


def test_a_role_lost_meanwhile_gives_the_words_on_a_point_back(
    first: Review, again: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client, url, point = as_("mentor"), step(again, "finish"), verdict_of(first)
    data = {"mark": mark_of(client, url), f"{point}-state": "open", f"{point}-text": "An hour."}
    plan.memberships.filter(user=cast["mentor"]).delete()
    answer = client.post(url, data | {"summary": "All in all."})
    assert answer.status_code == 404
    assert "An hour." in answer.text and "All in all." in answer.text
    assert plan.title not in answer.text and not Settlement.objects.exists()


def test_the_pages_ask_as_many_queries_for_many_points(
    first: Review, again: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    client, counts = as_("mentor"), []
    for _turn in range(2):
        for url in (step(again, "section", "market"), step(again, "finish")):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
        for number in range(5):
            thread = comments.start_thread(
                plan=plan, place=Place("market"), text=f"Point {number}", by=cast["mentor"]
            )
            first.remarks.create(thread=thread)
    assert counts[:2] == counts[2:]


def test_nobody_else_s_points_are_asked_about(
    first: Review, again: Review, second: User, as_second: Any
) -> None:
    theirs = review_of(again.request, second)
    services.accept(review=theirs)
    page = as_second.get(reverse("reviews:finish", args=[again.request.plan.uid, theirs.uid])).text
    assert "Who sells?" not in page and "-state" not in page
