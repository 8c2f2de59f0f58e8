"""Amounts and numbers as people read them, in both languages and for any size."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from apps.core import money

amounts = st.decimals(min_value=-(10**30), max_value=10**30, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1,234.5"), (Decimal("10.00"), "10"), (0, "0"), ("7", "7"), (True, "—"),
        (None, "—"), ("", "—"), ("a lot", "—"), (float("nan"), "—"), (float("inf"), "—"),
        (Decimal("-Infinity"), "—"), (Decimal("sNaN"), "—"), (10**30, f"{10**30:,}"),
        (Decimal("-0.5"), "-0.5"),
    ],
)  # fmt: skip
def test_numbers(value: Any, text: str) -> None:
    assert money.number(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(Decimal("2.345"), 2, "2.35"), (Decimal("2.5"), 0, "3"), (3, 2, "3.00"), (-2.5, 0, "-3")],
)
def test_a_half_is_rounded_up_as_accountants_do(value: Any, places: int, text: str) -> None:
    assert money.number(value, places) == text


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (1200000, "CNY", "¥1,200,000"), (Decimal("0.5"), "USD", "$0.50"), (0, "EUR", "€0"),
        (Decimal("-1234.567"), "GBP", "-£1,234.57"), (Decimal("-0.001"), "JPY", "JP¥0"),
        (5, "CHF", "CHF 5"), (None, "CNY", "—"), (Decimal("1e24"), "CNY", f"¥{10**24:,}"),
    ],
)  # fmt: skip
def test_amounts(value: Any, currency: str, text: str) -> None:
    assert money.money(value, currency) == text


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"), (999, "999", "999"), (1000, "1k", "1,000"), (1234567, "1.23M", "123万"),
        (999_999, "1M", "100万"), (99_999_999, "100M", "1亿"), (-2_500_000, "-2.5M", "-250万"),
        (10**12, "1T", "1万亿"), (Decimal("0.125"), "0.125", "0.125"), (12345, "12.3k", "1.23万"),
        (10**18, "1,000,000T", "1,000,000万亿"),
    ],
)  # fmt: skip
def test_short_numbers_follow_the_language(value: Any, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert money.short_number(value) == english
    with translation.override("zh-hans"):
        assert money.short_number(value) == chinese
        if value <= money.MOST:
            assert money.short_money(abs(value), "CNY") == f"¥{chinese.lstrip('-')}"


def test_an_amount_that_no_venture_has_is_said_to_be_so() -> None:
    with translation.override("en"):
        assert money.short_money(money.MOST, "CNY") == "¥1,000T"
        assert money.short_money(money.MOST + 1, "CNY") == "over ¥1,000T"
        assert money.short_money(Decimal("-5.05e20"), "SGD") == "below -S$1,000T"
    with translation.override("zh-hans"):
        assert money.short_money(10**20, "CNY") == "超过 ¥1,000万亿"


@pytest.mark.parametrize("function", [money.short_money, money.money])
def test_what_is_unknown_has_no_currency(function: Any) -> None:
    assert function(None, "CNY") == money.UNKNOWN


@given(value=amounts)
def test_any_amount_can_be_read(value: Decimal) -> None:
    for text in (money.money(value, "CNY"), money.short_money(value, "CNY"), money.number(value),
                 money.percent(value), money.number(value, 2)):  # fmt: skip
        assert text and "E" not in text and text.count("-") <= 1


@given(value=amounts)
def test_a_short_number_is_within_half_a_per_cent(value: Decimal) -> None:
    text = money.short_number(value).replace(",", "")
    size = {"k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}.get(text[-1], 1)
    read = Decimal(text.rstrip("kMBT")) * size
    assert abs(read - value) <= max(abs(value) / 200, Decimal("0.00005"))


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (None, "—", "—"), (Decimal("16.34"), "16.3 : 1", "16.3 : 1"),
        (100, "100.0 : 1", "100.0 : 1"),
        (Decimal("12345.678"), "over 100 : 1", "超过 100 : 1"), (-3, "-3.0 : 1", "-3.0 : 1"),
    ],
)  # fmt: skip
def test_a_ratio_is_bounded(value: Any, english: str, chinese: str) -> None:
    for language, text in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert money.ratio(value) == text.replace(" :", "\u00a0:").replace(": ", ":\u00a0")


def test_percentages_and_days() -> None:
    assert money.percent(Decimal("12.50")) == "12.5%"
    assert money.percent(None) == money.UNKNOWN
    with translation.override("zh-hans"):
        assert money.day(date(2026, 3, 1)) == "2026年3月1日"
        assert money.month(date(2026, 3, 1)) == "2026年3月"
    with translation.override("en"):
        assert money.month(date(2026, 3, 1)) == "March 2026"
        assert money.day(datetime(2026, 3, 1, 23, 59, tzinfo=UTC)) == money.day(date(2026, 3, 1))
    assert money.day(None) == money.month(None) == money.UNKNOWN
