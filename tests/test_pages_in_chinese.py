"""Every main page read in Chinese: whatever stands on it in Latin letters is a name or a unit, or
was written by the people themselves."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.core import money
from apps.plans import samples, services
from apps.plans.models import Plan
from apps.plans.sections import Section, registry
from apps.plans.templatetags.plan_tags import moment
from tests.conftest import CAST, add_members, all_sections
from tests.texts import latin_words, read_texts

CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}
ALLOWED = {
    *CAST.values(),
    "English",  # a language is offered under its own name
    "Email", "Cookie",  # Chinese writes these two so; the first is Django's word
    "FLOPs", "token", "EBITDA", "OpenAI", "DeepMind", "DeepStack",  # units, terms, names
    "Word", "Excel", "LibreOffice",  # programs that a file is for
}  # fmt: skip


@pytest.fixture
def reader(cast: dict[str, User], as_: Callable[[str], Client]) -> Client:
    User.objects.update(language="zh-hans")
    return as_("owner")


@pytest.fixture
def chinese_plan(cast: dict[str, User]) -> Plan:
    document = samples.document("customer_service", "zh-hans")
    made = services.create_plan(by=cast["owner"], document=document, sample="customer_service")
    return add_members(made, cast)


@pytest.fixture(scope="module")
def written() -> str:
    """All that the sample's founders wrote."""
    document = samples.document("customer_service", "zh-hans")
    return json.dumps(document, ensure_ascii=False)


def assert_chinese(html: str, written: str) -> None:
    found = latin_words(html, ALLOWED, written)
    assert not found, found


def pages_of(plan: Plan) -> Iterator[str]:
    for name in ("page", "summary", "settings", "people", "activity", "copy", "archive", "delete"):
        yield reverse(f"plans:{name}", args=[plan.uid])
    yield reverse("exports:list", args=[plan.uid])
    yield reverse("versions:list", args=[plan.uid])


def test_the_pages_about_a_plan(reader: Client, chinese_plan: Plan, written: str) -> None:
    for url in [reverse("plans:list"), reverse("plans:create"), *pages_of(chinese_plan)]:
        response = reader.get(url)
        assert response.status_code == 200, url
        assert 'lang="zh-Hans"' in response.text
        assert_chinese(response.text, written)


def test_a_plan_of_ones_own_before_anything_is_written(reader: Client, plan: Plan) -> None:
    for url in pages_of(plan):
        assert_chinese(reader.get(url).text, plan.title)
    for section in registry:
        for part in section.parts:
            url = reverse("plans:edit", args=[plan.uid, section])
            assert_chinese(reader.get(f"{url}?part={part.name}").text, plan.title)


@pytest.mark.parametrize("section", all_sections())
def test_a_section(section: Section, reader: Client, chinese_plan: Plan, written: str) -> None:
    assert_chinese(
        reader.get(reverse("plans:section", args=[chinese_plan.uid, section])).text, written
    )
    for part in section.parts:
        args = [chinese_plan.uid, section, part.name]
        editor = reverse("plans:edit", args=args[:2]) + f"?part={part.name}"
        form = reverse("plans:new_row" if part.is_table else "plans:sheet", args=args)
        for url in (editor, form):
            assert_chinese(reader.get(url).text, written)


@pytest.mark.parametrize("section", all_sections())
def test_a_form_with_mistakes(section: Section, reader: Client, chinese_plan: Plan) -> None:
    """Every field of every part gets something it cannot hold."""
    for part in section.parts:
        url = reverse(
            "plans:new_row" if part.is_table else "plans:sheet",
            args=[chinese_plan.uid, section, part.name],
        )
        form = reader.get(url).context["form"]
        said = []
        for wrong in ("", "字" * 20_001, "-99999999999999999999"):
            response = reader.post(url, {"revision": 0, **dict.fromkeys(form.fields, wrong)})
            if response.status_code == 422:
                said += errors_of(response)
        assert said, part.name
        assert_chinese(" ".join(said), "")


