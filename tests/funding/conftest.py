"""Funding content without a database: from the sample, or from a few lines of document."""

import copy
from typing import Any

import pytest
from django.utils.translation import override

from apps.plans.contents import Content, Contents
from apps.plans.document import FORMAT, restore
from apps.plans.samples import document
from apps.plans.sections import registry

PLAN = {"title": "Test", "currency": "CNY", "start_month": "2027-01-01", "stage": "seed"}


def contents_of(sections: dict[str, Any] | None = None, **funding: Any) -> Contents:
    """A plan with these parts of the funding section, and other sections as given."""
    blank = {section.name: {} for section in registry}
    sections = {**blank, "funding": funding, **(sections or {})}
    return restore({"format": FORMAT, "plan": PLAN, "sections": sections})


def funding(**parts: Any) -> Content:
    return contents_of(**parts).section("funding")


@pytest.fixture(params=["en", "zh-hans"])
def sample(request: pytest.FixtureRequest):
    """The sample plan in one language, which is the active one meanwhile."""
    with override(request.param):
        yield restore(copy.deepcopy(document("customer_service", request.param)))


@pytest.fixture
def english() -> Contents:
    return restore(copy.deepcopy(document("customer_service", "en")))
