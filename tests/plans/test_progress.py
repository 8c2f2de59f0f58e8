"""Honest progress: optional fields never count, a missing row does, and it is always up to date."""

from typing import Any

import pytest
from django.core.management import call_command

from apps.plans import services
from apps.plans.contents import load
from apps.plans.models import Plan, SectionProgress
from apps.plans.progress import Missing, is_filled, section_progress
from apps.plans.sections import Registry, Section, registry
from tests.plans.conftest import SEGMENT, SHEET, save, stored
from tests.plans.pages import text_of, url


def market(plan: Plan) -> Any:
    return section_progress(load(plan).section("market"))


def test_optional_fields_never_count(plan: Plan, segment: Any, owner: Any) -> None:
    before = market(plan)
    optional = {"firmographic": "Chains", "geographic": "Coast", "regulatory": "None", "letters": 3}
    save(plan, SEGMENT, owner, stored(segment), **optional)
    assert (market(plan).done, market(plan).total) == (before.done, before.total)
    save(plan, SEGMENT, owner, stored(segment), acv=5000)
    assert (market(plan).done, market(plan).total) == (before.done + 1, before.total)


@pytest.mark.parametrize(
    ("value", "filled"),
    [("", False), (" \n\u3000", False), ("x", True), (None, False), ([], False), ({}, False),
     (0, True), (False, True), (["a"], True), ({"a": 1}, True)],
)  # fmt: skip
def test_what_counts_as_an_answer(value: Any, filled: bool) -> None:
    assert is_filled(value) is filled


def test_an_empty_row_is_worth_nothing_and_a_missing_one_counts(plan: Plan, owner: Any) -> None:
    blank = market(plan)
    assert Missing("segment") in blank.missing
    row = save(plan, SEGMENT, owner, name="")
    empty = market(plan)
    assert (empty.done, empty.total) == (blank.done, blank.total)
    assert Missing("segment") not in empty.missing
    assert Missing("segment", row.uid, "name") in empty.missing


def test_needs_follow_the_answers(plan: Plan, segment: Any, owner: Any) -> None:
    """A rejected segment owes the reason, not the whole case."""
    save(plan, SEGMENT, owner, stored(segment), targeting="rejected")
    gaps = {gap.field for gap in market(plan).missing if gap.row == segment.uid}
    assert "targeting_reason" in gaps and "acv" not in gaps


def test_every_write_counts_again(plan: Plan, segment: Any, as_: Any) -> None:
    def counted() -> tuple[int, int]:
        row = plan.progress.get(section="market")
        return row.done, row.total

    client = as_("owner")
    start = counted()
    client.post(url("sheet", plan, SHEET), {"scope": "Service", "revision": "0"})
    assert counted() == (start[0] + 1, start[1])
    client.post(url("delete_row", plan, SEGMENT, segment.uid))
    assert counted()[0] < start[0] + 1
    client.post(url("undelete", plan, SEGMENT, segment.uid))
    assert counted() == (start[0] + 1, start[1])
    client.post(url("starters", plan, "market.factor"))
    assert counted()[0] > start[0] + 1
    found = market(plan)
    assert counted() == (found.done, found.total)


def test_sections_that_depend_on_the_edited_one_are_counted_again(plan: Plan, owner: Any) -> None:
    """Whatever section refers to another one's rows and computes its needs."""
    for section in registry:
        for other in registry.dependents(section):
            SectionProgress.objects.filter(plan=plan, section=other.name).update(done=0, total=999)
        services.touch(plan=plan, section=section, by=owner)
        for other in registry.dependents(section):
            assert plan.progress.get(section=other.name).total != 999, (section, other)


def test_dependents_are_found_by_references_and_computed_needs() -> None:
    found = {s.name: {other.name for other in registry.dependents(s)} for s in registry}
    assert any(found.values())
    assert all(name not in others for name, others in found.items())


def test_an_edit_of_one_section_is_not_an_edit_of_its_dependents(plan: Plan, owner: Any) -> None:
    section = next(section for section in registry if registry.dependents(section))
    services.touch(plan=plan, section=section, by=owner)
    assert plan.progress.get(section=section.name).updated_by == owner
    for other in registry.dependents(section):
        assert plan.progress.get(section=other.name).updated_at is None


def test_every_gap_on_the_plan_page_leads_to_a_form_with_that_field(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client = as_("owner")
    page = client.get(url("page", plan)).content.decode()
    links = [part.split('"')[0] for part in page.split('href="') if "#id_" in part.split('"')[0]]
    assert len(links) > 5
    for address, _hash, anchor in (link.partition("#") for link in links):
        assert f'id="{anchor}' in client.get(address).content.decode(), address


def test_nobody_is_told_what_is_missing_who_cannot_fill_it_in(plan: Plan, as_: Any) -> None:
    assert "missing" in text_of(as_("cofounder").get(url("page", plan)))
    assert "missing" not in text_of(as_("mentor").get(url("page", plan)))


def test_gaps_of_parts_that_are_no_longer_there_are_left_out(plan: Plan, as_: Any) -> None:
    SectionProgress.objects.filter(plan=plan, section="market").update(
        missing=[["gone", "", ""], ["segment", "", "gone"], ["segment", "", ""]]
    )
    page = as_("owner").get(url("page", plan))
    item = page.context["navigation"].items[0]
    assert [gap.missing.part for gap in item.gaps] == ["segment"]


def test_a_plan_is_complete_only_when_every_section_is(sample_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    assert "Everything required is there." in text_of(client.get(url("page", sample_plan)))
    row = load(sample_plan).part(SEGMENT)[0]
    save(sample_plan, SEGMENT, sample_plan.updated_by, row, buyer="")
    navigation = client.get(url("page", sample_plan)).context["navigation"]
    assert not navigation.complete and navigation.percent == 99


def test_the_command_counts_every_plan_again(plan: Plan, sample_plan: Plan) -> None:
    honest = {
        (row.plan_id, row.section): (row.done, row.total) for row in SectionProgress.objects.all()
    }
    SectionProgress.objects.update(done=0, total=1, missing=[])
    SectionProgress.objects.filter(plan=plan, section="market").delete()
    call_command("refresh_progress")
    again = {
        (row.plan_id, row.section): (row.done, row.total) for row in SectionProgress.objects.all()
    }
    assert again == honest


def test_a_section_is_registered_once() -> None:
    fresh = Registry()
    section = Section(name="x", title="X", lead="", order=1, parts=())
    fresh.register(section)
    with pytest.raises(Exception, match="registered twice"):
        fresh.register(section)
    assert not fresh.has("x.y") and not fresh.has("") and "x" in fresh
