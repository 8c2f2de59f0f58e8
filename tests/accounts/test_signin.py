"""Signing in and out, throttling, forgotten passwords."""

import pytest
from django.urls import reverse

from tests.accounts.conftest import PASSWORD, link_in

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")


def sign_in(client, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": "ada@example.org", "password": password, **extra})


def test_signing_in_leads_to_the_start(client, ada):
    assert sign_in(client).url == reverse("desk:start")


def test_next_is_kept_through_the_form(client, ada):
    page = client.get(LOGIN, {"next": "/plans/abc/"}).content.decode()
    assert 'name="next" value="/plans/abc/"' in page
    assert f"{reverse('account_signup')}?next=/plans/abc/" in page.replace("%2F", "/")
    assert sign_in(client, next="/plans/abc/").url == "/plans/abc/"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_next_never_leads_away(client, ada, target):
    assert sign_in(client, next=target).url == reverse("desk:start")


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Wait five minutes"), ("zh-hans", "请等五分钟后再试")]
)
def test_guessing_is_throttled_and_says_what_to_do(client, ada, language, sentence):
    client.cookies["django_language"] = language
    for _attempt in range(5):
        assert sentence not in sign_in(client, "wrong").content.decode()
    assert sentence in sign_in(client, "wrong").content.decode()
    # The right password does not help a guesser either, until the time is over.
    assert sentence in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_requests_get_a_page_of_ours(client, ada):
    for _attempt in range(30):
        client.get(LOGIN)
        response = client.post(LOGIN, {"login": "nobody@example.org", "password": ""})
    response = client.post(LOGIN, {"login": "nobody@example.org", "password": ""})
    assert response.status_code == 429
    assert "Wait a minute" in response.content.decode()


def test_signing_out_takes_a_post(client, ada):
    client.force_login(ada)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    page = client.post(reverse("account_logout"), follow=True).content.decode()
    assert "You are signed out." in page
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_set_anew_by_a_link(client, ada, mailoutbox):
    page = client.post(RESET, {"email": ada.email}, follow=True).content.decode()
    assert "Check your mail" in page
    form = client.get(link_in(mailoutbox[0]), follow=True)
    new = "calm-lake-77"
    answer = {"password1": new, "password2": new}
    done = client.post(form.redirect_chain[-1][0], answer, follow=True).content.decode()
    assert "Your password is changed" in done
    assert sign_in(client, new).status_code == 302

    client.logout()
    again = client.get(link_in(mailoutbox[0]), follow=True).content.decode()
    assert "This link no longer works" in again


def test_the_reset_mail_is_in_the_readers_language(client, li, mailoutbox):
    client.cookies["django_language"] = "en"
    client.post(RESET, {"email": li.email})
    assert mailoutbox[0].subject == "设置新的创业蓝图密码"
    assert "您的密码不会改变" in mailoutbox[0].body


def test_an_unknown_address_gets_a_mail_and_the_visitor_the_same_page(client, db, mailoutbox):
    page = client.post(RESET, {"email": "nobody@example.org"}, follow=True).content.decode()
    assert "If it has an account" in page
    assert "has no account" in mailoutbox[0].body


def test_the_administration_uses_the_same_throttled_page(client, db):
    response = client.get("/admin/login/?next=/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(LOGIN)


def test_a_switched_off_account_is_told_what_to_do(client, ada):
    ada.is_active = False
    ada.save()
    response = client.post(LOGIN, {"login": ada.email, "password": PASSWORD}, follow=True)
    assert "This account is switched off" in response.content.decode()
