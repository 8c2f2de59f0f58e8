"""Writing comments, with and without htmx."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.comments.models import Comment, Thread, Visibility
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.lifecycle import set_archived
from apps.plans.models import Plan
from tests.comments.conftest import FIELD, SECTION, TABLE
from tests.comments.urls import at, url

Cast = dict[str, User]
HTMX = {"HTTP_HX_REQUEST": "true"}


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


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_name_that_calls_nobody_is_told(
    headers: dict[str, str], sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    client, sent = as_("mentor"), {"text": "@Zoe and @Carl, look", "visibility": "everyone"}
    for address in (
        url("start", sample_plan),
        url("reply", sample_plan, thread.uid),
        url("edit", sample_plan, thread.comments.first().uid),
    ):
        html = client.post(address, sent, follow=not headers, **headers).text
        assert "@Zoe: nobody who reads this" in html and "@Carl:" not in html, address
    assert Notice.objects.filter(recipient=cast["cofounder"], kind="comment_mention").exists()
    fine = client.post(url("start", sample_plan), {"text": "@Carl?"}, follow=not headers, **headers)
    assert "nobody who reads this" not in fine.text
