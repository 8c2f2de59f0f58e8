"""A round that raises far more than what is missing without it."""

from typing import Any

import pytest

from apps.funding.checks import checks
from apps.funding.checks_raised import need_of
from apps.funding.outlook import Outlook
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.conftest import contents_of
from tests.funding.test_cases import scenario
from tests.funding.test_checks import SEED, found, monthly

BURNING = {"assumptions": {"opening_cash": "0"}, "cost": [monthly("100000")]}  # 3.6 m in all
SECOND = {**SEED, "uid": "a", "name": "Series A", "month": "2028-01-01"}


@pytest.mark.parametrize("name", ["customer_service", "api_vertical", "foundation_model"])
def test_no_sample_raises_far_beyond_its_need(name: str):
    keys = {one.key for one in checks(restore(document(name, "en")))}
    assert "funding.raised_beyond_need" not in keys


@pytest.mark.parametrize(
    ("amount", "severity"),
    [("7200000", None), ("7200001", "hint"), ("14400000", "hint"), ("14400001", "warning")],
)
def test_a_round_against_what_is_missing_without_it(amount: str, severity: str | None):
    hits = found("raised_beyond_need", **BURNING, round=[{**SEED, "amount": amount}])
    assert [hit.severity for hit in hits] == ([severity] if severity else [])


def test_it_says_by_how_much_and_in_what_months():
    (finding,) = found("raised_beyond_need", **BURNING, round=[{**SEED, "amount": "10000000"}])
    assert "¥10M from “Seed”" in finding.message
    assert "at most ¥3.6M is missing from January 2027 to December 2029 (in December 2029)" in (
        finding.message
    )
    assert "so ¥6.4M is left over" in finding.message
    assert [(place.row, place.field) for place in finding.places] == [("seed", "amount")]


def test_the_next_round_ends_the_need_but_not_before_two_years():
    """The seed round is held against 24 months of 100,000 although the next comes after 12."""
    rounds = [{**SEED, "amount": "4800001"}, SECOND]
    seed, later = found("raised_beyond_need", **BURNING, round=rounds)
    assert "at most ¥2.4M is missing from January 2027 to December 2028" in seed.message
    assert later.places[0].row == "a" and "is not needed" in later.message
    rounds[0]["amount"] = "4800000"
    (only,) = found("raised_beyond_need", **BURNING, round=rounds)
    assert only.places == later.places


def test_after_the_plan_the_months_go_on_as_its_last():
    result = Outlook(contents_of(**BURNING)).base
    need = need_of(result, 24, 47)
    assert (need.amount, need.month) == (100_000 * 48, 47)


def test_a_low_case_that_needs_the_money_justifies_it():
    dear = scenario("Dear", payroll="2")
    parts: dict[str, Any] = {**BURNING, "cost": [monthly("100000", category="payroll")]}
    rounds = [{**SEED, "amount": "10000000"}]
    assert not found("raised_beyond_need", **parts, round=rounds, scenario=[dear])
    assert found("raised_beyond_need", **parts, round=rounds, scenario=[{**dear, "case": "other"}])
    more = [{**SEED, "amount": "20000000"}]
    (finding,) = found("raised_beyond_need", **parts, round=more, scenario=[dear])
    assert "(in December 2029 of the low case “Dear”)" in finding.message


def test_a_round_without_which_no_cash_is_missing():
    parts = {**BURNING, "assumptions": {"opening_cash": "9000000"}}
    (finding,) = found("raised_beyond_need", **parts, round=[SEED])
    assert finding.severity == "warning"
    assert "is not needed: without it, no cash is missing" in finding.message


def test_while_a_cost_is_unknown_only_what_is_beyond_belief_is_told():
    unpaid = {"team": {"role": [{"uid": "r", "title": "Engineer", "start": "2027-01-01"}]}}
    for amount, told in (("14400000", False), ("14400001", True)):
        rounds = [{**SEED, "amount": amount}]
        hits = found("raised_beyond_need", unpaid, **BURNING, round=rounds)
        assert [hit.severity for hit in hits] == ["hint"] * told
        assert all("nobody knows yet are not counted" in hit.message for hit in hits)


def test_a_grant_is_no_round_too_many_and_needs_cost_something():
    rounds = [{**SEED, "amount": "10000000"}]
    grant = [{**rounds[0], "instrument": "grant", "pre_money": None}]
    assert not found("raised_beyond_need", **BURNING, round=grant)
    assert not found("raised_beyond_need", cost=BURNING["cost"], round=rounds)  # cash unknown
    assert not found("raised_beyond_need", assumptions={"opening_cash": "0"}, round=rounds)
