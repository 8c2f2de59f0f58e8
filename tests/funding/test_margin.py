"""Selling below cost is said, by stream or of all of them together."""

from decimal import Decimal

import pytest

from apps.funding.checks import checks
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.test_checks import found, monthly, selling

PRICED = {"inference_price": "3"}


@pytest.mark.parametrize("name", ["customer_service", "foundation_model", "api_vertical"])
def test_the_samples_earn_on_what_they_sell(name):
    keys = {one.key for one in checks(restore(document(name, "en")))}
    assert "funding.below_cost" not in keys


@pytest.mark.parametrize(("price", "broken"), [("0.01", True), ("6", True), ("6.01", False)])
def test_a_customer_that_costs_as_much_as_it_pays(price, broken):
    """Two million tokens at 3 a million."""
    hits = found("below_cost", assumptions=PRICED, stream=[selling(price, tokens="2")])
    assert [hit.severity for hit in hits] == ["error"] * broken
    if broken:
        assert "“Stream”" in hits[0].message and "¥6" in hits[0].message
        assert hits[0].places[0].field == "price"


def test_tokens_sold_for_less_than_they_cost():
    usage = selling("2.99", pricing="usage", tokens="5")
    assert len(found("below_cost", assumptions=PRICED, stream=[usage])) == 1
    assert not found("below_cost", assumptions=PRICED, stream=[{**usage, "price": "3.01"}])


def test_hosting_that_eats_all_revenue_of_year_3_is_said_of_the_whole():
    hosting = monthly("200", category="hosting")
    (finding,) = found("below_cost", stream=[selling("10")], cost=[hosting])
    assert "-100%" in finding.message
    assert not found("below_cost", stream=[selling("10")], cost=[{**hosting, "amount": "99"}])


def test_the_sample_sold_for_a_cent_and_a_dear_api_is_an_error():
    contents = restore(document("api_vertical", "en"))
    for stream in contents.part("funding.stream"):
        stream.price = Decimal("0.01")
    assert any(one.key == "funding.below_cost" for one in checks(contents))
