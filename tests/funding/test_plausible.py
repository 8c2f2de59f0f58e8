"""A figure that cannot be true is asked about, with both ends."""

from typing import Any

import pytest

from apps.funding.causes import causes
from apps.funding.checks import checks
from apps.funding.outlook import Outlook
from apps.funding.overview import figures
from apps.plans.document import restore
from apps.plans.render import render_section
from apps.plans.samples import document
from apps.plans.summary import figure_text
from tests.funding.conftest import contents_of
from tests.funding.test_checks import found, monthly, selling

IMPLAUSIBLE = {"price_implausible", "price_too_low", "revenue_above_market", "churn_implausible",
               "ltv_cac_implausible"}  # fmt: skip
SEGMENT = {"uid": "seg", "name": "Shops", "accounts": 100, "acv": "1200"}
RIVAL = {"uid": "r", "name": "Giant", "price": "2400", "segment": "seg"}


@pytest.mark.parametrize("name", ["customer_service", "api_vertical", "foundation_model"])
def test_the_samples_are_believable(name: str):
    keys = {one.key.partition(".")[2] for one in checks(restore(document(name, "en")))}
    assert not keys & IMPLAUSIBLE


@pytest.mark.parametrize(
    ("sections", "end", "times"),
    [
        ({"market": {"segment": [SEGMENT]}}, ("market", "segment", "acv"), "over 1,000"),
        ({"market": {"segment": [SEGMENT]}, "strategy": {"competitor": [RIVAL]}},
         ("market", "segment", "acv"), "over 1,000"),
        ({"market": {"segment": [{**SEGMENT, "acv": None}]}, "strategy": {"competitor": [RIVAL]}},
         ("strategy", "competitor", "price"), "over 1,000"),
    ],
)  # fmt: skip
def test_a_price_far_beyond_what_the_market_pays(sections: dict[str, Any], end: tuple, times: str):
    (finding,) = found("price_implausible", sections, stream=[selling("1000000", segment="seg")])
    assert finding.severity == "warning"
    assert f"{times} times" in finding.message
    own, other = finding.places
    assert (own.part, own.row, own.field) == ("stream", "s", "price")
    assert (other.section, other.part, other.field) == end
    assert not found("price_implausible", sections, stream=[selling("1000", segment="seg")])
    assert not found("price_implausible", sections, stream=[selling("1000000")])


@pytest.mark.parametrize("price", ["0.01", "9.99"])
def test_a_price_far_below_the_contract_value(price: str):
    """Twelve months must come to a tenth of 1,200 at least."""
    market = {"market": {"segment": [SEGMENT]}, "strategy": {"competitor": [RIVAL]}}
    (finding,) = found("price_too_low", market, stream=[selling(price, segment="seg")])
    assert finding.severity == "warning"
    assert "times as much" in finding.message and "“Shops”" in finding.message
    own, other = finding.places
    assert (own.row, own.field) == ("s", "price")
    assert (other.section, other.row, other.field) == ("market", "seg", "acv")


def test_a_price_far_below_names_the_ratio():
    market = {"market": {"segment": [{**SEGMENT, "acv": "300"}]}}
    (finding,) = found("price_too_low", market, stream=[selling("1", segment="seg")])
    assert "pays ¥12 a year" in finding.message and "¥300, 25 times as much" in finding.message


@pytest.mark.parametrize(
    "streams",
    [
        [selling("10", segment="seg")],
        [selling("0", segment="seg")],  # given away
        [selling("1")],  # of no segment
        [selling("1", segment="seg"), selling("90", uid="o", segment="seg")],  # a larger tariff
        [selling("1", segment="seg"),
         selling("9", uid="o", segment="seg", follows="s", attach="100")],
    ],
)  # fmt: skip
def test_what_a_segment_pays_in_all_is_held_against_its_contract_value(streams: list):
    assert not found("price_too_low", {"market": {"segment": [SEGMENT]}}, stream=streams)


