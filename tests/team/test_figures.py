"""The team's key figures: roles and payroll."""

from decimal import Decimal

from apps.team.figures import figures
from tests.team.conftest import team

PAY = {"share": "100", "on_cost": "20"}


def values(*roles):
    return {figure.key: figure.value for figure in figures(team(role=list(roles)))}


def test_payroll_at_full_strength_and_in_the_first_year():
    found = values(
        {"uid": "a", "title": "Lead", "status": "filled", "start": "2027-01-01",
         "salary": "10000", **PAY},
        {"uid": "b", "title": "Engineer", "status": "open", "start": "2027-07-01",
         "salary": "5000", **PAY},
    )  # fmt: skip
    assert found == {
        "roles": 2,
        "roles_filled": 1,
        "payroll_full": Decimal(18_000),
        "payroll_year_1": Decimal(12 * 12_000 + 6 * 6_000),
        "people": "Lead.",
        "vacancies": "Still to come: Engineer.",
    }


def test_without_pay_or_roles_nothing_is_known():
    assert values({"uid": "a", "title": "Lead"})["payroll_full"] is None
    assert set(values().values()) == {None}
