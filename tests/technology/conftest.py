"""Technology content without a database: from the sample, or from a few words."""

from typing import Any

import pytest

from apps.plans import samples
from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore


def technology(stage: str = "seed", others: dict[str, Any] | None = None, **parts: Any) -> Content:
    """The section of a plan that starts in January 2027, in document form; ``others`` are the
    plan's other sections."""
    document = {
        "format": FORMAT,
        "plan": {"currency": "CNY", "start_month": "2027-01-01", "stage": stage},
        "sections": {**(others or {}), "technology": parts},
    }
    return restore(document).section("technology")


# The check value of the specification: 7e9 parameters × 1e12 tokens at 989 TFLOP/s and 40 %.
RUN = {
    "uid": "run-main", "name": "Main run", "purpose": "main", "parameters": "7e9",
    "tokens": "1e12", "gpus": 64, "peak": "989", "mfu": "40", "price": "2.5",
    "start": "2027-02-22",
}  # fmt: skip


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sample(language: str) -> Contents:
    return restore(samples.document("customer_service", language))
