"""Whether the runs and the project's schedule agree."""

from datetime import date

from apps.plans import samples
from apps.plans.checks import Place
from apps.plans.document import restore
from apps.technology.checks import find
from tests.technology.conftest import RUN, technology

TODAY = date(2026, 11, 24)
CHECKS = {"run_outside_task", "run_short_of_task", "run_after_followers", "run_before_base"}
# The run lasts from 22 February to 13 March.
TASK = {"uid": "task", "title": "Main run", "start": "2027-02-22", "end": "2027-03-13"}


def found(*tasks: dict, run: dict | None = None, runs: list[dict] | None = None) -> list:
    content = technology(
        others={"projects": {"task": list(tasks)}},
        run=runs or [{**RUN, "task": "task", **(run or {})}],
    )
    findings = find(content, TODAY)
    return [one for one in findings if one.key.removeprefix("technology.") in CHECKS]


def keys(*tasks: dict, **runs) -> list[str]:
    return [finding.key.removeprefix("technology.") for finding in found(*tasks, **runs)]


def test_a_run_lies_within_the_dates_of_its_task():
    assert keys(TASK) == []
    assert keys({**TASK, "start": "2027-02-23"}) == ["run_outside_task"]
    assert keys({**TASK, "end": "2027-03-12"}) == ["run_outside_task"]
    assert keys({**TASK, "end": "2027-03-12"}, run={"task": "gone"}) == []
    assert keys(TASK, run={"start": None}) == keys({"uid": "task", "title": "No dates"}) == []


def test_a_task_that_is_pushed_leaves_its_run_behind():
    """The forecast counts, not what was written: the task waits for another one."""
    waiting = {**TASK, "depends_on": ["data"]}
    data = {"uid": "data", "title": "Data", "start": "2027-01-04", "end": "2027-02-28"}
    (finding,) = found(data, waiting)
    assert finding.key == "technology.run_outside_task"
    assert finding.places == (
        Place("technology", "run", "run-main", "start"),
        Place("projects", "task", "task", "end"),
    )
    assert "from Mar 1, 2027 to Mar 20, 2027" in finding.message


def test_a_task_does_not_go_on_long_after_its_last_run():
    assert keys({**TASK, "end": "2027-04-13"}) == []  # a month later
    (finding,) = found({**TASK, "end": "2027-04-14"})
    assert (finding.key, finding.severity) == ("technology.run_short_of_task", "warning")
    assert "32 days before" in finding.message
    (tuning,) = found({**TASK, "end": "2027-04-14"}, run={"purpose": "fine_tune"})
    assert (tuning.key, tuning.severity) == ("technology.run_short_of_task", "hint")
    later = {**RUN, "uid": "run-again", "task": "task", "start": "2027-03-20"}
    assert keys({**TASK, "end": "2027-04-14"}, runs=[{**RUN, "task": "task"}, later]) == []
    assert keys({**TASK, "end": "2027-04-14"}, run={"purpose": "ablation"}) == []


def test_a_run_ends_before_what_waits_for_its_task():
    after = {"uid": "after", "title": "Evaluate", "depends_on": ["task"], "duration": 5}
    assert keys(TASK, after) == []
    late = {"start": "2027-02-23"}  # ends on 14 March, the day on which the evaluation begins
    assert keys(TASK, after, run=late) == ["run_outside_task", "run_after_followers"]
    assert "“Evaluate” on Mar 14, 2027" in found(TASK, after, run=late)[1].message
    assert keys(TASK, {**after, "depends_on": []}, run=late) == ["run_outside_task"]


def test_runs_of_one_model_follow_one_another():
    base = {**RUN, "model_name": "Model 1"}
    tune = {**RUN, "uid": "tune", "purpose": "fine_tune", "model_name": "model 1"}
    assert keys(runs=[base, {**tune, "start": "2027-03-14"}]) == []
    assert keys(runs=[base, {**tune, "start": "2027-03-13"}]) == ["run_before_base"]
    assert keys(runs=[base, {**tune, "start": "2027-01-04"}]) == ["run_before_base"]
    other = {**tune, "start": "2027-01-04", "model_name": "Model 2"}
    assert keys(runs=[base, other, {**other, "uid": "none", "model_name": ""}]) == []
    assert keys(runs=[{**base, "start": None}, {**tune, "start": "2027-01-04"}]) == []


def test_a_renewal_does_not_stand_before_what_was_made_from_the_first_run():
    tune = {**RUN, "purpose": "fine_tune", "model_name": "Model 1"}
    align = {**tune, "uid": "align", "purpose": "preference", "start": "2027-04-01"}
    renewal = {**tune, "uid": "renewal", "start": "2028-03-01"}
    assert keys(runs=[tune, align, renewal]) == []


def moved(part: str, uid: str, **fields) -> set[str]:
    """The findings of the foundation-model sample with one row of it changed."""
    document = samples.document("foundation_model", "en")
    section = "projects" if part == "task" else "technology"
    for row in document["sections"][section][part]:
        if row["uid"] == uid:
            row |= fields
    findings = find(restore(document).section("technology"), TODAY)
    keys = {(one.key.removeprefix("technology."), one.places[0].row) for one in findings}
    return {(key, row) for key, row in keys if key in CHECKS}


def test_in_the_sample_neither_task_nor_run_moves_without_the_other():
    assert moved("task", "task-main") == set()
    assert ("run_short_of_task", "run-main") in moved("task", "task-main", end="2027-12-20")
    assert ("run_outside_task", "run-instruct") in moved("task", "task-main", end="2027-12-20")
    assert moved("run", "run-main", start="2027-09-15") == {
        ("run_outside_task", "run-main"),
        ("run_after_followers", "run-main"),
        ("run_before_base", "run-instruct"),
    }
