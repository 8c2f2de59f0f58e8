"""An earlier version as PDF: the same page and job, another document."""

from typing import Any

import pytest
from django.urls import reverse

from apps.exports.job import order
from apps.exports.models import Export
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.versions.models import Reason, Version
from apps.versions.services import take_version

pytestmark = pytest.mark.django_db

CHAPTERS = [section.name for section in registry]


@pytest.fixture
def page(sample_plan: Plan, owner: Any) -> str:
    """The export page, once the plan has an old version and other content than it."""
    take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL, label="Before the pitch")
    Plan.objects.filter(pk=sample_plan.pk).update(title="Another title")
    return reverse("exports:list", args=[sample_plan.uid])


def test_the_page_says_that_it_is_an_old_version(page: str, as_: Any) -> None:
    client = as_("mentor")
    text = client.get(page, {"version": 1}).content.decode()
    assert "You are exporting version 1 “Before the pitch”" in text
    assert 'name="version" value="1"' in text
    assert "You are exporting" not in client.get(page).content.decode()


def test_the_job_gets_the_document_of_that_version(page: str, as_: Any, sample_plan: Plan) -> None:
    response = as_("mentor").post(page, {"version": 1, "language": "en", "sections": CHAPTERS})
    assert response.status_code == 302
    export = Export.objects.get()
    assert export.version.number == 1
    assert order(export)["document"]["plan"]["title"] == sample_plan.title
    assert Version.objects.count() == 1, "nothing new is kept for it"


@pytest.mark.parametrize("number", ["7", "x", "-1", "9" * 30])
def test_a_version_that_is_not_there(page: str, as_: Any, number: str) -> None:
    client = as_("owner")
    assert client.get(page, {"version": number}).status_code == 404
    response = client.post(page, {"version": number, "language": "en", "sections": CHAPTERS})
    assert response.status_code in {404, 422}
    assert not Export.objects.exists()


def test_whoever_reads_no_versions_exports_none(page: str, as_: Any) -> None:
    client = as_("viewer")
    assert client.get(page, {"version": 1}).status_code == 404
    assert (
        client.post(page, {"version": 1, "language": "en", "sections": CHAPTERS}).status_code == 404
    )
    assert client.get(page).status_code == 200


def test_another_plans_version_is_not_there(page: str, as_: Any, plan: Plan, owner: Any) -> None:
    for title in ("one", "two", "three"):
        Plan.objects.filter(pk=plan.pk).update(title=title)
        take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    assert as_("owner").get(page, {"version": 3}).status_code == 404
