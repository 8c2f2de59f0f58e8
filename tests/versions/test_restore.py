"""Bringing an earlier version back: the plan reads as it did, and nothing is lost on the way."""

from copy import deepcopy
from typing import Any

import pytest
from django.urls import reverse

from apps.notices.models import Notice
from apps.plans import services
from apps.plans.contents import load
from apps.plans.document import content_hash, dump
from apps.plans.models import Activity, DeletedRow, Plan, SectionProgress, Verb
from apps.versions.diff import diff
from apps.versions.models import Reason, Version
from apps.versions.services import Changed, restore_version, take_version
from tests.test_sections_contract import posted
from tests.versions.changes import change_fields, long_table, texts

pytestmark = pytest.mark.django_db


def document(plan: Plan) -> Any:
    return dump(load(Plan.objects.get(pk=plan.pk)))


@pytest.fixture
def first(sample_plan: Plan, owner: Any) -> Version:
    return take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL, label="The start")


def test_the_plan_reads_as_it_did_and_every_version_stays(sample_plan, owner, cast, first):
    section, part, rows = long_table(sample_plan)
    change_fields(sample_plan, 12, by=owner)
    services.move_row(section=section, part=part, row=rows[0], to=2, by=owner)
    services.delete_row(section=section, part=part, row=rows[1], by=owner)
    Plan.objects.filter(pk=sample_plan.pk).update(title="Another title", currency="USD")
    state = content_hash(document(sample_plan))

    result = restore_version(plan=sample_plan, number=1, by=cast["cofounder"])
    assert document(sample_plan) == first.document == result.document
    assert [(v.number, v.reason) for v in Version.objects.order_by("number")] == [
        (1, Reason.MANUAL), (2, Reason.RESTORE), (3, Reason.RESTORED),
    ]  # fmt: skip
    assert Version.objects.get(number=2).content_hash == state
    assert (result.label, result.restored_from) == ("", 1)
    restore_version(plan=sample_plan, number=2, by=owner)
    assert content_hash(document(sample_plan)) == state, "there and back again"


def test_rows_keep_their_uids_and_those_that_go_can_be_brought_back(sample_plan, owner, first):
    section, part, rows = long_table(sample_plan)
    services.delete_row(section=section, part=part, row=rows[1], by=owner)
    added = services.save_record(
        section=section, part=part, record=part.model(plan=sample_plan, **texts(part, "Added")),
        before={}, base=0, by=owner,
    )  # fmt: skip
    restore_version(plan=sample_plan, number=1, by=owner)
    uids = list(part.model.objects.filter(plan=sample_plan).values_list("uid", flat=True))
    assert uids == [row.uid for row in rows]
    gone = DeletedRow.objects.get(plan=sample_plan)
    assert (gone.row, gone.document[part.fields[0]]) == (added.uid, "Added")
    services.undelete_row(deleted=gone, by=owner)
    assert part.model.objects.get(plan=sample_plan, uid=added.uid).revision > added.revision


def test_the_revision_of_what_changes_grows_and_no_other(sample_plan, owner, first):
    """Whoever edits a record that the restore leaves alone has nothing to merge."""
    _section, part, rows = long_table(sample_plan)
    change_fields(sample_plan, 1, by=owner)
    revisions = dict(part.model.objects.filter(plan=sample_plan).values_list("uid", "revision"))
    restore_version(plan=sample_plan, number=1, by=owner)
    for uid, revision in part.model.objects.filter(plan=sample_plan).values_list("uid", "revision"):
        assert revision - revisions[uid] == (uid == rows[0].uid)


def test_the_activity_tells_the_old_and_new_values(sample_plan, owner, first):
    section, part, rows = long_table(sample_plan)
    name = part.fields[0]
    change_fields(sample_plan, 1, by=owner)
    Plan.objects.filter(pk=sample_plan.pk).update(title="Another title")
    restore_version(plan=sample_plan, number=1, by=owner)
    whole = Activity.objects.get(verb=Verb.ROLLED_BACK, section="")
    assert (whole.label, whole.facts["version"]) == ("The start", 1)
    assert whole.changes["title"][0] == "Another title"
    one = Activity.objects.filter(verb=Verb.EDITED, section=section.name, row=rows[0].uid).last()
    assert one.changes[name] == [f"Changed 0 {name}", getattr(rows[0], name)]


def test_progress_is_counted_again(sample_plan, owner, first):
    def progress() -> list[Any]:
        return list(SectionProgress.objects.order_by("section").values_list("section", "done"))

    full = progress()
    section, part, rows = long_table(sample_plan)
    for row in rows:
        services.delete_row(section=section, part=part, row=row, by=owner)
    assert progress() != full
    restore_version(plan=sample_plan, number=1, by=owner)
    assert progress() == full


