"""Why the cash is gone: the rows that took most of it in the months before."""

from decimal import Decimal
from typing import Any

from apps.funding.causes import causes, window
from apps.funding.checks import checks
from apps.funding.outlook import Outlook
from apps.funding.overview import figures
from apps.plans.render import render_section
from tests.funding.conftest import contents_of

CASH = {"opening_cash": "1000"}


def cost(uid: str, amount: str, **changes: Any) -> dict[str, Any]:
    return {"uid": uid, "name": uid, "category": "general", "amount": amount, **changes}


def found(contents) -> list[tuple[str, Decimal]]:
    outlook = Outlook(contents)
    return [(one.place.row, one.change) for one in causes(outlook.assembly, outlook.base)]


def test_what_takes_most_comes_first_whether_it_rose_or_not():
    """1,000 last until July: 50 a month, and from May on 250 and 40 more."""
    rows = [cost("rent", "50"), cost("fair", "40", start="2027-05-01"),
            cost("office", "250", start="2027-05-01")]  # fmt: skip
    contents = contents_of(assumptions=CASH, cost=rows)
    assert Outlook(contents).base.cash_out == 6
    assert found(contents) == [("office", 3 * 250), ("rent", 0), ("fair", 3 * 40)]


def test_a_level_cost_outweighs_small_rises():
    """What a company pays every month can be the reason though nothing about it changed."""
    rows = [cost("lead", "200"), cost("fair", "10", start="2027-03-01")]
    assert found(contents_of(assumptions=CASH, cost=rows))[0][0] == "lead"


def test_a_round_that_comes_too_late_is_named_first():
    late = {"uid": "r", "name": "Angels", "instrument": "equity", "month": "2028-01-01",
            "amount": "500"}  # fmt: skip
    contents = contents_of(assumptions=CASH, cost=[cost("rent", "250")], round=[late])
    outlook = Outlook(contents)
    first, *_rest = causes(outlook.assembly, outlook.base)
    assert (first.place.row, first.late, first.amount) == ("r", 12, 500)
    assert "only in January 2028" in render_section(contents.section("funding"))


def test_a_steady_plan_names_what_costs_most():
    contents = contents_of(assumptions=CASH, cost=[cost("rent", "50"), cost("staff", "100")])
    assert found(contents) == [("staff", 0), ("rent", 0)]


def test_revenue_that_falls_is_a_cause_and_a_round_that_is_over_is_none():
    stream = {"uid": "s", "name": "Sales", "pricing": "subscription", "price": "100",
              "customers": "3", "new": "0", "churn": "40", "tokens": "0"}  # fmt: skip
    seed = {"uid": "r", "name": "Seed", "instrument": "equity", "month": "2027-01-01",
            "amount": "500"}  # fmt: skip
    contents = contents_of(assumptions=CASH, stream=[stream], round=[seed],
                           cost=[cost("rent", "250")])  # fmt: skip
    assert [row for row, _change in found(contents)] == ["rent", "s"]
    assert "Sales" in render_section(contents.section("funding"))


def test_nothing_is_asked_while_the_cash_lasts_and_a_month_is_compared_with_one():
    assert found(contents_of(assumptions=CASH)) == []
    assert [window(month) for month in (0, 1, 5, 11, 30)] == [1, 1, 3, 6, 6]


def test_the_finding_and_the_key_figure_lead_to_the_rows():
    contents = contents_of(assumptions=CASH, cost=[cost("rent", "50"), cost("staff", "100")])
    (finding,) = [one for one in checks(contents) if one.key == "funding.cash_out"]
    assert [place.row for place in finding.places] == ["staff", "rent", ""]
    places = {one.key: one.place for one in figures(contents.section("funding"))}
    assert places["cash_out"].row == "staff"
    html = render_section(contents.section("funding"))
    assert "Why the cash is gone in July 2027" in html
    assert "costs CN¥300 in 3 months" in html or "costs ¥300 in 3 months" in html
