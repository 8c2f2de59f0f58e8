"""Freezing the schedule as its baseline: what it sets, what it leaves, and the way back."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.plans.contents import load
from apps.plans.models import Membership, Plan, Role
from apps.plans.sections import registry
from apps.projects.baseline import BaselineForm
from apps.projects.baseline import set_baseline as carry_out
from apps.projects.models import Milestone, Task
from apps.versions.models import Reason
from tests.plans.pages import text_of
from tests.projects.conftest import TODAY, a_task, projects

TASKS = [
    a_task("a", start="2027-01-01"),
    a_task("b", depends_on=["a"], milestone="m"),
    a_task("c", duration=None),  # without dates
]
MILESTONE = {"uid": "m", "title": "Pilot", "due": "2027-01-15"}


def set_baseline(scope: str = "", **parts: Any) -> tuple[int, Any]:
    content = projects(**parts)
    form = BaselineForm({"scope": scope}, content=content)
    assert form.is_valid()
    return carry_out(form, content, TODAY), content


def test_the_dates_of_the_schedule_become_the_baseline_and_the_slip_is_nothing():
    changed, content = set_baseline(task=TASKS, milestone=[MILESTONE])
    assert changed == 3
    first, second, undated = content["task"]
    assert (first.baseline_start, first.baseline_end) == (date(2027, 1, 1), date(2027, 1, 10))
    assert (second.baseline_start, second.baseline_end) == (date(2027, 1, 11), date(2027, 1, 20))
    assert (undated.baseline_start, undated.baseline_end) == (None, None)
    (milestone,) = content["milestone"]
    assert milestone.baseline_due == date(2027, 1, 20)  # what can be expected, not what was hoped
    assert [row.slip for row in (first, second, undated, milestone)] == [0, 0, None, 0]
    (change,) = content["change"]
    assert (change.aspect, change.decision, change.decided_on) == ("time", "approved", TODAY)
    assert change.effect == "Baseline set for 2 tasks, 1 milestone."


def test_a_baseline_is_replaced_only_where_that_is_asked_and_never_on_what_is_finished():
    old = {"baseline_start": "2026-12-01", "baseline_end": "2026-12-10"}
    tasks = [
        a_task("old", start="2027-01-01", **old),
        a_task("done", start="2026-12-05", done="100", **old),
        a_task("new", start="2027-01-01"),
    ]
    milestones = [
        {"uid": "m", "title": "Open", "due": "2027-02-01", "baseline_due": "2027-01-01"},
        {"uid": "n", "title": "Reached", "reached": "2027-01-05", "baseline_due": "2027-01-01"},
    ]

    def ends(scope: str) -> tuple[int, list[str]]:
        changed, content = set_baseline(scope, task=tasks, milestone=milestones)
        days = [task.baseline_end for task in content["task"]]
        days += [milestone.baseline_due for milestone in content["milestone"]]
        return changed, [f"{day:%m-%d}" for day in days]

    for scope in ("", "missing"):
        assert ends(scope) == (1, ["12-10", "12-10", "01-10", "01-01", "01-01"])
    assert ends("all") == (3, ["01-10", "12-10", "01-10", "02-01", "01-01"])


def test_nothing_to_do_writes_nothing():
    old = {"baseline_start": "2027-01-01", "baseline_end": "2027-01-10"}
    changed, content = set_baseline("all", task=[a_task("a", start="2027-01-01", **old)])
    assert (changed, content["change"]) == (0, [])
    assert set_baseline()[0] == 0


def test_where_everything_has_a_baseline_replacing_it_is_what_is_offered():
    old = {"baseline_start": "2027-01-01", "baseline_end": "2027-01-10"}
    tasks = [a_task("a", **old), a_task("b")]
    assert BaselineForm(content=projects(task=tasks))["scope"].value() == "missing"
    assert BaselineForm(content=projects(task=tasks[:1]))["scope"].value() == "all"


# --- On the page ---------------------------------------------------------------------------------
def address(plan: Plan, part: str = "task") -> str:
    section = registry["projects"]
    return reverse("versions:bulk", args=[plan.uid, section, part, "baseline"])


@pytest.fixture
def scheduled(plan: Plan) -> Plan:
    Milestone.objects.create(plan=plan, uid="mm", title="Pilot", due="2027-01-15")
    Task.objects.bulk_create(
        Task(plan=plan, uid=f"t{i}", position=i, title=f"Task {i}", duration=5, milestone="mm",
             depends_on=[f"t{i - 1}"] if i else [])
        for i in range(3)
    )  # fmt: skip
    return plan


@time_machine.travel("2027-01-08")
def test_one_press_sets_the_first_baseline_and_a_version_leads_back(
    scheduled: Plan, as_: Any
) -> None:
    client = as_("cofounder")
    editor = reverse("plans:edit", args=[scheduled.uid, registry["projects"]])
    for part in ("task", "milestone"):
        html = client.get(editor, {"part": part}).content.decode()
        assert f'action="{address(scheduled, part)}"' in html
    page = client.post(address(scheduled), follow=True)
    (version,) = scheduled.versions.all()
    assert version.reason == Reason.BULK
    assert "4 rows are changed" in text_of(page) and "version 1 was saved" in text_of(page)
    undo = reverse("versions:restore", args=[scheduled.uid, 1])
    assert f'<a href="{undo}">Undo</a>' in page.content.decode()
    content = load(scheduled).section("projects")
    assert [task.slip for task in content["task"]] == [0, 0, 0]
    assert content["change"][0].requested_on == date(2027, 1, 8)
    edited = scheduled.activity.filter(part="task", row="t0").get()
    assert set(edited.changes) == {"baseline_start", "baseline_end"}
    assert scheduled.activity.filter(part="change", verb="added").count() == 1

    client.post(undo, {"seen": client.get(undo).context["seen"]})
    content = load(scheduled).section("projects")
    assert all(task.baseline_end is None for task in content["task"])
    assert content["change"] == []


def test_it_is_asked_before_a_baseline_is_replaced(scheduled: Plan, as_: Any) -> None:
    Task.objects.filter(uid="t0").update(baseline_start="2026-01-01", baseline_end="2026-01-05")
    client, url = as_("owner"), address(scheduled)
    page = client.post(url)
    assert page.status_code == 200
    assert "1 of 4 tasks and milestones have a baseline already" in text_of(page)
    assert not scheduled.versions.exists()
    assert client.post(url, {"confirmed": "1", "scope": "some"}).status_code == 422
    posted = {"confirmed": "1", "scope": "all", "reason": "The funding came later."}
    assert client.post(url, posted).status_code == 302
    content = load(scheduled).section("projects")
    assert [task.slip for task in content["task"]] == [0, 0, 0]
    assert content["change"][0].reason == "The funding came later."
    again = client.post(url, {**posted, "scope": "missing"}, follow=True)
    assert "Nothing was changed" in text_of(again)
    assert scheduled.versions.count() == 1


def test_the_change_log_is_written_in_the_language_of_the_plan(scheduled: Plan, as_: Any) -> None:
    Plan.objects.filter(pk=scheduled.pk).update(language="zh-hans")
    as_("owner").post(address(scheduled))
    (change,) = load(scheduled).part("projects.change")
    assert change.subject == "设定了基线"


def test_an_unknown_change_is_not_there(scheduled: Plan, as_: Any) -> None:
    section = registry["projects"]
    for part, name in (("task", "nosuch"), ("quality", "baseline"), ("control", "baseline")):
        url = reverse("versions:bulk", args=[scheduled.uid, section, part, name])
        assert as_("owner").post(url).status_code == 404
    Membership.objects.filter(plan=scheduled, role=Role.COFOUNDER).delete()
    assert as_("mentor").post(address(scheduled)).status_code == 403


def test_a_large_schedule_takes_no_query_more_for_each_task(scheduled: Plan, as_: Any) -> None:
    client = as_("owner")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.post(address(scheduled))
        return len(captured)

    few = queries()
    Task.objects.bulk_create(
        Task(plan=scheduled, uid=f"x{i}", position=i + 3, title=f"Task {i}", duration=5)
        for i in range(300)
    )
    # They are written in batches; with a baseline anywhere the second press would ask first.
    Task.objects.filter(plan=scheduled).update(baseline_start=None, baseline_end=None)
    Milestone.objects.filter(plan=scheduled).update(baseline_due=None)
    assert queries() - few < 30
    assert not Task.objects.filter(plan=scheduled, baseline_end=None).exists()
