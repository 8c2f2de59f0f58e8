"""A person's own pages: profile, addresses, password, data, the end of the account."""

import json

import pytest
from django.urls import reverse

from apps.accounts.models import User
from tests.accounts.conftest import PASSWORD, code_in

PROFILE = reverse("accounts:profile")
EMAIL = reverse("account_email")
DELETE = reverse("accounts:delete")


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def test_the_profile_saves_name_and_language_and_answers_in_it(signed_in, ada):
    answers = {"name": "林爱达", "language": "zh-hans", "theme": "dark"}
    page = signed_in.post(PROFILE, answers, follow=True).content.decode()
    ada.refresh_from_db()
    assert (ada.name, ada.language) == ("林爱达", "zh-hans")
    assert "个人资料已保存。" in page
    assert '<html lang="zh-Hans" data-theme="dark">' in page


def test_a_refused_profile_keeps_the_text_and_the_old_name_in_the_bar(signed_in, ada):
    answers = {"name": "y" * 121, "language": "klingon", "theme": ""}
    page = signed_in.post(PROFILE, answers).content.decode()
    assert "y" * 121 in page
    assert f"<strong>{ada.name}</strong>" in page
    ada.refresh_from_db()
    assert ada.name == "Ada Lin"


def test_the_profile_wins_over_the_browser(client, li):
    client.force_login(li)
    client.cookies["django_language"] = "en"
    response = client.get(PROFILE, headers={"accept-language": "en"})
    assert "个人资料与账户" in response.content.decode()
    assert response.headers["Content-Language"] == "zh-hans"


def test_a_new_address_is_proved_by_a_code_before_it_counts(signed_in, ada, mailoutbox):
    new = "ada.lin@example.org"
    signed_in.post(EMAIL, {"action_add": "", "email": new})
    code = code_in(mailoutbox[0])
    assert mailoutbox[0].to == [new]
    signed_in.post(reverse("account_email_verification_sent"), {"code": code})
    signed_in.post(EMAIL, {"action_primary": "", "email": new})
    page = signed_in.post(EMAIL, {"action_remove": "", "email": ada.email}, follow=True)
    ada.refresh_from_db()
    assert ada.email == new
    assert "Confirmed" in page.content.decode()
    assert list(ada.emailaddress_set.values_list("email", flat=True)) == [new]


def test_the_password_changes_only_with_the_old_one(signed_in, ada):
    url = reverse("account_change_password")
    new = {"password1": "calm-lake-77", "password2": "calm-lake-77"}
    page = signed_in.post(url, {"oldpassword": "wrong", **new}).content.decode()
    assert "This is not your current password." in page
    assert signed_in.post(url, {"oldpassword": PASSWORD, **new}).url == PROFILE
    ada.refresh_from_db()
    assert ada.check_password("calm-lake-77")


def test_personal_data_is_a_file_about_this_person_only(signed_in, ada, li):
    response = signed_in.get(reverse("accounts:personal_data"))
    assert "attachment" in response.headers["Content-Disposition"]
    data = json.loads(response.content)
    assert data["person"]["email"] == ada.email
    assert data["email_addresses"] == [{"email": ada.email, "verified": True, "primary": True}]
    assert li.email not in response.content.decode()
    assert "password" not in data["person"]


def test_an_account_is_deleted_with_password_and_consent(signed_in, ada, li):
    refused = signed_in.post(DELETE, {"password": "wrong", "sure": "on"}).content.decode()
    assert "This is not your password." in refused
    signed_in.post(DELETE, {"password": PASSWORD})
    assert User.objects.filter(pk=ada.pk).exists()

    page = signed_in.post(DELETE, {"password": PASSWORD, "sure": "on"}, follow=True)
    assert "deleted" in page.content.decode()
    assert list(User.objects.all()) == [li]
    assert "_auth_user_id" not in signed_in.session


def test_guessing_the_password_at_deletion_is_throttled(signed_in, ada):
    for _attempt in range(5):
        signed_in.post(DELETE, {"password": "wrong", "sure": "on"})
    page = signed_in.post(DELETE, {"password": PASSWORD, "sure": "on"}).content.decode()
    assert "Wait five minutes" in page
    assert User.objects.filter(pk=ada.pk).exists()


def test_owned_plans_go_with_the_account_and_are_counted_before(signed_in, ada, li):
    from apps.plans.models import Membership, Plan, Role

    owned, joined = Plan.objects.create(title="Mine"), Plan.objects.create(title="Theirs")
    Membership.objects.create(plan=owned, user=ada, role=Role.OWNER)
    Membership.objects.create(plan=owned, user=li, role=Role.COFOUNDER)
    Membership.objects.create(plan=joined, user=li, role=Role.OWNER)
    Membership.objects.create(plan=joined, user=ada, role=Role.VIEWER)

    assert "1 plan you own" in signed_in.get(DELETE).content.decode()
    data = json.loads(signed_in.get(reverse("accounts:personal_data")).content)
    assert {(plan["title"], plan["role"]) for plan in data["plans"]} == {
        ("Mine", "owner"),
        ("Theirs", "viewer"),
    }
    signed_in.post(DELETE, {"password": PASSWORD, "sure": "on"})
    assert list(Plan.objects.all()) == [joined]


@pytest.mark.parametrize("name", ["accounts:profile", "accounts:personal_data", "accounts:delete"])
def test_visitors_are_led_to_sign_in_and_back(client, db, name):
    url = reverse(name)
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
