"""Honest progress: optional fields never count, a missing row does, and it is always up to date."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

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
    assert ("segment", row.uid, "name") in {(m.part, m.row, m.field) for m in empty.missing}


def test_needs_follow_the_answers(plan: Plan, segment: Any, owner: Any) -> None:
    """A rejected segment owes the reason, not the whole case."""
    save(plan, SEGMENT, owner, stored(segment), targeting="rejected")
    gaps = {gap.field for gap in market(plan).missing if gap.row == segment.uid}
    assert "targeting_reason" in gaps and "acv" not in gaps


def test_every_write_counts_again(plan: Plan, segment: Any, as_: Any) -> None:
    def counted() -> tuple[int, int]:
        row = plan.progress.get(section="market")
        return row.done, row.total

    plan.stage = "seed"  # at which every table of the market counts
    plan.save()
    services.refresh_all_progress(plan=plan)
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


def test_a_new_stage_counts_every_section_again(sample_plan: Plan, as_: Any) -> None:
    """What a complete plan holds depends on the stage (stages.py)."""
    client, address = as_("owner"), url("settings", sample_plan)
    page = client.get(address)
    posted = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    posted |= {"stage": "idea", "mark": page.context["mark"]}
    before = {row.section: (row.total, row.updated_at) for row in sample_plan.progress.all()}
    assert client.post(address, posted).status_code == 302
    after = {row.section: (row.total, row.updated_at) for row in sample_plan.progress.all()}
    assert after.keys() == before.keys()
    for content in load(Plan.objects.get(pk=sample_plan.pk)).sections():
        total, touched = after[content.section.name]
        assert total == section_progress(content).total
        assert touched == before[content.section.name][1], "nobody wrote in the section"
    assert sum(total for total, _at in after.values()) < sum(t for t, _at in before.values())


def test_a_part_says_from_which_stage_on_it_counts(plan: Plan, as_: Any) -> None:
    address, note = f"{url('edit', plan, 'market')}?part=factor", "Counts from the stage “Pre-seed”"
    page = text_of(as_("owner").get(address))
    assert note in page and "are needed" not in page
    Plan.objects.filter(pk=plan.pk).update(stage="pre_seed")
    page = text_of(as_("owner").get(address))
    assert note not in page and "At least 2 rows are needed." in page


def test_sections_that_depend_on_the_edited_one_are_counted_again(plan: Plan, owner: Any) -> None:
    """Whatever section refers to another one's rows and computes its needs."""
    for section in registry:
        for other in registry.dependents(section):
            SectionProgress.objects.filter(plan=plan, section=other.name).update(done=0, total=999)
        services.touch(plan=plan, section=section, by=owner)
        for other in registry.dependents(section):
            assert plan.progress.get(section=other.name).total != 999, (section, other)


def test_dependents_are_found_by_required_references_and_computed_needs() -> None:
    found = {s.name: {other.name for other in registry.dependents(s)} for s in registry}
    assert all(name not in others for name, others in found.items())
    for section in registry:
        for part in section.parts:
            needs = part.fields if callable(part.needs) else part.needs
            for name in needs:
                target = getattr(part.model_field(name), "target", "").partition(".")[0]
                if target in found and target != section.name:
                    assert section.name in found[target], (section.name, part.name, name)


def needed_reference() -> tuple[str, str, str]:
    """(part, field, target) of a row that must refer to a row of another section."""
    return next(
        (f"{section.name}.{part.name}", name, target)
        for section in registry
        for part in section.parts
        if part.is_table
        for name in part.required(part.model())
        if "__" not in name
        and (target := getattr(part.model_field(name), "target", ""))
        and registry.has(target)
        and not target.startswith(f"{section.name}.")
    )


def test_a_required_reference_to_removed_rows_only_is_missing_until_they_are_back(
    sample_plan: Plan, as_: Any
) -> None:
    path, name, target = needed_reference()
    section, part = registry.part(path)
    client, contents = as_("owner"), load(sample_plan)
    holder = next(row for row in contents.part(path) if getattr(row, name))
    uids = getattr(holder, name)
    uids = [uids] if isinstance(uids, str) else list(uids)
    expected = [part.name, holder.uid, name, str(holder)]

    def stored_gaps() -> list[Any]:
        return sample_plan.progress.get(section=section.name).missing

    assert expected not in stored_gaps()
    for uid in uids:
        client.post(url("delete_row", sample_plan, target, uid))
    assert expected in stored_gaps()
    page = text_of(client.get(url("page", sample_plan)))
    assert f"{part.title} · {holder} · {part.label(name)}" in page
    client.post(url("undelete", sample_plan, target, uids[0]))
    assert expected not in stored_gaps(), "one row that is there is enough"


def test_a_gap_names_its_row(plan: Plan, segment: Any, as_: Any) -> None:
    page = text_of(as_("owner").get(url("page", plan)))
    label = registry.part(SEGMENT)[1].label("buyer")
    assert f"Segments · Shops · {label}" in page


