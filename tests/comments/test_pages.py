"""The pages: reading threads where they belong, and writing with and without htmx."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.services import delete_account
from apps.comments import services, threads
from apps.comments.models import Comment, Thread, Visibility
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.lifecycle import set_archived
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.plans.sections import registry
from apps.plans.services import delete_row
from tests.comments.conftest import FIELD, PATH, SECTION, SHEET, TABLE, access_of, row_of

Cast = dict[str, User]
HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name: str, plan: Plan, *args: Any, **query: str) -> str:
    address = reverse(f"comments:{name}", args=[plan.uid, *args])
    return address + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def at(place: Place) -> dict[str, str]:
    return {name: value for name, value in vars(place).items() if value}


def pages(plan: Plan) -> list[str]:
    return [
        url("list", plan),
        url("section", plan, SECTION),
        reverse("plans:section", args=[plan.uid, SECTION]),
        reverse("plans:page", args=[plan.uid]),
    ]


# --- Reading --------------------------------------------------------------------------------------
def test_a_thread_stands_at_its_very_field(
    sample_plan: Plan, thread: Thread, field: Place, as_: Any
) -> None:
    html = as_("owner").get(url("section", sample_plan, SECTION)).text
    anchor = html.index(f'id="at-{SECTION}-{TABLE}-{field.row}-{FIELD}"')
    following = html.index('id="at-', anchor + 10)
    assert anchor < html.index(f'id="thread-{thread.uid}"') < following
    assert "Who says so?" in html and "Mei" in html


@pytest.mark.parametrize("section", list(registry), ids=lambda section: section.name)
@pytest.mark.parametrize("who", ["mentor", "owner"])
def test_every_section_can_be_commented_on(
    who: str, section: Any, sample_plan: Plan, as_: Any
) -> None:
    client = as_(who)
    html = client.get(url("section", sample_plan, section.name)).text
    for part in section.parts:
        assert f'id="at-{section.name}-{part.name}' in html
    link = html.partition("comments/start/?")[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(url("start", sample_plan) + "?" + link).status_code == 200


def test_a_link_from_a_mail_survives_signing_in(
    sample_plan: Plan, thread: Thread, cast: Cast
) -> None:
    link = Notice.objects.filter(recipient=cast["owner"]).get().url
    client = Client()
    asked = client.get(link)
    assert asked.status_code == 302 and asked["Location"].startswith("/accounts/login/?next=")
    signed_in = client.post(
        asked["Location"], {"login": "olivia@example.com", "password": "a long password"}
    )
    assert signed_in["Location"] == link
    there = client.get(link)
    page = url("section", sample_plan, SECTION, thread=thread.uid)
    assert there["Location"] == f"{page}#thread-{thread.uid}"
    assert f'id="thread-{thread.uid}"' in client.get(there["Location"]).text


def test_seen_at_its_place_it_is_read(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    client, access = as_("owner"), access_of(cast["owner"], sample_plan)
    assert threads.unread(access, cast["owner"]).exists()
    client.get(url("list", sample_plan))  # an overview does not count as reading
    first = client.get(url("section", sample_plan, SECTION)).text
    assert "badge info" in first
    assert not threads.unread(access, cast["owner"]).exists()
    assert "badge info" not in client.get(url("section", sample_plan, SECTION)).text


def test_all_can_be_marked_as_read(sample_plan: Plan, thread: Thread, as_: Any, cast: Cast) -> None:
    client = as_("owner")
    page = client.get(url("list", sample_plan, show="unread")).text
    assert thread.uid in page
    client.post(url("read_all", sample_plan))
    assert thread.uid not in client.get(url("list", sample_plan, show="unread")).text
    assert threads.unread(access_of(cast["cofounder"], sample_plan), cast["cofounder"]).exists()


def test_the_list_is_filtered(sample_plan: Plan, thread: Thread, as_: Any, cast: Cast) -> None:
    whole = services.start_thread(
        plan=sample_plan, place=Place(""), text="Of it all", by=cast["mentor"]
    )
    services.assign(thread=whole, assignee=cast["owner"], by=cast["mentor"])
    client = as_("owner")

    def shown(**query: str) -> set[str]:
        cards = client.get(url("list", sample_plan, **query)).context["cards"]
        return {card.thread.uid for card in cards}

    both = {thread.uid, whole.uid}
    assert shown() == shown(show="open") == shown(show="nonsense") == shown(show="unread") == both
    assert shown(show="mine") == {whole.uid}
    assert shown(section=SECTION) == {thread.uid}
    assert shown(section="nowhere") == both
    services.resolve(thread=thread, by=cast["owner"])
    assert shown(show="resolved") == {thread.uid}
    assert shown() == {whole.uid}
    assert client.get(url("list", sample_plan, page="nine")).status_code == 200
    counts = client.get(url("list", sample_plan)).context["counts"]
    assert counts == {"open": 1, "unread": 2, "mine": 1, "resolved": 1, "all": 2}


def test_a_founder_editing_the_record_sees_its_threads(
    sample_plan: Plan, thread: Thread, field: Place, as_: Any
) -> None:
    row = reverse("plans:row", args=[sample_plan.uid, SECTION, TABLE, field.row])
    for headers in ({}, HTMX):
        html = as_("owner").get(row, **headers).text
        assert f'id="thread-{thread.uid}"' in html and f'href="#id_{FIELD}"' in html
    new = reverse("plans:new_row", args=[sample_plan.uid, SECTION, TABLE])
    assert "thread-panel" not in as_("owner").get(new).text


# --- Hidden, forged, gone -------------------------------------------------------------------------
def test_a_hidden_section_hides_its_threads_counts_and_places(
    sample_plan: Plan, thread: Thread, field: Place, as_: Any
) -> None:
    HiddenSection.objects.create(plan=sample_plan, section=SECTION, role=Role.MENTOR)
    client = as_("mentor")
    for page in (pages(sample_plan)[0], pages(sample_plan)[3]):
        assert "Who says so?" not in client.get(page).text
    assert client.get(url("list", sample_plan)).context["counts"]["open"] == 0
    assert client.get(url("section", sample_plan, SECTION)).status_code == 404
    assert client.get(url("thread", sample_plan, thread.uid)).status_code == 404
    start = url("start", sample_plan, **at(field))
    refused = client.post(start, {"text": "Twenty minutes of thought"})
    assert refused.status_code == 404
    assert "Twenty minutes of thought" in refused.text and thread.label not in refused.text
    for name in ("reply", "resolve", "reopen", "assign"):
        assert client.post(url(name, sample_plan, thread.uid), {"text": "x"}).status_code == 404
    assert thread.comments.count() == 1


def test_founders_keep_their_own_from_mentors(
    sample_plan: Plan, field: Place, as_: Any, cast: Cast
) -> None:
    kept = services.start_thread(
        plan=sample_plan, place=field, text="Between us", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    for page in pages(sample_plan):
        assert "Between us" not in as_("mentor").get(page).text
    assert as_("mentor").get(url("thread", sample_plan, kept.uid)).status_code == 404
    refused = as_("mentor").post(url("reply", sample_plan, kept.uid), {"text": "I saw it"})
    assert refused.status_code == 404 and "I saw it" in refused.text
    assert as_("mentor").get(url("edit", sample_plan, kept.comments.get().uid)).status_code == 404
    assert "Between us" in as_("cofounder").get(url("section", sample_plan, SECTION)).text


def test_viewers_read_what_mentors_do_where_the_owner_says_so(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    client = as_("viewer")
    for page in (url("list", sample_plan), url("section", sample_plan, SECTION)):
        assert client.get(page).status_code == 404
    for page in pages(sample_plan)[2:]:
        html = client.get(page).text
        assert "/comments/" not in html and "Who says so?" not in html
    owner = as_("owner")
    boxes = {f"{s.name}.{r}": "on" for s in registry for r in Role if r != Role.OWNER}
    owner.post(
        reverse("plans:visibility", args=[sample_plan.uid]),
        {**boxes, "viewers_read_comments": "on"},
    )
    html = client.get(url("section", sample_plan, SECTION)).text
    assert "Who says so?" in html and "<form" not in html.partition("outline")[2]
    assert client.get(url("start", sample_plan)).status_code == 403
    refused = client.post(url("reply", sample_plan, thread.uid), {"text": "May I?"})
    assert refused.status_code == 403 and "May I?" in refused.text
    owner.post(reverse("plans:visibility", args=[sample_plan.uid]), boxes)
    assert client.get(url("list", sample_plan)).status_code == 404


FORGED = [
    {"section": "nowhere"},
    {"section": SECTION, "part": "nothing"},
    {"section": SECTION, "part": TABLE, "row": "of-nobody"},
    {"section": SECTION, "part": TABLE, "field": FIELD},
    {"section": SECTION, "part": SHEET, "field": "plan"},
    {"row": "x"},
    {"section": SECTION, "part": TABLE, "row": "%00"},
]


@pytest.mark.parametrize("place", FORGED, ids=str)
def test_a_forged_place_is_not_found_and_keeps_the_text(
    place: dict[str, str], sample_plan: Plan, as_: Any
) -> None:
    start = url("start", sample_plan, **place)
    assert as_("owner").get(start).status_code == 404
    refused = as_("owner").post(start, {"text": "My remark"})
    assert refused.status_code == 404 and "My remark" in refused.text
    assert not Thread.objects.exists()


def test_another_plans_row_and_thread_are_not_found(
    plan: Plan, thread: Thread, field: Place, as_: Any
) -> None:
    client = as_("owner")
    assert client.post(url("start", plan, **at(field)), {"text": "x"}).status_code == 404
    for name in ("reply", "resolve", "reopen", "assign"):
        response = client.post(url(name, plan, thread.uid), {"text": "x"})
        assert response.status_code == 404 and thread.label not in response.text
    assert client.get(url("thread", plan, thread.uid)).status_code == 404
    comment = thread.comments.get()
    assert client.post(url("edit", plan, comment.uid), {"text": "x"}).status_code == 404


def test_a_right_lost_in_the_middle_of_a_form_keeps_the_text(
    sample_plan: Plan, thread: Thread, field: Place, as_: Any, cast: Cast
) -> None:
    client = as_("mentor")
    mine = Membership.objects.filter(plan=sample_plan, user=cast["mentor"])
    mine.update(role=Role.VIEWER)
    for address in (
        url("start", sample_plan, **at(field)),
        url("reply", sample_plan, thread.uid),
        url("edit", sample_plan, thread.comments.get().uid),
    ):
        refused = client.post(address, {"text": "An hour of work"})
        assert refused.status_code == 403 and "An hour of work" in refused.text
    mine.delete()
    refused = client.post(url("reply", sample_plan, thread.uid), {"text": "An hour of work"})
    assert refused.status_code == 404 and "An hour of work" in refused.text
    assert sample_plan.title not in refused.text and thread.label not in refused.text
    assert thread.comments.get().text == "Who says so?"


def test_signed_out_meanwhile_one_comes_back_to_the_same_place(
    sample_plan: Plan, field: Place, as_: Any
) -> None:
    start = url("start", sample_plan, **at(field))
    sent = {"text": "Typed for long", "uid": "2" * 12, "notify": "7", "visibility": "everyone"}
    refused = as_("nobody").post(start, sent)
    assert refused.status_code == 401 and "Typed for long" in refused.text
    assert quote(start) in refused.text
    assert [entry["name"] for entry in refused.context["texts"]] == ["text"]


def test_a_deleted_row_stays_readable_with_its_last_text(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    section, part = registry.part(PATH)
    row = row_of(sample_plan)
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "The last word on it"})
    row.refresh_from_db()
    row.plan = sample_plan
    delete_row(section=section, part=part, row=row, by=cast["owner"])
    html = as_("mentor").get(url("section", sample_plan, SECTION)).text
    assert "Deleted row" in html and thread.label in html
    assert "The last word on it" in html and "When this was written it read:" in html
    reply = as_("mentor").post(url("reply", sample_plan, thread.uid), {"text": "A pity"})
    assert reply.status_code == 302 and thread.comments.count() == 2
    assert as_("owner").get(url("list", sample_plan)).status_code == 200


def test_what_the_place_held_then_stands_beside_what_it_holds_now(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    page = url("section", sample_plan, SECTION)
    said = "When this was written it read:"
    assert said not in as_("owner").get(page).text
    row = row_of(sample_plan)
    was = getattr(row, FIELD)
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "Another text"})
    html = as_("owner").get(page).text
    assert said in html and was[:60] in html and "Another text" in html


# --- Writing --------------------------------------------------------------------------------------
def test_a_thread_begins_without_htmx(
    sample_plan: Plan, field: Place, as_: Any, cast: Cast
) -> None:
    client = as_("mentor")
    start = url("start", sample_plan, **at(field))
    html = client.get(start).text
    assert 'name="visibility"' not in html and "@" in html
    sent = {"text": "Why? @Carl", "visibility": "founders", "notify": [cast["owner"].pk]}
    response = client.post(start, sent)
    made = Thread.objects.get()
    there = url("section", sample_plan, SECTION, thread=made.uid)
    assert response["Location"] == f"{there}#thread-{made.uid}"
    assert (made.place, made.visibility) == (field, Visibility.EVERYONE)
    kinds = dict(Notice.objects.values_list("recipient__name", "kind"))
    assert kinds == {"Olivia": "comment_mention", "Carl": "comment_mention"}


def test_a_thread_begins_with_htmx_and_leaves_room_for_the_next(
    sample_plan: Plan, field: Place, as_: Any
) -> None:
    start = url("start", sample_plan, **at(field))
    form = as_("owner").get(start, **HTMX).text
    refused = as_("owner").post(start, {"text": ""}, **HTMX).text
    for slot in (form, refused):  # a refusal leaves room for the next try
        assert f'<div class="thread-slot" id="new-{SECTION}' in slot
    assert "<html" not in form and f'hx-target="#new-{SECTION}-{TABLE}-{field.row}-{FIELD}"' in form
    html = (
        as_("owner")
        .post(start, {"text": "<b>x</b> https://example.com", "visibility": "founders"}, **HTMX)
        .text
    )
    made = Thread.objects.get()
    assert made.visibility == Visibility.FOUNDERS
    assert f'id="thread-{made.uid}"' in html and f'id="new-{SECTION}' in html
    assert "&lt;b&gt;x" in html and 'href="https://example.com"' in html
    assert as_("owner").get(f"{start}&cancel=1", **HTMX).text.count("<div") == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"text": "x" * 5001}, {"text": "A remark", "notify": "999999"},
              {"text": "nul \x00 remark"}]
)  # fmt: skip
def test_what_is_refused_keeps_its_text(
    wrong: dict[str, str], headers: dict[str, str], sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    text = wrong["text"].strip()[:60].replace("\x00", "")[:4]
    for address in (url("start", sample_plan), url("reply", sample_plan, thread.uid)):
        response = as_("mentor").post(address, wrong, **headers)
        assert response.status_code == 422 and text in response.text
        assert "invalid-feedback" in response.text
    assert Comment.objects.count() == 1


def test_a_mentor_cannot_be_told_of_what_founders_keep(
    sample_plan: Plan, as_: Any, cast: Cast
) -> None:
    sent = {"text": "Us", "visibility": "founders", "notify": [cast["mentor"].pk]}
    response = as_("owner").post(url("start", sample_plan), sent)
    assert response.status_code == 422 and not Thread.objects.exists()
    sent["notify"] = [cast["cofounder"].pk]
    assert as_("owner").post(url("start", sample_plan), sent).status_code == 302


def test_answering_resolving_reopening_assigning(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    mentor, owner = as_("mentor"), as_("owner")
    html = owner.post(url("reply", sample_plan, thread.uid), {"text": "Here it is"}, **HTMX).text
    assert html.lstrip().startswith("<article") and "Here it is" in html
    assert owner.post(url("resolve", sample_plan, thread.uid)).status_code == 302
    thread.refresh_from_db()
    assert thread.resolved_by == cast["owner"]
    assert "Resolved" in mentor.get(url("section", sample_plan, SECTION)).text
    mentor.post(url("reopen", sample_plan, thread.uid), **HTMX)
    thread.refresh_from_db()
    assert not thread.resolved
    assign = url("assign", sample_plan, thread.uid)
    owner.post(assign, {"assignee": cast["mentor"].pk})
    thread.refresh_from_db()
    assert thread.assignee == cast["mentor"]
    for wrong in (cast["viewer"].pk, cast["stranger"].pk, "x"):
        assert owner.post(assign, {"assignee": wrong}).status_code == 422
    owner.post(assign, {"assignee": ""})
    thread.refresh_from_db()
    assert thread.assignee is None


def test_only_who_wrote_a_comment_changes_it(sample_plan: Plan, thread: Thread, as_: Any) -> None:
    edit = url("edit", sample_plan, thread.comments.get().uid)
    assert as_("owner").get(edit).status_code == 403
    refused = as_("owner").post(edit, {"text": "Words in her mouth"})
    assert refused.status_code == 403 and "Words in her mouth" in refused.text
    assert "Who says so?" in as_("mentor").get(edit).text
    assert as_("mentor").post(edit, {"text": ""}).status_code == 422
    assert as_("mentor").post(edit, {"text": "Which source?"}).status_code == 302
    html = as_("owner").get(url("section", sample_plan, SECTION)).text
    assert "Which source?" in html and "Who says so?" in html  # its history
    assert "Which source?" in as_("mentor").get(f"{edit}?cancel=1", **HTMX).text


def test_posted_twice_it_is_written_once(sample_plan: Plan, thread: Thread, as_: Any) -> None:
    for _time in range(2):
        for address in (url("start", sample_plan), url("reply", sample_plan, thread.uid)):
            uid = "2" * 12 if "start" in address else "3" * 12
            assert as_("owner").post(
                address, {"text": "x", "uid": uid, "visibility": "everyone"}
            ).status_code == 302  # fmt: skip
    assert Comment.objects.count() == 3
    response = as_("owner").post(url("reply", sample_plan, thread.uid), {"text": "y", "uid": "?"})
    assert response.status_code == 302


def test_an_archived_plan_is_read_only(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    set_archived(plan=sample_plan, archived=True, by=cast["owner"])
    html = as_("mentor").get(url("section", sample_plan, SECTION)).text
    assert "Who says so?" in html and "/start/" not in html and "/reply/" not in html
    assert as_("mentor").post(url("resolve", sample_plan, thread.uid)).status_code == 403


def test_deleted_accounts_and_guests_are_shown_as_such(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    services.reply(thread=thread, text="From outside", guest_name="Gu Wen")
    delete_account(user=cast["mentor"])
    html = as_("owner").get(url("section", sample_plan, SECTION)).text
    assert "deleted account" in html and "Gu Wen (guest)" in html and "Mei" not in html


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_pages_take_as_many_queries_for_any_number_of_threads(
    sample_plan: Plan, field: Place, as_: Any, cast: Cast
) -> None:
    row = reverse("plans:row", args=[sample_plan.uid, SECTION, TABLE, field.row])
    owner, counted = as_("owner"), []
    for more in (5, 45):
        for number in range(more):
            made = services.start_thread(
                plan=sample_plan, place=field, text=f"Remark {number}", by=cast["mentor"]
            )
            services.reply(thread=made, text="Answer", by=cast["cofounder"])
        counted.append({page: queries(owner, page) for page in (*pages(sample_plan), row)})
    few, many = counted
    # The checks are counted when the plan is first looked at.
    assert all(many[page] <= few[page] for page in few), counted
    assert max(many.values()) < 60


def test_a_part_or_field_that_a_release_dropped_leaves_its_threads_readable(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    threads_of = Thread.objects.filter(pk=thread.pk)
    for name in ("field", "part"):
        threads_of.update(**{name: "dropped"})
        for page in pages(sample_plan)[:3]:
            assert "Who says so?" in as_("owner").get(page).text
    threads_of.update(section="dropped")
    assert "Who says so?" in as_("owner").get(url("list", sample_plan)).text
    assert as_("owner").get(url("thread", sample_plan, thread.uid)).status_code == 302
