"""The reply to the reviewers: what stands in it, for whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Thread, Visibility
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import registry
from apps.plans.services import delete_row
from apps.reviews import answers, services
from apps.reviews.models import Remark, Request, Review
from tests.reviews.conftest import edit, review_of, write
from tests.reviews.letter.conftest import letter_of, today, told


def test_each_point_with_its_answer_its_changes_and_its_state(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    states = [(line.place, line.status) for line in letter_of(as_("owner"), plan).lines]
    assert states == [
        ("Market", "open"), ("Risks", "open"),
        ("Market · “Shops by night” · Name of the segment", "open"), ("Team", "settled"),
    ]  # fmt: skip
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    review.verdicts.filter(section="risks").update(reply="Not our largest risk.")
    thread = plan.threads.get()
    comments.reply(thread=thread, text="These three.", by=cast["owner"])
    found = letter_of(as_("owner"), plan)
    market, risks, comment, team = found.lines
    assert [line.number for line in found.lines] == [1, 2, 3, 4]
    assert found.points == [market, risks, comment]
    assert found.summary == ("4 points: 1 settled; 2 answered, waiting for the mentor; 1 open.")
    assert (market.status, risks.status, team.status, comment.status) == (
        "open", "answered", "settled", "answered",
    )  # fmt: skip
    for line in (market, comment):
        [change] = line.changes
        assert change.label == "Three shops in Wuhan · Name of the segment"
        assert told(change) == [("del", "Shops by night"), ("ins", "Three shops in Wuhan")]
    assert [(one.kind, one.head, one.text) for one in comment.steps] == [
        ("said", "Round 1 (version 1) · Mei", "Which shops?"),
        ("answer", f"Olivia answered · {today()}", "These three."),
    ]
    comments.resolve(thread=thread, by=cast["mentor"])
    assert letter_of(as_("owner"), plan).lines[2].status == "settled"
    page = as_("owner").get(reverse("reviews:letter", args=[plan.uid])).text
    assert "Not our largest risk." in page and "Three shops in Wuhan" in page


def test_points_with_nothing_to_tell_stand_together(review: Review, plan: Plan, as_: Any) -> None:
    found = letter_of(as_("owner"), plan)
    assert found.points == []
    assert [(group.title, len(group.lines)) for group in found.quiet] == [
        ("Open, neither answered nor changed", 3), ("Nothing to do", 1),
    ]  # fmt: skip
    assert found.summary == "4 points: 1 settled; 3 open."


def test_founders_own_threads_and_hidden_sections_are_left_out(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    comments.start_thread(
        plan=plan, place=Place("market"), text="Between us", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    HiddenSection.objects.create(plan=plan, section="market", role=Role.COFOUNDER)
    page = as_("cofounder").get(reverse("reviews:letter", args=[plan.uid])).text
    assert "Between us" not in page and "Which shops?" not in page and "Name the shops" not in page
    assert "Add one on the supplier." in page
    assert "Between us" not in as_("owner").get(reverse("reviews:letter", args=[plan.uid])).text


def test_a_mentor_reads_it_after_their_own_review(
    review: Review, plan: Plan, as_: Any, as_second: Any
) -> None:
    assert "Name the shops." in as_("mentor").get(reverse("reviews:letter", args=[plan.uid])).text
    assert letter_of(as_second, plan) is None


def test_the_lead_speaks_to_its_reader(review: Review, plan: Plan, as_: Any) -> None:
    page = reverse("reviews:letter", args=[plan.uid])
    assert "what you answered" in as_("owner").get(page).text
    mentors = as_("mentor").get(page).text
    assert "the founders' answer" in mentors and "what you answered" not in mentors


def test_queries_do_not_grow_with_the_points(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    counts = []
    for turn in range(2):
        edit(plan, "market.segment", cast["owner"], name=f"Shops {turn}")
        again = review_of(ask(), cast["mentor"])
        write(again, verdicts={"market": ("to_fix", "x"), "team": ("to_fix", "y")})
        for number in range(1 + 5 * turn):
            comments.start_thread(
                plan=plan, place=Place("team"), text=f"Point {number}", by=cast["mentor"]
            )
        services.finish(review=again, outcome="changes")
        edit(plan, "market.segment", cast["owner"], name=f"Clinics {turn}")
        letter_of(as_("owner"), plan)
        with CaptureQueriesContext(connection) as queries:
            letter_of(as_("owner"), plan)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_founders_answer_and_go_to_the_field_from_each_point(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    thread = plan.threads.get()
    reply = reverse("reviews:reply", args=[plan.uid, review.uid, "market"])
    talk = reverse("comments:thread", args=[plan.uid, thread.uid])
    row = reverse("plans:row", args=[plan.uid, "market", "segment", segment.uid])
    url = reverse("reviews:letter", args=[plan.uid])
    page = as_("owner").get(url).text
    for link in (reply, talk, f"{row}#id_name"):
        assert f'href="{link}"' in page
    comments.reply(thread=thread, text="These three.", by=cast["owner"])
    assert f'href="{talk}"' not in as_("owner").get(url).text
    theirs = as_("mentor").get(url).text
    assert reply not in theirs and row not in theirs
    assert reverse("plans:section", args=[plan.uid, "market"]) in theirs
    section, part = registry.part("market.segment")
    delete_row(section=section, part=part, row=segment, by=cast["owner"])
    assert row not in as_("owner").get(url).text
    lead = reverse("plans:edit", args=[plan.uid, "market"]) + "?part=segment"
    assert lead in as_("owner").get(url).text


def test_of_comments_only_those_of_the_review_count(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    """The recorded link says which review a comment belongs to, whatever the clock says."""
    thread = plan.threads.get()
    Remark.objects.create(review=review, thread=thread)
    Thread.objects.update(created_at=review.ended_at + timedelta(hours=1))
    assert "Which shops?" in [one.said for one in letter_of(as_("owner"), plan).lines]


def test_what_was_acceptable_and_is_answered_tells_answer_and_changes(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "team.role", cast["owner"], title="Seller")
    answers.reply(
        verdict=review.verdicts.get(section="team"), text="Two sell now.", base=0, by=cast["owner"]
    )
    [team] = [one for one in letter_of(as_("owner"), plan).lines if one.place == "Team"]
    assert [one.head for one in team.steps] == [
        "Round 1 (version 1) · Mei · Acceptable", f"Olivia answered · {today()}",
    ]  # fmt: skip
    assert team.status == "settled" and not team.closing
    assert [one.label for one in team.changes] == ["Roles · Seller"]


def test_an_answer_of_an_unknown_day_shows_no_dash(review: Review, plan: Plan, as_: Any) -> None:
    review.verdicts.filter(section="market").update(reply="We named three.")
    page = as_("owner").get(reverse("reviews:review", args=[plan.uid, review.uid])).text
    assert "The founders answered" in page and "answered · —" not in page
