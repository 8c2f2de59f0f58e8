"""The plan-wide checks that the team section owns."""

from datetime import date

import time_machine

from apps.plans.checks import Place
from apps.team.checks import checks, find
from tests.team.conftest import team

TODAY = date(2026, 11, 24)


def keys(content, today: date = TODAY) -> list[str]:
    return [finding.key for finding in find(content, today)]


def raci(**letters) -> dict:
    return {
        "uid": "row-1", "kind": "section", "section": "team",
        "responsible": ["role-a"], "accountable": ["role-a"], **letters,
    }  # fmt: skip


ROLE = {"uid": "role-a", "title": "Lead", "status": "open", "start": "2027-03-01"}


def test_a_sound_row_raises_nothing():
    assert keys(team(role=[ROLE], responsibility=[raci()])) == []


def test_no_accountable_and_two_accountable():
    for letters in ([], ["role-a", "role-b"]):
        content = team(role=[ROLE], responsibility=[raci(accountable=letters)])
        (finding,) = find(content, TODAY)
        assert (finding.key, finding.severity) == ("team.raci_accountable", "warning")
        assert finding.places == (Place("team", "responsibility", "row-1", "accountable"),)
        assert "Team" in finding.message


def test_no_responsible():
    assert keys(team(role=[ROLE], responsibility=[raci(responsible=[])])) == [
        "team.raci_responsible"
    ]


def test_a_row_that_rests_on_a_role_not_filled_by_its_start():
    content = team(role=[ROLE], responsibility=[raci(responsible=[])])
    assert "team.raci_role_unfilled" not in keys(content, date(2027, 2, 28))
    finding = find(content, date(2027, 3, 1))[-1]
    assert finding.key == "team.raci_role_unfilled"
    assert Place("team", "role", "role-a", "status") in finding.places
    assert "March 2027" in finding.message


def test_a_row_that_names_a_role_twice_is_told_once():
    content = team(role=[ROLE], responsibility=[raci()])
    assert keys(content, date(2027, 3, 1)).count("team.raci_role_unfilled") == 1


def test_a_removed_role_in_a_row_is_no_error():
    assert keys(team(responsibility=[raci()]), date(2030, 1, 1)) == []


def test_equity_over_100():
    roles = [{"uid": f"r{i}", "title": "x", "equity": "50.01"} for i in range(2)]
    (finding,) = find(team(role=roles), TODAY)
    assert (finding.key, finding.severity) == ("team.equity_over_100", "error")
    assert "100.02%" in finding.message
    roles[0]["equity"] = "49.99"
    assert keys(team(role=roles)) == []


def test_a_reporting_cycle_is_named():
    roles = [
        {"uid": "a", "title": "Ann", "reports_to": "b"},
        {"uid": "b", "title": "Ben", "reports_to": "a"},
        {"uid": "c", "title": "Cem", "reports_to": "a"},
    ]
    (finding,) = find(team(role=roles), TODAY)
    assert finding.key == "team.reporting_cycle"
    assert "Ann → Ben → Ann" in finding.message
    assert {place.row for place in finding.places} == {"a", "b"}


def test_training_without_date():
    (finding,) = find(team(training=[{"uid": "t", "skill": "Safety"}]), TODAY)
    assert (finding.key, finding.severity) == ("team.training_without_date", "hint")
    assert keys(team(training=[{"uid": "t", "skill": "Safety", "date": "2027-02-01"}])) == []


@time_machine.travel(date(2027, 3, 2))
def test_the_plan_wide_checks_look_at_today():
    content = team(role=[ROLE], responsibility=[raci()])
    assert [finding.key for finding in checks(content.contents)] == ["team.raci_role_unfilled"]


def test_an_empty_plan_raises_nothing():
    assert keys(team()) == []


def test_the_sample_is_sound(sample, today):
    assert find(sample.section("team"), today) == []


def test_an_idea_owes_no_responsibilities_and_no_training_days():
    parts = {"responsibility": [raci(accountable=[])], "training": [{"uid": "t", "skill": "RAG"}]}
    assert keys(team(stage="idea", **parts)) == []
    found = {"team.raci_accountable", "team.training_without_date"}
    assert found <= set(keys(team(stage="pre_seed", **parts)))
