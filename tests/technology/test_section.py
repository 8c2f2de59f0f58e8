"""The technology section as a whole: its page, costs, figures, needs and forms."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.plans.contents import figure, load
from apps.plans.models import Plan
from apps.plans.progress import section_progress
from apps.plans.render import render_section
from apps.plans.sections import registry
from apps.plans.services import add_starters
from apps.technology.models import Data, Profile, Run, Serving, Step
from tests.technology.conftest import RUN, technology

SECTION = registry["technology"]


def form_of(part_name: str, data: dict | None, **parts):
    content = technology(**parts)
    part = SECTION.part(part_name)
    record = part.model(plan=content.plan) if part.is_table else content[part_name]
    record.contents = content.contents
    return part.form(data, instance=record, part=part, contents=content.contents)


# --- The sample ----------------------------------------------------------------------------------
@time_machine.travel(date(2026, 11, 24))
def test_the_sample_is_complete_sound_and_within_the_seed_round(sample, language):
    content = sample.section("technology")
    assert section_progress(content).percent == 100
    with translation.override(language):
        # Fine-tuning sees its dialogues about three times, and that is meant.
        assert [finding.key for finding in SECTION.checks(sample)] == ["technology.repeated_data"]
        html = render_section(content)
    assert html.count("<figure") == 3
    assert ("训练任务" in html) == (language == "zh-hans")
    values = {item.key: item.value for item in SECTION.figures(content)}
    assert 100_000 < values["training_cost"] < 120_000
    assert round(values["cost_per_million_tokens"], 3) == Decimal("3.289")
    assert values["training_flops"] == "3.7e21"
    assert values["tokens_without_right"] == 0  # the forums are not used
    assert values["data_cost"] == 468_000


def test_the_page_says_where_its_figures_come_from(sample, language):
    content = sample.section("technology")
    with translation.override(language):
        html = unescape(render_section(content))
    given = [
        item["source"] for _part, record in content.records() for item in record.evidence.values()
    ]
    assert len(given) >= 15
    assert all(text in html for text in given)


def test_the_page_of_a_document_makes_no_query(sample, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        render_section(sample.section("technology"))


# --- Context -------------------------------------------------------------------------------------
def test_an_empty_section_says_so():
    content = technology()
    assert content.context()["empty"] is True
    assert set(content.context()["pictures"].values()) == {None}
    assert {item.value for item in SECTION.figures(content)} == {None}
    assert 'class="empty"' in render_section(content)


def test_half_filled_runs_are_named_and_print_a_dash():
    content = technology(run=[{"uid": "a", "name": "Vague"}, RUN])
    context = content.context()
    assert any("Vague" in warning for warning in context["warnings"])
    assert round(context["run_total"]) == 73_728
    html = render_section(content)
    assert "29,491" in html and "¥73,728" in html and "4.2e22" in html
    assert "None" not in html and "NaN" not in html


def test_huge_and_tiny_answers_do_not_break_the_page():
    run = {
        **RUN, "parameters": "1e15", "tokens": "1e15", "peak": "0.01", "mfu": "0.01", "gpus": 1,
        "price": "1e15", "start": "9999-12-31",
    }  # fmt: skip
    content = technology(run=[run], data=[{"name": "x", "size": "1e15", "cost": "1e15"}])
    assert content["run"][0].end is None
    assert all(len(cost.amounts) == 36 for cost in SECTION.monthly_costs(content))
    assert render_section(content)


def test_steps_stand_under_their_stage_also_without_one():
    content = technology(step=[{"name": "A", "stage": "data"}, {"name": "B"}])
    stages = content.context()["stages"]
    assert [[str(step) for step in steps] for _stage, steps in stages] == [["A"], ["B"]]


def test_shares_by_right_count_an_open_question_as_unknown():
    data = [
        {"uid": "a", "name": "a", "size": "60", "right": "yes"},
        {"uid": "b", "name": "b", "size": "30"},
        {"uid": "c", "name": "c", "size": "10", "right": "no"},
        {"uid": "d", "name": "d", "right": "no"},
    ]
    data.append({"uid": "e", "name": "not used", "size": "900", "right": "no"})
    run = {**RUN, "data": ["a", "b", "c", "d"]}
    content = technology(data=data, run=[run])
    assert figure(content.contents, "technology", "tokens_without_right") == 40
    table = dict(content.context()["pictures"]["rights"].table[1:])
    assert table == {"Yes": "60 · 60%", "Unknown": "30 · 30%", "No": "10 · 10%"}


def test_a_plan_that_trains_nothing_is_not_asked_for_the_right_to_train():
    data = [{"uid": "a", "name": "a", "size": "60", "right": "no"}]

    def keys(strategy):
        content = technology(profile={"strategy": strategy}, data=data)
        return {item.key for item in SECTION.figures(content)}, render_section(content)

    figures, html = keys("retrieval")
    assert "tokens_without_right" not in figures and "Without the right to train" not in html
    assert "tokens_without_right" in keys("scratch")[0]


def test_what_people_write_is_escaped():
    text = "<script>alert(1)</script>{{ 7|add:7 }}"
    html = render_section(technology(tool=[{"name": text, "reason": text}]))
    assert "<script" not in html
    assert "{{ 7|add:7 }}" in html


# --- Costs ---------------------------------------------------------------------------------------
def test_runs_cost_over_their_days_and_data_once():
    data = {"uid": "d", "name": "Manuals", "cost": "36000", "acquired": "2027-02-15"}
    run, source = SECTION.monthly_costs(technology(run=[RUN], data=[data]))
    assert (run.kind, run.place.part, run.place.row) == ("runs", "run", "run-main")
    # 19.2 days from 22 February: 7 of them in February
    assert run.amounts[0] == 0
    assert round(run.amounts[1] / sum(run.amounts), 4) == Decimal("0.3646")
    assert round(sum(run.amounts)) == 73_728
    assert (source.kind, source.amounts[1], sum(source.amounts)) == ("data", 36_000, 36_000)


def test_costs_of_the_sample_add_up_to_its_figures(sample):
    content = sample.section("technology")
    costs = SECTION.monthly_costs(content)
    for kind, key in (("runs", "training_cost"), ("data", "data_cost")):
        total = sum(sum(cost.amounts) for cost in costs if cost.kind == kind)
        assert abs(total - figure(sample, "technology", key)) < Decimal("0.001")


def test_the_cost_of_an_undated_run_is_unknown():
    (cost,) = SECTION.monthly_costs(technology(run=[{**RUN, "start": None}]))
    assert cost.amounts is None


# --- What a complete record holds ----------------------------------------------------------------
def needs(part_name: str, record) -> tuple[str, ...]:
    return SECTION.part(part_name).required(record)


@pytest.mark.parametrize(
    ("strategy", "asked", "not_asked"),
    [
        ("api", "fallback", "training_tokens"),
        ("retrieval", "retrieval", "parameters"),
        ("fine_tune", "training_tokens", "architecture"),
        ("scratch", "architecture", "base_model"),
        ("distil", "teacher", "retrieval"),
    ],
)
def test_the_strategy_decides_what_the_profile_needs(strategy, asked, not_asked):
    profile = Profile(plan=Plan(stage="seed"), strategy=strategy)
    assert asked in needs("profile", profile)
    assert not_asked not in needs("profile", profile)


@pytest.mark.parametrize(
    ("part", "record", "field", "first"),
    [
        ("profile", Profile(strategy="api"), "fallback", "pre_seed"),
        ("profile", Profile(), "public_china", "seed"),
        ("step", Step(), "owner", "seed"),
        ("data", Data(), "size", "pre_seed"),
        ("run", Run(), "start", "seed"),
        ("serving", Serving(mode="cloud"), "throughput", "pre_seed"),
        ("serving", Serving(), "availability", "seed"),
    ],
)
def test_the_stage_decides_what_is_asked(part, record, field, first):
    stages = ["idea", "pre_seed", "seed", "growth"]
    for stage in stages:
        record.plan = Plan(stage=stage)
        assert (field in needs(part, record)) == (stages.index(stage) >= stages.index(first))


def test_people_in_the_data_and_a_public_service_call_for_more():
    plan = Plan(stage="seed")
    assert "safeguards" in needs("data", Data(plan=plan, personal=True))
    assert "safeguards" not in needs("data", Data(plan=plan, personal=False))
    filed = "filing" in needs("profile", Profile(plan=plan, public_china=True))
    assert filed == registry.has("projects.milestone")
    assert "filing" not in needs("profile", Profile(plan=plan, public_china=False))


# --- Forms ---------------------------------------------------------------------------------------
def test_large_numbers_may_be_written_with_a_power_of_ten(db):
    form = form_of("run", {"name": "Main", "parameters": "7e9", "tokens": "1e12"})
    assert form.is_valid(), form.errors
    assert form.instance.flops == Decimal("4.2e22")


def test_before_an_answer_every_question_is_shown():
    assert {"base_model", "teacher", "architecture"} <= set(form_of("profile", None).fields)


SCRATCH = {
    "strategy": "scratch",
    "base_model": "Kept from before",
    "parameters": "7e9",
    "evidence": {"parameters": {"basis": "estimated"}},
}


def test_after_it_the_others_are_put_away_and_nothing_is_lost(db):
    form = form_of("profile", None, profile=SCRATCH)
    assert {"architecture", "parameters"} <= set(form.fields)
    assert not {"base_model", "teacher", "retrieval"} & set(form.fields)
    assert "Base model" in str(form.fields["strategy"].help_text)

    saved = form_of("profile", {"strategy": "api"}, profile={**SCRATCH, "strategy": "api"})
    assert "parameters" not in saved.fields and "parameters__basis" not in saved.fields
    assert saved.is_valid()
    assert saved.instance.parameters == Decimal("7e9")
    assert saved.instance.evidence == {"parameters": {"basis": "estimated"}}


def test_an_answer_from_an_earlier_choice_is_marked_on_the_page():
    html = render_section(technology(profile=SCRATCH))
    assert "Base model (from an earlier choice)" in html
    assert "Parameters (from" not in html


def test_the_put_away_questions_survive_a_change_of_mind_in_the_browser(plan, as_):
    client = as_("owner")
    url = reverse("plans:sheet", args=[plan.uid, "technology", "profile"])
    first = {"revision": "0", "strategy": "distil", "teacher": "Our 32B model"}
    assert client.post(url, first).status_code == 302
    assert client.post(url, {"revision": "1", "strategy": "scratch"}).status_code == 302
    page = client.get(url).content.decode()
    assert 'name="teacher"' not in page and "Teacher model" in page
    assert "<legend>What it builds on" not in page
    assert client.post(url, {"revision": "2", "strategy": "distil"}).status_code == 302
    assert "Our 32B model" in client.get(url).content.decode()


def test_another_choice_is_followed_before_it_is_saved(plan, as_):
    """Nothing typed is lost on the way, however often the choice changes."""
    client = as_("owner")
    url = reverse("plans:sheet", args=[plan.uid, "technology", "profile"])
    typed = {
        "revision": "0", "strategy": "api", "base_model": "Hosted model", "modalities": ["code"],
        "parameters": "7e9", "parameters__basis": "estimated", "redraw": "1",
    }  # fmt: skip
    page = client.post(url, typed)
    assert page.status_code == 200
    form = page.context["form"]
    assert not form.errors and form["base_model"].value() == "Hosted model"
    assert form["modalities"].value() == ["code"]
    html = page.content.decode()
    assert 'type="hidden" name="parameters" value="7e9"' in html
    assert 'type="hidden" name="parameters__basis" value="estimated"' in html
    assert 'for="id_architecture"' not in html and "data-unsaved" in html
    assert html.index(">Save<") < html.index('name="redraw"')  # Enter saves

    page = client.post(url, {**typed, "strategy": "scratch"})
    html = page.content.decode()
    assert 'for="id_architecture"' in html and 'for="id_parameters"' in html
    assert 'type="hidden" name="base_model" value="Hosted model"' in html
    assert Profile.objects.filter(plan=plan).first() is None  # nothing was saved

    del typed["redraw"]
    assert client.post(url, {**typed, "strategy": "scratch"}).status_code == 302
    saved = Profile.objects.get(plan=plan)
    assert (saved.strategy, saved.base_model) == ("scratch", "Hosted model")
    assert (saved.parameters, saved.evidence["parameters"]["basis"]) == (7_000_000_000, "estimated")


def test_a_choice_is_followed_on_the_records_own_page_too(plan, as_):
    """With htmx the button is pressed for the person and only the form is exchanged."""
    client = as_("owner")
    url = reverse("plans:sheet", args=[plan.uid, "technology", "profile"])
    page = client.get(url).content.decode()
    button = page[page.index("<button", page.index(">Save<")) : page.index('name="redraw"')]
    follows = page[page.index('name="redraw"') :].partition(">")[0]
    assert f'hx-post="{url}"' in follows and 'hx-target="#own-form"' in follows
    assert "hidden" not in button + follows  # without a script it is there to press
    headers = {"HX-Request": "true", "HX-Target": "own-form"}
    typed = {"revision": "0", "strategy": "scratch", "redraw": "1"}
    answer = client.post(url, typed, headers=headers).content.decode()
    assert 'id="own-form"' in answer and 'for="id_parameters"' in answer
    assert 'hx-target="#body-profile"' not in answer


def test_what_is_hidden_and_wrong_is_shown_to_be_mended(plan, as_):
    url = reverse("plans:sheet", args=[plan.uid, "technology", "profile"])
    page = as_("owner").post(url, {"revision": "0", "strategy": "api", "parameters": "many"})
    assert page.status_code == 422
    assert 'for="id_parameters"' in page.content.decode()


def test_a_form_that_does_not_know_the_word_saves(plan, as_):
    url = reverse("plans:new_row", args=[plan.uid, "technology", "tool"])
    assert (
        as_("owner").post(url, {"revision": "0", "name": "vLLM", "redraw": "1"}).status_code == 302
    )


def test_the_mode_decides_what_serving_asks():
    api = form_of("serving", None, serving={"mode": "api"}).fields
    cloud = form_of("serving", None, serving={"mode": "cloud"}).fields
    assert "input_price" in api and "throughput" not in api
    assert "throughput" in cloud and "input_price" not in cloud


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [("run", "mfu", "101"), ("run", "parameters", "-1"), ("run", "tokens", "NaN"),
     ("run", "tokens", "1e16"), ("run", "gpus", "-1"), ("data", "right", "maybe"),
     ("step", "start", "soon"), ("trend", "impact", "6")],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_its_field(part, field, value, db):
    form = form_of(part, {"name": "x", field: value})
    assert list(form.errors) == [field]


@pytest.mark.parametrize("value", ["0", "-40"])
def test_a_utilisation_of_nothing_is_refused_with_a_usual_one(value, db):
    form = form_of("run", {"name": "x", "mfu": value})
    assert "usually 25 to 50" in form.errors["mfu"][0]
    assert "mfu" not in form_of("run", {"name": "x", "mfu": ""}).errors
    assert "mfu" not in form_of("run", {"name": "x", "mfu": "0.01"}).errors


def test_an_end_before_the_start_is_refused_in_a_sentence(db):
    form = form_of("step", {"name": "Clean", "start": "2027-03-02", "end": "2027-03-01"})
    assert list(form.errors) == ["end"]
    plan = Plan.objects.create(title="Test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(plan=plan, name="x", start=date(2027, 2, 2), end=date(2027, 2, 1))


# --- Starters ------------------------------------------------------------------------------------
def test_starters_are_the_steps_and_trends_of_the_source(owner):
    plan = Plan.objects.create(title="Test")
    for name in ("step", "trend"):
        add_starters(plan=plan, section=SECTION, part=SECTION.part(name), by=owner)
    content = load(plan).section("technology")
    assert [stage for stage, _steps in content.context()["stages"]] == [
        "Data acquisition and processing",
        "Model design, training and optimisation",
        "Deployment and operations",
    ]
    assert len(content["step"]) == 12
    assert len(content["trend"]) == 5


def test_a_count_is_read_in_words_and_not_in_digits():
    html = render_section(
        technology(
            profile={"strategy": "scratch", "training_tokens": "8e12"},
            evaluation=[{"uid": "e", "name": "Set", "metric": "share"}],
        )
    )
    assert "8T" in html and "8,000,000,000,000" not in html and "Set: share" in html


def test_a_run_of_one_day_has_one_date():
    html = render_section(technology(run=[{**RUN, "gpus": "100000", "start": "2027-03-29"}]))
    assert "Mar 29, 2027</dd>" in html
