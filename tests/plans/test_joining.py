"""From the founder's click to the guest's first page, by mail, in both languages."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.plans.access import YOU_MAY
from apps.plans.models import Plan, Role, Verb
from tests.accounts.conftest import PASSWORD, code_in
from tests.conftest import make_person
from tests.plans.pages import text_of, url
from tests.plans.test_invitations import invite, link_in

GUEST = "guest@example.org"
ROLES = [Role.MENTOR, Role.VIEWER]
LANGUAGES = ["en", "zh-hans"]


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()  # sign-up is throttled


def said_in(language: str, role: Role) -> tuple[str, str]:
    """The role and what it may do, as the reader reads it."""
    with translation.override(language):
        return str(role.label), str(YOU_MAY[role])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_guest_signs_up_by_the_invitation_and_lands_on_the_plan(
    role: Role, language: str, plan: Plan, as_: Any, owner: User, mailoutbox: Any
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    invite(as_("owner"), plan, GUEST, role)
    label, meaning = said_in(language, role)
    invitation = mailoutbox.pop()
    assert "Olivia" in invitation.subject and meaning in invitation.body
    link = link_in(invitation.body)

    guest = Client(headers={"Accept-Language": language})
    page = guest.get(link)
    assert "Olivia" in text_of(page) and label in text_of(page)
    sign_up = re.search(r'href="(/accounts/signup/[^"]+)"', page.content.decode()).group(1)
    form = guest.get(sign_up.replace("&amp;", "&"))
    assert form.context["form"]["email"].value() == GUEST
    answers = {"name": "Gast", "email": GUEST, "password1": PASSWORD, "language": language}
    guest.post(sign_up.replace("&amp;", "&"), {**answers, "next": link})
    code = code_in(mailoutbox.pop())
    arrived = guest.post(reverse("account_email_verification_sent"), {"code": code})
    assert arrived["Location"] == link

    assert GUEST in text_of(guest.get(link))
    joined = guest.post(link, follow=True)
    assert joined.redirect_chain == [(url("page", plan), 302)]
    (message,) = [str(one) for one in joined.context["messages"] if "Blank plan" in str(one)]
    assert label in message and meaning in message
    assert plan.memberships.get(user__email=GUEST).role == role
    assert guest.get(url("section", plan, "market")).status_code == 200
    assert guest.get(url("edit", plan, "market")).status_code == 403
    assert guest.get(link).status_code == 404
    assert not mailoutbox


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_somebody_with_an_account_is_on_the_plan_at_once_and_told_by_mail(
    role: Role, language: str, plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    make_person("Paula", language)
    invite(as_("owner"), plan, "paula@example.com", role)
    (mail,) = mailoutbox
    label, meaning = said_in(language, role)
    assert "Olivia" in mail.subject
    for text in (mail.body, mail.alternatives[0][0]):
        assert label in text and meaning in text
    link = re.search(r"http://testserver(/plans/\S+)", mail.body).group(1)
    client = Client()
    signed_in = client.post(
        f"/accounts/login/?next={link}",
        {"login": "paula@example.com", "password": "a long password", "next": link},
    )
    assert signed_in["Location"] == link == url("page", plan)
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_that_no_longer_works_says_what_to_do(language: str, db: Any) -> None:
    page = Client(headers={"Accept-Language": language}).get("/plans/invitations/nosuch/")
    assert page.status_code == 404
    assert f'href="{reverse("plans:list")}"' in page.content.decode()
    said = {"en": "ask the person who invited you", "zh-hans": "重新发送邀请"}
    assert said[language] in text_of(page)


def test_who_leaves_comes_back_by_a_new_invitation_only(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    invite(as_("owner"), plan)
    link = link_in(mailoutbox.pop().body)
    client = as_("stranger")
    client.post(link)
    client.post(url("leave", plan))
    assert client.get(url("page", plan)).status_code == 404
    assert client.post(link).status_code == 404
    invite(as_("owner"), plan, "simon@example.com", Role.VIEWER)
    assert client.get(url("page", plan)).status_code == 200


def test_a_viewer_invited_at_another_address_reads_leaves_and_comes_back(
    plan: Plan, as_: Any, cast: Any, mailoutbox: Any
) -> None:
    client = as_("stranger")
    for time in (1, 2):
        invite(as_("owner"), plan, "simon.work@example.org", Role.VIEWER)
        link = link_in(mailoutbox.pop().body)
        page = text_of(client.get(link))
        assert "You are signed in as simon@example.com." in page
        assert "The invitation was sent to simon.work@example.org" in page
        assert client.post(link).url == url("page", plan)
        assert plan.memberships.get(user=cast["stranger"]).role == Role.VIEWER
        assert client.get(url("section", plan, "market")).status_code == 200
        assert client.get(url("activity", plan)).status_code == 403
        people_page = as_("owner").get(url("people", plan))
        assert "By an account with another address" in text_of(people_page)
        assert len(people_page.context["earlier"]) == 1, "the newest of an address"
        client.post(url("leave", plan))
        assert client.get(url("section", plan, "market")).status_code == 404
        assert client.get(link).status_code == 404
        assert plan.activity.filter(verb=Verb.LEFT).count() == time


def test_of_two_with_the_page_of_one_link_open_one_joins(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    make_person("Paula")
    invite(as_("owner"), plan)
    link = link_in(mailoutbox.pop().body)
    first, second = as_("stranger"), Client()
    second.force_login(
        User.objects.get(name="Paula"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    for client in (first, second):
        assert "Join the plan" in text_of(client.get(link))
    assert first.post(link).url == url("page", plan)
    late = second.post(link)
    assert late.status_code == 404 and "It may have been used" in text_of(late)
    assert plan.title not in late.text
    assert not plan.memberships.filter(user__name="Paula").exists()
