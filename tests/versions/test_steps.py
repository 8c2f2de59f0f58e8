"""How far a figure went."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from apps.versions.steps import step


@pytest.mark.parametrize(
    "kind, old, new, said",
    [
        ("money", Decimal(100), Decimal(120), "+¥20 (+20%)"),
        ("money", Decimal("99.5"), Decimal(90), "-¥9.50 (-9.5%)"),
        ("money", Decimal(0), Decimal(90), "+¥90"),
        ("percent", Decimal(20), Decimal("22.5"), "+2.5 percentage points"),
        ("number", 4, 3, "-1 (-25%)"),
        ("number", 1, 400, "+399"),
        ("months", 14, 11, "-3 months"),
        ("month", date(2026, 11, 1), date(2027, 2, 1), "+3 months"),
        ("day", date(2026, 3, 2), date(2026, 3, 1), "-1 day"),
        ("money", None, Decimal(5), ""),
        ("money", Decimal(5), None, ""),
        ("number", 5, 5, ""),
        ("text", "a", "b", ""),
        ("", True, False, ""),
    ],
)
def test_steps(kind: str, old: Any, new: Any, said: str) -> None:
    assert step(kind, old, new, "CNY") == said


def test_derived_figures_are_rounded_as_they_are_shown() -> None:
    old, new = Decimal("50900000"), Decimal("53523736.45")
    assert step("money", old, new, "CNY", derived=True) == "+¥2.62M (+5.2%)"
    assert step("percent", Decimal("79.1"), Decimal("80.41445"), "", derived=True) == (
        "+1.3 percentage points"
    )


def test_a_ratio_without_bounds_has_no_step() -> None:
    assert step("ratio", Decimal("16.9"), Decimal("9.1"), "CNY", derived=True) == "-7.8 (-46%)"
    assert step("ratio", Decimal("16.9"), Decimal(12345), "CNY", derived=True) == ""


def test_in_chinese() -> None:
    with translation.override("zh-hans"):
        assert step("months", 14, 11, "CNY") == "-3 个月"
        assert step("percent", Decimal(20), Decimal(22), "CNY") == "+2 个百分点"
