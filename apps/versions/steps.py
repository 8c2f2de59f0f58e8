"""How far a figure went, in words: "+¥20,000 (+12.5%)", "-3 months". Pure."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.plans import fields
from apps.plans.checks import Figure

KINDS = (
    (fields.Money, "money"),
    (fields.Percent | fields.Rate, "percent"),
    (fields.Month, "month"),
    (fields.Day, "day"),
    (fields.Quantity | fields.WholeNumber | fields.Score, "number"),
)


def field_step(model_field: Any, old: Any, new: Any, currency: str) -> str:
    """From one value of a model field to another; empty where that cannot be told."""
    kind = next((kind for made, kind in KINDS if isinstance(model_field, made)), "")
    return step(kind, old, new, currency)


def figure_step(old: Figure, new: Figure, currency: str) -> str:
    """From one derived figure to another, rounded as such figures are shown."""
    same = old.unit == new.unit
    return step(old.unit, old.value, new.value, currency, derived=True) if same else ""


def step(kind: str, old: Any, new: Any, currency: str, derived: bool = False) -> str:
    """``kind``: "money", "percent", "ratio", "number", "months" for figures, "month" and "day" for
    dates."""
    if old is None or new is None or old == new:
        return ""
    if kind in {"month", "day"}:
        return _dates(kind, old, new)
    if kind not in {"money", "percent", "ratio", "number", "months"}:
        return ""
    old, new = money.as_decimal(old), money.as_decimal(new)
    if old is None or new is None:
        return ""
    by = new - old
    if kind == "months":
        return _months(int(by))
    if kind == "ratio" and max(old, new) > money.MOST_RATIO:
        return ""  # both ends read "over 100 : 1" there, or one does
    if kind == "percent":
        points = money.number(abs(by), 1 if derived else None)
        return _("%(number)s percentage points") % {"number": _signed(by, points)}
    if kind == "money":
        text = (money.short_money if derived else money.money)(abs(by), currency)
    else:
        text = money.number(abs(by), 1 if kind == "ratio" else _places(by))
    return _signed(by, text) + _share(old, by)


def _places(amount: Decimal) -> int | None:
    return None if amount == amount.to_integral_value() else 2


def _signed(by: Decimal | int, text: str) -> str:
    return f"{'+' if by > 0 else '-'}{text}"


def _share(old: Decimal, by: Decimal) -> str:
    """How much that is of the old value, where that says something."""
    share = abs(by) * 100 / abs(old) if old else None
    if share is None or share > 1000:
        return ""
    return f" ({_signed(by, money.percent(share, 0 if share >= 10 else 1))})"


def _dates(kind: str, old: date, new: date) -> str:
    if kind == "month":
        return _months(12 * (new.year - old.year) + new.month - old.month)
    days = (new - old).days
    text = ngettext("%(number)s day", "%(number)s days", abs(days))
    return text % {"number": _signed(days, money.number(abs(days)))}


def _months(by: int) -> str:
    if not by:
        return ""
    text = ngettext("%(number)s month", "%(number)s months", abs(by))
    return text % {"number": _signed(by, money.number(abs(by)))}