def test_a_price_far_below_the_cheapest_competitor_is_a_hint():
    sections = {
        "market": {"segment": [{**SEGMENT, "acv": None}]},
        "strategy": {"competitor": [RIVAL, {**RIVAL, "uid": "c", "name": "Small", "price": "600"}]},
    }
    (finding,) = found("price_too_low", sections, stream=[selling("4", segment="seg")])
    assert finding.severity == "hint" and "“Small”" in finding.message
    assert not found("price_too_low", sections, stream=[selling("5", segment="seg")])


def test_a_price_of_tokens_counts_all_that_a_customer_uses():
    market = {"market": {"segment": [SEGMENT]}}
    stream = selling("10", pricing="usage", tokens="100", segment="seg")
    assert not found("price_implausible", market, stream=[stream])
    assert found("price_implausible", market, stream=[{**stream, "tokens": "101"}])


def test_a_price_far_beyond_the_other_streams():
    other = selling("100", uid="o", name="Other")
    (finding,) = found("price_implausible", stream=[selling("1000000"), other])
    assert finding.severity == "hint"
    assert [place.row for place in finding.places] == ["s", "o"]
    assert not found("price_implausible", stream=[selling("10000"), other])
    assert not found("price_implausible", stream=[selling("1000000")])


def test_more_revenue_than_the_whole_market():
    market = {"market": {"segment": [SEGMENT]}}  # 100 accounts of 1,200
    (finding,) = found("revenue_above_market", market, stream=[selling("1001")])
    assert [place.section for place in finding.places] == ["funding", "market"]
    assert not found("revenue_above_market", market, stream=[selling("1000")])
    assert not found("revenue_above_market", stream=[selling("1001")])


@pytest.mark.parametrize(("churn", "said"), [("0.001", "over 1,000 years"), ("0.1", "83 years")])
def test_a_churn_that_keeps_customers_for_centuries(churn: str, said: str):
    (finding,) = found("churn_implausible", stream=[selling("1", churn=churn)])
    assert said in finding.message
    assert finding.places[0].field == "churn"


def test_an_ordinary_churn_and_an_open_one_are_believed():
    for churn in ("0.5", "0", None):
        assert not found("churn_implausible", stream=[selling("1", churn=churn)])


SALES = {"cost": [monthly("1000", category="sales")]}


def test_a_customer_who_brings_too_many_times_what_winning_one_costs():
    parts = {**SALES, "stream": [selling("1000000", new="1", churn="1")]}
    (finding,) = found("ltv_cac_implausible", **parts)
    assert "over 100\u00a0:\u00a01" in finding.message
    assert [(place.part, place.field) for place in finding.places] == [
        ("stream", "price"), ("stream", "churn"), ("cost", "amount"),
    ]  # fmt: skip
    assert not found("ltv_cac_implausible", **SALES, stream=[selling("100", new="1", churn="2")])


def test_the_figures_and_the_page_bound_the_ratio():
    contents = contents_of(**SALES, stream=[selling("1000000", new="1", churn="1")])
    figure = next(one for one in figures(contents.section("funding")) if one.key == "ltv_cac")
    assert figure.value > 10_000
    assert figure_text(figure, "CNY") == "over 100\u00a0:\u00a01"
    assert "over 100\u00a0:\u00a01" in render_section(contents.section("funding"))


def test_tax_is_never_the_reason_that_the_cash_is_gone():
    """A profit on paper is taxed before customers pay: what they owe is the reason."""
    contents = contents_of(
        assumptions={"opening_cash": "1000", "tax": "25", "receivable_months": "3"},
        stream=[selling("1000000")], cost=[monthly("10")],
    )  # fmt: skip
    outlook = Outlook(contents)
    assert outlook.base.cash_out == 0
    first, second = causes(outlook.assembly, outlook.base)
    assert (first.place.field, first.owed, first.amount) == ("receivable_months", True, 10_000_000)
    assert second.place.row == "c"
    html = render_section(contents.section("funding"))
    assert "is sold, but not paid for yet" in html
