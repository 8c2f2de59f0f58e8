"""Every month in which the cash is gone is shown with the signed money alone beside it."""

from apps.plans.contents import figure
from apps.plans.render import render_section
from tests.funding.conftest import contents_of

CASH = {"opening_cash": "1000000"}
COST = {"uid": "c", "name": "Rent", "category": "general", "amount": "100000"}
HOPED = {"uid": "r", "name": "Seed", "instrument": "grant", "month": "2027-06-01",
         "amount": "9000000", "status": "term_sheet"}  # fmt: skip


def test_the_page_and_the_figures_show_the_signed_money_beside_all_of_it():
    contents = contents_of(assumptions=CASH, cost=[COST], round=[HOPED])
    html = render_section(contents.section("funding"))
    assert "Cash is gone, signed money only" in html
    assert html.count("(signed money only: November 2027)") >= 1
    assert figure(contents, "funding", "cash_out") == "not within 36 months"
    assert figure(contents, "funding", "cash_out_signed") == "November 2027"


def test_nothing_is_added_where_all_money_is_signed():
    signed = {**HOPED, "status": "contract"}
    contents = contents_of(assumptions=CASH, cost=[COST], round=[signed])
    assert "signed money only" not in render_section(contents.section("funding"))
    assert figure(contents, "funding", "cash_out_signed") is None


def test_a_round_outside_the_plan_is_not_hoped_for():
    far = {**HOPED, "month": "2035-01-01"}
    contents = contents_of(assumptions=CASH, cost=[COST], round=[far])
    signed = figure(contents, "funding", "cash_out_signed")
    assert signed == figure(contents, "funding", "cash_out") == "November 2027"


def test_a_plan_without_a_cost_says_so_instead_of_lasting():
    contents = contents_of(assumptions={"opening_cash": "50000"})
    assert figure(contents, "funding", "cash_out") == "no cost yet"
    assert figure(contents, "funding", "runway_months") is None
    html = render_section(contents.section("funding"))
    assert "no cost yet" in html
    assert "Fill in what the company costs" in html
    assert "first month that ends below zero" not in html
