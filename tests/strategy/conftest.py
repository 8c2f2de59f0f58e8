"""Strategy content without a database: from the sample, or from a few words."""

from typing import Any

import pytest

from apps.plans import samples
from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore

SEGMENTS = [
    {"uid": "seg-first", "name": "Shops", "targeting": "primary"},
    {"uid": "seg-never", "name": "Lone sellers", "targeting": "rejected"},
]
RISKS = [{"uid": "risk-known", "name": "A known risk"}]


def strategy(
    hidden: frozenset[str] = frozenset(), stage: str = "seed", **parts: Any
) -> Content:  # fmt: skip
    """The strategy section of a plan with two segments and a risk, in document form."""
    document = {
        "format": FORMAT,
        "plan": {"title": "Test", "company": "Ours", "currency": "CNY", "stage": stage},
        "sections": {
            "strategy": parts,
            "market": {"segment": SEGMENTS},
            "risks": {"risk": RISKS},
        },
    }
    return restore(document, hidden).section("strategy")


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sample(language: str) -> Contents:
    return restore(samples.document("customer_service", language))
