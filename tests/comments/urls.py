"""The addresses of the comments' pages, for their tests."""

from typing import Any

from django.urls import reverse

from apps.plans.checks import Place
from apps.plans.models import Plan
from tests.comments.conftest import SECTION


def url(name: str, plan: Plan, *args: Any, **query: str) -> str:
    address = reverse(f"comments:{name}", args=[plan.uid, *args])
    return address + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def at(place: Place) -> dict[str, str]:
    return {name: value for name, value in vars(place).items() if value}


def pages(plan: Plan) -> list[str]:
    """Where threads are read: the list, their section, the section's text, the plan's page."""
    return [
        url("list", plan),
        url("section", plan, SECTION),
        reverse("plans:section", args=[plan.uid, SECTION]),
        reverse("plans:page", args=[plan.uid]),
    ]
