"""The pages on which threads are read: at their places, in the list, by link."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.services import delete_account
from apps.comments import services, threads
from apps.comments.models import Thread
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.plans.sections import registry
from tests.comments.conftest import FIELD, SECTION, TABLE, access_of
from tests.comments.urls import pages, url

Cast = dict[str, User]
HTMX = {"HTTP_HX_REQUEST": "true"}


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


def test_deleted_accounts_and_guests_are_shown_as_such(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    services.reply(thread=thread, text="From outside", guest_name="Gu Wen")
    delete_account(user=cast["mentor"])
    html = as_("owner").get(url("section", sample_plan, SECTION)).text
    assert "deleted account" in html and "Gu Wen (guest)" in html and "Mei" not in html
