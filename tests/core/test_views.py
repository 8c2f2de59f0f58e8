"""The first page, health, language, error pages, and text that is kept when a form is refused."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from apps.accounts.services import create_verified_user
from apps.core import views
from apps.plans import samples
from apps.plans.sections import registry

SET_LANGUAGE = reverse("set_language")


@pytest.fixture
def person(db):
    return create_verified_user(email="p@example.org", password="quiet-river-41", name="P")


def test_visitors_see_what_the_product_is_and_members_their_plans(client, person):
    page = client.get("/").content.decode()
    assert reverse("account_signup") in page
    client.force_login(person)
    assert client.get("/", follow=True).redirect_chain[-1][0] == reverse("plans:list")


def test_the_first_page_says_all_that_there_is(client):
    page = client.get("/").content.decode()
    text = page.lower()
    assert all(str(section.title).lower() in text for section in registry)
    assert len(list(registry)) == 8 and "eight sections" in text
    assert len(samples.names()) == 3 and "three complete sample plans" in text
    assert all(name in page for name in ("PDF", "Word", "Excel", "JSON", "review"))


def test_the_first_page_and_the_pulse_need_no_database(client):
    assert client.get("/").status_code == 200
    assert client.get("/livez").content == b"ok\n"


def test_readiness_tells_each_check(client, monkeypatch):
    from apps.core.ops import health

    monkeypatch.setattr(health, "readiness", lambda: (False, {"broker": "failed: Down"}))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "checks": {"broker": "failed: Down"}}


def test_the_language_is_kept_for_visitors_and_members(client, person):
    client.post(SET_LANGUAGE, {"language": "zh-hans", "next": "/"})
    assert 'lang="zh-Hans"' in client.get("/").content.decode()
    client.force_login(person)
    client.post(SET_LANGUAGE, {"language": "zh-hans", "next": "/"})
    person.refresh_from_db()
    assert person.language == "zh-hans"


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [("/plans/?page=2", "/plans/?page=2"), ("https://evil.example/", "/"), ("//evil.example", "/"),
     ("javascript:alert(1)", "/"), ("", "/")],
)  # fmt: skip
def test_the_language_switch_stays_on_this_site(client, target, leads_to):
    assert client.post(SET_LANGUAGE, {"language": "en", "next": target}).url == leads_to


def test_an_unknown_language_and_a_get_change_nothing(client):
    assert "django_language" not in client.post(SET_LANGUAGE, {"language": "xx"}).cookies
    assert client.get(SET_LANGUAGE).status_code == 405


# --- Kept text ------------------------------------------------------------------------------------
TYPED = {
    "segment-need": "更快的答复 <script>alert(1)</script>",
    "tokens_per_month": "12000",
    "company_code": "LX-1",
    "password": "hunter2",
    "password1": "hunter3",
    "code": "ABC-DEF",
    "csrfmiddlewaretoken": "stale",
    "empty": "  ",
}


def kept_page(status: int, reason: str) -> str:
    response = views.kept(RequestFactory().post("/plans/x/", TYPED), status=status, reason=reason)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("reason", list(views.REASONS))
def test_all_that_was_typed_is_shown_and_no_secret(reason):
    page = kept_page(403, reason)
    texts = re.findall(r"<textarea[^>]*readonly[^>]*>([^<]*)</textarea>", page)
    assert texts == ["更快的答复 &lt;script&gt;alert(1)&lt;/script&gt;", "12000", "LX-1"]
    assert page.count("<label") == 3
    for secret in ("hunter2", "hunter3", "ABC-DEF", "stale"):
        assert secret not in page


def test_someone_signed_out_is_led_to_sign_in_and_back():
    assert "/accounts/login/?next=/plans/x/" in kept_page(401, "signed_out")


def test_kept_text_speaks_chinese():
    with translation.override("zh-hans"):
        assert "您填写的内容没有丢失" in kept_page(401, "signed_out")


def test_a_stale_form_loses_nothing():
    response = Client(enforce_csrf_checks=True).post(SET_LANGUAGE, {"pitch": "Our one line"})
    assert response.status_code == 403
    assert "Our one line" in response.content.decode()


# --- Error pages ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "There is nothing at this address"), ("zh-hans", "此地址没有内容")],
)
def test_a_missing_page_needs_no_database_and_names_nothing(client, language, sentence):
    client.cookies["django_language"] = language
    response = client.get("/secret-name/")
    assert response.status_code == 404
    assert sentence in response.content.decode()
    assert "secret-name" not in response.content.decode()


def test_a_refusal_says_why_in_one_sentence():
    request = RequestFactory().get("/")
    told = views.forbidden(request, PermissionDenied("This plan is archived."))
    untold = views.forbidden(request, PermissionDenied())
    assert "This plan is archived." in told.content.decode()
    assert "ask the person who invited you" in untold.content.decode()
    assert (told.status_code, untold.status_code) == (403, 403)


def test_a_foreign_host_gets_a_page(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()


def test_a_broken_page_speaks_both_languages_and_tells_no_detail(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(views, "render", lambda *a, **k: 1 / 0)
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong" in page
    assert "我们这边出了问题" in page
    assert "ZeroDivisionError" not in page
    assert "Content-Security-Policy" in response.headers
