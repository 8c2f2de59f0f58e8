"""The brand's key figures: all channels together."""

from decimal import Decimal

from apps.branding.figures import figures
from tests.branding.conftest import contents_of


def values(*channels):
    content = contents_of(channel=list(channels)).section("branding")
    return {figure.key: figure.value for figure in figures(content)}


def test_budgets_over_their_months_and_the_blended_cac():
    found = values(
        {"uid": "a", "name": "Fair", "budget": "1000", "start": "2027-01-01",
         "end": "2027-03-31", "customers": "6"},
        {"uid": "b", "name": "Press", "budget": "500", "start": "2027-01-01",
         "end": "2027-02-28", "customers": "2"},
    )  # fmt: skip
    assert found == {
        "channel_budget": Decimal(4000),
        "blended_cac": Decimal(500),
        "expected_customers": Decimal(8),
        "positioning": None,
    }


def test_no_customers_means_no_cac_and_no_channel_means_nothing_known():
    channel = {"uid": "a", "name": "Fair", "budget": "1000", "start": "2027-01-01",
               "end": "2027-03-31"}  # fmt: skip
    assert values(channel)["blended_cac"] is None
    assert set(values().values()) == {None}
