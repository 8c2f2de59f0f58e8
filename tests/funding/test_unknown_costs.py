"""A role without pay and a run without a price do not make the plan look better without a word."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine

from apps.funding.checks import checks
from apps.funding.headlines import headlines
from apps.funding.outlook import Outlook
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.conftest import contents_of

pytestmark = pytest.mark.usefixtures("november")
KEY = "funding.cost_unknown"


@pytest.fixture
def november():
    """Before the people of the sample begin."""
    with time_machine.travel("2026-11-24", tick=False):
        yield


def found(contents: Contents) -> list[Any]:
    return [one for one in checks(contents) if one.key == KEY]


def sample(name: str = "customer_service") -> Contents:
    return restore(document(name, "en"))


@pytest.mark.parametrize("name", ["customer_service", "foundation_model", "api_vertical"])
def test_the_samples_know_all_their_costs(name: str) -> None:
    assert found(sample(name)) == []


@pytest.mark.parametrize(("part", "field"), [
    ("team.role", "salary"), ("team.role", "start"), ("technology.run", "price"),
    ("technology.run", "start"),
])  # fmt: skip
def test_what_is_missing_is_named(part: str, field: str) -> None:
    contents = sample()
    row = contents.part(part)[0]
    setattr(row, field, None)
    (finding,) = found(contents)
    assert finding.severity == "warning" and str(row) in finding.message
    assert str(row._meta.get_field(field).verbose_name) in finding.message
    assert [(place.row, place.field) for place in finding.places] == [(row.uid, field)]


FOUNDER = {
    "uid": "a", "title": "Founder", "salary": "20000", "start": "2026-11-01", "share": "100",
    "status": "filled",
}  # fmt: skip


def test_a_cost_that_has_begun_is_an_error_even_for_an_idea() -> None:
    contents = contents_of({"team": {"role": [FOUNDER]}}, assumptions={"opening_cash": "100000"})
    contents.plan.stage = "idea"
    (finding,) = found(contents)
    assert finding.severity == "error" and "“Founder” (missing: on-cost)" in finding.message
    assert finding.places == (Place("team", "role", "a", "on_cost"),)
    contents.part("team.role")[0].on_cost = Decimal(0)
    assert found(contents) == []


def test_cash_of_which_no_cost_is_known_is_unknown_and_names_the_field() -> None:
    contents = contents_of({"team": {"role": [FOUNDER]}}, assumptions={"opening_cash": "100000"})
    first = headlines(Outlook(contents))[0]
    assert first.text == "—" and "on-cost" in first.note
    assert first.place == Place("team", "role", "a")
    with_rent = contents_of(
        {"team": {"role": [FOUNDER]}},
        assumptions={"opening_cash": "100000"}, cost=[{"name": "Rent", "amount": "10"}],
    )  # fmt: skip
    assert "on-cost" in headlines(Outlook(with_rent))[0].note


def test_a_run_on_gpus_that_reach_nothing_names_the_utilisation() -> None:
    contents = sample()
    run = contents.part("technology.run")[0]
    run.mfu = Decimal(0)
    (finding,) = found(contents)
    assert finding.places == (Place("technology", "run", run.uid, "mfu"),)


def test_an_idea_is_only_told() -> None:
    contents = sample()
    contents.plan.stage = "idea"
    contents.part("team.role")[0].salary = None
    assert [one.severity for one in found(contents)] == ["hint"]


def test_one_finding_for_many_rows_and_none_for_a_kind_left_out() -> None:
    contents = sample()
    roles = contents.part("team.role")
    for role in roles:
        role.salary = None
    (finding,) = found(contents)
    assert len(roles) > 5 and len(finding.places) == 5 and "and more" in finding.message
    contents.part("funding.declared").left_out = ["payroll"]
    assert found(contents) == []
