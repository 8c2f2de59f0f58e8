"""The one list of people: members and invitations, each with its state; and what it lets one do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.plans import people
from apps.plans.models import Invitation, Membership, Plan, Role
from apps.plans.roster import Standing, roster
from tests.conftest import make_person
from tests.plans.pages import text_of, url


def listed(plan: Plan) -> list[tuple[str, Standing]]:
    members = plan.memberships.select_related("user").order_by("created_at", "pk")
    return [(row.name, row.standing) for row in roster(members, plan.invitations.all())]


def invite(plan: Plan, owner: Any, email: str) -> Invitation:
    added = people.add_person(plan=plan, email=email, role=Role.MENTOR, by=owner)
    assert added.invitation
    return added.invitation


def test_members_come_first_then_invitations_newest_first(plan: Plan, owner: Any) -> None:
    for email in ("a@example.org", "b@example.org", "c@example.org", "d@example.org"):
        invite(plan, owner, email)
    now = timezone.now()
    of = Invitation.objects.filter
    of(email="b@example.org").update(expires_at=now - timedelta(days=1))
    of(email="c@example.org").update(revoked_at=now)
    of(email="d@example.org").update(accepted_at=now)
    assert listed(plan) == [
        ("Olivia", Standing.MEMBER), ("Carl", Standing.MEMBER), ("Mei", Standing.MEMBER),
        ("Victor", Standing.MEMBER), ("d@example.org", Standing.ACCEPTED),
        ("c@example.org", Standing.REVOKED), ("b@example.org", Standing.EXPIRED),
        ("a@example.org", Standing.PENDING),
    ]  # fmt: skip


def test_an_address_stands_there_once_with_its_newest_invitation(plan: Plan, owner: Any) -> None:
    invite(plan, owner, "a@example.org")
    invite(plan, owner, "a@example.org")
    assert plan.invitations.count() == 2
    assert listed(plan)[4:] == [("a@example.org", Standing.PENDING)]


def test_who_accepted_is_one_line_that_names_the_inviter(plan: Plan, owner: Any, as_: Any) -> None:
    added = people.add_person(plan=plan, email="gast@example.com", role=Role.VIEWER, by=owner)
    guest = make_person("Gast")
    people.accept_invitation(invitation=added.invitation, user=guest)
    assert ("Gast", Standing.MEMBER) in listed(plan)
    assert not [row for row in listed(plan) if row[0] == "gast@example.com"]
    assert "invited by Olivia" in text_of(as_("owner").get(url("people", plan)))


def test_the_page_offers_what_the_state_allows(plan: Plan, owner: Any, as_: Any) -> None:
    pending = invite(plan, owner, "a@example.org")
    gone = invite(plan, owner, "b@example.org")
    people.revoke_invitation(invitation=gone, by=owner)
    page = as_("owner").get(url("people", plan))
    text, html = text_of(page), page.content.decode()
    assert "Invited" in text and "Invitation withdrawn" in text
    assert url("resend", plan, "", pending.uid) in html
    assert url("revoke", plan, "", pending.uid) in html
    assert url("resend", plan, "", gone.uid) not in html
    assert url("leave", plan) not in html  # the owner cannot


@pytest.mark.parametrize("who", ["cofounder", "mentor", "viewer"])
def test_everybody_else_sees_members_and_may_leave(
    who: str, plan: Plan, owner: Any, as_: Any
) -> None:
    invite(plan, owner, "a@example.org")
    page = as_(who).get(url("people", plan))
    html = page.content.decode()
    assert "a@example.org" not in html and "Send again" not in text_of(page)
    assert html.count(f'href="{url("leave", plan)}"') == 1
    assert "Remove" not in text_of(page)
    assert text_of(page).count("(you)") == 1


def test_the_page_costs_the_same_queries_for_any_number_of_people(
    plan: Plan, owner: Any, as_: Any
) -> None:
    client, counts = as_("owner"), []
    for number in (2, 12):
        for index in range(plan.invitations.count(), number):
            invite(plan, owner, f"guest{index}@example.org")
            member = make_person(f"Member{number}x{index}")
            Membership.objects.create(plan=plan, user=member, role=Role.VIEWER)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("people", plan))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- A role that ends in the middle of a form -----------------------------------------------------
TYPED = {"name": "Two hours of typing", "revision": "0"}


def test_a_role_changed_while_writing_gives_the_text_back(plan: Plan, owner: Any, as_: Any) -> None:
    client = as_("cofounder")
    form = url("new_row", plan, "market.segment")
    assert client.get(form).status_code == 200
    member = plan.memberships.get(role=Role.COFOUNDER)
    people.change_role(membership=member, role=Role.VIEWER, by=owner)
    answer = client.post(form, TYPED)
    assert answer.status_code == 403
    assert "Two hours of typing" in text_of(answer)
    assert "Your role on this plan does not allow this." in text_of(answer)


@pytest.mark.parametrize("why", ["removed", "hidden"])
def test_who_is_taken_off_while_writing_gets_the_text_and_nothing_else(
    why: str, plan: Plan, owner: Any, as_: Any, hide: Any
) -> None:
    client = as_("cofounder")
    if why == "removed":
        people.remove_member(membership=plan.memberships.get(role=Role.COFOUNDER), by=owner)
    else:
        hide(plan, "market", "cofounder")
    answer = client.post(url("new_row", plan, "market.segment"), TYPED)
    assert answer.status_code == 404
    assert "Two hours of typing" in text_of(answer) and plan.title not in text_of(answer)
    assert "not open to you any more" in text_of(answer)
    stranger = as_("stranger").post(url("new_row", plan, "market.segment"), TYPED)
    nowhere = as_("stranger").post("/plans/nosuchplan/market/segment/new/", TYPED)
    assert stranger.status_code == nowhere.status_code == 404
    assert text_of(stranger) == text_of(nowhere)
    assert Client().post(url("new_row", plan, "market.segment"), TYPED).status_code == 401
