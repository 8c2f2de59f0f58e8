"""The demo sign-ins and sample plans: made once, however often the command runs."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from apps.accounts.models import User
from apps.plans import lifecycle
from apps.plans.management.commands.demo import FOUNDER, MENTOR
from apps.plans.models import Membership, Plan, Role
from tests.plans.pages import text_of, url

pytestmark = pytest.mark.django_db


def demo(password: str = "quiet-river-41") -> None:
    call_command("demo", founder_password=password, mentor_password=password + "-m")


def sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def test_the_founder_signs_in_and_finds_the_sample_in_both_languages() -> None:
    demo()
    client = sign_in(FOUNDER, "quiet-river-41")
    listed = client.get("/plans/").context["object_list"]
    assert {(m.plan.language, m.role) for m in listed} == {("en", "owner"), ("zh-hans", "owner")}
    assert {m.percent for m in listed} == {100}
    for plan in Plan.objects.all():
        assert client.get(url("page", plan)).context["navigation"].complete


def test_the_mentor_signs_in_and_reads_them() -> None:
    demo()
    client = sign_in(MENTOR, "quiet-river-41-m")
    plan = Plan.objects.first()
    assert client.get(url("page", plan)).status_code == 200
    assert client.get(url("edit", plan, "market")).status_code == 403
    assert set(Membership.objects.filter(user__email=MENTOR).values_list("role", flat=True)) == {
        Role.MENTOR
    }


def test_a_second_run_makes_nothing_new_and_sets_the_passwords() -> None:
    demo()
    before = list(Plan.objects.values_list("uid", "updated_at"))
    demo("another-river-42")
    assert list(Plan.objects.values_list("uid", "updated_at")) == before
    assert User.objects.count() == 2 and Membership.objects.count() == 4
    assert "Your plans" in text_of(sign_in(FOUNDER, "another-river-42").get("/plans/"))
    assert sign_in(FOUNDER, "quiet-river-41").get("/plans/").status_code == 302


def test_a_deleted_sample_comes_back_and_changed_ones_stay(django_user_model: Any) -> None:
    demo()
    english = Plan.objects.get(language="en")
    Plan.objects.filter(pk=english.pk).update(title="Mine now")
    lifecycle.delete_plan(plan=Plan.objects.get(language="zh-hans"))
    demo()
    assert set(Plan.objects.values_list("language", flat=True)) == {"en", "zh-hans"}
    assert Plan.objects.get(language="en").title == "Mine now"


def test_passwords_must_be_named() -> None:
    with pytest.raises(Exception, match="password"):
        call_command("demo")
    assert not User.objects.exists()
