"""A sample plan with known mistakes in it."""

from typing import Any

import pytest

from apps.plans import samples, services
from apps.plans.models import Plan
from tests.conftest import add_members


def broken_document(language: str = "en") -> dict[str, Any]:
    """No primary segment, one channel without an owner, one role with 80 % of the equity twice."""
    document = samples.document("customer_service", language)
    sections = document["sections"]
    for segment in sections["market"]["segment"]:
        segment["targeting"] = "secondary"
    sections["branding"]["channel"][0]["owner"] = ""
    for role in sections["team"]["role"][:2]:
        role["equity"] = "80"
    return document


@pytest.fixture
def broken_plan(cast: dict[str, Any]) -> Plan:
    return add_members(services.create_plan(by=cast["owner"], document=broken_document()), cast)
