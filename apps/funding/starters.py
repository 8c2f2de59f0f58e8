"""The usual first rows of the funding tables. Used by section.py only."""

from typing import Any

from django.utils.translation import gettext as _

from apps.funding.choices import Case, Category, HolderKind, Purpose


def usual_costs() -> list[dict[str, Any]]:
    return [
        {"name": _("Office and administration"), "category": Category.GENERAL.value},
        {"name": _("Cloud hosting apart from inference"), "category": Category.HOSTING.value},
        {"name": _("Customer support and delivery"), "category": Category.DELIVERY.value},
        {"name": _("Sales commissions and travel"), "category": Category.SALES.value},
        {"name": _("Legal advice, filing and audit"), "category": Category.COMPLIANCE.value},
    ]


def usual_uses() -> list[dict[str, Any]]:
    shares = (
        (Purpose.PEOPLE, 45), (Purpose.TRAINING, 20), (Purpose.DATA, 5), (Purpose.MARKET, 15),
        (Purpose.COMPLIANCE, 5), (Purpose.RESERVE, 10),
    )  # fmt: skip
    return [{"purpose": purpose.value, "share": share} for purpose, share in shares]


def usual_holders() -> list[dict[str, Any]]:
    return [
        {"name": _("Founders"), "kind": HolderKind.FOUNDER.value, "shares": 9_000_000},
        {"name": _("Option pool"), "kind": HolderKind.POOL.value, "shares": 1_000_000},
    ]


def usual_scenarios() -> list[dict[str, Any]]:
    """Base leaves the plan as written; low and high move what is least certain."""
    return [
        {"name": _("Base case"), "case": Case.BASE.value},
        {
            "name": _("Low case"), "case": Case.LOW.value, "price": "0.9", "new_customers": "0.7",
            "churn": "1.5", "api": "1.3", "compute": "1.2", "payroll": "1.05", "delay": 3,
        },
        {
            "name": _("High case"), "case": Case.HIGH.value, "price": "1.05",
            "new_customers": "1.3", "churn": "0.8", "api": "0.8", "compute": "0.9",
            "marketing": "1.1",
        },
    ]  # fmt: skip
