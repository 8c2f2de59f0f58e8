"""Team content without a database: from the sample, or from a few words."""

from datetime import date
from typing import Any

import pytest

from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore
from apps.plans.samples import _read as read_sample
from apps.plans.samples import localise


def team(stage: str = "seed", **parts: Any) -> Content:
    """The team section of a plan that starts in January 2027, in document form."""
    document = {
        "format": FORMAT,
        "plan": {
            "title": "Test",
            "currency": "CNY",
            "start_month": "2027-01-01",
            "stage": stage,
        },
        "sections": {"team": parts},
    }
    return restore(document).section("team")


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sample(language: str) -> Contents:
    parts = localise(read_sample("team", "customer_service"), language)
    return team(**parts).contents


@pytest.fixture
def today() -> date:
    return date(2026, 11, 24)
