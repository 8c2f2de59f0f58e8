"""What the section finds wrong, and what it leaves in peace."""

from datetime import date

from apps.plans.sections import registry
from apps.projects.checks import findings
from tests.projects.conftest import TODAY, a_task, projects


def keys(today: date = TODAY, **parts):
    return [f.key.removeprefix("projects.") for f in findings(projects(**parts).contents, today)]


def only(today: date = TODAY, **parts):
    [finding] = findings(projects(**parts).contents, today)
    return finding


def test_the_sample_has_nothing_to_find_on_its_status_date(sample):
    assert findings(sample, date(2027, 2, 26)) == []


def test_a_milestone_without_an_owner():
    finding = only(milestone=[{"uid": "m", "title": "Pilot"}])
    assert finding.key == "projects.milestone_without_owner"
    assert "Pilot" in finding.message
    assert finding.places[0].field == "owner"
    assert keys(milestone=[{"uid": "m", "title": "Pilot", "owner": "lead"}]) == []
    assert keys(milestone=[{"uid": "m", "title": "Pilot", "owner": "gone"}]) == [
        "milestone_without_owner"
    ]


def test_a_hidden_team_counts_as_named_and_gives_nothing_away():
    milestone = {"uid": "m", "title": "Pilot", "owner": "open"}
    task = a_task("a", owner="open")
    content = projects(frozenset({"team"}), milestone=[milestone], task=[task])
    assert findings(content.contents, date(2028, 1, 1))[0].key == "projects.task_overdue"
    assert len(findings(content.contents, date(2028, 1, 1))) == 1


def test_a_task_whose_owner_begins_later():
    finding = only(task=[a_task("a", owner="late", start="2027-03-01")])
    assert finding.key == "projects.task_role_unfilled"
    assert "Engineer" in finding.message
    assert [place.section for place in finding.places] == ["projects", "team"]
    assert keys(task=[a_task("a", owner="late", start="2027-04-01")]) == []


def test_a_task_that_rests_on_an_empty_chair():
    task = a_task("a", owner="open", start="2027-01-04", end="2027-03-01", duration=None)
    assert keys(task=[task]) == ["task_role_unfilled"]
    assert keys(task=[{**task, "start": "2027-02-01"}]) == []  # there is still time to fill it
    assert keys(task=[{**task, "owner": "lead"}]) == []
    assert keys(task=[{**task, "done": "100"}]) == []


def test_a_circle_is_named_and_does_no_other_harm():
    tasks = [a_task("A", depends_on=["B"]), a_task("B", depends_on=["A"]), a_task("C")]
    finding = only(task=tasks)
    assert finding.key == "projects.dependency_cycle"
    assert finding.severity == "error"
    assert "Task B → Task A → Task B" in finding.message
    assert {place.row for place in finding.places} == {"A", "B"}


def test_a_task_outside_its_milestone():
    milestone = {
        "uid": "m", "title": "Pilot", "owner": "lead", "start": "2027-02-01", "due": "2027-03-01",
    }  # fmt: skip

    def found(**dates):
        return keys(milestone=[milestone], task=[a_task("a", milestone="m", **dates)])

    assert found(start="2027-02-20") == []  # its last day is the milestone's
    assert found(start="2027-02-21") == ["task_outside_milestone"]
    assert found(start="2027-01-31") == ["task_outside_milestone"]
    assert found(start="2027-02-01") == []


def test_a_plan_that_contradicts_its_links():
    tasks = [
        a_task("A", start="2027-02-01"),
        a_task("B", start="2027-02-05", depends_on=["A"]),
    ]
    finding = only(task=tasks)
    assert finding.key == "projects.starts_too_early"
    assert finding.places[0].row == "B"
    assert keys(task=[tasks[0], {**tasks[1], "start": "2027-02-11"}]) == []
    assert keys(task=[tasks[0], {**tasks[1], "done": "10"}]) == []  # it began, and that is that


def test_one_wrong_date_is_one_finding():
    """What only follows from it is counted with it."""
    milestone = {"uid": "m", "title": "Pilot", "owner": "lead", "due": "2027-03-01"}
    chain = [
        a_task("a", start="2028-01-01", milestone="m"),
        a_task("b", depends_on=["a"], milestone="m"),
        a_task("c", depends_on=["b"], start="2027-02-01", milestone="m"),
        a_task("d", start="2028-05-01", milestone="m"),
    ]
    found = findings(projects(milestone=[milestone], task=chain).contents, TODAY)
    assert [(one.key, one.places[0].row) for one in found] == [
        ("projects.task_outside_milestone", "a"),
        ("projects.task_outside_milestone", "d"),
    ]
    assert found[0].message.endswith(
        "2 tasks that wait for it no longer fit either: Task b, Task c."
    )


