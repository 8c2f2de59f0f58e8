"""The rubrics that come with the product, and their administration."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.plans.sections import registry
from apps.reviews import loading
from apps.reviews.models import ANCHORED, Criterion, Rubric


@pytest.fixture
def rubrics(db: Any) -> None:
    loading.load()


def test_every_preset_is_whole_in_both_languages(rubrics: None) -> None:
    assert [rubric.uid for rubric in Rubric.objects.all()] == [
        "investor", "competition", "ai-due-diligence",
    ]  # fmt: skip
    for criterion in Criterion.objects.all():
        criterion.full_clean()
        assert set(criterion.anchors) == set(ANCHORED), criterion.uid
        texts = [text for anchor in criterion.anchors.values() for text in anchor.values()]
        assert len(texts) == 8 and all(texts) and len(set(texts)) == 8, criterion.uid
        assert criterion.sections and all(name in registry for name in criterion.sections)


def test_the_presets_weigh_as_published(rubrics: None) -> None:
    weights = {
        rubric.uid: [int(criterion.weight) for criterion in rubric.criteria.all()]
        for rubric in Rubric.objects.all()
    }
    assert weights == {
        "investor": [20, 15, 15, 20, 15, 15],
        "competition": [30, 20, 30, 20],
        "ai-due-diligence": [1] * 6,
    }


def test_loading_again_changes_nothing_that_administrators_wrote(rubrics: None) -> None:
    rubric = Rubric.objects.get(uid="investor")
    Rubric.objects.filter(pk=rubric.pk).update(name_en="Ours", active=False)
    Criterion.objects.filter(uid="investor-team").update(weight=40)
    Criterion.objects.filter(uid="investor-risks").delete()
    call_command("load_rubrics", verbosity=0)
    rubric.refresh_from_db()
    assert (rubric.name_en, rubric.active) == ("Ours", False)
    assert Criterion.objects.get(uid="investor-team").weight == 40
    assert not Criterion.objects.filter(uid="investor-risks").exists()
    call_command("load_rubrics", "--overwrite", verbosity=0)
    rubric.refresh_from_db()
    assert rubric.name_en == "Investor"
    assert Criterion.objects.get(uid="investor-team").weight == 15
    assert Criterion.objects.filter(uid="investor-risks").exists()


def test_names_and_anchors_follow_the_language_and_fall_back(rubrics: None) -> None:
    criterion = Criterion.objects.get(uid="ai-safety")
    assert str(criterion) == "Safety and compliance"
    with translation.override("zh-hans"):
        assert str(criterion) == "安全与合规"
        assert criterion.described()[0] == ("0", "没有指出适用的法规。")
    criterion.name_zh, criterion.anchors = "", {"3": {"en": "Good.", "zh": ""}, "5": {"en": ""}}
    with translation.override("zh-hans"):
        assert str(criterion) == "Safety and compliance"
        assert criterion.described() == [("3", "Good.")]


@pytest.fixture
def admin(db: Any) -> Client:
    person = User.objects.create_superuser("admin@example.com", "a long password", name="Ada")
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def posted(form: Any) -> dict[str, Any]:
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def test_administrators_edit_anchors_in_both_languages(rubrics: None, admin: Client) -> None:
    rubric = Rubric.objects.get(uid="competition")
    url = reverse("admin:reviews_rubric_change", args=[rubric.pk])
    page = admin.get(url)
    formset = page.context["inline_admin_formsets"][0].formset
    data = posted(page.context["adminform"].form) | posted(formset.management_form)
    for form in formset.forms:
        data |= posted(form)
    first = formset.forms[0].add_prefix
    assert (
        data[first("anchor_5_zh")]
        == Criterion.objects.get(uid="competition-innovation").anchors["5"]["zh"]
    )
    data |= {first("anchor_5_en"): "Nobody has this.", first("sections"): ["team", "market"]}
    assert admin.post(url, data).status_code == 302
    changed = Criterion.objects.get(uid="competition-innovation")
    assert changed.anchors["5"]["en"] == "Nobody has this."
    assert changed.anchors["0"]["zh"] == "照搬已有产品。"
    assert set(changed.sections) == {"team", "market"}
