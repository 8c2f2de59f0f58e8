"""What becomes of an invitation before it is accepted: a mail that failed, another role, withdrawn;
and who reads the addresses of people."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.plans import people
from apps.plans.access import YOU_MAY
from apps.plans.models import Invitation, Plan, Role, Verb
from apps.plans.services import log
from tests.plans.pages import text_of, url
from tests.plans.test_invitations import GUEST, BrokenMail, invite, link_in

BROKEN = f"{BrokenMail.__module__}.{BrokenMail.__name__}"
UNDELIVERED = "Mail could not be delivered"


def new_role(client: Client, plan: Plan, role: str) -> Any:
    invitation = Invitation.objects.get()
    return client.post(url("invited_role", plan, "", invitation.uid), {"role": role}, follow=True)


# --- A mail that failed ---------------------------------------------------------------------------
def test_a_mail_that_failed_is_marked_until_one_goes_out(
    plan: Plan, as_: Any, settings: Any
) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    client = as_("owner")
    invite(client, plan)
    assert UNDELIVERED in text_of(client.get(url("people", plan)))
    resend = url("resend", plan, "", Invitation.objects.get().uid)
    assert UNDELIVERED in text_of(client.post(resend, follow=True))
    settings.EMAIL_BACKEND = working
    assert UNDELIVERED not in text_of(client.post(resend, follow=True))
    assert Invitation.objects.get().mail_failed_at is None
    settings.EMAIL_BACKEND = BROKEN
    client.post(resend)
    assert UNDELIVERED in text_of(client.get(url("people", plan)))


def test_a_member_whose_mail_failed_is_to_be_told_by_the_owner(
    plan: Plan, as_: Any, cast: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = BROKEN
    text = text_of(invite(as_("owner"), plan, "simon@example.com"))
    assert "the mail that says so could not be sent" in text
    assert f"http://testserver{url('page', plan)}" in text


# --- Another role ---------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_role_of_an_invitation_is_changed_and_told(
    language: str, plan: Plan, as_: Any, owner: User, mailoutbox: Any
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    invite(as_("owner"), plan)
    link = link_in(mailoutbox.pop().body)
    new_role(as_("owner"), plan, Role.COFOUNDER)
    (mail,) = mailoutbox
    assert mail.to == [GUEST]
    with translation.override(language):
        words = [str(Role.COFOUNDER.label), str(YOU_MAY[Role.COFOUNDER])]
    for text in (mail.body, mail.alternatives[0][0]):
        assert all(word in text for word in words) and "Olivia" in text
    told = plan.activity.filter(verb=Verb.INVITED).latest("pk")
    assert (told.label, told.changes) == (GUEST, {"role": ["mentor", "cofounder"]})
    assert as_("stranger").post(link).url == url("page", plan)
    assert plan.memberships.get(user__name="Simon").role == Role.COFOUNDER


def test_the_activity_says_what_became_of_the_role(plan: Plan, as_: Any) -> None:
    invite(as_("owner"), plan)
    assert f"{GUEST} is invited as Viewer now." in text_of(new_role(as_("owner"), plan, "viewer"))
    text = text_of(as_("owner").get(url("activity", plan)))
    assert f"changed the role in the invitation of {GUEST}" in text and "Mentor → Viewer" in text
    assert GUEST not in text_of(as_("mentor").get(url("activity", plan)))


def test_the_same_role_again_tells_nobody(plan: Plan, as_: Any, mailoutbox: Any) -> None:
    invite(as_("owner"), plan)
    assert "Nothing changed" in text_of(new_role(as_("owner"), plan, Role.MENTOR))
    assert len(mailoutbox) == 1
    assert plan.activity.filter(verb=Verb.INVITED).count() == 1


@pytest.mark.parametrize("role", ["owner", "king", ""])
def test_an_invitation_is_given_no_other_role(role: str, plan: Plan, as_: Any) -> None:
    invite(as_("owner"), plan)
    assert "Choose one of the roles." in text_of(new_role(as_("owner"), plan, role))
    assert Invitation.objects.get().role == Role.MENTOR


@pytest.mark.parametrize("why", ["never delivered", "expired"])
def test_who_has_no_link_is_not_mailed_of_a_role(
    why: str, plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    invite(as_("owner"), plan)
    mailoutbox.clear()
    now = timezone.now()
    gone = {"expires_at": now - timedelta(1)} if why == "expired" else {"mail_failed_at": now}
    Invitation.objects.update(**gone)
    text = text_of(new_role(as_("owner"), plan, Role.VIEWER))
    assert "Send the invitation again to tell them." in text
    assert Invitation.objects.get().role == Role.VIEWER and not mailoutbox


def test_who_joins_meanwhile_gets_the_new_role(plan: Plan, cast: Any, owner: User) -> None:
    added = people.add_person(plan=plan, email=GUEST, role=Role.MENTOR, by=owner)
    shown = Invitation.objects.get()  # as the page of the link read it
    people.change_invited_role(invitation=added.invitation, role=Role.VIEWER, by=owner)
    membership = people.accept_invitation(invitation=shown, user=cast["stranger"])
    assert membership.role == Role.VIEWER
    assert not people.change_invited_role(invitation=shown, role=Role.MENTOR, by=owner)


def test_a_member_given_the_role_they_have_is_not_told_of(plan: Plan, as_: Any) -> None:
    member = plan.memberships.get(role=Role.MENTOR)
    page = as_("owner").post(
        url("member", plan, "", member.pk), {"role": Role.MENTOR}, follow=True
    )  # fmt: skip
    assert "Nothing changed: Mei has this role already." in text_of(page)
    assert "is changed" not in text_of(page)
    assert not plan.activity.filter(verb=Verb.ROLE_CHANGED).exists()


# --- Withdrawn ------------------------------------------------------------------------------------
def test_withdrawing_is_asked_about_first(plan: Plan, as_: Any) -> None:
    invite(as_("owner"), plan)
    invitation = Invitation.objects.get()
    address = url("revoke", plan, "", invitation.uid)
    page = as_("owner").get(address)
    assert f"Withdraw the invitation of {GUEST}?" in text_of(page)
    invitation.refresh_from_db()
    assert invitation.state == "pending"
    as_("owner").post(address)
    assert as_("owner").get(address).status_code == 404


def test_what_is_over_is_folded_away(plan: Plan, as_: Any, owner: User) -> None:
    for name in ("pending", "expired", "revoked", "accepted"):
        people.add_person(plan=plan, email=f"{name}@example.org", role=Role.MENTOR, by=owner)
    now, of = timezone.now(), Invitation.objects.filter
    of(email="expired@example.org").update(expires_at=now - timedelta(1))
    of(email="revoked@example.org").update(revoked_at=now)
    of(email="accepted@example.org").update(accepted_at=now)
    page = as_("owner").get(url("people", plan))
    assert [row.email for row in page.context["roster"][4:]] == ["pending@example.org"]
    earlier = [row.email for row in page.context["earlier"]]
    assert earlier == [f"{name}@example.org" for name in ("accepted", "revoked", "expired")]
    assert "Earlier invitations: 3" in text_of(page)
    expired = Invitation.objects.get(email="expired@example.org")
    assert url("resend", plan, "", expired.uid) in page.text
    assert "Earlier invitations" not in text_of(as_("mentor").get(url("people", plan)))


# --- Addresses ------------------------------------------------------------------------------------
PAGES = ["page", "people", "activity"]


@pytest.mark.parametrize("who", ["owner", "cofounder", "mentor", "viewer"])
def test_addresses_are_for_founders(who: str, plan: Plan, as_: Any, cast: Any) -> None:
    cast["cofounder"].name = ""
    cast["cofounder"].save()
    names = ["Mei", GUEST]
    log(
        plan=plan, by=cast["cofounder"], verb=Verb.ASKED_REVIEW,
        facts={"people": names, "version": 1},
    )  # fmt: skip
    client, founder = as_(who), who in {"owner", "cofounder"}
    others = {user.email for user in cast.values()} - {cast[who].email}
    found = "".join(client.get(url(name, plan)).text for name in PAGES)
    assert any(email in found for email in others) is founder
    if who == "viewer":
        return
    assert (GUEST in found) is founder
    response = client.get(url("activity_csv", plan))
    text = b"".join(response).decode("utf-8-sig")
    assert "carl" in [row[1] for row in csv.reader(io.StringIO(text))]
    assert not any(email in text for email in others)


def test_the_documents_of_a_plan_name_no_address(sample_plan: Plan, as_: Any, cast: Any) -> None:
    document = as_("viewer").get(reverse("transfer:document", args=[sample_plan.uid]))
    body = b"".join(document) if document.streaming else document.content
    assert len(body) > 1000
    assert not any(user.email.encode() in body for user in cast.values())
