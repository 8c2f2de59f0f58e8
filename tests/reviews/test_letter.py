"""The reply to the reviewers: verdicts and comments, answers, changed fields, where it stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Visibility
from apps.exports.choices import Annex
from apps.exports.job import order
from apps.exports.models import Export
from apps.exports.render import Printer, render_html
from apps.exports.services import request_export
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import registry
from apps.plans.services import delete_row
from apps.reviews import services
from apps.reviews.models import Request, Review
from tests.reviews.conftest import edit, finish, review_of, write


@pytest.fixture
def segment(plan: Plan, cast: dict[str, User]) -> Any:
    return edit(plan, "market.segment", cast["owner"], name="Shops by night")


@pytest.fixture
def review(segment: Any, ask: Callable[..., Request], plan: Plan, cast: dict[str, User]) -> Review:
    """Three verdicts, and a comment on the segment's name."""
    mei = review_of(ask(), cast["mentor"])
    write(mei, verdicts={
        "market": ("to_fix", "Name the shops."), "team": ("acceptable", ""),
        "risks": ("improvable", "Add one on the supplier."),
    })  # fmt: skip
    place = Place("market", "segment", segment.uid, "name")
    comments.start_thread(plan=plan, place=place, text="Which shops?", by=cast["mentor"])
    assert services.finish(review=mei, outcome="changes")
    return mei


def letter_of(client: Any, plan: Plan, query: str = "") -> Any:
    return client.get(reverse("reviews:letter", args=[plan.uid]) + query).context["letter"]


def test_each_point_with_its_answer_its_changes_and_its_state(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    states = [(line.place, line.status) for line in letter_of(as_("owner"), plan).lines]
    assert states == [
        ("Market", "open"), ("Risks", "open"),
        ("Market · “Shops by night” · Name of the segment", "open"), ("Team", "fine"),
    ]  # fmt: skip
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    review.verdicts.filter(section="risks").update(reply="Not our largest risk.")
    thread = plan.threads.get()
    comments.reply(thread=thread, text="These three.", by=cast["owner"])
    found = letter_of(as_("owner"), plan)
    market, risks, comment, team = found.lines
    assert [line.number for line in found.lines] == [1, 2, 3, 4]
    assert found.points == [market, risks, comment]
    assert found.summary == "4 points: 2 done, 1 answered, 1 changed without an answer."
    assert (market.status, risks.status, team.status, comment.status) == (
        "changed", "answered", "fine", "both",
    )  # fmt: skip
    for line in (market, comment):
        [change] = line.changes
        assert change.label == "Three shops in Wuhan · Name of the segment"
        assert told(change) == [("del", "Shops by night"), ("ins", "Three shops in Wuhan")]
    assert [(one.by, one.text) for one in comment.answers] == [("Olivia", "These three.")]
    comments.resolve(thread=thread, by=cast["mentor"])
    assert letter_of(as_("owner"), plan).lines[2].status == "resolved"
    page = as_("owner").get(reverse("reviews:letter", args=[plan.uid])).text
    assert "Not our largest risk." in page and "Three shops in Wuhan" in page


def told(change: Any) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in change.pieces]


def test_a_long_text_shows_the_words_that_changed(
    segment: Any, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    words = "One shop in three closes at ten and loses the night. " * 30
    edit(plan, "market.segment", cast["owner"], firmographic=words)
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("to_fix", "How many?")})
    edit(plan, "market.segment", cast["owner"], firmographic=f"{words}Forty say so.")
    [change] = letter_of(as_("owner"), plan).lines[0].changes
    assert [text for kind, text in told(change) if kind == "ins"] == ["Forty say so."]
    assert sum(len(text) for _kind, text in told(change)) < 200


