"""The project section as a whole: what its page shows, what it costs, what its forms accept."""

from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.plans.contents import figure, load
from apps.plans.models import Plan
from apps.plans.render import render_section
from apps.plans.sections import registry
from apps.plans.services import add_starters
from apps.projects.models import Milestone, Task
from tests.projects.conftest import a_task, projects

SECTION = registry["projects"]


def form_of(part_name: str, data: dict, uid: str = "", **parts):
    """The form of a new record, or of the row ``uid``."""
    content = projects(**parts)
    part = SECTION.part(part_name)
    record = content.contents.find(f"projects.{part_name}", uid) if uid else part.model()
    record.plan, record.contents = content.plan, content.contents
    return part.form(data, instance=record, part=part, contents=content.contents)


# --- The sample ----------------------------------------------------------------------------------
def test_the_sample_holds_together(sample):
    content = sample.section("projects")
    context = content.context()
    assert context["end"].isoformat() == "2028-02-19"
    assert [task.code for task in context["critical_path"]] == [
        "T01", "T03", "T04", "T07", "T08", "T09", "T14", "T15", "T18", "T19", "T20", "T21", "T22",
    ]  # fmt: skip
    assert context["missing"] == []
    assert context["next_milestone"].uid == "ms-data-ready"
    due = {milestone.uid: milestone.due.isoformat()[:7] for milestone in content["milestone"]}
    assert (due["ms-filing"], due["ms-launch"]) == ("2027-07", "2027-09")
    assert all(milestone.buffer >= 0 for milestone in content["milestone"])


def test_the_key_figures_of_the_sample(sample):
    assert figure(sample, "projects", "percent_done").quantize(Decimal("0.01")) == Decimal("6.84")
    assert figure(sample, "projects", "cpi").quantize(Decimal("0.001")) == Decimal("0.896")
    assert figure(sample, "projects", "spi").quantize(Decimal("0.001")) == Decimal("0.920")
    assert "2028" in figure(sample, "projects", "end")
    assert "M1" in figure(sample, "projects", "next_milestone")


def test_the_costs_of_the_sample_are_its_tasks(sample):
    content = sample.section("projects")
    costs = SECTION.monthly_costs(content)
    assert {cost.kind for cost in costs} == {"tasks"}
    assert sum(sum(cost.amounts) for cost in costs) == sum(task.cost for task in content["task"])


# --- Context -------------------------------------------------------------------------------------
def test_an_empty_section_says_so_and_knows_nothing():
    content = projects()
    assert content.context()["pictures"] == {"gantt": None, "s_curve": None}
    assert render_section(content).count('class="empty"') == 5
    assert {found.key: found.value for found in SECTION.figures(content)} == {
        "end": None, "percent_done": None, "cpi": None, "spi": None, "next_milestone": None,
    }  # fmt: skip


def test_a_formula_without_its_inputs_is_a_dash_and_says_which_is_missing():
    content = projects(task=[a_task("a", cost="100", effort="3"), a_task("b")])
    html = render_section(content)
    assert "Give a status date" in html
    assert "Give the cost of one person-day" in html
    assert "Task b" in content.context()["missing"][1]
    assert '<p class="stat__value">—</p>' in html


def test_a_started_task_that_reports_no_cost_is_named():
    content = projects(task=[a_task("a", cost="100", done="50")],
                       control={"status_date": "2027-01-05"})  # fmt: skip
    assert "Task a" in content.context()["missing"][0]
    assert content.context()["value"].cpi is None


def test_moving_one_task_moves_those_that_wait_for_it():
    first = {"uid": "a", "title": "First", "start": "2027-01-01", "end": "2027-01-10",
             "baseline_start": "2027-01-01", "baseline_end": "2027-01-10"}  # fmt: skip
    second = a_task("b", depends_on=["a"], milestone="m", baseline_end="2027-01-20")
    milestone = {"uid": "m", "title": "Pilot", "due": "2027-01-22"}

    def row(end):
        content = projects(task=[{**first, "end": end}, second], milestone=[milestone])
        return content["task"][1], content["milestone"][0]

    task, pilot = row("2027-01-10")
    assert (task.slip, pilot.buffer) == (0, 2)
    task, pilot = row("2027-01-15")
    assert (task.slip, pilot.buffer) == (5, -3)
    assert pilot.forecast.isoformat() == "2027-01-25"


def test_a_milestone_slips_with_its_tasks_or_with_its_date():
    milestone = {"uid": "m", "title": "Pilot", "due": "2027-01-22", "baseline_due": "2027-01-20"}

    def slip(end, **fields):
        task = a_task("a", start="2027-01-01", end=end, duration=None, milestone="m")
        return projects(task=[task], milestone=[{**milestone, **fields}])["milestone"][0].slip

    assert slip("2027-01-10") == 2  # its date was moved
    assert slip("2035-01-20") == 2922  # the schedule says more
    assert slip("2035-01-20", reached="2027-01-19") == -1
    assert slip("2027-01-10", due=None) == -10


