"""Whether the training fits the schedule."""

from datetime import date

import pytest

from apps.plans.checks import Place
from apps.technology.checks import find
from tests.technology.conftest import RUN, technology

TODAY = date(2026, 11, 24)
STEP = {
    "uid": "step-train", "name": "Pre-train", "stage": "model", "status": "done",
    "start": "2027-02-22", "end": "2027-03-13",
}  # fmt: skip
RUN_ON = "2027-02-22"  # the run takes 19.2 days and ends on 13 March


def keys(run: dict, launch: str = "", due: str = "", **parts) -> list[str]:
    rows = [{"uid": "ms-launch", "title": "Launch", "due": launch or None}]
    rows.append({"uid": "ms-model", "title": "Model ready", "due": due or None})
    content = technology(
        others={"projects": {"milestone": rows}},
        profile={"launch": "ms-launch"},
        run=[{**RUN, **run}],
        **parts,
    )
    about = ("run_after", "run_before", "run_unplaced", "data_after")
    found = [finding.key.removeprefix("technology.") for finding in find(content, TODAY)]
    return [key for key in found if key.startswith(about)]


@pytest.mark.parametrize(
    ("run", "wanted"),
    [
        ({}, []),
        ({"start": "2027-02-23"}, ["run_after_step"]),
        ({"gpus": 60}, ["run_after_step"]),  # 20.5 days
        ({"start": "2027-02-21"}, ["run_before_step"]),
        ({"gpus": None}, []),
        ({"start": None}, []),
    ],
)
def test_a_run_stays_within_its_step(run, wanted):
    assert keys({"step": "step-train", **run}, step=[STEP]) == wanted


def test_the_finding_leads_to_the_run_and_to_the_step():
    content = technology(run=[{**RUN, "gpus": 6, "step": "step-train"}], step=[STEP])
    (found,) = [one for one in find(content, TODAY) if one.key == "technology.run_after_step"]
    assert found.places == (
        Place("technology", "run", "run-main", "start"),
        Place("technology", "step", "step-train", "end"),
    )
    assert "“Pre-train” (Mar 13, 2027)" in found.message


def test_a_run_ends_before_its_milestone():
    run = {"milestone": "ms-model"}
    assert keys(run, due="2027-03-13") == []
    assert keys(run, due="2027-03-12") == ["run_after_milestone"]


def test_a_run_ends_before_the_launch_unless_it_belongs_to_later_work():
    late = {"step": "step-train"}
    assert keys(late, launch="2027-03-13", step=[STEP]) == []
    assert keys(late, launch="2027-03-12", step=[STEP]) == ["run_after_launch"]
    assert keys(late, launch="2027-03-12", step=[{**STEP, "stage": "operations"}]) == []
    assert keys({"milestone": "ms-model"}, launch="2027-03-12", due="2027-12-01") == []


def test_the_data_is_there_when_the_run_starts():
    source = {"uid": "data-a", "name": "Dialogues", "right": "yes", "size": "1e12"}
    run = {"step": "step-train", "data": ["data-a"]}
    for acquired, wanted in ((RUN_ON, []), ("2027-02-23", ["data_after_run"]), (None, [])):
        assert keys(run, step=[STEP], data=[{**source, "acquired": acquired}]) == wanted
    late = [{**source, "acquired": "2027-02-23"}]
    assert keys({**run, "purpose": "ablation"}, step=[STEP], data=late) == []


def test_a_run_outside_the_schedule_is_said_so_from_the_seed_stage_on():
    assert keys({}) == ["run_unplaced"]
    assert keys({"step": "step-gone"}) == ["run_unplaced"]
    assert keys({}, stage="idea") == []