def test_a_row_that_came_or_went_is_one_change(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    section, part = registry.part("market.segment")
    delete_row(section=section, part=part, row=segment, by=cast["owner"])
    edit(plan, "market.segment", cast["owner"], name="Clinics", firmographic="Long.")
    changes = letter_of(as_("owner"), plan).lines[0].changes
    assert {(one.kind, one.label) for one in changes} == {
        ("removed", "Segments · Shops by night"), ("added", "Segments · Clinics"),
    }  # fmt: skip


def test_two_points_on_one_place_show_its_changes_once(
    review: Review,
    ask: Callable[..., Request],
    second: User,
    plan: Plan,
    cast: dict[str, User],
    as_: Any,
) -> None:
    other = review_of(review.request, second)
    write(other, verdicts={"market": ("to_fix", "Count them.")})
    services.finish(review=other, outcome="changes")
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    points = [line for line in letter_of(as_("owner"), plan).points if line.place == "Market"]
    assert [(bool(line.changes), line.same_as) for line in points] == [(True, 0), (False, 1)]


def test_points_with_nothing_to_tell_stand_together(review: Review, plan: Plan, as_: Any) -> None:
    found = letter_of(as_("owner"), plan)
    assert found.points == []
    assert [(group.title, len(group.lines)) for group in found.quiet] == [
        ("Still open", 3), ("Nothing to do", 1),
    ]  # fmt: skip
    assert found.summary == "4 points: 1 done, 3 open."


def test_a_comment_on_the_whole_plan_is_not_answered_by_any_edit(
    segment: Any, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    mei = review_of(ask(), cast["mentor"])
    write(mei)
    comments.start_thread(plan=plan, place=Place(""), text="Too long.", by=cast["mentor"])
    assert services.finish(review=mei, outcome="changes")
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    [line] = letter_of(as_("owner"), plan).lines
    assert (line.status, line.changes) == ("open", [])
    comments.reply(thread=plan.threads.get(), text="We cut it.", by=cast["owner"])
    [line] = letter_of(as_("owner"), plan).lines
    assert line.status == "answered"


def test_a_deleted_row_keeps_its_name(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    section, part = registry.part("market.segment")
    delete_row(section=section, part=part, row=segment, by=cast["owner"])
    [change] = letter_of(as_("owner"), plan).lines[0].changes
    assert (change.kind, change.label) == ("removed", "Segments · Shops by night")


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


def test_open_points_of_earlier_rounds_stay_in_the_letter(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    again = review_of(ask(sections=["market"]), cast["mentor"])
    services.accept(review=again)
    again.verdicts.all().delete()
    write(again, verdicts={"market": ("acceptable", "")})
    assert services.finish(review=again, outcome="approved")
    # The market is judged again, comment and all; the team was acceptable; the risk is open.
    places = [line.place for line in letter_of(as_("owner"), plan).lines]
    assert places == ["Risks · Version 1", "Market"]
    made = request_export(plan=plan, by=cast["owner"], language="en", annexes=[Annex.LETTER])
    assert order(made)["letter"]["number"] == 1  # the round before the printed version


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


# --- The annex ------------------------------------------------------------------------------------
@pytest.fixture
def export(review: Review, plan: Plan, cast: dict[str, User]) -> Export:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    return request_export(plan=plan, by=cast["owner"], language="zh-hans", annexes=[Annex.LETTER])


def test_the_annex_is_frozen_and_printed_without_a_query(export: Export, plan: Plan) -> None:
    frozen = order(export)
    with CaptureQueriesContext(connection) as queries:
        html = render_html(frozen)
    assert not queries.captured_queries
    annex = html[html.index('id="annex-letter"') :]
    for text in ("Name the shops.", "Shops by night", "Three shops in Wuhan", "需修正"):
        assert text in annex, text
    assert frozen["letter"]["number"] == 1 and frozen["letter"]["since"] == 2


def test_the_annex_answers_the_round_before_the_printed_version(
    review: Review, ask: Callable[..., Request], plan: Plan, cast: dict[str, User]
) -> None:
    def answered() -> int:
        made = request_export(plan=plan, by=cast["owner"], language="en", annexes=[Annex.LETTER])
        return order(made)["letter"]["number"]

    assert answered() == 1  # nothing changed: the round on this very version
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    finish(review_of(ask(), cast["mentor"]), verdicts={"market": ("acceptable", "")})
    assert answered() == 1
    edit(plan, "market.segment", cast["owner"], name="Four shops in Wuhan")
    assert answered() == 2


def test_the_annex_can_be_laid_out(export: Export, tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    printed = Printer().write_pdf(
        render_html(order(export)), target, identifier="x", on_page=lambda page: None
    )
    assert printed.pages > 2 and target.read_bytes().startswith(b"%PDF")


def test_the_annex_leaves_out_sections_that_are_not_printed(
    review: Review, plan: Plan, cast: dict[str, User]
) -> None:
    export = request_export(
        plan=plan, by=cast["owner"], language="en", hidden=frozenset({"market"}),
        annexes=[Annex.LETTER],
    )  # fmt: skip
    assert places_in(order(export)["letter"]) == {"Team", "Risks"}


def places_in(letter: dict[str, Any]) -> set[str]:
    quiet = [line for group in letter["quiet"] for line in group["lines"]]
    return {line["place"] for line in [*letter["points"], *quiet]}


def test_a_chapter_that_is_not_printed_is_not_hidden(
    review: Review, plan: Plan, cast: dict[str, User]
) -> None:
    """What a printed row points at has a name, wherever it stands."""
    role = edit(plan, "team.role", cast["owner"], title="Night manager")
    edit(plan, "risks.risk", cast["owner"], name="Closing", owner=role.uid)
    export = request_export(
        plan=plan, by=cast["owner"], language="en", sections=["risks"], annexes=[Annex.LETTER]
    )
    letter = order(export)["letter"]
    assert places_in(letter) == {"Risks"}
    assert "hidden" not in str(letter)


def test_the_letter_can_be_printed_alone(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    url = reverse("exports:list", args=[plan.uid])
    letter_page = as_("owner").get(reverse("reviews:letter", args=[plan.uid])).text
    asked = f"{url}?annex=letter&amp;chapters=none"
    assert asked in letter_page
    form = as_("owner").get(asked.replace("&amp;", "&")).context["form"]
    assert (form["annexes"].value(), form["sections"].value()) == (["letter"], [])
    given = {"language": "en", "edition": "investor"}
    assert as_("owner").post(url, given).status_code == 422
    assert as_("owner").post(url, {**given, "annexes": ["checks"]}).status_code == 422
    assert as_("owner").post(url, {**given, "annexes": ["letter"]}).status_code == 302
    html = render_html(order(Export.objects.get()))
    assert "Name the shops." in html and "Add one on the supplier." in html
    assert plan.title in html and 'id="contents"' not in html and "chapter__number" not in html


def test_without_a_review_the_annex_says_so(plan: Plan, cast: dict[str, User]) -> None:
    export = request_export(plan=plan, by=cast["owner"], language="en", annexes=[Annex.LETTER])
    assert "No mentor has finished a review" in render_html(order(export))


def test_only_founders_order_and_find_it(export: Export, plan: Plan, as_: Any) -> None:
    url = reverse("exports:list", args=[plan.uid])
    data = {"language": "en", "annexes": ["letter"]}
    for who in ("mentor", "viewer"):
        assert as_(who).post(url, data).status_code == 422
        page = reverse("exports:export", args=[plan.uid, export.uid])
        assert as_(who).get(page).status_code == 404
        assert not as_(who).get(url).context["exports"]
    assert as_("cofounder").get(url).context["exports"]
    assert 'value="letter"' in as_("owner").get(url).text
