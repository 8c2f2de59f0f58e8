"""The annexes of comments: what the person who asked may read, in the document's language."""

import re
from html import unescape
from typing import Any

import pytest

from apps.comments import services as comments
from apps.exports import services
from apps.exports.job import order as order_of
from apps.exports.models import Export
from apps.exports.render import render_html
from apps.plans.access import access_for
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Membership, Plan, Role

ANNEXES = ["comments", "founders_comments"]


def text_of(export: Export) -> str:
    html = render_html(order_of(export)).partition('id="annex-')[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def talked(sample_plan: Plan, cast: dict[str, Any]) -> Plan:
    """Four threads: on a segment, on two sections, and one that only founders read."""
    row = sample_plan_segment(sample_plan)
    first = comments.start_thread(
        plan=sample_plan, place=row, text="Who says <so>?\nReally?", by=cast["mentor"]
    )
    comments.reply(thread=first, text="The ministry does.", by=cast["owner"])
    second = comments.start_thread(
        plan=sample_plan, place=Place("team"), text="Too few people.", by=cast["mentor"]
    )
    comments.resolve(thread=second, by=cast["owner"])
    comments.start_thread(plan=sample_plan, place=Place(""), text="Well done.", by=cast["mentor"])
    comments.start_thread(
        plan=sample_plan, place=Place("funding"), text="Ask for less.", by=cast["owner"],
        visibility="founders",
    )  # fmt: skip
    return sample_plan


def sample_plan_segment(plan: Plan) -> Place:
    from apps.market.models import Segment

    return Place("market", "segment", Segment.objects.filter(plan=plan)[0].uid, "regulatory")


def asked(plan: Plan, by: Any, **changes: Any) -> Export:
    hidden = access_for(by, plan.uid).hidden if by else frozenset()
    wanted = {"language": "en", "hidden": hidden, "annexes": ANNEXES, **changes}
    return services.request_export(plan=plan, by=by, **wanted)


@pytest.mark.usefixtures("woken")
def test_threads_stand_by_section_with_people_answers_and_state(talked, cast) -> None:
    text = text_of(asked(talked, cast["owner"], annexes=["comments"]))
    assert text.index("Well done.") < text.index("Who says <so>? Really?")
    assert text.index("Who says <so>?") < text.index("The ministry does.")
    assert text.index("The ministry does.") < text.index("Too few people.")
    assert "Open by" not in text and text.count(" Open ") == 2
    assert f"Resolved by {cast['owner']}" in text
    assert str(cast["mentor"]) in text
    assert "Ask for less." not in text


@pytest.mark.usefixtures("woken")
def test_founders_read_their_own_comments_in_an_annex_of_its_own(talked, cast) -> None:
    text = text_of(asked(talked, cast["owner"], language="zh-hans"))
    assert "附录：创始人之间的批注" in text and "Ask for less." in text
    assert "未解决" in text


@pytest.mark.usefixtures("woken")
def test_annexes_without_a_thread_take_no_page_and_are_named(sample_plan, cast) -> None:
    html = render_html(order_of(asked(sample_plan, cast["owner"])))
    assert 'id="annex-' not in html and 'href="#annex-' not in html
    said = "Annex: comments of founders and mentors; Annex: comments among the founders</p>"
    assert f"nothing in them yet: {said}" in html.partition('id="summary"')[0]


@pytest.mark.usefixtures("woken")
@pytest.mark.parametrize("role", ["mentor", "viewer"])
def test_nobody_gets_more_than_they_may_read(talked, cast, role) -> None:
    HiddenSection.objects.create(plan=talked, role=role, section="team")
    text = text_of(asked(talked, cast[role]))
    assert "Ask for less." not in text and "Too few people." not in text
    assert ("Who says" in text) is (role == "mentor")


@pytest.mark.usefixtures("woken")
def test_comments_of_chapters_that_are_not_printed_stay_out(talked, cast) -> None:
    text = text_of(asked(talked, cast["owner"], sections=["market"]))
    assert "Who says" in text and "Too few" not in text and "Ask for less." not in text


@pytest.mark.usefixtures("woken")
def test_who_left_meanwhile_gets_none(talked, cast) -> None:
    export = asked(talked, cast["mentor"])
    Membership.objects.filter(plan=talked, user=cast["mentor"]).delete()
    assert order_of(export)["comments"] == {}


@pytest.mark.usefixtures("woken")
def test_a_copy_for_a_guest_has_none(talked) -> None:
    assert order_of(asked(talked, None, watermark="Ann"))["comments"] == {}


@pytest.mark.usefixtures("woken")
def test_a_file_is_seen_by_those_who_may_read_its_annexes(talked, cast) -> None:
    everyone = asked(talked, cast["owner"], annexes=["comments"])
    own = asked(talked, cast["owner"], annexes=["founders_comments"])

    def seen(role: str) -> set[int]:
        access = access_for(cast[role], talked.uid)
        return set(Export.objects.visible_to(access).values_list("pk", flat=True))

    assert seen("owner") == {everyone.pk, own.pk}
    assert seen("mentor") == {everyone.pk}
    assert seen("viewer") == set()


def test_the_form_offers_what_the_person_may_read(talked, as_) -> None:
    for role, offered in {Role.OWNER: (1, 1), Role.MENTOR: (1, 0), Role.VIEWER: (0, 0)}.items():
        page = as_(role.value).get(f"/plans/{talked.uid}/exports/").content.decode()
        assert tuple(page.count(f'value="{annex}"') for annex in ANNEXES) == offered


@pytest.mark.usefixtures("woken")
def test_many_threads_cost_no_more_queries(talked, cast, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    export = asked(talked, cast["owner"])
    with CaptureQueriesContext(
        connection,
    ) as few:
        order_of(export)
    for number in range(5):
        comments.start_thread(
            plan=talked, place=Place("team"), text=f"More {number}", by=cast["mentor"]
        )
    with django_assert_num_queries(len(few)):
        order_of(export)
