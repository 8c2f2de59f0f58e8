"""The pages: reading an old version, comparing two, restoring one; and what they keep back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.plans import lifecycle, services
from apps.plans.contents import load
from apps.plans.document import dump_record
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import registry
from apps.versions.diff import diff
from apps.versions.figures import figure_changes
from apps.versions.models import Reason, Version
from apps.versions.services import take_version
from tests.versions.changes import change_fields, long_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(sample_plan: Plan, owner: Any) -> Version:
    return take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL, label="The start")


def address(name: str, plan: Plan, *args: Any) -> str:
    return reverse(f"versions:{name}", args=[plan.uid, *args])


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


# --- The list -------------------------------------------------------------------------------------
def test_the_list_tells_the_size_of_every_change(sample_plan, owner, first, as_):
    section = long_table(sample_plan)[0]
    change_fields(sample_plan, 3, by=owner)
    take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    text = text_of(as_("mentor").get(address("list", sample_plan)))
    assert "3 changes" in text
    assert str(section.title) in text
    HiddenSection.objects.create(plan=sample_plan, section=section.name, role=Role.MENTOR)
    assert "3 changes" not in text_of(as_("mentor").get(address("list", sample_plan)))


def test_the_list_loads_no_document(sample_plan, first, as_):
    client = as_("owner")
    with CaptureQueriesContext(connection) as queries:
        client.get(address("list", sample_plan))
    assert not [q for q in queries if '"versions_version"."document"' in q["sql"]]


def test_two_hundred_versions_are_listed_page_by_page(sample_plan, owner, first, as_):
    client, counts = as_("mentor"), []
    given = {"plan": sample_plan, "author": owner, "reason": Reason.MANUAL, "document": {},
             "content_hash": "0" * 64, "size": 2, "changes": {"team": {"team": 2}}}  # fmt: skip
    client.get(address("list", sample_plan))  # notes the visit once a day
    for total in (30, 200):
        have = sample_plan.versions.count()
        Version.objects.bulk_create(
            Version(number=number, **given) for number in range(have + 1, total + 1)
        )
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address("list", sample_plan))
        counts.append(len(queries))
        numbers = [row[0].number for row in page.context["rows"]]
        assert numbers == list(range(total, total - 20, -1))
    assert counts[0] == counts[1]
    assert text_of(page).count("2 changes") == 20
    assert f"Page 1 of {200 // 20}" in " ".join(text_of(page).split())
    assert text_of(page).count("Olivia") >= 20
    last = client.get(address("list", sample_plan), {"page": 10})
    assert "The start" in text_of(last)


def test_a_name_typed_in_vain_is_not_lost(sample_plan, owner, as_):
    client, page = as_("owner"), address("list", sample_plan)
    take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    client.post(page, {"label": "For the pitch"})
    assert Version.objects.get().label == "For the pitch"
    again = client.post(page, {"label": "Another name"})
    assert again.status_code == 422
    assert 'value="Another name"' in again.content.decode()
    client.post(address("name", sample_plan, 1), {"label": "Another name"})
    assert Version.objects.get().label == "Another name"


# --- Reading --------------------------------------------------------------------------------------
def test_every_section_of_an_old_version_reads_as_it_did(sample_plan, owner, first, as_):
    section, part, rows = long_table(sample_plan)
    old = str(getattr(rows[0], part.fields[0]))
    change_fields(sample_plan, 1, by=owner)
    client = as_("mentor")
    assert "You are reading version 1 “The start”" in text_of(
        client.get(address("read", sample_plan, 1))
    )
    for other in registry:
        page = text_of(client.get(address("read", sample_plan, 1, other)))
        assert "You are reading version 1" in page
        if other == section:
            assert "Changed 0" not in page
            assert old.split("'")[0][:30] in page


def test_a_hidden_section_of_an_old_version_is_not_there(sample_plan, first, as_):
    section = long_table(sample_plan)[0]
    HiddenSection.objects.create(plan=sample_plan, section=section.name, role=Role.MENTOR)
    client = as_("mentor")
    assert client.get(address("read", sample_plan, 1, section)).status_code == 404
    assert f">{section.title}<" not in text_of(client.get(address("read", sample_plan, 1)))


def test_a_section_that_the_version_does_not_have_is_not_there(sample_plan, first, as_):
    section = long_table(sample_plan)[0]
    document = first.document
    del document["sections"][section.name]
    Version.objects.filter(pk=first.pk).update(document=document)
    assert as_("owner").get(address("read", sample_plan, 1, section)).status_code == 404


def test_a_document_that_cannot_be_read_leads_back_to_the_list(sample_plan, owner, first, as_):
    Version.objects.filter(pk=first.pk).update(document={**first.document, "format": "other/9"})
    change_fields(sample_plan, 1, by=owner)
    for page in (
        address("read", sample_plan, 1),
        address("compare", sample_plan, 1, 0),
        address("restore", sample_plan, 1),
    ):
        response = as_("owner").get(page)
        assert response["Location"] == address("list", sample_plan)


@pytest.mark.parametrize("number", [7, 10**30])
def test_a_number_that_is_not_there(sample_plan, first, as_, number):
    client = as_("owner")
    for page in (
        address("read", sample_plan, number),
        address("compare", sample_plan, number, 0),
        address("compare", sample_plan, 1, number),
        address("restore", sample_plan, number),
    ):
        assert client.get(page).status_code == 404, page
    assert client.post(address("restore", sample_plan, number)).status_code == 404


# --- Comparing ------------------------------------------------------------------------------------
def test_comparing_with_now_and_two_versions(sample_plan, owner, first, as_):
    change_fields(sample_plan, 1, by=owner)
    client = as_("mentor")
    now = text_of(client.get(address("compare", sample_plan, 1, 0)))
    assert "1 change<" in now
    assert "<ins>Changed 0" in now
    take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    assert "<ins>Changed 0" in text_of(client.get(address("compare", sample_plan, 1, 2)))
    assert "Nothing differs" in text_of(client.get(address("compare", sample_plan, 2, 0)))


def test_choosing_two_versions(sample_plan, owner, first, as_):
    change_fields(sample_plan, 1, by=owner)
    take_version(plan=sample_plan, by=owner, reason=Reason.EXPORT)
    client, page = as_("mentor"), address("choose", sample_plan)
    assert client.get(page, {"older": 2, "newer": 1})["Location"] == address(
        "compare", sample_plan, 1, 2
    )
    assert client.get(page, {"older": 1, "newer": 0})["Location"] == address(
        "compare", sample_plan, 1, 0
    )
    for wrong in ({"older": 9, "newer": 0}, {"older": "x"}, {}):
        assert client.get(page, wrong)["Location"] == address("list", sample_plan)


def test_a_derived_figure_that_moved_is_shown(sample_plan, owner, first, as_):
    """Every amount of the plan doubled: the figures of more than one section move."""
    double_amounts(sample_plan, owner)
    text = text_of(as_("mentor").get(address("compare", sample_plan, 1, 0)))
    assert "Figures that moved" in text
    moved = figure_changes(diff(first.document, latest(sample_plan, owner).document))
    assert len({change.section.name for change in moved}) > 1
    assert all(change.old != change.new for change in moved)


def test_a_derived_text_that_moved_is_told_word_by_word(sample_plan, owner, first, as_):
    for group in load(sample_plan).part("market.group"):
        group.pains = f"{group.pains}; nights, too"
        group.save(update_fields=["pains"])
    moved = figure_changes(diff(first.document, latest(sample_plan, owner).document))
    text = next(change for change in moved if change.key == "problem")
    assert {piece.kind for piece in text.pieces} <= {"same", "gap", "ins"}
    page = text_of(as_("mentor").get(address("compare", sample_plan, 1, 0)))
    table = page.split('<table class="table figures-moved">')[1].split("</table>")[0]
    assert '<td class="figure-text" colspan="3">' in table and "nights, too</ins>" in table


def test_a_hidden_section_leaves_no_trace_in_a_comparison(sample_plan, owner, first, as_):
    """Neither its lines nor its figures; other sections' figures do not tell of it either."""
    double_amounts(sample_plan, owner)
    second = latest(sample_plan, owner)
    found = diff(first.document, second.document)
    for section in registry:
        if section.name not in found.sections:
            continue
        HiddenSection.objects.filter(plan=sample_plan).delete()
        for other in found.sections.keys() - {section.name}:
            HiddenSection.objects.create(plan=sample_plan, section=other, role=Role.MENTOR)
        text = text_of(as_("mentor").get(address("compare", sample_plan, 1, 0)))
        for other in found.sections.keys() - {section.name}:
            assert f"changes-of-{other}" not in text
        seen = diff(first.document, second.document, frozenset(found.sections) - {section.name})
        assert {change.section.name for change in figure_changes(seen)} <= {section.name}


