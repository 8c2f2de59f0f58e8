"""From a visitor to a signed-in person: sign-up, the code by mail, the language of both."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from apps.accounts.models import User
from tests.accounts.conftest import PASSWORD, code_in

SIGNUP = reverse("account_signup")
CODE = reverse("account_email_verification_sent")


def answers(**changes):
    return {
        "name": "Grace & Chen",
        "email": "Grace@Example.org",
        "password1": PASSWORD,
        "language": "en",
    } | changes


@pytest.mark.django_db
def test_sign_up_verify_and_arrive_signed_in(client, mailoutbox):
    assert client.post(SIGNUP, answers()).url == CODE
    assert "_auth_user_id" not in client.session

    [mail] = mailoutbox
    assert mail.to == ["grace@example.org"]
    assert "Welcome to VenturePlan, Grace & Chen." in mail.body
    assert "Grace &amp; Chen" in mail.alternatives[0][0]
    assert code_in(mail) in mail.subject

    response = client.post(CODE, {"code": code_in(mail)}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("plans:list")
    greetings = [str(message) for message in response.context["messages"]]
    assert greetings == ["Welcome, Grace & Chen."]  # one is enough
    person = User.objects.get()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.email, person.name) == ("grace@example.org", "Grace & Chen")
    assert EmailAddress.objects.get().verified


@pytest.mark.django_db
def test_the_chosen_language_holds_from_the_next_page_and_the_mail_on(client, mailoutbox):
    response = client.post(SIGNUP, answers(language="zh-hans", name="陈格蕾"), follow=True)
    assert "请查收邮件" in response.content.decode()
    assert "欢迎使用创业蓝图" in mailoutbox[0].body
    assert 'lang="zh-hans"' in mailoutbox[0].alternatives[0][0]


@pytest.mark.django_db
def test_a_wrong_code_says_so_and_signs_no_one_in(client, mailoutbox):
    client.post(SIGNUP, answers())
    page = client.post(CODE, {"code": "WRONG-ONE"}).content.decode()
    assert "This code is not right." in page
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_taken_address_is_told_to_its_owner_only(client, li, mailoutbox):
    """The visitor sees what everyone sees; the mail is in the language of the person it is for."""
    response = client.post(SIGNUP, answers(email=li.email), follow=True)
    assert response.redirect_chain[0][0] == CODE
    assert "Check your mail" in response.content.decode()
    assert User.objects.count() == 1
    assert mailoutbox[0].subject == "您已有创业蓝图账户"


@pytest.mark.django_db
def test_refused_values_come_back_with_the_rest_kept(client):
    page = client.post(SIGNUP, answers(password1="12345678", name="x" * 121)).content.decode()
    assert "is-invalid" in page
    assert "x" * 121 in page
    assert "Grace@Example.org" in page
    assert "12345678" not in page
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a\x00b", " ", "<script>alert(1)</script>", "名" * 200_000])
def test_hostile_names_are_stored_or_refused_never_run(client, name):
    response = client.post(SIGNUP, answers(name=name), follow=True)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.django_db
def test_an_invitation_fills_in_the_address_and_leads_back(client, mailoutbox):
    page = client.get(SIGNUP, {"email": "grace@example.org", "next": "/plans/?x=1"})
    assert 'value="grace@example.org"' in page.content.decode()
    assert 'name="next" value="/plans/?x=1"' in page.content.decode()
    client.post(SIGNUP, answers(next="/plans/?x=1"))
    assert client.post(CODE, {"code": code_in(mailoutbox[0])}).url == "/plans/?x=1"


@pytest.mark.django_db
def test_where_local_mail_lies_is_told_on_this_machine_only(client, settings):
    settings.LOCAL = settings.MAIL_IS_LOCAL = True
    settings.ALLOWED_HOSTS = ["localhost", "plans.example.org"]
    for host, told in (("localhost", True), ("plans.example.org", False)):
        response = client.post(
            SIGNUP, answers(email=f"a@{host}.org"), follow=True, headers={"host": host}
        )
        assert (settings.EMAIL_FILE_PATH in response.content.decode()) is told
        client.session.flush()
        client.cookies.clear()


def test_the_language_choices_are_those_of_the_settings():
    assert set(dict(User._meta.get_field("language").choices)) == set(
        dict(django_settings.LANGUAGES)
    )


@pytest.mark.django_db
def test_a_lost_code_is_sent_again_where_the_settings_allow_it(client, settings, mailoutbox):
    settings.ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
    page = client.post(SIGNUP, answers(), follow=True).content.decode()
    assert "Send a new code" in page
    assert client.post(CODE, {"action": "resend"}).status_code == 429
    cache.clear()
    client.post(CODE, {"action": "resend"})
    assert len(mailoutbox) == 2
    assert client.post(CODE, {"code": code_in(mailoutbox[1])}).url == reverse("desk:start")
