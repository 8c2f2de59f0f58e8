"""A missing cost of inference never becomes a better figure: what hangs on it is unknown."""

from apps.funding.checks import checks
from apps.funding.headlines import headlines
from apps.funding.outlook import Outlook
from apps.funding.overview import figures
from apps.funding.section import stream_needs
from apps.funding.statements import by_year
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.render import render_section
from apps.plans.samples import document
from tests.funding.conftest import contents_of

KEY = "funding.inference_unknown"
TOKENS = {"uid": "s", "name": "Answers", "pricing": "usage", "price": "10", "tokens": "3",
          "customers": "5", "new": "1", "churn": "2"}  # fmt: skip
UNKNOWN = {"gross_margin", "ltv_cac", "break_even", "cash_out", "runway_months", "lowest_cash"}


def unpriced() -> Contents:
    """The sample that buys inference, without the price of its input tokens."""
    contents = restore(document("api_vertical", "en"))
    contents.part("technology.serving").input_price = None
    return contents


def test_margin_months_and_cash_are_unknown_and_the_checks_say_why():
    contents = unpriced()
    found = {one.key: one.value for one in figures(contents.section("funding"))}
    assert {key for key in UNKNOWN if found[key] is None} == UNKNOWN
    assert found["revenue_year_3"] > 0
    assert "gross_profit_by_year" not in found
    (finding,) = [one for one in checks(contents) if one.key == KEY]
    assert finding.severity == "error"
    assert [place.section for place in finding.places] == ["technology", "funding"]


def test_the_statement_shows_dashes_and_no_cash_flow():
    outlook = Outlook(unpriced())
    (profit,) = by_year(outlook)
    rows = {row.label: row.cells for row in profit.rows}
    for label in ("Inference", "Gross profit", "EBITDA"):
        assert set(rows[label]) == {"—"}
    assert "—" not in rows["Revenue"]
    assert outlook.chances is None


def test_the_page_asks_for_the_cost_instead_of_showing_a_month():
    contents = unpriced()
    context = contents.section("funding").context()
    cash = context["headlines"][0]
    assert (cash.text, "inference" in cash.note) == ("—", True)
    assert {row.break_even for row in context["scenarios"]()} == {"—"}
    assert "Chance that there is cash left" not in render_section(contents.section("funding"))


def test_a_price_of_ones_own_or_a_plan_without_tokens_is_known():
    priced = contents_of(assumptions={"inference_price": "0"}, stream=[TOKENS])
    flat = contents_of(stream=[{**TOKENS, "pricing": "subscription", "tokens": "0"}])
    for contents in (priced, flat):
        assert Outlook(contents).base.inputs.inference_known
        assert KEY not in {one.key for one in checks(contents)}
    assert KEY in {one.key for one in checks(contents_of(stream=[TOKENS]))}


def test_what_inference_costs_is_unknown_to_whom_technology_is_hidden():
    contents = restore(document("api_vertical", "en"), frozenset({"technology"}))
    inputs = Outlook(contents).assembly.inputs
    assert inputs.inference_price is None and not inputs.inference_known
    assert KEY not in {one.key for one in checks(contents)}


# --- Tokens of a customer ------------------------------------------------------------------------
def idea(**changes) -> Contents:
    """One subscription of a venture that has not said yet what it takes to serve a customer."""
    stream = {**TOKENS, "pricing": "subscription", "tokens": None, **changes}
    return contents_of(assumptions={"opening_cash": "100000"}, stream=[stream])


def test_a_stream_without_tokens_is_not_served_for_nothing():
    contents = idea()
    found = {one.key: one.value for one in figures(contents.section("funding"))}
    assert {key for key in UNKNOWN if found[key] is None} == UNKNOWN
    assert found["revenue_year_3"] > 0
    (finding,) = [one for one in checks(contents) if one.key == "funding.tokens_unknown"]
    assert finding.severity == "error" and "Answers" in finding.message
    assert finding.places == (Place("funding", "stream", "s", "tokens"),)
    for one in headlines(Outlook(contents)):
        if one.label in ("Gross margin", "Break-even", "Cash is gone", "LTV : CAC"):
            assert one.text == "—" and "million tokens per customer" in one.note
            assert one.place == finding.places[0]


def test_zero_tokens_or_a_model_that_costs_nothing_is_an_answer():
    for contents in (idea(tokens="0"), contents_of(assumptions={"inference_price": "0"},
                                                   stream=[{**TOKENS, "pricing": "subscription",
                                                            "tokens": None}])):  # fmt: skip
        assert Outlook(contents).base.inputs.margin_known
        assert "funding.tokens_unknown" not in {one.key for one in checks(contents)}


def test_a_stress_on_what_nobody_has_said_does_not_claim_it_away():
    spared = Outlook(idea()).spared
    assert "nobody has said yet" in spared["api_doubles"] and "gpu_rises" not in spared
    assert "you buy no inference" in Outlook(idea(tokens="0")).spared["api_doubles"]


def test_a_stream_is_complete_only_with_its_tokens():
    row = idea().part("funding.stream")[0]
    assert "tokens" in stream_needs(row) and row.tokens is None
