"""Scenarios and stress cases beside a plan that runs out of cash itself."""

from typing import Any

from tests.funding.conftest import contents_of
from tests.funding.test_checks import CASH, found, monthly, selling

PARTS = {"assumptions": CASH, "cost": [monthly("100000")], "stream": [selling("2000")]}


def scenario(uid: str, **factors: Any) -> dict[str, Any]:
    return {"uid": uid, "name": uid, "case": "low", **factors}


def test_a_scenario_that_ends_the_cash_earlier_says_by_how_much():
    """1,000,000 and 80,000 a month last until January 2028; without a price until November."""
    assert "January 2028" in found("cash_out", **PARTS)[0].message
    (finding,) = found("scenario_cash_out", **PARTS, scenario=[scenario("Cheap", price="0")])
    assert "November 2027, 2 months earlier than in the plan as written" in finding.message
    assert finding.severity == "warning"
    assert [place.row for place in finding.places] == ["Cheap", ""]


def test_scenarios_that_only_repeat_the_plan_are_one_hint():
    rows = [
        scenario("Same", marketing="2"), scenario("Better", price="1.5"),
        scenario("As planned"), scenario("Saved", price="9"),
    ]  # fmt: skip
    assert not found("scenario_cash_out", **PARTS, scenario=rows)
    (finding,) = found("scenario_no_rescue", **PARTS, scenario=rows)
    assert finding.severity == "hint"
    assert "Same (January 2028, the same month), Better (March 2028, 2 months later)" in (
        finding.message
    )
    assert [place.row for place in finding.places] == ["Same", "Better"]


def test_a_stress_that_ends_the_cash_earlier_says_by_how_much():
    stream = selling("9000")  # 10,000 a month are missing; five points of churn eat the rest
    parts = {**PARTS, "stream": [stream], "assumptions": {"opening_cash": "300000"}}
    (finding,) = found("stress_cash_out", **parts)
    assert "even earlier in these stress cases: " in finding.message
    assert "Churn +5 points (" in finding.message
    assert "months earlier)" in finding.message


def test_stress_cases_that_end_the_cash_with_the_plan_are_said_once():
    parts = {**PARTS, "stream": [selling("10")]}
    (finding,) = found("stress_cash_out", **parts)
    assert "earlier than November 2027" in finding.message
    assert "Churn +5 points (November 2027, the same month)" in finding.message


def test_nothing_is_said_of_cases_while_the_cash_is_unknown():
    contents = {"cost": [monthly("100000")], "scenario": [scenario("Cheap", price="0.5")]}
    assert contents_of(**contents)
    for key in ("scenario_cash_out", "scenario_no_rescue", "stress_cash_out"):
        assert not found(key, **contents)
