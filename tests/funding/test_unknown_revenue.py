"""A stream without its figures does not earn zero without a word: the plan says what is missing."""

import pytest

from apps.funding.answers import answers
from apps.funding.headlines import headlines
from apps.funding.outlook import Outlook
from apps.funding.overview import figures
from apps.funding.statements import by_year, economics
from apps.plans.checks import Place
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.conftest import contents_of
from tests.funding.test_checks import CASH, found, monthly, selling

KEY = "stream_incomplete"


def revenue(contents):
    return next(one for one in headlines(Outlook(contents)) if "Revenue" in one.label)


@pytest.mark.parametrize(
    ("changes", "field", "label"),
    [
        ({"price": None}, "price", "price"),
        ({"pricing": ""}, "pricing", "revenue model"),
        ({"pricing": "usage", "tokens": None}, "tokens", "million tokens"),
        ({"customers": None, "new": None}, "new", "new customers per month"),
        ({"follows": "gone"}, "follows", "customers are those of"),
    ],
)
def test_a_stream_without_a_figure_is_an_error_that_names_it(changes, field, label):
    (finding,) = found(KEY, stream=[{**selling("10"), **changes}])
    assert finding.severity == "error"
    assert "“Stream”" in finding.message and label in finding.message
    assert finding.places == (Place("funding", "stream", "s", field),)


def test_a_stream_that_follows_one_without_customers_lacks_them_too():
    base = selling("10", customers=None, new=None)
    addon = selling("5", uid="a", name="Add-on", customers=None, new=None, follows="s")
    assert [one.places[0].field for one in found(KEY, stream=[base, addon])] == ["new", "follows"]
    assert not found(KEY, stream=[{**base, "new": "0"}, addon])


def test_only_the_stream_that_is_followed_is_to_be_filled_in():
    base = selling("10", customers=None, new=None)
    addon = selling("5", uid="a", name="Add-on", customers=None, new=None, follows="s")
    note = revenue(contents_of(assumptions=CASH, stream=[addon, base])).note
    assert "“Stream” (missing: new customers per month)" in note and "Add-on" not in note


@pytest.mark.parametrize("name", ["customer_service", "foundation_model", "api_vertical"])
def test_the_samples_lack_nothing(name):
    assert Outlook(restore(document(name, "en"))).assembly.inputs.lacking == ()


def test_revenue_of_which_nothing_is_known_is_no_zero():
    contents = contents_of(assumptions=CASH, stream=[selling(None)])
    headline = revenue(contents)
    assert headline.text == "—"
    assert "“Stream” (missing: price)" in headline.note and "ARR" not in headline.note
    statement = by_year(Outlook(contents))[0]
    assert {row.label: set(row.cells) for row in statement.rows}["Revenue"] == {"—"}
    told = {one.key: one.value for one in figures(contents.section("funding"))}
    assert told["arr"] is None and "revenue_by_year" not in told


def test_the_summary_shows_no_revenue_where_no_stream_is_written():
    contents = contents_of(assumptions=CASH, cost=[monthly("1000")])
    told = {one.key for one in figures(contents.section("funding"))}
    assert "cash_by_year" in told
    assert not told & {"revenue_by_year", "gross_profit_by_year", "ebitda_by_year"}


HANG_ON_IT = {
    "revenue_year_1", "revenue_year_2", "revenue_year_3", "arr", "gross_margin", "ltv_cac",
    "break_even", "cash_out", "runway_months", "lowest_cash",
}  # fmt: skip


def test_one_stream_without_its_price_makes_everything_that_hangs_on_it_unknown():
    lame = selling(None, uid="o", name="Other")
    contents = contents_of(assumptions=CASH, stream=[selling("10"), lame], cost=[monthly("9")])
    told = {one.key: one.value for one in figures(contents.section("funding"))}
    assert {key for key in HANG_ON_IT if told[key] is None} == HANG_ON_IT
    assert not set(told) & {"revenue_by_year", "gross_profit_by_year", "cash_by_year"}
    assert "“Other” (missing: price)" in told["unknown"]
    outlook = Outlook(contents)
    for one in headlines(outlook):
        assert (one.text, one.place) == ("—", Place("funding", "stream", "o", "price")), one.label
        assert "“Other” (missing: price)" in one.note
    assert all({*row.cells} == {"—"} and row.missing for row in economics(outlook.base, "CNY"))
    rows = {row.label: set(row.cells) for row in by_year(outlook)[0].rows}
    assert rows["Revenue"] == rows["Gross profit"] == rows["EBITDA"] == {"—"}
    assert {run.revenue for run in outlook.stresses} == {None}
    assert {run.closing for run in outlook.scenarios} == {None} and outlook.chances is None


def test_a_price_of_zero_is_an_answer():
    assert revenue(contents_of(stream=[selling("0")])).text == "¥0"


def test_cash_alone_has_no_break_even_and_no_model_to_lose():
    outlook = Outlook(contents_of(assumptions=CASH, cost=[monthly("1000")]))
    shown = {one.label: one for one in headlines(outlook)}
    assert shown["Break-even"].text == "—" and "revenue stream" in shown["Break-even"].note
    earlier = answers(outlook)[2].lines
    assert not any(line.startswith("These stress cases do not") for line in earlier)
    assert any(line.startswith("Base model lost does not apply") for line in earlier)