def double_amounts(plan: Plan, by: Any) -> None:
    from apps.plans.fields import Money

    for content in load(plan).sections():
        for part, record in content.records():
            before = dump_record(part, record)
            names = [n for n in part.fields if isinstance(part.model_field(n), Money)]
            for name in names:
                setattr(record, name, 2 * getattr(record, name) if getattr(record, name) else None)
            if record.pk and dump_record(part, record) != before:
                services.save_record(
                    section=content.section, part=part, record=record, before=before,
                    base=record.revision, by=by,
                )  # fmt: skip


def latest(plan: Plan, by: Any) -> Version:
    return take_version(plan=plan, by=by, reason=Reason.EXPORT)


def test_the_queries_of_a_comparison_do_not_grow(sample_plan, owner, first, as_):
    client, page = as_("owner"), address("compare", sample_plan, 1, 0)
    counts = []
    for changes in (1, 60):
        change_fields(sample_plan, changes, by=owner)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Restoring ------------------------------------------------------------------------------------
def test_restoring_shows_first_what_it_would_change(sample_plan, owner, first, as_):
    change_fields(sample_plan, 1, by=owner)
    client, page = as_("cofounder"), address("restore", sample_plan, 1)
    text = text_of(client.get(page))
    assert "<del>Changed 0" in text
    assert Version.objects.count() == 1, "looking changes nothing"
    seen = text.split('name="seen" value="')[1].split('"')[0]
    done = client.post(page, {"seen": seen}, follow=True)
    assert "The plan reads as it did in version 1" in done.content.decode()
    assert "There is nothing to restore" in text_of(client.get(page))
    assert "does already" in client.post(page, follow=True).content.decode()


