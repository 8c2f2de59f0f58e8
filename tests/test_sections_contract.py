"""What every section must declare and keep. A section gains this suite, and that of its pages
(test_sections_pages.py), by being registered and having a sample; nothing here names one."""

import re

import pytest
from django.db import models
from django.utils import translation

from apps.plans import fields, samples
from apps.plans.contents import load
from apps.plans.document import content_hash, dump, dump_record, restore
from apps.plans.evidence import KEYS, input_name
from apps.plans.models import Plan, RowRecord, SheetRecord, Stage
from apps.plans.progress import record_progress, section_progress
from apps.plans.sections import Part, Section, registry
from tests.conftest import all_parts, all_sections
from tests.sections import (
    LANGUAGES,
    SAMPLES,
    blank_contents,
    first_record,
    posted,
    sample_contents,
)


# --- Declarations --------------------------------------------------------------------------------
@pytest.mark.parametrize(("section", "part"), all_parts())
def test_a_part_is_declared_whole(section: Section, part: Part) -> None:
    assert isinstance(part.fields, tuple)
    assert issubclass(part.model, RowRecord if part.is_table else SheetRecord)
    names = {field.name for field in part.model._meta.get_fields()}
    assert set(part.fields) <= names
    assert set(part.quantified) <= set(part.fields)
    blank = part.model(plan=Plan())
    for needs in (part.required(blank), part.required(first_record(section, part))):
        evidence = {input_name(name, key) for name in part.quantified for key in KEYS}
        assert set(needs) <= {*part.fields, *evidence}
    assert str(part.title)
    if part.is_table:
        assert part.columns and all(hasattr(part.model, name) for name in part.columns)
        assert all(name in part.fields or name in part.headings for name in part.columns)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "part"), all_parts())
def test_every_field_says_why_it_is_asked_and_shows_an_example(
    section: Section, part: Part, language: str
) -> None:
    with translation.override(language):
        for name in part.fields:
            why, example = part.form.guide[name]
            assert str(why).strip(), name
            assert str(example).strip(), name
            assert str(part.label(name)) != name or language == "en", name
        if language != "en":
            assert re.search(r"[\u4e00-\u9fff]", str(part.title))


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_references_point_at_parts_by_uid_only(section: Section, part: Part) -> None:
    for field in part.model._meta.get_fields():
        assert not isinstance(field, models.ForeignKey) or field.name in {"plan", "updated_by"}
        if isinstance(field, fields.RowRef | fields.RowRefs | fields.RowScores):
            assert re.fullmatch(r"[a-z]+\.[a-z_]+", field.target)


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_a_row_called_after_one_of_another_section_says_so(section: Section, part: Part) -> None:
    """Or its kept label would tell a reader what stands in a section hidden from them."""
    if not part.is_table:
        return
    others = frozenset(other.name for other in registry if other is not section)
    path, named_after = f"{section.name}.{part.name}", part.model.named_after
    for name in SAMPLES:
        document = samples.document(name, "en")
        alone = restore(document, hidden=others).part(path)
        for row, unseen in zip(restore(document).part(path), alone, strict=True):
            assert str(row) == str(unseen) or named_after, (name, str(row))
    assert all(isinstance(part.model_field(field), fields.RowRef) for field in named_after)


# --- Documents -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_survives_document_restore_document(name: str, language: str) -> None:
    first = dump(sample_contents(language, name))
    second = dump(restore(first))
    assert first == second
    assert content_hash(first) == content_hash(second)


def test_a_sample_survives_the_database(sample_plan: Plan) -> None:
    stored = dump(load(sample_plan))
    assert stored == dump(sample_contents("en"))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", all_sections())
def test_a_sample_is_complete_and_refers_to_nothing_missing(
    section: Section, language: str, name: str
) -> None:
    contents = sample_contents(language, name)
    progress = section_progress(contents.section(section.name))
    assert progress.missing == ()
    assert progress.percent == 100
    for part, record in contents.section(section.name).records():
        for field_name in part.fields:
            field = part.model_field(field_name)
            value = getattr(record, field_name)
            where = (part.name, field_name, value)
            if isinstance(field, fields.RowScores):
                assert all(record.contents.find(field.target, uid) for uid in value), where
            if isinstance(field, fields.RowRef) and registry.has(field.target) and value:
                assert record.resolve(field.target, value).state == "found", where
            if isinstance(field, fields.RowRefs) and registry.has(field.target):
                for uid in value:
                    assert record.resolve(field.target, uid).state == "found", where


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "part"), all_parts())
def test_every_sample_record_passes_its_own_form(
    section: Section, part: Part, language: str, name: str
) -> None:
    contents = sample_contents(language, name)
    value = contents.part(f"{section.name}.{part.name}")
    for record in value if part.is_table else [value]:
        form = part.form(
            posted(part, record, contents), instance=record, part=part, contents=contents
        )
        assert form.is_valid(), form.errors
        assert dump_record(part, form.instance) == form.before


# --- Progress ------------------------------------------------------------------------------------
@pytest.mark.parametrize("section", all_sections())
def test_a_blank_section_is_not_complete_and_optional_fields_never_count(section: Section) -> None:
    blank = blank_contents().section(section.name)
    progress = section_progress(blank)
    assert not progress.complete
    assert progress.done == 0
    for part, record in blank.records():
        optional = [n for n in part.fields if n not in part.required(record)]
        before = record_progress(part, record)
        for name in optional:
            value = {"CharField": "x", "TextField": "x"}.get(
                part.model_field(name).get_internal_type()
            )
            if value and not part.model_field(name).choices:
                setattr(record, name, value)
        assert record_progress(part, record)[0] <= max(before[0], len(part.fields))


@pytest.mark.parametrize("section", all_sections())
def test_removing_required_rows_is_seen(section: Section) -> None:
    for part in section.parts:
        if not part.is_table or not part.min_rows:
            continue
        document = samples.document("customer_service", "en")
        document["sections"][section.name][part.name] = []
        progress = section_progress(restore(document).section(section.name))
        needed = part.rows_needed(Plan(stage=document["plan"]["stage"]))
        assert [gap.part for gap in progress.missing].count(part.name) == needed
        assert progress.percent < 100


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("section", all_sections())
def test_what_is_required_grows_with_the_stage(section: Section, name: str) -> None:
    """An idea need not have what a company has; what an investor's money asks for, it has."""
    document = samples.document(name, "en")
    own = document["plan"]["stage"]
    totals = []
    for stage in Stage.values:
        document["plan"]["stage"] = stage
        progress = section_progress(restore(document).section(section.name))
        assert progress.complete or Stage.values.index(stage) > Stage.values.index(own)
        totals.append(progress.total)
    assert totals == sorted(totals)
    assert 0 < totals[0] < totals[-1]


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_a_part_that_does_not_count_yet_asks_for_nothing(section: Section, part: Part) -> None:
    plan = Plan(stage=Stage.IDEA)
    if part.since == Stage.IDEA:
        return
    assert part.required(part.model(plan=plan)) == ()
    assert not part.is_table or part.rows_needed(plan) == 0
    plan.stage = part.since
    assert part.required(part.model(plan=plan))
    assert not part.is_table or part.rows_needed(plan) >= part.min_rows
