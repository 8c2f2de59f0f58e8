"""The plan-wide checks that the technology section owns."""

from datetime import date

import pytest

from apps.plans.checks import Place
from apps.plans.contents import figure
from apps.technology.checks import find, warnings
from tests.technology.conftest import RUN, technology

TODAY = date(2026, 11, 24)


def findings(content, key: str) -> list:
    return [finding for finding in find(content, TODAY) if finding.key == f"technology.{key}"]


def source(**values) -> dict:
    return {"uid": "data-a", "name": "Dialogues", "right": "yes", "size": "1e12", **values}


# --- Data ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("right", "severity"),
    [("no", "error"), ("unknown", "warning"), ("", "warning"), ("yes", None), ("limited", None)],
)
def test_a_run_may_use_only_data_with_the_right_to_train(right, severity):
    content = technology(data=[source(right=right)], run=[{**RUN, "data": ["data-a"]}])
    found = findings(content, "data_without_right")
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    if found:
        assert found[0].places == (
            Place("technology", "run", "run-main", "data"),
            Place("technology", "data", "data-a", "right"),
        )
        assert "Main run" in found[0].message and "Dialogues" in found[0].message


def test_data_that_no_run_uses_needs_no_right():
    assert not findings(technology(data=[source(right="no")], run=[RUN]), "data_without_right")


def test_a_removed_source_is_no_source():
    content = technology(run=[{**RUN, "data": ["data-gone"]}])
    assert not findings(content, "data_without_right")


def test_an_expired_right_is_worse_if_a_run_rests_on_it():
    expired = source(expiry="2026-11-23")
    (alone,) = findings(technology(data=[expired]), "licence_expired")
    (used,) = findings(
        technology(data=[expired], run=[{**RUN, "data": ["data-a"]}]), "licence_expired"
    )
    assert (alone.severity, used.severity) == ("warning", "error")
    assert not findings(technology(data=[source(expiry="2026-11-24")]), "licence_expired")


def test_a_right_must_last_as_long_as_the_run():
    for expiry, count in (("2027-03-12", 1), ("2027-03-13", 0)):  # the run ends on the 13th
        content = technology(data=[source(expiry=expiry)], run=[{**RUN, "data": ["data-a"]}])
        assert len(findings(content, "licence_ends_before_run")) == count


@pytest.mark.parametrize("field", ["personal", "cross_border"])
def test_people_in_the_data_need_safeguards(field):
    assert findings(technology(data=[source(**{field: True})]), "data_without_safeguards")
    guarded = source(**{field: True}, safeguards="Masked.")
    assert not findings(technology(data=[guarded]), "data_without_safeguards")


def test_costs_without_a_day_are_in_no_month():
    assert findings(technology(data=[source(cost="5")]), "data_undated")
    assert not findings(technology(data=[source(cost="0")]), "data_undated")
    assert findings(technology(run=[{**RUN, "start": None}]), "run_undated")


# --- Runs ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("mfu", "count"), [("55", 0), ("55.01", 1), (None, 0)])
def test_more_than_55_per_cent_utilisation_is_doubted(mfu, count):
    found = findings(technology(run=[{**RUN, "mfu": mfu}]), "mfu_too_high")
    assert len(found) == count
    if found:
        assert "55.01%" in found[0].message and "55%:" in found[0].message


def test_a_sparse_run_is_called_undertrained():
    assert findings(technology(run=[{**RUN, "tokens": "6.9e10"}]), "undertrained")
    assert not findings(technology(run=[{**RUN, "tokens": "7e10"}]), "undertrained")
    assert not findings(
        technology(run=[{**RUN, "tokens": "7e8", "purpose": "fine_tune"}]), "undertrained"
    )


def test_data_gone_through_too_often():
    small = source(size="2e11")
    run = {**RUN, "data": ["data-a"]}
    (finding,) = findings(technology(data=[small], run=[run]), "too_many_epochs")
    assert finding.severity == "warning"
    assert not findings(technology(data=[small], run=[run]), "repeated_data")
    assert not findings(technology(data=[source(size="2.5e11")], run=[run]), "too_many_epochs")


