"""Versions: numbered, whole, never changed, never stored twice."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.plans.document import content_hash, restore
from apps.plans.models import Activity, HiddenSection, Plan, Role, Verb
from apps.versions.models import Reason, Version
from apps.versions.services import take_version

pytestmark = pytest.mark.django_db


def test_numbers_count_up_and_the_document_is_the_plan(sample_plan, owner):
    first = take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    Plan.objects.filter(pk=sample_plan.pk).update(title="Another title")
    second = take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    assert [first.number, second.number] == [1, 2]
    assert restore(second.document).plan.title == "Another title"
    assert second.content_hash == content_hash(second.document) != first.content_hash
    assert second.size > 10_000


def test_what_did_not_change_is_not_stored_twice(sample_plan, owner):
    first = take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    again = take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL, label="Named")
    assert again == first
    assert Version.objects.count() == 1


def test_a_version_holds_sections_that_are_hidden_from_some(sample_plan, owner):
    HiddenSection.objects.create(plan=sample_plan, section="team", role=Role.VIEWER)
    version = take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    assert version.document["sections"]["team"]["role"]


def test_a_version_is_never_changed(plan, owner):
    version = take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    version.label = "changed"
    with pytest.raises(TypeError):
        version.save()


def test_the_database_refuses_a_number_twice(plan, owner):
    take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            plan=plan, number=1, reason=Reason.MANUAL, document={}, content_hash="", size=0
        )


def test_saving_by_hand(plan, as_):
    client, page = as_("owner"), reverse("versions:list", args=[plan.uid])
    assert client.get(page).status_code == 200
    assert client.post(page, {"label": "Before the pitch"})["Location"] == page
    assert Version.objects.get().label == "Before the pitch"
    assert Activity.objects.filter(plan=plan, verb=Verb.VERSIONED).exists()
    assert "Before the pitch" in client.get(page).content.decode()
    again = client.post(page, {"label": "x"}, follow=True)
    assert "Nothing changed since version 1" in again.content.decode()
    assert client.post(page, {"label": "x" * 200}).status_code == 422


@pytest.mark.parametrize(
    "role, reads, saves",
    [("cofounder", 200, 302), ("mentor", 200, 403), ("viewer", 403, 403), ("stranger", 404, 404)],
)
def test_who_may(plan, as_, role, reads, saves):
    client, page = as_(role), reverse("versions:list", args=[plan.uid])
    assert client.get(page).status_code == reads
    assert client.post(page, {"label": ""}).status_code == saves


def test_queries_do_not_grow_with_versions(plan, owner, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = as_("owner"), reverse("versions:list", args=[plan.uid])
    take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    Version.objects.bulk_create(
        Version(
            plan=plan, number=n, author=owner, reason="manual", document={}, content_hash="", size=0
        )
        for n in range(2, 60)
    )
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(few) == len(many)
