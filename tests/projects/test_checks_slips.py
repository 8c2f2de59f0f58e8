"""Slips of the foundation-model sample: each is told, and blamed on the task that adds most."""

from datetime import date
from typing import Any

from apps.plans import samples
from apps.plans.document import restore
from apps.projects.checks import findings

TODAY = date(2027, 5, 28)


def slips(**ends: str) -> list[Any]:
    """Its findings on slips and progress with these tasks ending on other days."""
    document = samples.document("foundation_model", "en")
    for task in document["sections"]["projects"]["task"]:
        if task["uid"].removeprefix("task-") in ends:
            task["end"] = ends[task["uid"].removeprefix("task-")]
    return [
        finding
        for finding in findings(restore(document), TODAY)
        if finding.key.startswith(("projects.slip", "projects.behind"))
    ]


def test_what_was_decided_is_a_hint_and_so_is_slow_progress():
    decided, behind = slips()
    assert (decided.key, decided.severity) == ("projects.slip_decided", "hint")
    assert decided.message.endswith(
        "M2 Qiyuan-1 base model finished (14 days), M3 Qiyuan-1 passes its gates (14 days)."
    )
    assert (behind.key, behind.severity) == ("projects.behind_schedule", "hint")
    assert "0.74" in behind.message


def test_a_decision_covers_no_more_than_the_date_that_it_set():
    """M2 and those that follow from it, in one finding that names them all."""
    (found, _behind) = slips(main="2027-12-20")
    assert found.key == "projects.slip_undecided"
    assert found.message.startswith("The milestone “M2 Qiyuan-1 base model finished” has slipped")
    assert "What was decided there covers 14 days." in found.message
    for code in ("M3", "M4", "M5", "M7"):
        assert f"{code} " in found.message
    assert "It comes from “T06 Main run with three shifts”, which itself adds" in found.message


def test_a_milestone_that_slips_mostly_for_another_reason_is_told_apart():
    first, second, _behind = slips(main="2027-12-20", beta="2028-06-30")
    assert "It comes from “T06 Main run with three shifts”" in first.message
    assert second.message.startswith("The milestone “M5 API open to the public” has slipped")
    assert "It comes from “T12 Closed beta with twelve partners”, which itself adds 110 days" in (
        second.message
    )
    assert "Less is due to: T06 Main run with three shifts (" in second.message