def test_a_change_in_between_is_shown_first(sample_plan, owner, first, as_):
    change_fields(sample_plan, 1, by=owner)
    client, page = as_("owner"), address("restore", sample_plan, 1)
    seen = text_of(client.get(page)).split('name="seen" value="')[1].split('"')[0]
    change_fields(sample_plan, 2, by=owner)
    response = client.post(page, {"seen": seen})
    assert response.status_code == 409
    assert "Nothing was restored yet" in response.content.decode()
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    "role, reads, restores",
    [("cofounder", 200, 200), ("mentor", 200, 403), ("viewer", 403, 403), ("stranger", 404, 404)],
)
def test_who_may(sample_plan, first, as_, role, reads, restores):
    client = as_(role)
    for page in (address("read", sample_plan, 1), address("compare", sample_plan, 1, 0)):
        assert client.get(page).status_code == reads
    assert client.get(address("restore", sample_plan, 1)).status_code == restores
    if restores != 200:
        assert client.post(address("restore", sample_plan, 1)).status_code == restores
        assert client.post(address("name", sample_plan, 1), {}).status_code == restores


def test_an_archived_plan_is_read_but_not_restored(sample_plan, owner, first, as_):
    lifecycle.set_archived(plan=sample_plan, archived=True, by=owner)
    client = as_("owner")
    assert client.get(address("compare", sample_plan, 1, 0)).status_code == 200
    assert client.post(address("restore", sample_plan, 1)).status_code == 403
