"""A role without pay and a run without a price do not make the plan look better without a word."""

from typing import Any

import pytest

from apps.funding.checks import checks
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.samples import document

KEY = "funding.cost_unknown"


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
    assert [place.row for place in finding.places] == [row.uid]


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
