"""The brand's cost of winning a customer beside that of the model."""

from typing import Any

import pytest

from apps.funding.checks import checks
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.test_checks import found, monthly, selling

CHANNEL = {"uid": "ch", "name": "Fair", "start": "2027-01-01", "end": "2027-12-31",
           "budget": "1000", "customers": "120"}  # fmt: skip
STREAM = selling("100", new="1", customers="0")  # 36 customers are won


def channels(**changes: Any) -> dict[str, Any]:
    return {"branding": {"channel": [{**CHANNEL, **changes}]}}


def test_two_costs_of_a_customer_are_one_hint_with_both_figures():
    """12,000 for 120 customers there; 12,000 and 36 × 500 for 36 customers here."""
    line = monthly("500", category="sales")
    (finding,) = found("cac_apart", channels(), stream=[STREAM], cost=[line])
    assert finding.severity == "hint"
    assert "Brand: ¥100, the channels' budget for the 120 customers" in finding.message
    assert "Funding: ¥833, all marketing and sales of 36 months for the 36 customers" in (
        finding.message
    )
    assert "733%" in finding.message and "pay" not in finding.message
    assert [(place.section, place.part, place.row) for place in finding.places] == [
        ("branding", "channel", ""), ("funding", "stream", "s"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("customers", "told"),
    [("36", False), ("45", False), ("46", True), ("29", False), ("28", True), (None, False)],
)
def test_a_quarter_either_way_is_allowed(customers: str | None, told: bool):
    """12,000 for 36 customers is 333."""
    assert bool(found("cac_apart", channels(customers=customers), stream=[STREAM])) == told


@pytest.mark.parametrize(("title", "counted"), [("Head of Sales", True), ("市场负责人", True),
                                                ("Engineer", False)])  # fmt: skip
def test_pay_of_those_who_sell_is_counted_beside(title: str, counted: bool):
    role = {"uid": "r", "title": title, "start": "2027-01-01", "salary": "1000", "on_cost": "0",
            "share": "100"}  # fmt: skip
    sections = {**channels(), "team": {"role": [role]}}
    (finding,) = found("cac_apart", sections, stream=[STREAM])
    assert "Funding: ¥333" in finding.message
    assert (f"without pay, ¥1,333 with the pay of “{title}”" in finding.message) == counted


def test_nothing_is_told_without_customers_or_channels():
    assert not found("cac_apart", channels(), stream=[{**STREAM, "new": "0"}])
    assert not found("cac_apart", stream=[STREAM], cost=[monthly("500", category="sales")])


@pytest.mark.parametrize("name", ["api_vertical", "foundation_model"])
def test_the_other_samples_count_the_same_customers_twice(name: str):
    assert "funding.cac_apart" not in {one.key for one in checks(restore(document(name, "en")))}