def errors_of(response: Any) -> list[str]:
    return [error for found in response.context["form"].errors.values() for error in found]


def test_the_forms_about_a_plan_with_mistakes(reader: Client, chinese_plan: Plan) -> None:
    uid = chinese_plan.uid
    for name, args, data in (
        ("create", [], {"title": "", "start_month": "soon", "currency": "XXX"}),
        ("settings", [uid], {"title": "字" * 500, "stage": "none"}),
        ("delete", [uid], {"title": "另一份"}),
        ("people", [uid], {"email": "nobody", "role": "king"}),
        ("people", [uid], {"email": "mei@example.com", "role": "mentor"}),
    ):
        response = reader.post(reverse(f"plans:{name}", args=args), data)
        assert response.status_code == 422, name
        errors = errors_of(response)
        assert errors
        assert_chinese(" ".join(errors), "king none")


def test_what_is_said_after_a_change(reader: Client, chinese_plan: Plan, written: str) -> None:
    for name, data in (
        ("archive", {}),
        ("archive", {}),
        ("people", {"email": "新人@example.com", "role": "viewer"}),
        ("people", {"email": "new@example.com", "role": "viewer"}),
        ("visibility", {}),
    ):
        url = reverse(f"plans:{name}", args=[chinese_plan.uid])
        reader.post(url, data)
        for page in ("people", "activity"):
            html = reader.get(reverse(f"plans:{page}", args=[chinese_plan.uid])).text
            assert_chinese(html, written)


def test_the_pages_that_say_no(reader: Client, chinese_plan: Plan, written: str) -> None:
    missing = reader.get("/plans/notthere/")
    assert missing.status_code == 404
    assert_chinese(missing.text, "")
    viewer = Client()
    viewer.force_login(
        User.objects.get(name="Victor"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    refused = viewer.get(reverse("plans:settings", args=[chinese_plan.uid]))
    assert refused.status_code == 403
    assert_chinese(refused.text, written)
    invitation = Client().get(reverse("plans:invitation", args=["notthere"]), **CHINESE)
    assert_chinese(invitation.text, "")


def test_the_pages_of_visitors(db: Any, client: Client) -> None:
    for name in ("home", "account_login", "account_signup", "account_reset_password"):
        assert_chinese(client.get(reverse(name), **CHINESE).text, "")
    for name, data in (
        ("account_login", {"login": "a@example.com", "password": "wrong password"}),
        ("account_login", {"login": "nonsense", "password": ""}),
        ("account_signup", {"email": "nonsense", "password1": "12345"}),
        ("account_signup", {"email": "a@example.com", "password1": "password"}),
        ("account_signup", {}),
        ("account_reset_password", {"email": "nonsense"}),
    ):
        response = client.post(reverse(name), data, **CHINESE)
        assert response.status_code in {200, 422}, name
        assert response.context["form"].errors, name
        assert_chinese(response.text, "")


def test_the_pages_of_an_account(reader: Client) -> None:
    for name in ("accounts:profile", "accounts:delete", "account_email", "account_change_password"):
        html = reader.get(reverse(name), follow=True).text
        assert_chinese(html, "")


def test_days_and_months() -> None:
    with translation.override("zh-hans"):
        assert money.day(date(2026, 11, 24)) == "2026年11月24日"
        assert money.month(date(2026, 11, 1)) == "2026年11月"
        assert ">2026年11月24日 " in moment(datetime(2026, 11, 24, 9, 5, tzinfo=UTC))


def test_a_latin_word_is_seen() -> None:
    page = '<p>计划 a@b.com</p><button title="Save it">保存</button><p>导出 PDF</p><p>Risk</p>'
    assert latin_words(page, ALLOWED) == ["Save it", "Risk"]
    assert latin_words(page, ALLOWED, known="Save it, Risk") == []
    assert read_texts("<script>let words</script><code>a hash</code>") == []
