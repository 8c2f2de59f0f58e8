"""Scenarios that cannot come true, and cases that stand in the wrong order."""

from typing import Any

import pytest

from apps.funding.checks import checks
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.test_cases import scenario
from tests.funding.test_checks import CASH, found, monthly, selling

LASTS = {"assumptions": CASH, "cost": [monthly("10000", category="payroll")],
         "stream": [selling("500")]}  # fmt: skip
ENDS = {**LASTS, "cost": [monthly("100000", category="payroll")]}


@pytest.mark.parametrize("name", ["customer_service", "api_vertical", "foundation_model"])
def test_the_scenarios_of_the_samples_are_believable(name: str):
    keys = {one.key for one in checks(restore(document(name, "en")))}
    assert not keys & {"funding.scenario_zero", "funding.scenario_order"}


def test_a_factor_of_zero_is_named():
    row = scenario("Free", payroll="0", price="0", marketing="0.5")
    (finding,) = found("scenario_zero", **LASTS, scenario=[row, scenario("Low", price="0.5")])
    assert finding.severity == "warning"
    assert "“Free”" in finding.message
    assert "prices\u00a0×\u00a00, payroll\u00a0×\u00a00." in finding.message
    assert [(place.row, place.field) for place in finding.places] == [
        ("Free", "price"), ("Free", "payroll"),
    ]  # fmt: skip


def test_a_factor_left_empty_and_no_delay_are_no_zeros():
    assert not found("scenario_zero", **LASTS, scenario=[scenario("Low", price=None, delay=0)])


def test_a_low_case_that_is_better_names_what_makes_it_so():
    row = scenario("Low", payroll="0.5", price="0.9", case="low")
    (finding,) = found("scenario_order", **LASTS, scenario=[row])
    assert finding.severity == "warning"
    assert "low case “Low” is better than the plan as written" in finding.message
    assert "payroll\u00a0×\u00a00.5." in finding.message
    assert "prices" not in finding.message
    assert [place.field for place in finding.places] == ["payroll"]


def test_a_high_case_that_ends_the_cash_earlier():
    row = scenario("High", payroll="2", price="1.1", case="high")
    (finding,) = found("scenario_order", **ENDS, scenario=[row])
    assert "the cash is gone in June 2027 instead of November 2027" in finding.message


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([scenario("Low", price="0.9"), scenario("High", price="1.1", case="high")], False),
        ([scenario("Low"), scenario("High", case="high")], False),  # both are the plan
        ([scenario("Base", price="0.5", case="base"), scenario("Low", price="0.9")], True),
        ([scenario("Base", price="0.5", case="base"), scenario("Low", price="0.4")], False),
        ([scenario("Other", price="9", case="other")], False),
    ],
)  # fmt: skip
def test_the_cases_are_held_against_the_base_case(rows: list[dict[str, Any]], told: bool):
    hits = found("scenario_order", **LASTS, scenario=rows)
    assert bool(hits) == told
    assert all("better than the base case" in hit.message for hit in hits)


def test_no_order_is_told_while_the_cash_is_unknown():
    parts = {"cost": LASTS["cost"], "scenario": [scenario("Low", payroll="0.5")]}
    assert not found("scenario_order", **parts)
