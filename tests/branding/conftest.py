"""Contents for the brand tests: from the sample, or from a few lines of document."""

import copy
from typing import Any

import pytest
from django.utils.translation import override

from apps.plans.contents import Contents
from apps.plans.document import FORMAT, restore
from apps.plans.samples import document

SEGMENTS = [
    {"uid": "shops", "name": "Shops", "buyer": "enterprise", "targeting": "primary"},
    {"uid": "gamers", "name": "Gamers", "buyer": "consumer", "targeting": "secondary"},
]


def contents_of(stage: str = "seed", **parts: Any) -> Contents:
    """A plan with two segments, one role and the given parts of the brand section."""
    sections = {
        "market": {"segment": SEGMENTS},
        "team": {"role": [{"uid": "head", "title": "Head of marketing"}]},
        "branding": parts,
    }
    plan = {"start_month": "2027-01-01", "stage": stage}
    return restore({"format": FORMAT, "plan": plan, "sections": sections})


@pytest.fixture(params=["en", "zh-hans"])
def sample(request):
    """The sample plan in one language, which is the active one meanwhile."""
    with override(request.param):
        yield restore(copy.deepcopy(document("customer_service", request.param)))