def test_the_other_founders_are_told(sample_plan, owner, cast, first):
    change_fields(sample_plan, 1, by=owner)
    restore_version(plan=sample_plan, number=1, by=owner)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (cast["cofounder"], "version_restored")
    assert notice.url == reverse("versions:compare", args=[sample_plan.uid, 2, 3])
    assert notice.params == {"number": 1}


def test_a_plan_that_reads_so_already_stays_untouched(sample_plan, owner, first):
    assert restore_version(plan=sample_plan, number=1, by=owner) is None
    assert Version.objects.get() == first
    assert not Activity.objects.filter(verb=Verb.ROLLED_BACK).exists()
    assert not Notice.objects.exists()


def test_a_plan_that_changed_since_it_was_looked_at_is_not_overwritten(sample_plan, owner, first):
    change_fields(sample_plan, 1, by=owner)
    state = document(sample_plan)
    with pytest.raises(Changed):
        restore_version(plan=sample_plan, number=1, by=owner, seen="somethingelse")
    assert document(sample_plan) == state
    assert Version.objects.count() == 1
    restore_version(plan=sample_plan, number=1, by=owner, seen=content_hash(state))
    assert document(sample_plan) == first.document


def test_what_is_hidden_from_the_person_stays_as_it_is(sample_plan, owner, cast, first):
    section = long_table(sample_plan)[0]
    change_fields(sample_plan, 1, by=owner)
    Plan.objects.filter(pk=sample_plan.pk).update(title="Another title")
    hidden = frozenset({section.name})
    restore_version(plan=sample_plan, number=1, by=cast["cofounder"], hidden=hidden)
    now = document(sample_plan)
    assert now["plan"] == first.document["plan"]
    assert list(diff(first.document, now).sections) == [section.name]
    assert Activity.objects.filter(verb=Verb.EDITED, section=section.name).count() == 1


def test_a_section_that_the_version_does_not_know_stays(sample_plan, owner, first):
    known = deepcopy(first.document)
    section = long_table(sample_plan)[0]
    del known["sections"][section.name]
    Version.objects.filter(pk=first.pk).update(document=known)
    Plan.objects.filter(pk=sample_plan.pk).update(title="Another title")
    restore_version(plan=sample_plan, number=1, by=owner)
    assert document(sample_plan) == first.document


def test_a_blank_plan_comes_back_blank(plan, owner, sample_plan):
    blank = take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    for content in load(sample_plan).sections():
        for _part, record in content.records():
            record.pk, record.plan, record.updated_by = None, plan, owner
            record.save(force_insert=True)
    assert diff(blank.document, document(plan)).count > 100
    restore_version(plan=plan, number=1, by=owner)
    assert not diff(blank.document, document(plan))
    restore_version(plan=plan, number=2, by=owner)
    assert document(plan)["sections"] == document(sample_plan)["sections"]


# --- Somebody is editing meanwhile ----------------------------------------------------------------
def test_somebody_editing_meets_both_texts(sample_plan, owner, first, as_):
    """Carl opens a row; Olivia changes it and then restores; Carl saves: 409, nothing is lost."""
    section, part, rows = long_table(sample_plan)
    name, wanted = part.fields[0], getattr(rows[0], part.fields[0])
    change_fields(sample_plan, 1, by=owner)
    contents = load(sample_plan)
    row = contents.find(f"{section.name}.{part.name}", rows[0].uid)
    data = {**posted(part, row, contents), "revision": row.revision, name: "What Carl typed"}
    restore_version(plan=sample_plan, number=1, by=owner)

    url = reverse("plans:row", args=[sample_plan.uid, section, part.name, row.uid])
    page = as_("cofounder").post(url, data)
    assert page.status_code == 409
    text = page.content.decode()
    assert "What Carl typed" in text
    assert wanted in text
    assert getattr(part.model.objects.get(pk=row.pk), name) == wanted
    data["revision"] = part.model.objects.get(pk=row.pk).revision
    assert as_("cofounder").post(url, data).status_code == 302
    assert getattr(part.model.objects.get(pk=row.pk), name) == "What Carl typed"


def test_somebody_editing_a_row_that_goes_keeps_the_text(sample_plan, owner, first, as_):
    section, part, _rows = long_table(sample_plan)
    added = services.save_record(
        section=section, part=part, record=part.model(plan=sample_plan, **texts(part, "Added")),
        before={}, base=0, by=owner,
    )  # fmt: skip
    contents = load(sample_plan)
    row = contents.find(f"{section.name}.{part.name}", added.uid)
    data = {**posted(part, row, contents), "revision": 1, part.fields[0]: "What Carl typed"}
    restore_version(plan=sample_plan, number=1, by=owner)
    url = reverse("plans:row", args=[sample_plan.uid, section, part.name, added.uid])
    page = as_("cofounder").post(url, data)
    assert page.status_code == 409
    assert "What Carl typed" in page.content.decode()