def test_starts_set_by_hand_are_told_beside_the_critical_path():
    tasks = [
        a_task("a", start="2027-01-01"),
        a_task("b", start="2027-03-01", depends_on=["a"]),
    ]
    content = projects(task=tasks)
    assert [task.uid for task in content.context()["held"]] == ["b"]
    assert "Starts that were set by hand" in render_section(content)
    close = projects(task=[tasks[0], {**tasks[1], "start": "2027-01-11"}])
    assert "Starts that were set by hand" not in render_section(close)


def test_a_milestone_that_was_reached_says_when():
    milestone = {"uid": "m", "title": "Pilot", "due": "2027-01-22", "reached": "2027-01-25",
                 "baseline_due": "2027-01-20"}  # fmt: skip
    [row] = projects(milestone=[milestone])["milestone"]
    assert (row.slip, row.buffer, row.forecast.isoformat()) == (5, -3, "2027-01-25")


def test_tasks_of_no_milestone_are_shown_too():
    content = projects(task=[a_task("a"), a_task("b", milestone="gone")])
    html = render_section(content)
    assert "Tasks without a milestone" in html
    assert html.count('<th scope="row">Task b<') == 2
    assert "Task b" in str(content.context()["pictures"]["gantt"])


def test_rows_without_contents_know_what_they_can():
    task = Task(title="Alone", duration=3)
    assert (task.timing, task.slip, task.critical, task.total_float) == (None, None, False, None)
    assert Milestone(title="Alone").tasks == []
    assert str(Task(code="T1", title="Alone")) == "T1 Alone"


def test_huge_amounts_and_dates_do_not_break_the_page():
    task = {"uid": "a", "title": "x" * 200, "start": "0001-01-01", "end": "9999-12-31",
            "cost": "1e15", "effort": "1e15", "done": "100", "actual_cost": "1e15"}  # fmt: skip
    other = {"uid": "b", "title": "y", "duration": 2_000_000_000, "lag": 2_000_000_000,
             "depends_on": ["a"], "cost": "0.01"}  # fmt: skip
    content = projects(task=[task, other],
                       control={"status_date": "9999-12-31", "day_rate": "1e15"})  # fmt: skip
    html = render_section(content)
    assert "NaN" not in html
    assert all(len(cost.amounts) == 36 for cost in SECTION.monthly_costs(content))


def test_what_people_write_is_escaped():
    html = render_section(projects(task=[a_task("a", title="<script>1</script>{{ 7|add:7 }}")]))
    assert "<script" not in html
    assert "{{ 7|add:7 }}" in html


# --- Large plans ---------------------------------------------------------------------------------
def large(tasks: int) -> dict:
    milestones = [
        {"uid": f"m{i}", "title": f"Milestone {i}", "due": f"2027-{i % 12 + 1:02d}-28"}
        for i in range(10)
    ]
    rows = [
        a_task(f"t{i}", milestone=f"m{i * 10 // tasks}", owner="lead", cost="100",
               depends_on=[f"t{i - 1}"] if i % 25 else [])
        for i in range(tasks)
    ]  # fmt: skip
    return {"milestone": milestones, "task": rows}


def test_a_long_plan_is_drawn_by_milestone_and_fits_a_page():
    picture = projects(**large(500)).context()["pictures"]["gantt"]
    assert "each bar stands for all tasks" in picture.description
    assert len(picture.table) == 1 + 10
    assert picture.height < 1000


def test_many_milestones_are_cut_off_and_said_so():
    milestones = [{"uid": f"m{i}", "title": f"M{i}", "due": "2027-03-01"} for i in range(40)]
    picture = projects(milestone=milestones).context()["pictures"]["gantt"]
    assert "12 more milestones" in picture.description
    assert len(picture.table) == 1 + 28


def test_a_page_of_five_hundred_tasks_shows_them_all_and_few_warnings():
    content = projects(**large(500))
    html = render_section(content)
    assert html.count('<th scope="row">Task ') == 2 * 500
    assert content.context()["more_warnings"] > 0
    assert "more, listed under" in html
    assert html.count('<details class="fold fold--row">') == len(content.context()["groups"])


@pytest.mark.parametrize("view", ["section", "edit"])
def test_five_hundred_tasks_take_no_more_queries_than_one(
    view, plan, as_, django_assert_max_num_queries
):
    Task.objects.bulk_create(
        Task(plan=plan, uid=f"t{i}", position=i, title=f"Task {i}", duration=5,
             depends_on=[f"t{i - 1}"] if i else [])
        for i in range(500)
    )  # fmt: skip
    client, url = as_("owner"), reverse(f"plans:{view}", args=[plan.uid, SECTION])
    client.get(url)
    with django_assert_max_num_queries(30):
        response = client.get(url, {"part": "task"})
    assert response.status_code == 200
    assert "Task 99" in response.content.decode()
    last = client.get(url, {"part": "task", "row": "t499"})
    assert "Task 499" in last.content.decode()


