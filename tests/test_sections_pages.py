"""What the pages of every section must do: show all of it, whatever it holds, and save it.
Nothing here names a section."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.plans import fields, samples
from apps.plans.contents import load
from apps.plans.document import dump_record, restore
from apps.plans.models import Plan
from apps.plans.render import render_section
from apps.plans.sections import Part, Section, registry
from tests.conftest import all_parts, all_sections
from tests.sections import (
    LANGUAGES,
    SAMPLES,
    blank_contents,
    fill,
    first_record,
    posted,
    sample_contents,
)


# --- Pictures, figures, template, checks ---------------------------------------------------------
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", all_sections())
def test_the_read_page_shows_what_was_written(section: Section, language: str, sample: str, db: Any,
                                              django_assert_num_queries: Any) -> None:  # fmt: skip
    contents = sample_contents(language, sample)
    with translation.override(language), django_assert_num_queries(0):
        html = render_section(contents.section(section.name))
    text = _plain(unescape(re.sub(r"<[^>]+>", " ", html)))
    for part, record in contents.section(section.name).records():
        for name in part.fields:
            value = getattr(record, name)
            if isinstance(value, str) and isinstance(part.model_field(name), fields.LongText):
                for line in value.splitlines():
                    assert _plain(line) in text, (part.name, name)
    assert not re.search(r">\s*None\s*</(?:dd|td|th|p)>", html)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("section", all_sections())
def test_the_pictures_of_a_sample_are_drawn(section: Section, sample: str) -> None:
    """All of them for the reference sample; another may lack the data for some."""
    named = {name for part in section.parts for name in part.pictures}
    full = sample_contents(name=sample).section(section.name).context()["pictures"]
    assert named <= full.keys()
    for name, picture in full.items():
        if picture is None:
            assert sample != "customer_service", name
            continue
        assert "<title" in str(picture)
        assert picture.description


@pytest.mark.parametrize("section", all_sections())
def test_pictures_are_absent_or_sane_for_a_blank_plan(section: Section) -> None:
    named = {name for part in section.parts for name in part.pictures}
    blank = blank_contents().section(section.name).context()["pictures"]
    assert named <= blank.keys()
    for picture in blank.values():
        assert "nan" not in str(picture or "").lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", all_sections())
def test_a_blank_section_reads_well(section: Section, language: str) -> None:
    with translation.override(language):
        html = render_section(blank_contents().section(section.name))
        assert re.sub(r"<[^>]+>", "", html).strip()
        assert "None" not in html


@pytest.mark.parametrize("section", all_sections())
def test_checks_and_costs_are_pure_and_serve_blank_and_full_plans(section: Section) -> None:
    for contents in (*(sample_contents(name=name) for name in SAMPLES), blank_contents()):
        for finding in section.checks(contents):
            assert finding.severity in {"error", "warning", "hint"}
            assert str(finding.message)
            assert all(place.section in registry for place in finding.places)
        for cost in section.monthly_costs(contents.section(section.name)):
            assert all(isinstance(amount, Decimal) and amount >= 0 for amount in cost.amounts)
            assert len(cost.amounts) == 36


# --- Pages ---------------------------------------------------------------------------------------
TABLES = {part.model._meta.db_table for section in registry for part in section.parts}


def page_queries(client: Any, url: str, capture: Any) -> int:
    """The queries of a page beside those that read the plan: they read no table twice, and a table
    only where a row refers to it."""
    client.get(url)
    with capture as queries:
        assert client.get(url).status_code == 200
    read = [table for query in queries for table in TABLES if f'FROM "{table}"' in query["sql"]]
    assert len(read) == len(set(read))
    return len(queries) - len(read)


@pytest.mark.parametrize("view", ["section", "edit"])
@pytest.mark.parametrize("section", all_sections())
def test_queries_do_not_grow_with_rows(section: Section, view: str, plan: Plan, as_: Any,
                                       owner: Any) -> None:  # fmt: skip
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = as_("owner"), reverse(f"plans:{view}", args=[plan.uid, section])
    counts = []
    for rows in (5, 50):
        for part in section.parts:
            if part.is_table:
                fill(plan, part, rows)
        counts.append(page_queries(client, url, CaptureQueriesContext(connection)))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_a_record_is_saved_from_the_page(
    section: Section, part: Part, plan: Plan, as_: Any
) -> None:
    """The form of a blank record, filled with the sample's answers, posted without htmx."""
    document = samples.document("customer_service", "en")
    contents = restore(document)
    record = first_record(section, part)
    data = {**posted(part, record, contents), "revision": "0"}
    for name in part.fields:  # rows of other parts are not there in the blank plan
        if isinstance(part.model_field(name), fields.RowRef | fields.RowRefs | fields.RowScores):
            data.pop(name, None)
    kind = "new_row" if part.is_table else "sheet"
    url = reverse(f"plans:{kind}", args=[plan.uid, section, part.name])
    client = as_("cofounder")
    assert client.get(url).status_code == 200
    response = client.post(url, data)
    assert response.status_code == 302, response.content.decode()[:3000]
    stored = load(plan).part(f"{section.name}.{part.name}")
    stored = stored[0] if part.is_table else stored
    assert stored.revision == 1
    kept = dump_record(part, stored)
    wanted = dump_record(part, record)
    for name in part.fields:
        if not isinstance(
            part.model_field(name), fields.RowRef | fields.RowRefs | fields.RowScores
        ):
            assert kept[name] == wanted[name], name


HOSTILE = [
    "<script>alert(1)</script>",
    "{% widthratio 7919 1 7907 %}{{ 7*7 }}",
    "😀🏳️‍🌈 \u202eright to left\u202c",
    "'; DROP TABLE plans_plan; --",
    "a\u0301\u0301\u0301" * 20,
    "字" * 5000,
    "w" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("section", all_sections())
def test_hostile_text_is_shown_as_text(section: Section, text: str) -> None:
    document = samples.document("customer_service", "en")
    contents = restore(document)
    for part, record in contents.section(section.name).records():
        for name in part.fields:
            field = part.model_field(name)
            if isinstance(field, fields.LongText | fields.ShortText):
                setattr(record, name, text[: field.max_length or None])
    html = render_section(contents.section(section.name))
    assert "<script>alert" not in html
    assert "62615533" not in html  # the product, had the text been run as a template


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=200), number=st.decimals(allow_nan=True, allow_infinity=True))
@pytest.mark.parametrize(("section", "part"), all_parts())
def test_no_input_breaks_a_form(section: Section, part: Part, text: str, number: Decimal) -> None:
    """Whatever is typed into every field: valid or a sentence, never an exception."""
    contents = blank_contents()
    data = {}
    for name in part.fields:
        numeric = isinstance(part.model_field(name), models.DecimalField | models.IntegerField)
        data[name] = str(number) if numeric else text
    record = part.model(plan=contents.plan)
    record.contents = contents
    form = part.form(data, instance=record, part=part, contents=contents)
    form.full_clean()
    for messages in form.errors.values():
        assert all(str(message).strip() for message in messages)
    for name in part.fields:
        value = getattr(form.instance, name) if name not in form.errors else None
        if isinstance(value, Decimal):
            assert value.is_finite()
