"""The brand's arithmetic: values worked out by hand, and properties that must always hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.branding import rules

MONEY = st.decimals(min_value=0, max_value=10**15, places=2)
DAYS = st.dates()
SLOTS = {
    "target": "shops",
    "need": "drown in questions",
    "brand": "Lingda",
    "category": "an agent",
    "benefit": "settles orders",
    "alternative": "keyword bots",
    "reason": "it cites its source.",
}


def test_expected_cac_is_the_budget_of_the_period_over_the_customers():
    # 31 January to 1 March touches three calendar months: 3 × 10,000 / 12 customers.
    total = rules.total_budget(Decimal(10_000), date(2027, 1, 31), date(2027, 3, 1))
    assert total == 30_000
    assert rules.acquisition_cost(total, Decimal(12)) == 2_500


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2027, 5, 1), date(2027, 5, 31), 1),
        (date(2027, 12, 31), date(2028, 1, 1), 2),
        (date(2027, 1, 1), date(2029, 12, 31), 36),
        (date(2027, 5, 2), date(2027, 5, 1), None),
        (None, date(2027, 5, 1), None),
        (date(2027, 5, 1), None, None),
    ],
)
def test_months_between(start, end, months):
    assert rules.months_between(start, end) == months


@pytest.mark.parametrize("customers", [None, 0, Decimal(0), "", Decimal("NaN")])
def test_cac_is_unknown_without_customers(customers):
    assert rules.acquisition_cost(Decimal(1000), customers) is None


def test_cac_is_unknown_without_a_budget_and_zero_for_a_free_channel():
    assert rules.acquisition_cost(None, 5) is None
    assert rules.acquisition_cost(Decimal(0), 5) == 0


@given(MONEY, DAYS, DAYS, DAYS)
def test_monthly_amounts_never_exceed_the_budget_of_the_period(monthly, start, end, first):
    amounts = rules.monthly_amounts(monthly, start, end, first.replace(day=1))
    assert len(amounts) == 36
    assert set(amounts) <= {monthly, Decimal(0)}
    assert sum(amounts) <= (rules.total_budget(monthly, start, end) or 0)


@given(MONEY, st.integers(0, 35), st.integers(0, 35))
def test_a_channel_within_the_horizon_costs_its_whole_budget(monthly, one, other):
    low, high = sorted((one, other))
    start, end = (date(2027 + month // 12, month % 12 + 1, 15) for month in (low, high))
    amounts = rules.monthly_amounts(monthly, start, end, date(2027, 1, 1))
    assert sum(amounts) == rules.total_budget(monthly, start, end)


def test_a_channel_that_began_before_the_plan_costs_only_what_is_left():
    amounts = rules.monthly_amounts(
        Decimal(5), date(2026, 11, 1), date(2027, 2, 28), date(2027, 1, 1)
    )
    assert amounts[:3] == (5, 5, 0)


SPENDS = st.lists(
    st.builds(
        rules.Spend,
        st.sampled_from(["seo", "press", "paid"]),
        st.none() | MONEY,
        st.none() | st.decimals(min_value=0, max_value=10**9, places=2),
    )
)


@given(SPENDS)
def test_totals_add_up_to_the_grand_total(spends):
    found, whole = rules.totals(spends), rules.grand_total(spends)
    if whole is None:
        assert found == []
        return
    assert sum(total.budget for total in found) == whole.budget
    assert sum(total.customers for total in found) == whole.customers
    if whole.budget:
        assert abs(sum(total.share for total in found) - 100) < Decimal("1e-15")
        assert whole.share == 100
    else:
        assert all(total.share is None for total in found)


def test_blended_cac_counts_money_without_customers_and_no_customers_without_money():
    whole = rules.grand_total(
        [
            rules.Spend("seo", Decimal(9_000), 6),
            rules.Spend("press", Decimal(3_000), None),
            rules.Spend("paid", None, 1_000),
        ]
    )
    assert whole.acquisition_cost == 2_000


def test_totals_keep_routes_apart():
    found = rules.totals(
        [
            rules.Spend("seo", Decimal(600), 3),
            rules.Spend("press", Decimal(200), 0),
            rules.Spend("seo", Decimal(200), 1),
        ]
    )
    assert [(t.key, t.budget, t.share, t.customers) for t in found] == [
        ("seo", 800, 80, 4),
        ("press", 200, 20, 0),
    ]
    assert [t.acquisition_cost for t in found] == [200, None]


def test_peak_is_the_first_dearest_month():
    rows = [[Decimal(n) for n in (1, 5, 0)], [Decimal(n) for n in (4, 2, 7)]]
    assert rules.peak(rows, date(2027, 11, 1)) == rules.Peak(date(2027, 12, 1), Decimal(7))
    assert rules.peak([], date(2027, 1, 1)) is None
    assert rules.peak([[Decimal(0)]], date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "progress"),
    [
        (100, 200, 150, 50),
        (10, 2, 4, 75),  # a figure that should fall
        (0, 10, -5, -50),
        (3, 3, 3, None),
        (None, 10, 5, None),
        (0, 10, None, None),
    ],
)
def test_kpi_progress(baseline, target, actual, progress):
    assert rules.kpi_progress(baseline, target, actual) == progress


@pytest.mark.parametrize("interface", ["en", "zh-hans"])
def test_the_statement_comes_in_both_languages_whatever_the_interface_speaks(interface):
    with override(interface):
        assert rules.positioning_sentence(SLOTS, "en") == (
            "shops who drown in questions: for them, Lingda is an agent that settles orders, "
            "unlike keyword bots, because it cites its source."
        )
        chinese = rules.positioning_sentence(SLOTS, "zh-hans")
    assert chinese.startswith("面向shops，他们drown in questions；Lingda是an agent，能够")
    assert chinese.endswith("因为it cites its source。")


@given(st.dictionaries(st.sampled_from(sorted(SLOTS)), st.text()))
def test_any_text_may_stand_in_the_statement(slots):
    for language in ("en", "zh-hans"):
        sentence = rules.positioning_sentence(slots, language)
        for text in slots.values():
            assert text.strip().rstrip(".。；;") in sentence


def test_an_empty_slot_shows_its_name():
    assert "[need]" in rules.positioning_sentence({}, "en")
    assert "【需求】" in rules.positioning_sentence({"need": "  "}, "zh-hans")


def test_written_in():
    assert rules.written_in(["Lingda", "answers"]) == "en"
    assert rules.written_in(["Lingda", "智能客服"]) == "zh-hans"
    assert rules.written_in([]) == "en"


def test_colours_may_be_parted_as_people_do():
    text = "#1F6FEB, #fff；#0b2a4a"
    rules.validate_colours(text)
    assert rules.colour_list(text) == ["#1F6FEB", "#fff", "#0b2a4a"]


@pytest.mark.parametrize("text", ["blue", "#12345", "#1f6feb, url(x)", '#fff" onload="x'])
def test_what_is_no_colour_is_refused_and_never_drawn(text):
    with pytest.raises(ValidationError):
        rules.validate_colours(text)
    assert all(rules.COLOUR.fullmatch(colour) for colour in rules.colour_list(text))
