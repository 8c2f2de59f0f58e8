"""Invitations: a link by mail that works once, for two weeks, and gives nothing away after that."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.core.money import day
from apps.plans.access import YOU_MAY
from apps.plans.models import Invitation, Plan, Role, Verb
from apps.plans.people import LIFETIME
from tests.plans.pages import text_of, url

GUEST = "guest@example.org"


def invite(client: Client, plan: Plan, email: str = GUEST, role: str = Role.MENTOR) -> Any:
    return client.post(url("people", plan), {"email": email, "role": role}, follow=True)


def link_in(text: str) -> str:
    """The path of the invitation link in a mail or a page."""
    return re.search(r"http://testserver(/plans/invitations/[\w-]{43}/)", text).group(1)


@pytest.fixture
def link(plan: Plan, as_: Any, mailoutbox: Any) -> str:
    invite(as_("owner"), plan)
    return link_in(mailoutbox[0].body)


def test_an_unknown_address_gets_a_mail_that_names_the_inviter(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    response = invite(as_("owner"), plan)
    (mail,) = mailoutbox
    assert mail.to == [GUEST]
    assert mail.subject == "Olivia invites you to the plan “Blank plan”"
    assert "Olivia (olivia@example.com)" in mail.body
    invitation = Invitation.objects.get()
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    for text in (mail.body, html):
        assert "invites you to the venture plan “Blank plan” as Mentor." in text
        assert str(YOU_MAY[Role.MENTOR]) in text
        assert f"works once, until {day(invitation.expires_at)}" in text
        assert "This invitation is for guest@example.org." in text
        assert "leave the plan" not in text
    assert link_in(mail.body) == link_in(html) == link_in(text_of(response))


def test_a_known_person_is_told_that_they_are_on_the_plan_and_how_to_leave(
    plan: Plan, as_: Any, cast: Any, mailoutbox: Any
) -> None:
    invite(as_("owner"), plan, email="simon@example.com", role=Role.VIEWER)
    (mail,) = mailoutbox
    assert mail.subject == "Olivia added you to the plan “Blank plan”"
    for text in (mail.body, mail.alternatives[0][0]):
        assert "added you to the venture plan “Blank plan” as Viewer." in text
        assert str(YOU_MAY[Role.VIEWER]) in text
        assert f"http://testserver{url('page', plan)}" in text
        assert "You can leave the plan at any time" in text
        assert "invites you" not in text and "works once" not in text


def test_a_known_person_is_told_in_their_own_language(
    plan: Plan, as_: Any, cast: Any, mailoutbox: Any
) -> None:
    User.objects.filter(pk=cast["stranger"].pk).update(language="zh-hans")
    invite(as_("owner"), plan, email="simon@example.com")
    (mail,) = mailoutbox
    with translation.override("zh-hans"):
        role, meaning = str(Role.MENTOR.label), str(YOU_MAY[Role.MENTOR])
    assert "Olivia" in mail.subject and "邀请" not in mail.subject + mail.body
    assert role in mail.body and meaning in mail.body


def test_the_mail_is_in_the_language_of_the_inviter(
    plan: Plan, as_: Any, owner: Any, mailoutbox: Any
) -> None:
    User.objects.filter(pk=owner.pk).update(language="zh-hans")
    invite(as_("owner"), plan)
    assert "邀请" in mailoutbox[0].body and "邀请" in mailoutbox[0].subject
    assert Invitation.objects.get().language == "zh-hans"


def test_a_title_with_a_line_break_cannot_add_a_header(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    Plan.objects.filter(pk=plan.pk).update(title="Plan\nBcc: all@example.com <b>&")
    invite(as_("owner"), plan)
    (mail,) = mailoutbox
    assert "\n" not in mail.subject and mail.bcc == []
    assert "&amp;" in mail.alternatives[0][0] and "<b>" not in mail.alternatives[0][0]
    assert "<b>&" in mail.body


def test_an_account_that_has_not_confirmed_its_address_is_invited(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    User.objects.create_user(GUEST, "a long password", name="Anybody")
    invite(as_("owner"), plan)
    assert not plan.memberships.filter(user__email=GUEST).exists()
    assert link_in(mailoutbox[0].body)


def test_the_token_is_not_stored(plan: Plan, link: str) -> None:
    token = link.split("/")[-2]
    stored = Invitation.objects.values().get()
    assert token not in str(stored)
    assert re.fullmatch(r"[0-9a-f]{64}", stored["token_hash"])
    assert token not in str(list(plan.activity.values()))


def test_the_link_offers_both_ways_in_and_tells_no_other_site(plan: Plan, link: str) -> None:
    response = Client().get(link)
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
    html = response.content.decode()
    assert f"/accounts/signup/?next={link}" in html and f"/accounts/login/?next={link}" in html
    assert "Olivia invites you to the plan “Blank plan” as Mentor." in text_of(response)
    # Nothing of the plan but its title.
    assert url("page", plan) not in html
    posted = Client().post(link)
    assert posted.url == f"/accounts/login/?next={link}"


def test_the_link_works_once(plan: Plan, link: str, as_: Any) -> None:
    client = as_("stranger")
    assert "You are signed in as simon@example.com." in text_of(client.get(link))
    assert not plan.memberships.filter(user__name="Simon").exists()  # looking does not join
    response = client.post(link, follow=True)
    assert "Welcome to the plan “Blank plan”." in text_of(response)
    assert plan.memberships.get(user__name="Simon").role == Role.MENTOR
    assert plan.activity.get(verb=Verb.JOINED).label == "Simon"
    for again in (client.get(link), client.post(link), Client().get(link)):
        assert again.status_code == 404


def gone(kind: str, plan: Plan, link: str, as_: Any) -> str:
    """A link that does not work, for the reason named."""
    owner, invitation = as_("owner"), Invitation.objects.get()
    if kind == "used":
        as_("stranger").post(link)
    elif kind == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif kind == "withdrawn":
        owner.post(url("revoke", plan, "", invitation.uid))
    elif kind == "replaced":
        invite(owner, plan)
    elif kind == "sent again":
        owner.post(url("resend", plan, "", invitation.uid))
    elif kind == "plan deleted":
        plan.delete()
    elif kind == "guessed":
        return link[:-5] + "AAAA/"
    return link


KINDS = ["used", "expired", "withdrawn", "replaced", "sent again", "plan deleted", "guessed"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_does_not_work_never_says_why(
    kind: str, plan: Plan, link: str, as_: Any
) -> None:
    unknown = Client().get("/plans/invitations/nosuch/")
    dead = gone(kind, plan, link, as_)
    for client in (Client(), as_("cofounder")):
        for response in (client.get(dead), client.post(dead)):
            assert response.status_code == unknown.status_code == 404
            assert response["Referrer-Policy"] == "same-origin"
            assert "Blank plan" not in response.content.decode()
    assert text_of(Client().get(dead)) == text_of(unknown)


def test_an_expired_link_is_renewed_by_sending_it_again(
    plan: Plan, link: str, as_: Any, mailoutbox: Any
) -> None:
    invitation = Invitation.objects.get()
    with time_machine.travel(timezone.now() + LIFETIME + timedelta(seconds=1), tick=False):
        assert Client().get(link).status_code == 404
        page = as_("owner").get(url("people", plan))
        assert "Invitation expired" in text_of(page)
        response = as_("owner").post(url("resend", plan, "", invitation.uid), follow=True)
        fresh = link_in(text_of(response))
        assert fresh != link and fresh == link_in(mailoutbox[-1].body)
        assert Client().get(fresh).status_code == 200


@pytest.mark.parametrize("action", ["resend", "revoke"])
@pytest.mark.parametrize("kind", ["used", "withdrawn", "replaced"])
def test_a_closed_invitation_is_neither_sent_nor_withdrawn_again(
    action: str, kind: str, plan: Plan, link: str, as_: Any, mailoutbox: Any
) -> None:
    first = Invitation.objects.get()
    gone(kind, plan, link, as_)
    sent = len(mailoutbox)
    assert as_("owner").post(url(action, plan, "", first.uid)).status_code == 404
    assert len(mailoutbox) == sent


def test_withdrawing_is_told_once(plan: Plan, link: str, as_: Any) -> None:
    response = as_("owner").post(url("revoke", plan, "", Invitation.objects.get().uid), follow=True)
    assert "The invitation is withdrawn" in text_of(response)
    assert plan.activity.filter(verb=Verb.REVOKED).count() == 1


def test_an_invitation_of_another_plan_is_not_there(
    plan: Plan, link: str, sample_plan: Plan, as_: Any
) -> None:
    uid = Invitation.objects.get().uid
    for name in ("resend", "revoke", "invited_role"):
        posted = as_("owner").post(url(name, sample_plan, "", uid), {"role": Role.VIEWER})
        assert posted.status_code == 404
    for name in ("resend", "invited_role"):
        assert as_("owner").get(url(name, plan, "", uid)).status_code == 405
    assert as_("owner").get(url("revoke", sample_plan, "", uid)).status_code == 404


class BrokenMail(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no mail server")


def test_a_mail_that_cannot_be_sent_loses_nothing(plan: Plan, as_: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    response = invite(as_("owner"), plan)
    text = text_of(response)
    assert f"The mail to {GUEST} could not be sent." in text
    assert as_("stranger").post(link_in(text)).url == url("page", plan)


def test_a_member_is_added_also_when_the_mail_cannot_be_sent(
    plan: Plan, as_: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    response = invite(as_("owner"), plan, email="simon@example.com")
    assert response.status_code == 200
    assert plan.memberships.filter(user__name="Simon").exists()


def test_a_link_sent_to_another_address_says_so(plan: Plan, link: str, as_: Any) -> None:
    note = f"The invitation was sent to {GUEST}"
    assert note in text_of(as_("stranger").get(link))
    Invitation.objects.update(email="simon@example.com")
    assert "The invitation was sent to" not in text_of(as_("stranger").get(link))


def test_a_member_is_led_to_the_plan_instead_of_joining_again(
    plan: Plan, link: str, as_: Any
) -> None:
    page = as_("cofounder").get(link)
    assert "You are on this plan already." in text_of(page)
    assert f'href="{url("page", plan)}"' in page.content.decode()
    assert "Join the plan" not in text_of(page)


def test_a_member_who_opens_a_link_keeps_their_role(plan: Plan, link: str, as_: Any) -> None:
    as_("cofounder").post(link)
    assert plan.memberships.get(user__name="Carl").role == Role.COFOUNDER
    # The invitation was somebody else's and is still open for them.
    assert as_("stranger").post(link).url == url("page", plan)


def test_adding_a_confirmed_account_closes_its_open_invitation(
    plan: Plan, link: str, as_: Any
) -> None:
    from tests.conftest import make_person

    make_person("Guest")
    Invitation.objects.update(email="guest@example.com")
    invite(as_("owner"), plan, email="guest@example.com")
    assert plan.memberships.filter(user__name="Guest").exists()
    assert Client().get(link).status_code == 404


def test_only_the_owner_sees_invitations(plan: Plan, link: str, as_: Any) -> None:
    assert GUEST in text_of(as_("owner").get(url("people", plan)))
    for who in ("cofounder", "mentor", "viewer"):
        assert GUEST not in text_of(as_(who).get(url("people", plan)))