@pytest.mark.parametrize(
    ("size", "times"), [("1e12", None), ("9.1e11", None), ("9e11", "1.1"), ("2.5e11", "4.0")]
)
def test_data_gone_through_again_says_how_often(size: str, times: str | None):
    run = {**RUN, "data": ["data-a"]}
    found = findings(technology(data=[source(size=size)], run=[run]), "repeated_data")
    assert [one.severity for one in found] == ["hint"] * bool(times)
    if times:
        assert f"“Main run” ({times} times)" in found[0].message
        assert [(place.row, place.field) for place in found[0].places] == [("run-main", "tokens")]


def test_runs_that_repeat_their_data_are_one_finding():
    runs = [{**RUN, "uid": f"run-{n}", "name": f"Run {n}", "data": ["data-a"]} for n in range(7)]
    (found,) = findings(technology(data=[source(size="5e11")], run=runs), "repeated_data")
    assert len(found.places) == 5 and "and more" in found.message


def test_the_page_names_the_utilisation_that_is_missing():
    (said,) = warnings(technology(run=[{**RUN, "mfu": None}]))
    assert "“Main run” (missing: utilisation (MFU))" in said


def test_a_strategy_that_trains_needs_runs_and_data():
    for part in ("data", "run"):
        key = f"trains_without_{part}"
        assert findings(technology(profile={"strategy": "scratch"}), key)
        assert not findings(technology(profile={"strategy": "api"}), key)
        assert not findings(technology(stage="idea", profile={"strategy": "scratch"}), key)


# --- The EU AI Act -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tokens", "key", "severity"),
    [
        ("5e13", "systemic_risk", "warning"),  # 6 × 7e10 × 5e13 = 2.1e25
        ("1e12", "general_purpose", "warning"),  # 4.2e23
        ("1e11", None, None),  # 4.2e22 from scratch
    ],
)
def test_training_compute_meets_the_thresholds(tokens, key, severity):
    run = {**RUN, "parameters": "7e10", "tokens": tokens}
    content = technology(profile={"strategy": "scratch", "eu_market": True}, run=[run])
    keys = ("systemic_risk", "general_purpose", "modified_general_purpose")
    found = [finding for name in keys for finding in findings(content, name)]
    assert [(f.key, f.severity) for f in found] == (
        [(f"technology.{key}", severity)] if key else []
    )


def test_runs_add_up_and_ablations_do_not_count():
    half = {**RUN, "parameters": "7e10", "tokens": "2e11"}  # 8.4e22 each
    two = [half, {**half, "uid": "run-2"}]
    assert findings(technology(run=two), "general_purpose")
    two[1]["purpose"] = "ablation"
    assert not findings(technology(run=two), "general_purpose")


def test_each_model_is_counted_by_itself():
    half = {**RUN, "parameters": "7e10", "tokens": "2e11", "model_name": "Lamp 1"}  # 8.4e22
    two = [half, {**half, "uid": "run-2", "tokens": "1.9e11", "model_name": " lamp 1"}]
    (found,) = findings(technology(run=two), "general_purpose")
    assert found.message.startswith("Lamp 1: Training takes 1.64e23")
    assert found.places == (
        Place("technology", "run", "run-main", "tokens"),
        Place("technology", "profile", field="eu_market"),
    )
    two[1]["model_name"] = "Lamp 2"
    content = technology(run=two)
    assert not findings(content, "general_purpose")
    assert figure(content.contents, "technology", "training_flops") == "8.4e22"


def test_a_large_change_of_open_weights_may_make_a_provider():
    run = {**RUN, "purpose": "fine_tune"}  # 4.2e22, more than a third of 1e23
    assert findings(
        technology(profile={"strategy": "fine_tune"}, run=[run]), "modified_general_purpose"
    )
    assert not findings(
        technology(profile={"strategy": "scratch"}, run=[run]), "modified_general_purpose"
    )