# --- Forms (the database judges their constraints) -----------------------------------------------
def test_a_draft_needs_only_its_name(db):
    assert form_of("task", {"title": "Label"}).is_valid()
    assert form_of("milestone", {"title": "Pilot"}).is_valid()
    assert not form_of("task", {}).is_valid()


def test_a_circle_is_refused_in_a_sentence_that_names_it(db):
    tasks = [
        a_task("A", title="Collect"),
        a_task("B", title="Label", depends_on=["A"]),
        a_task("C", title="Train", depends_on=["B"]),
    ]
    form = form_of("task", {"title": "Collect", "depends_on": ["C"]}, uid="A", task=tasks)
    assert not form.is_valid()
    assert list(form.errors) == ["depends_on"]
    assert "Collect → Train → Label → Collect" in form.errors["depends_on"][0]
    assert form_of("task", {"title": "New", "depends_on": ["C"]}, task=tasks).is_valid()


def test_a_circle_elsewhere_does_not_block_another_task(db):
    tasks = [a_task("A", depends_on=["B"]), a_task("B", depends_on=["A"])]
    assert form_of("task", {"title": "New", "depends_on": ["A"]}, task=tasks).is_valid()


def test_a_circle_can_be_taken_apart(db):
    tasks = [a_task("A", depends_on=["B"]), a_task("B", depends_on=["A"])]
    assert form_of("task", {"title": "A"}, uid="A", task=tasks).is_valid()


@pytest.mark.parametrize(
    ("part", "data", "field"),
    [
        ("task", {"start": "2027-05-02", "end": "2027-05-01"}, "end"),
        ("task", {"baseline_start": "2027-05-02", "baseline_end": "2027-05-01"}, "baseline_end"),
        ("task", {"duration": "0"}, "duration"),
        ("task", {"start": "2027-05-01", "end": "2027-05-02", "duration": "3"}, "duration"),
        ("task", {"done": "101"}, "done"),
        ("task", {"cost": "NaN"}, "cost"),
        ("task", {"lag": "-1"}, "lag"),
        ("task", {"depends_on": ["stranger"]}, "depends_on"),
        ("milestone", {"start": "2027-05-02", "due": "2027-05-01"}, "due"),
        ("change", {"decision": "approved", "requested_on": "2027-05-02",
                    "decided_on": "2027-05-01"}, "decided_on"),
        ("change", {"decision": "open", "decided_on": "2027-05-01"}, "decision"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_its_field(part, data, field, db):
    form = form_of(part, {"title": "x", "subject": "x", **data})
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_dates_and_duration_that_agree_are_accepted(db):
    data = {"title": "x", "start": "2027-05-01", "end": "2027-05-03", "duration": "3"}
    assert form_of("task", data).is_valid()


def test_the_database_refuses_an_end_before_the_start(db):
    plan = Plan.objects.create(title="Test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(plan=plan, title="x", start="2027-02-02", end="2027-02-01")
    Task.objects.create(plan=plan, title="x", end="2027-01-01")


# --- What counts as required ---------------------------------------------------------------------
def test_the_stage_decides_what_is_asked():
    def needs(stage, part="task", **row):
        content = projects(plan={"stage": stage}, **{part: [{"uid": "a", "title": "x", **row}]})
        return SECTION.part(part).required(content[part][0])

    assert needs("idea") == ()
    assert needs("pre_seed") == ("milestone", "end", "start", "owner", "effort")
    assert needs("pre_seed", duration=5, depends_on=["b"])[:2] == ("milestone", "duration")
    assert "acceptance" not in needs("pre_seed")
    assert "acceptance" in needs("growth")
    assert "owner" not in needs("idea", "milestone")
    assert "owner" in needs("seed", "milestone")
    control = SECTION.part("control")
    assert control.required(projects(plan={"stage": "idea"})["control"]) == ()
    assert control.required(projects(plan={"stage": "pre_seed"})["control"]) == ("review_rhythm",)
    assert "status_date" in control.required(projects(plan={"stage": "seed"})["control"])


def test_a_decided_change_says_by_whom():
    for decision, expected in (("approved", True), ("rejected", True), ("open", False)):
        content = projects(change=[{"uid": "c", "subject": "x", "decision": decision}])
        needs = SECTION.part("change").required(content["change"][0])
        assert ("decided_by" in needs) is expected


# --- Rows ----------------------------------------------------------------------------------------
def test_starters_are_the_usual_milestones_and_standards(owner):
    plan = Plan.objects.create(title="Test")
    for name in ("milestone", "quality"):
        add_starters(plan=plan, section=SECTION, part=SECTION.part(name), by=owner)
    content = load(plan).section("projects")
    assert [row.kind for row in content["milestone"]] == [
        "data", "model", "pilot", "filing", "launch",
    ]  # fmt: skip
    assert len(content["quality"]) == 4


@time_machine.travel("2027-02-26")
def test_the_page_reads_in_both_languages(sample, language):
    with translation.override(language):
        html = render_section(sample.section("projects"))
    assert html.count('<figure class="picture">') == 2
    assert 'class="notice warn"' not in html
    assert {"en": "Critical path", "zh-hans": "关键路径"}[language] in html
