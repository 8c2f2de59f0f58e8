"""The checks that the risk section owns, each broken on purpose."""

from datetime import date
from typing import Any

import pytest

from apps.risks.checks import findings
from tests.risks.conftest import TODAY, a_risk, risks

OWNED = {"owner": "role-lead"}
ACTION = {"uid": "a1", "text": "Do it", "risk": "r1", "due": "2027-03-01"}


def keys(*, today: date = TODAY, **parts: Any) -> list[str]:
    return [finding.key.removeprefix("risks.") for finding in findings(
        risks(**parts).contents, today)]  # fmt: skip


def test_a_managed_critical_risk_is_fine() -> None:
    assert keys(risk=[a_risk(**OWNED)], action=[ACTION]) == []


def test_an_idea_has_nobody_yet_to_give_a_critical_risk_to() -> None:
    assert keys(stage="idea", risk=[a_risk()]) == []
    assert keys(stage="pre_seed", risk=[a_risk()]) == ["critical_unmanaged"]


@pytest.mark.parametrize(
    ("fields", "actions", "missing"),
    [
        ({}, [ACTION], "an owner"),
        ({"owner": "role-gone"}, [ACTION], "an owner"),
        (OWNED, [], "an action"),
        (OWNED, [{**ACTION, "due": None}], "an action with a due date"),
        (OWNED, [{**ACTION, "risk": "r9"}], "an action"),
    ],
)
def test_a_critical_risk_lacks_something(fields: dict, actions: list, missing: str) -> None:
    found = findings(risks(risk=[a_risk(**fields)], action=actions).contents, TODAY)
    assert [finding.key for finding in found] == ["risks.critical_unmanaged"]
    assert found[0].severity == "error"
    assert found[0].message == f"R1 “Risk r1” is critical but lacks: {missing}."
    assert found[0].places[0].row == "r1"


@pytest.mark.parametrize(
    "fields",
    [{"status": "closed"}, {"kind": "opportunity"}, {"current_probability": 1}],
    ids=["closed", "opportunity", "no longer critical"],
)
def test_what_is_not_a_critical_threat_needs_no_action(fields: dict) -> None:
    target = {"target_probability": 1} if "current_probability" in fields else {}
    assert keys(risk=[a_risk(**fields, **target)]) == []


def test_without_a_current_rating_the_inherent_one_counts() -> None:
    unrated = {"current_probability": None, "target_probability": None}
    assert keys(risk=[a_risk(**unrated)]) == ["critical_unmanaged"]


def test_the_edited_matrix_says_what_is_critical() -> None:
    policy = {"medium_from": 5, "high_from": 10, "critical_from": 21}
    assert keys(policy=policy, risk=[a_risk()]) == []


def test_a_role_that_the_reader_may_not_see_counts_as_an_owner() -> None:
    content = risks(frozenset({"team"}), risk=[a_risk(owner="role-lead")], action=[ACTION])
    assert findings(content.contents, TODAY) == []


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"current_probability": 3, "target_probability": 2}, False),
        ({"inherent_probability": 3, "target_probability": 3}, True),  # current above inherent
        ({"current_probability": 1, "target_probability": 2}, True),  # target above current
        ({"current_probability": None, "inherent_probability": 1}, True),  # target above inherent
        ({"current_probability": None, "target_probability": None}, False),
    ],
)
def test_residual_above_inherent(fields: dict, broken: bool) -> None:
    found = keys(risk=[a_risk(**OWNED, **fields)], action=[ACTION])
    assert found == (["residual_above_inherent"] if broken else [])


def test_an_opportunity_should_grow() -> None:
    fields = {"kind": "opportunity", "current_probability": 2, "target_probability": 5}
    assert keys(risk=[a_risk(**fields)]) == ["residual_above_inherent"]
    assert keys(risk=[a_risk(**{**fields, "inherent_probability": 1})]) == []


def test_reviews_are_overdue_the_day_after() -> None:
    rows = [a_risk(**OWNED, next_review="2027-01-15")]
    assert keys(risk=rows, action=[ACTION]) == []
    assert keys(risk=rows, action=[ACTION], today=date(2027, 1, 16)) == ["review_overdue"]
    two = risks(risk=[*rows, a_risk("r2", **OWNED, next_review="2027-01-10")], action=[ACTION])
    [finding] = [
        one
        for one in findings(two.contents, date(2027, 1, 16))
        if one.key == "risks.review_overdue"
    ]
    assert [place.row for place in finding.places] == ["r1", "r2"]
    closed = [a_risk(status="closed", next_review="2026-01-01")]
    assert keys(risk=closed) == []


def test_an_acceptance_needs_approver_reason_and_expiry() -> None:
    signed = {
        "response": "accept", "acceptance_approver": "Wang Lin",
        "acceptance_reason": "Cheaper than insurance.", "acceptance_expiry": "2027-12-31",
    }  # fmt: skip
    low = {**OWNED, "inherent_probability": 1, "current_probability": 1, "target_probability": 1}
    assert keys(risk=[a_risk(**low, **signed)]) == []
    for name in ("acceptance_approver", "acceptance_reason"):
        assert keys(risk=[a_risk(**low, **{**signed, name: ""})]) == ["acceptance_incomplete"]
    unlimited = {**signed, "acceptance_expiry": None}
    assert keys(risk=[a_risk(**low, **unlimited)]) == ["acceptance_incomplete"]
    late = date(2028, 1, 1)
    assert keys(risk=[a_risk(**low, **signed)], today=late) == ["acceptance_expired"]


def test_actions_that_are_late_or_undated() -> None:
    low = [a_risk(inherent_probability=1, current_probability=1, target_probability=1)]
    late = {**ACTION, "due": "2027-01-14"}
    assert keys(risk=low, action=[late]) == ["action_overdue"]
    assert keys(risk=low, action=[{**late, "done": "100"}]) == []
    assert keys(risk=low, action=[{**ACTION, "due": None, "cost": "5"}]) == ["action_undated"]


def test_impossible_ranges_and_matrices_are_told() -> None:
    low = a_risk(inherent_probability=1, current_probability=1, target_probability=1)
    assert keys(risk=[{**low, "amount_low": "9", "amount_high": "3"}]) == ["range_impossible"]
    assert keys(policy={"medium_from": 12}, risk=[low]) == ["matrix_contradictory"]


def test_a_blank_section_has_nothing_to_find() -> None:
    assert keys() == []