def test_outside_the_eu_market_the_act_is_silent():
    run = {**RUN, "parameters": "7e10", "tokens": "5e13"}
    content = technology(profile={"strategy": "scratch", "eu_market": False}, run=[run])
    assert not findings(content, "systemic_risk")


# --- China ---------------------------------------------------------------------------------------
def milestones(filing: str = "2027-07-30", launch: str = "2027-09-01") -> dict:
    rows = [
        {"uid": "ms-filing", "title": "Filing granted", "due": filing},
        {"uid": "ms-launch", "title": "Launch", "due": launch},
    ]
    return {"projects": {"milestone": rows}}


PUBLIC = {"public_china": True, "filing": "ms-filing", "launch": "ms-launch"}


def test_a_public_service_in_china_is_filed_before_its_launch():
    keys = ("no_filing", "filing_after_launch")
    for others, profile, wanted in (
        (milestones(), PUBLIC, None),
        (milestones(filing="2027-09-01"), PUBLIC, None),
        (milestones(filing="2027-09-02"), PUBLIC, "filing_after_launch"),
        (milestones(), {**PUBLIC, "filing": ""}, "no_filing"),
        (milestones(), {**PUBLIC, "filing": "ms-gone"}, "no_filing"),
        (milestones(filing="2027-09-02"), {**PUBLIC, "public_china": False}, None),
        (milestones(), {**PUBLIC, "launch": ""}, None),
    ):
        content = technology(others=others, profile=profile)
        found = [key for key in keys if findings(content, key)]
        assert found == ([wanted] if wanted else []), profile


def test_hidden_milestones_are_not_judged():
    content = technology(profile={**PUBLIC, "filing": ""})
    assert content.contents.hidden >= {"projects"}
    assert not findings(technology(profile=PUBLIC), "no_filing")


# --- The model, the steps, the evaluation --------------------------------------------------------
def test_a_licence_must_permit_business():
    forbidden = {"strategy": "fine_tune", "base_model": "Base", "commercial_use": False}
    (found,) = findings(technology(profile=forbidden), "base_not_commercial")
    assert found.severity == "error" and "Base" in found.message
    assert not findings(
        technology(profile={**forbidden, "strategy": "scratch"}), "base_not_commercial"
    )


def test_a_teacher_must_permit_learning():
    assert findings(
        technology(profile={"strategy": "distil", "teacher_permits": False}), "teacher_forbids"
    )


STEP = {"uid": "step-a", "name": "Clean", "start": "2027-02-01", "end": "2027-03-01"}


def test_a_step_needs_an_owner_unless_it_is_done():
    others = {"team": {"role": [{"uid": "role-a", "title": "Lead"}]}}
    for values, count in (
        ({}, 1),
        ({"owner": "role-gone"}, 1),
        ({"owner": "role-a"}, 0),
        ({"status": "done"}, 0),
    ):
        content = technology(others=others, step=[{**STEP, **values}])
        assert len(findings(content, "step_without_owner")) == count, values


def test_an_owner_who_joins_later():
    for start, count in (("2027-03-01", 1), ("2027-02-01", 0), (None, 0)):
        others = {"team": {"role": [{"uid": "role-a", "title": "Lead", "start": start}]}}
        content = technology(others=others, step=[{**STEP, "owner": "role-a"}])
        assert len(findings(content, "owner_comes_later")) == count


def test_a_step_past_its_end():
    late = {**STEP, "start": "2026-10-01", "end": "2026-11-23"}
    assert findings(technology(step=[late]), "step_overdue")
    assert not findings(technology(step=[{**late, "status": "done"}]), "step_overdue")


def test_gates_hold_back():
    gate = {"uid": "e", "name": "Open test", "gate": True}
    assert findings(technology(evaluation=[gate]), "gate_without_target")
    missed = {**gate, "target": "85", "result": "80"}
    (found,) = findings(technology(evaluation=[missed]), "gate_failed")
    assert "80" in found.message and "85" in found.message
    assert not findings(technology(evaluation=[{**missed, "gate": False}]), "gate_failed")


def test_a_blank_section_raises_nothing():
    assert find(technology(), TODAY) == []
