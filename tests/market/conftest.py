"""Contents for the market tests: from the sample, or from a few lines of document."""

import copy
from typing import Any

import pytest
from django.utils.translation import override

from apps.plans.contents import Contents
from apps.plans.document import FORMAT, restore
from apps.plans.samples import document


def contents_of(**parts: Any) -> Contents:
    """A plan with the given parts of the market section and nothing else."""
    plan = {"currency": "CNY", "start_month": "2027-01-01"}
    return restore({"format": FORMAT, "plan": plan, "sections": {"market": parts}})


@pytest.fixture(params=["en", "zh-hans"])
def sample(request):
    """The sample plan in one language, which is the active one meanwhile."""
    with override(request.param):
        yield restore(copy.deepcopy(document("customer_service", request.param)))