def test_rows_that_are_not_there_are_one_gap_with_their_number(plan: Plan, as_: Any) -> None:
    tables = [
        (section, part)
        for section in registry
        for part in section.parts
        if part.is_table and part.rows_needed(plan) > 1
    ]
    assert tables
    navigation = as_("owner").get(url("page", plan)).context["navigation"]
    page = text_of(as_("owner").get(url("page", plan)))
    for section, part in tables:
        (item,) = (item for item in navigation.items if item.section is section)
        (gap,) = (gap for gap in item.gaps if gap.missing.part == part.name)
        assert gap.count == part.rows_needed(plan)
        assert f"{part.title} · add {part.rows_needed(plan)} rows" in page


def test_the_labels_of_rows_are_in_the_language_of_the_plan(plan: Plan, owner: Any) -> None:
    """Not in the language of whoever edited last: they stay for every reader."""
    path = "branding.equity"  # a row is called by its kind, which is translated
    plan.stage = "seed"  # from which its rows count
    section, part = registry.part(path)
    with translation.override("zh-hans"):
        services.add_starters(plan=plan, section=section, part=part, by=owner)
        abroad = {str(row) for row in load(plan).part(path)}
    labels = {gap[3] for gap in plan.progress.get(section="branding").missing if gap[1]}
    assert labels and labels <= {str(row) for row in load(plan).part(path)}
    assert not labels & abroad


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


def test_the_list_of_gaps_is_for_those_who_can_fill_them_in(
    plan: Plan, segment: Any, as_: Any
) -> None:
    pages = {who: as_(who).get(url("page", plan)) for who in ("cofounder", "mentor")}
    for page in pages.values():
        navigation = page.context["navigation"]
        gaps = sum(len(item.gaps) for item in navigation.items)
        assert gaps > 5 and f"{gaps} things are missing." in text_of(page)
    assert "Segments · Shops" in text_of(pages["cofounder"])
    assert "Segments · Shops" not in text_of(pages["mentor"])


def test_what_a_named_row_asks_anew_does_not_look_like_a_step_back(
    plan: Plan, owner: Any, as_: Any
) -> None:
    """More is missing than before, but more is given, too, and that is said first."""
    client = as_("owner")
    before = client.get(url("page", plan)).context["navigation"]
    save(plan, SEGMENT, owner, name="Shops")
    page = client.get(url("page", plan))
    after = page.context["navigation"]
    assert after.done > before.done
    said = f"{after.done} of {after.total} required answers are given; every row you begin asks"
    assert said in text_of(page)


def test_one_missing_thing_is_said_in_the_singular(sample_plan: Plan, as_: Any) -> None:
    row = load(sample_plan).part(SEGMENT)[0]
    save(sample_plan, SEGMENT, sample_plan.updated_by, row, buyer="")
    assert "1 thing is missing." in text_of(as_("owner").get(url("page", sample_plan)))


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


STAGE_PARTS = {
    # what each stage asks for that the one before does not; the founder's whole list is in needs.py
    "idea": {"strategy.model", "strategy.challenge", "technology.profile", "risks.risk",
             "team.role", "funding.stream", "funding.cost", "funding.assumptions"},
    "pre_seed": {"funding.round", "funding.use", "funding.holder", "projects.task", "strategy.moat",
                 "risks.action", "technology.serving", "technology.evaluation"},
    "seed": {"funding.scenario", "projects.quality", "branding.equity", "team.communication"},
    "growth": {"projects.change"},
}  # fmt: skip


def test_each_stage_asks_for_its_own_list() -> None:
    """An idea owes no cap table, scenarios or schedule; those come with the money they serve."""
    for place, stage in enumerate(STAGE_PARTS):
        for path in STAGE_PARTS[stage]:
            _section, part = registry.part(path)
            asked = [
                part.rows_needed(Plan(stage=at)) if part.is_table
                else len(part.required(part.model(plan=Plan(stage=at))))
                for at in STAGE_PARTS
            ]  # fmt: skip
            assert not any(asked[:place]) and all(asked[place:]), (path, asked)


def test_later_stages_take_more_rows_and_more_answers() -> None:
    def rows(path: str) -> list[int]:
        return [registry.part(path)[1].rows_needed(Plan(stage=stage)) for stage in STAGE_PARTS]

    assert rows("risks.risk") == [3, 5, 5, 5]
    assert rows("team.training") == [0, 0, 1, 2]
    assert rows("projects.quality") == [0, 0, 1, 3]
    contents = {stage: Plan(stage=stage) for stage in ("seed", "growth")}
    for section in registry:
        asked = {
            stage: sum(
                max(1, part.rows_needed(plan) if part.is_table else 1)
                * len(part.required(part.model(plan=plan)))
                for part in section.parts
            )
            for stage, plan in contents.items()
        }
        assert asked["growth"] > asked["seed"], section.name