def test_a_slip_of_one_milestone_is_told_with_those_that_follow():
    milestones = [
        {"uid": uid, "title": uid.upper(), "owner": "lead", "due": due, "baseline_due": due}
        for uid, due in (("m1", "2027-01-20"), ("m2", "2027-02-20"), ("m3", "2027-12-01"))
    ]
    tasks = [
        a_task("a", start="2027-06-01", milestone="m1"),
        a_task("b", depends_on=["a"], milestone="m2"),
        a_task("c", start="2027-03-01", milestone="m3"),
    ]
    content = projects(milestone=milestones, task=tasks, control={"tolerance": 7})
    found = findings(content.contents, TODAY)
    (slip,) = [one for one in found if one.key == "projects.slip_undecided"]
    assert slip.message.startswith("The milestone “M1” has slipped by 141 days")
    assert slip.message.endswith("These slip with it: M2 (120 days).")


def test_a_slip_names_the_task_that_it_comes_from():
    """Not the last task, which only waits, but the one that took longer."""
    milestone = {"uid": "m", "title": "Pilot", "owner": "lead",
                 "due": "2027-01-30", "baseline_due": "2027-01-30"}  # fmt: skip
    tasks = [
        a_task("a", start="2027-01-01", duration=11,
               baseline_start="2027-01-01", baseline_end="2027-01-10"),
        a_task("b", depends_on=["a"], duration=24,
               baseline_start="2027-01-11", baseline_end="2027-01-20"),
        a_task("c", depends_on=["b"], milestone="m",
               baseline_start="2027-01-21", baseline_end="2027-01-30"),
    ]  # fmt: skip
    content = projects(milestone=[milestone], task=tasks, control={"tolerance": 7})
    late, slip = findings(content.contents, TODAY)
    assert (late.key, slip.key) == ("projects.task_outside_milestone", "projects.slip_undecided")
    for finding in (late, slip):
        assert finding.message.endswith(
            "It comes from “Task b”, which itself adds 14 days. Less is due to: Task a (1 day)."
        )
        assert finding.places[-1].row == "b"
    bare = [{name: text for name, text in task.items() if "baseline" not in name} for task in tasks]
    content = projects(milestone=[milestone], task=bare, control={"tolerance": 7})
    assert not any("It comes from" in one.message for one in findings(content.contents, TODAY))


def test_overdue_is_judged_on_the_status_date_and_without_one_today():
    task = a_task("a", start="2027-01-01")
    assert keys(date(2027, 1, 10), task=[task]) == []
    assert keys(date(2027, 1, 11), task=[task]) == ["task_overdue"]
    assert keys(date(2027, 1, 11), task=[{**task, "done": "100"}]) == []
    control = {"status_date": "2027-01-10"}
    assert keys(date(2030, 1, 1), task=[task], control=control) == []


def test_an_overdue_milestone():
    milestone = {"uid": "m", "title": "Pilot", "owner": "lead", "due": "2027-01-07"}
    assert keys(milestone=[milestone]) == ["milestone_overdue"]
    assert keys(milestone=[{**milestone, "reached": "2027-01-20"}]) == []
    assert keys(date(2027, 1, 7), milestone=[milestone]) == []


def test_a_slip_beyond_what_is_tolerated_wants_a_decision():
    milestone = {
        "uid": "m", "title": "Pilot", "owner": "lead",
        "due": "2027-03-09", "baseline_due": "2027-03-01",
    }  # fmt: skip
    control = {"tolerance": 7}
    change = {"uid": "c", "subject": "Later", "milestones": ["m"], "decision": "approved"}
    assert keys(milestone=[milestone], control=control) == ["slip_undecided"]
    assert keys(milestone=[milestone], control=control, change=[change]) == ["slip_decided"]
    change["decision"] = "deferred"
    assert keys(milestone=[milestone], control=control, change=[change]) == ["slip_undecided"]
    assert keys(milestone=[{**milestone, "due": "2027-03-08"}], control=control) == []
    assert keys(milestone=[milestone]) == []  # nobody said what is tolerated


def test_what_lies_outside_the_months_of_the_plan():
    task = a_task("a", cost="100", start="2029-12-25")
    assert keys(task=[task]) == ["outside_horizon"]
    assert keys(task=[{**task, "cost": "0"}]) == []
    assert keys(task=[{**task, "start": "2029-12-01"}]) == []
    milestone = {"uid": "m", "title": "Far", "owner": "lead", "due": "2030-01-01"}
    assert keys(milestone=[milestone]) == ["outside_horizon"]


def test_a_task_without_a_duration_is_left_out_and_said_so():
    finding = only(task=[a_task("a", duration=None)])
    assert (finding.key, finding.severity) == ("projects.unscheduled", "hint")


def test_a_missed_standard():
    standard = {"uid": "q", "item": "Correct answers", "passed": False}
    assert keys(quality=[standard]) == ["quality_missed"]
    assert keys(quality=[{**standard, "passed": None}, {**standard, "passed": True}]) == []


def test_the_section_declares_these_checks():
    assert registry["projects"].checks(projects(task=[a_task("a", duration=None)]).contents)
