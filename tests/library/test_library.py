"""Cases and resources: what comes with the product, its pages, and what stands beside sections."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.library import loading
from apps.library.models import Case, Lesson, Resource, ResourceKind
from apps.plans.models import Plan
from apps.plans.sections import registry
from tests.test_architecture import APPS

LIST = "/library/"


@pytest.fixture
def library(db: Any) -> None:
    loading.load()


def test_loading_again_adds_nothing_and_keeps_what_was_changed(library: None) -> None:
    counts = Case.objects.count(), Lesson.objects.count(), Resource.objects.count()
    assert counts[0] == 5 and counts[2] >= 10
    Case.objects.filter(slug="openai").update(name_en="Ours")
    Case.objects.get(slug="deepmind").lessons.all().delete()
    call_command("load_library", verbosity=0)
    assert Case.objects.get(slug="openai").name_en == "Ours"
    assert not Case.objects.get(slug="deepmind").lessons.exists()
    call_command("load_library", "--overwrite", verbosity=0)
    assert Case.objects.get(slug="openai").name_en == "OpenAI"
    assert (Case.objects.count(), Lesson.objects.count(), Resource.objects.count()) == counts


def test_every_entry_is_whole_in_both_languages(library: None) -> None:
    for entry in [*Case.objects.all(), *Lesson.objects.all(), *Resource.objects.all()]:
        entry.full_clean()
        for field in entry._meta.fields:
            if field.name.endswith("_en"):
                english = getattr(entry, field.name)
                chinese = getattr(entry, f"{field.name.removesuffix('_en')}_zh")
                assert bool(english) == bool(chinese), (entry, field.name)


def test_lessons_point_at_sections_and_checks_that_exist(library: None) -> None:
    for lesson in Lesson.objects.all():
        assert lesson.section in registry
        section, _dot, key = lesson.check_key.partition(".")
        sources = [path.read_text() for path in (APPS / section).glob("checks*.py")]
        assert any(f'"{key}"' in text or f'"{lesson.check_key}"' in text for text in sources), (
            lesson.check_key
        )
    assert Lesson.objects.exclude(guard_en="").count() == Lesson.objects.count()


def test_the_doubtful_cases_say_that_the_source_tells_them(library: None) -> None:
    for case in Case.objects.filter(kind="failure"):
        assert case.provenance_en.startswith("As told by the source")
        assert "原文" in case.provenance_zh
    assert "real research system" in Case.objects.get(slug="deepstack").provenance_en


def test_texts_follow_the_reader_and_fall_back(library: None) -> None:
    case = Case.objects.get(slug="customer-service-venture")
    with translation.override("zh-hans"):
        assert case.name == "智能客服创业项目"
    with translation.override("en"):
        assert case.name == "An intelligent customer-service venture"
        case.name_en = ""
        assert case.name == "智能客服创业项目"


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("q=StarCraft", "DeepMind", "AI++"),
        ("q=星际争霸", "DeepMind", "AI++"),
        ("q=poker", "Nothing found", "DeepMind"),
        ("q=Transformer+清洗", "An intelligent customer-service venture", "OpenAI"),
        ("kind=failure", "AI++", "TensorFlow"),
        ("kind=tool", "PyTorch", "AI++"),
        ("kind=nonsense", "PyTorch", "Nothing found"),
        ("q=%00", "AI++", "Nothing found"),
        ("q=%25", "Nothing found", "AI++"),
    ],
)
def test_searching(query: str, found: str, missing: str, library: None, as_: Any) -> None:
    main = as_("viewer").get(f"{LIST}?{query}").content.decode().partition("<main")[2]
    assert found in main and missing not in main


def test_a_case_has_its_page(library: None, as_: Any) -> None:
    html = as_("viewer").get(reverse("library:case", args=["ai-plus-plus"])).content.decode()
    assert "no segment is primary" in html and "For the section “Market”." in html


def test_what_is_not_shown_is_nowhere(library: None, as_: Any, plan: Plan) -> None:
    Case.objects.update(shown=False)
    Resource.objects.update(shown=False)
    client = as_("owner")
    assert client.get(reverse("library:case", args=["openai"])).status_code == 404
    assert "The library is empty" in client.get(LIST).content.decode()
    page = reverse("plans:section", args=[plan.uid, registry["market"]])
    assert "From the library" not in client.get(page).content.decode()


def test_only_people_who_signed_in_read_it(library: None, as_: Any) -> None:
    for url in (LIST, reverse("library:case", args=["openai"])):
        assert as_("nobody").get(url).status_code == 302


@pytest.mark.parametrize("view", ["section", "edit"])
def test_sections_lead_to_the_cases_about_them(
    view: str, library: None, as_: Any, plan: Plan
) -> None:
    html = as_("owner").get(reverse(f"plans:{view}", args=[plan.uid, registry["market"]])).content
    assert f"{reverse('library:case', args=['ai-plus-plus'])}#lesson-" in html.decode()
    assert b"IDC reports" in html and b"PyTorch" not in html


def test_a_finding_leads_to_who_learned_it(library: None, as_: Any, plan: Plan) -> None:
    html = as_("owner").get(reverse("checks:list", args=[plan.uid])).content.decode()
    assert "No segment is primary" in html
    assert f"{reverse('library:case', args=['ai-plus-plus'])}#lesson-" in html


@pytest.mark.parametrize(
    ("part", "offered", "other"), [("tool", "PyTorch", "ImageNet"), ("data", "ImageNet", "PyTorch")]
)
def test_a_form_offers_the_names_of_its_shelf(
    library: None, as_: Any, plan: Plan, part: str, offered: str, other: str
) -> None:
    """An input with a list: the browser offers it, with or without script."""
    url = reverse("plans:new_row", args=[plan.uid, "technology", part])
    html = as_("owner").get(url).content.decode()
    name = re.search(r'<input[^>]* name="name"[^>]*>', html)
    assert name and 'list="id_name_shelf"' in name[0]
    shelf = html.split('<datalist id="id_name_shelf">')[1].split("</datalist>")[0]
    assert f'value="{offered}"' in shelf and other not in shelf


def test_every_shelf_that_a_form_names_is_one_of_the_library() -> None:
    named = {
        kind
        for section in registry
        for part in section.parts
        for kinds in part.form.shelves.values()
        for kind in kinds
    }
    assert named and named <= set(ResourceKind.values)


def test_queries_do_not_grow_with_entries(library: None, as_: Any) -> None:
    client, counts = as_("owner"), []
    urls = [LIST, reverse("library:case", args=["openai"])]
    for turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert {client.get(url).status_code for url in urls} == {200}
        counts.append(len(queries))
        case = Case.objects.get(slug="openai")
        for number in range(20):
            Lesson.objects.create(case=case, text_en=f"L{number}", text_zh="课", section="team")
            Resource.objects.create(slug=f"r{turn}-{number}", name_en="R", name_zh="R", kind="tool",
                                    purpose_en="x", purpose_zh="x")  # fmt: skip
    assert counts[0] == counts[1]


def test_administrators_edit_entries(library: None, client: Any, cast: dict[str, User]) -> None:
    admin = User.objects.create_superuser("admin@example.com", "a long password", name="Ada")
    client.force_login(admin, "allauth.account.auth_backends.AuthenticationBackend")
    case = Case.objects.get(slug="openai")
    assert client.get(reverse("admin:library_case_changelist")).status_code == 200
    assert client.get(reverse("admin:library_case_change", args=[case.pk])).status_code == 200
    assert client.get(reverse("admin:library_resource_changelist")).status_code == 200
    resource = Resource.objects.get(slug="keras")
    data = {
        field.name: getattr(resource, field.name)
        for field in Resource._meta.fields
        if field.name not in {"id", "shown"}
    }
    url = reverse("admin:library_resource_change", args=[resource.pk])
    assert client.post(url, {**data, "purpose_zh": "改过了"}).status_code == 302
    resource.refresh_from_db()
    assert resource.purpose_zh == "改过了" and not resource.shown
    refused = client.post(url, {**data, "section": "Not a name!"})
    assert "Small letters only" in refused.content.decode()


def test_a_model_company_finds_what_it_builds_with_today(library: None) -> None:
    """Inference, evaluation, orchestration, tracking, retrieval, a Chinese hub, training data."""
    for slug in ("vllm", "sglang", "opencompass", "slurm", "mlflow", "milvus", "modelscope",
                 "fineweb"):  # fmt: skip
        entry = Resource.objects.get(slug=slug)
        assert entry.link.startswith("https://") and entry.section == "technology"
    first = Resource.objects.get(slug="vllm")
    for slug in ("theano", "mxnet", "coco", "imagenet"):
        old = Resource.objects.get(slug=slug)
        assert old.purpose_en.startswith("Historical") and "历史条目" in old.purpose_zh
        assert old.position > first.position
