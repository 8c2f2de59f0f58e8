"""Amounts, numbers, percentages and days as people read them. No domain; used everywhere.

``None`` is unknown and prints "—". Formats follow the active language: grouping is the same in
Chinese and English, short forms are not (1.2M / 120万).
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

UNKNOWN = "—"
NO_BREAK = "\u00a0"
MOST = Decimal(10) ** 15  # no venture has more money; beyond it a short form says just that
MOST_RATIO = 100  # beyond it the digits of "what a customer brings : costs" say nothing
# Wide enough that no amount a founder can enter, or a product of several, is refused a rounding.
WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "SGD": "S$", "JPY": "JP¥"}
SHORT = {
    "en": ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"),
           (Decimal(10) ** 3, "k")),
    "zh": ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
}  # fmt: skip


def as_decimal(value: Any) -> Decimal | None:
    """A finite Decimal, or None."""
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _round(amount: Decimal, places: int) -> Decimal:
    if amount.adjusted() > 60:
        return amount
    return amount.quantize(Decimal(1).scaleb(-places), context=WIDE)


def number(value: Any, places: int | None = None) -> str:
    """1234.5 → "1,234.5". ``places`` fixes the decimals; without it trailing zeros go."""
    amount = as_decimal(value)
    if amount is None:
        return UNKNOWN
    if places is None:
        text = format(amount, "f")
        places = len(text.partition(".")[2].rstrip("0"))
    rounded = _round(amount, places)
    return f"{rounded:,.{places}f}"


def short_number(value: Any) -> str:
    """1234567 → "1.23M" or "123万": three significant digits."""
    amount = as_decimal(value)
    if amount is None:
        return UNKNOWN
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    # Rounded first: 999,999 is 1M, not 1,000k.
    rounded = _round(amount, 2 - amount.adjusted()) if amount else amount
    for size, suffix in SHORT[language]:
        if abs(rounded) >= size:
            return f"{_significant(rounded / size)}{suffix}"
    return _significant(amount)


def beyond(negative: bool, symbol: str = "") -> str:
    """What is said of an amount that no venture has: "over ¥1,000T"."""
    most = f"{symbol}{short_number(MOST)}"
    return (
        _("below -%(most)s") % {"most": most} if negative else _("over %(most)s") % {"most": most}
    )


def _significant(amount: Decimal) -> str:
    places = max(0, 2 - amount.adjusted()) if amount else 0
    return number(_round(amount, min(places, 4)))


def money(value: Any, currency: str) -> str:
    """1200000, "CNY" → "¥1,200,000"; cents only where there are any."""
    amount = as_decimal(value)
    if amount is None:
        return UNKNOWN
    cents = _round(amount, 2)
    places = 0 if cents == cents.to_integral_value() else 2
    sign = "-" if cents < 0 else ""
    return f"{sign}{SYMBOLS.get(currency, currency + ' ')}{number(abs(cents), places)}"


def short_money(value: Any, currency: str) -> str:
    """1200000, "CNY" → "¥1.2M" or "¥120万"."""
    amount = as_decimal(value)
    if amount is None:
        return UNKNOWN
    sign, symbol = "-" if amount < 0 else "", SYMBOLS.get(currency, currency + " ")
    if abs(amount) > MOST:
        return beyond(amount < 0, symbol)
    return f"{sign}{symbol}{short_number(abs(amount))}"


def percent(value: Any, places: int | None = None) -> str:
    """12.5 → "12.5%"."""
    text = number(value, places)
    return text if text == UNKNOWN else f"{text}%"


def at_most(value: Any, most: int) -> str:
    """12345.6 → "over 1,000": a number so large that its digits say nothing."""
    amount = as_decimal(value)
    if amount is None:
        return UNKNOWN
    if amount > most:
        return _("over %(most)s") % {"most": number(most)}
    return number(amount, 1 if amount < 10 else 0)


def ratio(value: Any) -> str:
    """16.34 → "16.3 : 1"; past 100 "over 100 : 1"."""
    amount = as_decimal(value)
    if amount is None:
        return UNKNOWN
    text = at_most(amount, MOST_RATIO) if amount > MOST_RATIO else number(amount, 1)
    return f"{text}{NO_BREAK}:{NO_BREAK}1"


def day(value: date | datetime | None) -> str:
    """Mar 1, 2026 / 2026年3月1日."""
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return formats.date_format(value, "DATE_FORMAT")


def month(value: date | None) -> str:
    """March 2026 / 2026年3月."""
    return UNKNOWN if value is None else formats.date_format(value, "YEAR_MONTH_FORMAT")
