"""The owner's pages: making, extending and closing links, and the receipts."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.plans import lifecycle
from apps.plans.models import Activity, Plan, Verb
from apps.plans.people import hash_token
from apps.sharing import visits
from apps.sharing.models import Opening, ShareLink, State
from apps.sharing.services import Made
from apps.versions.models import Reason
from apps.versions.services import take_version
from tests.sharing.conftest import EVERY, PASSCODE, at, enter

FORM = {
    "recipient": "Anna Berg", "shows": "chapters", "version": "", "sections": ["market", "team"],
    "allows": "comment", "may_download": "on", "days": "14", "password": PASSCODE,
    "language": "zh-hans", "uid": "abcdefghjkmn",
}  # fmt: skip


def owners(name: str, plan: Plan, *args: Any) -> str:
    return reverse(f"sharing:{name}", args=[plan.uid, *args])


def made_by_form(client: Client, plan: Plan, **changes: Any) -> Any:
    return client.post(owners("create", plan), {**FORM, **changes})


def test_the_address_is_shown_once(sample_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    response = made_by_form(client, sample_plan)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    token = response.context["address"].rstrip("/").rpartition("/")[2]
    link = ShareLink.objects.get()
    assert link.token_hash == hash_token(token) and len(token) >= 43
    assert (link.sections, link.language) == (["market", "team"], "zh-hans")
    assert link.may_comment and link.may_download and link.passcode_hash
    assert timedelta(days=13, hours=23) < link.expires_at - timezone.now() < timedelta(days=14)
    for url in (owners("list", sample_plan), owners("link", sample_plan, link.uid)):
        html = client.get(url).text
        assert "Anna Berg" in html
        assert token not in html and PASSCODE not in html
    assert token not in str(dict(client.session))
    assert token not in str(list(Activity.objects.values()))
    assert Client().get(f"/shared/{token}/").status_code == 302


def test_nothing_is_shared_that_was_not_chosen(sample_plan: Plan, as_: Any) -> None:
    form = as_("owner").get(owners("create", sample_plan)).context["form"]
    assert not form["sections"].value()
    response = made_by_form(as_("owner"), sample_plan, sections=[])
    assert "Choose at least one section for the link to show." in response.text


def test_the_sender_is_named_as_chosen(sample_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    assert client.get(owners("create", sample_plan)).context["form"]["sender"].value() == "Olivia"
    made_by_form(client, sample_plan, sender=" Olivia\n\u202eBerg ", password="", language="en")
    link = ShareLink.objects.get()
    assert link.sender == "Olivia Berg"
    assert "Olivia Berg" in client.get(owners("link", sample_plan, link.uid)).text


def test_a_form_sent_twice_makes_one_link(sample_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    made_by_form(client, sample_plan)
    again = made_by_form(client, sample_plan)
    assert again.status_code == 302
    assert ShareLink.objects.count() == 1


def test_a_link_can_be_made_for_the_summary_alone(sample_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    asked = client.get(owners("create", sample_plan) + "?shows=summary")
    assert asked.context["form"]["shows"].value() == "summary"
    for unknown in ("", "?shows=everything"):
        asked = client.get(owners("create", sample_plan) + unknown)
        assert asked.context["form"]["shows"].value() == "chapters"
    made_by_form(client, sample_plan, shows="summary")
    made_by_form(client, sample_plan, recipient="Reads all", uid="nmkjhgfedcba")
    alone, all_of_it = ShareLink.objects.order_by("pk")
    assert (alone.summary_only, all_of_it.summary_only) == (True, False)
    assert client.get(owners("list", sample_plan)).text.count("summary only, of 2 sections") == 1
    for link, shows in ((alone, "no chapter"), (all_of_it, "chosen chapters")):
        assert shows in client.get(owners("link", sample_plan, link.uid)).text


def test_a_named_version_can_be_shown(sample_plan: Plan, as_: Any, owner: User) -> None:
    take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL, label="For the round")
    assert "For the round" in as_("owner").get(owners("create", sample_plan)).text
    made_by_form(as_("owner"), sample_plan, version="1")
    assert ShareLink.objects.get().version.number == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": ""}, {"recipient": " \u202e "}, {"recipient": "x" * 121},
        {"recipient": "a\x00b"}, {"sections": []}, {"sections": ["secrets"]}, {"version": "7"},
        {"version": "9" * 30}, {"version": "x"}, {"days": "15"}, {"days": "-1"}, {"days": ""},
        {"password": "12345"}, {"password": "x" * 61}, {"allows": "own"}, {"language": "fr"},
        {"shows": ""}, {"shows": "all"}, {"sender": "x" * 121}, {"sender": "a\x00b"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(
    wrong: dict[str, Any], sample_plan: Plan, as_: Any
) -> None:
    response = made_by_form(as_("owner"), sample_plan, **wrong)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not ShareLink.objects.exists()


def test_another_plans_version_cannot_be_shown(
    sample_plan: Plan, plan: Plan, as_: Any, owner: User
) -> None:
    take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    assert made_by_form(as_("owner"), sample_plan, version="1").status_code == 422


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{ 7*7 }}", "字" * 120, "a\nb"])
def test_a_name_is_shown_as_text(hostile: str, sample_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    html = made_by_form(client, sample_plan, recipient=hostile).text
    html += client.get(owners("list", sample_plan)).text
    assert "<script>alert" not in html and ">49<" not in html
    assert ShareLink.objects.get().recipient == hostile.replace("\n", " ")


def test_another_owner_cannot_reach_a_link_by_their_own_plan(
    made: Made, plan: Plan, as_: Any
) -> None:
    for name in ("link", "extend", "revoke"):
        url = owners(name, plan, made.link.uid)
        assert as_("owner").generic("GET" if name == "link" else "POST", url).status_code == 404
    assert ShareLink.objects.get().state == State.OPEN


def test_closing_and_extending(made: Made, sample_plan: Plan, as_: Any) -> None:
    client, link = as_("owner"), made.link
    past = timezone.now() - timedelta(days=1)
    ShareLink.objects.filter(pk=link.pk).update(
        created_at=past - timedelta(days=14), expires_at=past
    )
    assert "Expired" in client.get(owners("list", sample_plan)).text
    client.post(owners("extend", sample_plan, link.uid), {"days": "7"})
    link.refresh_from_db()
    assert link.state == State.OPEN
    assert Client().get(reverse("shared:enter", args=[made.token])).status_code == 302
    client.post(owners("extend", sample_plan, link.uid), {"days": "9999"})
    assert ShareLink.objects.get().expires_at == link.expires_at

    client.post(owners("revoke", sample_plan, link.uid))
    closed = ShareLink.objects.get()
    assert closed.state == State.REVOKED
    client.post(owners("revoke", sample_plan, link.uid))
    client.post(owners("extend", sample_plan, link.uid), {"days": "7"})
    assert ShareLink.objects.get().state == State.REVOKED
    assert ShareLink.objects.get().revoked_at == closed.revoked_at
    verbs = list(sample_plan.activity.order_by("pk").values_list("verb", flat=True))
    assert verbs.count(Verb.UNSHARED) == 1 and verbs.count(Verb.SHARED) == 2


def test_an_archived_plan_says_that_its_links_are_closed(
    made: Made, sample_plan: Plan, as_: Any, owner: User
) -> None:
    lifecycle.set_archived(plan=sample_plan, archived=True, by=owner)
    html = as_("owner").get(owners("list", sample_plan)).text
    assert "its links show nothing until you take it out" in html


def test_the_way_to_the_links(sample_plan: Plan, as_: Any) -> None:
    url = owners("list", sample_plan)
    assert as_("owner").get(reverse("plans:page", args=[sample_plan.uid])).text.count(url) == 1
    for who, leads in (("owner", True), ("cofounder", False), ("mentor", False)):
        page = as_(who).get(reverse("plans:people", args=[sample_plan.uid])).text
        assert (f'href="{url}"' in page) is leads, who


# --- Receipts -------------------------------------------------------------------------------------
def test_a_visit_is_one_opening_with_its_pages(made: Made, sample_plan: Plan, as_: Any) -> None:
    client = enter(made)
    for url in (at("page", made.link), at("section", made.link, "market"), at("page", made.link)):
        client.get(url)
    client.head(at("page", made.link))
    client.get(at("page", made.link), headers={"Sec-Purpose": "prefetch"})
    client.get(at("section", made.link, "market") + "nothing/")
    enter(made, client).get(at("page", made.link))
    opening = Opening.objects.get()
    assert (opening.pages, opening.downloads) == (4, 0)
    enter(made).get(at("page", made.link))
    assert made.link.openings.count() == 2
    logged = sample_plan.activity.filter(verb=Verb.OPENED)
    assert [(one.by, one.label) for one in logged] == [(None, "Northern Ventures")] * 2
    listed = as_("owner").get(owners("list", sample_plan))
    assert [(one.opens, one.pages) for one in listed.context["page_obj"]] == [(2, 5)]
    assert as_("owner").get(owners("link", sample_plan, made.link.uid)).status_code == 200


@pytest.mark.parametrize("who", ["owner", "mentor"])
def test_people_on_the_plan_are_not_counted(who: str, made: Made, as_: Any) -> None:
    enter(made, as_(who)).get(at("page", made.link))
    assert not Opening.objects.exists()


def test_a_stranger_with_an_account_is_counted(made: Made, as_: Any) -> None:
    enter(made, as_("stranger")).get(at("page", made.link))
    assert Opening.objects.count() == 1


def test_a_page_opens_also_when_it_cannot_be_noted(made: Made, monkeypatch: Any) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(visits, "_count", fail)
    assert enter(made).get(at("page", made.link)).status_code == 200


def test_the_same_queries_for_any_number_of_links_and_receipts(
    make: Any, sample_plan: Plan, as_: Any
) -> None:
    client, counts = as_("owner"), []
    for more in (1, 9):
        for number in range(more):
            made = make(recipient=f"Firm {number}", sections=EVERY)
            for _visit in range(more):
                Opening.objects.create(link=made.link, visit=secrets.token_hex(16), pages=2)
        for url in (owners("list", sample_plan), owners("link", sample_plan, made.link.uid)):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
