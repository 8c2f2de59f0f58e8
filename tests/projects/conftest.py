"""Project content without a database: from the sample, or from a few words."""

from datetime import date
from typing import Any

import pytest

from apps.plans import samples
from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore

TODAY = date(2027, 1, 8)
ROLES = [
    {"uid": "lead", "title": "Technical lead", "status": "filled", "start": "2027-01-01"},
    {"uid": "late", "title": "Engineer", "status": "filled", "start": "2027-04-01"},
    {"uid": "open", "title": "Researcher", "status": "open", "start": "2027-01-01"},
]


def projects(
    hidden: frozenset[str] = frozenset(),
    plan: dict[str, Any] | None = None,
    **parts: Any,
) -> Content:
    """The project section of a plan that starts in January 2027, in document form."""
    settings = {"title": "Test", "currency": "CNY", "start_month": "2027-01-01", **(plan or {})}
    document = {
        "format": FORMAT,
        "plan": settings,
        "sections": {"projects": parts, "team": {"role": ROLES}},
    }
    return restore(document, hidden).section("projects")


def a_task(uid: str, **fields: Any) -> dict[str, Any]:
    """A task as it stands in a document: ten days, waits for nothing unless told otherwise."""
    return {"uid": uid, "title": f"Task {uid}", "duration": 10, **fields}


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sample(language: str) -> Contents:
    return restore(samples.document("customer_service", language))
