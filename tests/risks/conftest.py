"""Risk content without a database: from the sample, or from a few words."""

from datetime import date
from typing import Any

import pytest

from apps.plans import samples
from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore

TODAY = date(2027, 1, 15)


def risks(hidden: frozenset[str] = frozenset(), stage: str = "seed", **parts: Any) -> Content:
    """The risk section of a plan that starts in January 2027, in document form."""
    role = {"uid": "role-lead", "title": "Technical lead"}
    document = {
        "format": FORMAT,
        "plan": {"title": "Test", "stage": stage, "currency": "CNY", "start_month": "2027-01-01"},
        "sections": {"risks": parts, "team": {"role": [role]}},
    }
    return restore(document, hidden).section("risks")


def a_risk(uid: str = "r1", **fields: Any) -> dict[str, Any]:
    """A risk as it stands in a document: open, rated 4 × 5 throughout unless told otherwise."""
    rating = {
        f"{stage}_{name}": value
        for stage in ("inherent", "current", "target")
        for name, value in (("probability", 4), ("cost", 5))
    }
    return {"uid": uid, "name": f"Risk {uid}", "status": "open", **rating, **fields}


def an_exposure(probability: str = "50", low: str = "100000", high: str = "1000000") -> dict:
    return {"exposure_probability": probability, "amount_low": low, "amount_high": high}


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sample(language: str) -> Contents:
    return restore(samples.document("customer_service", language))
