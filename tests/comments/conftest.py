"""A plan with a row to comment on, and a mentor's thread at one of its fields."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.comments import services
from apps.comments.models import Thread
from apps.plans.access import Access, access_for
from apps.plans.checks import Place
from apps.plans.models import Plan, RowRecord
from apps.plans.sections import registry

SECTION, TABLE, FIELD, SHEET = "market", "segment", "regulatory", "analysis"
PATH = f"{SECTION}.{TABLE}"


def row_of(plan: Plan, number: int = 0, path: str = PATH) -> RowRecord:
    _section, part = registry.part(path)
    rows: Any = part.model._default_manager.filter(plan=plan)
    return rows.order_by("position")[number]


def access_of(person: User, plan: Plan) -> Access:
    access = access_for(person, plan.uid)
    assert access is not None
    return access


@pytest.fixture
def field(sample_plan: Plan) -> Place:
    return Place(SECTION, TABLE, row_of(sample_plan).uid, FIELD)


@pytest.fixture
def thread(sample_plan: Plan, cast: dict[str, User], field: Place) -> Thread:
    return services.start_thread(
        plan=sample_plan, place=field, text="Who says so?", by=cast["mentor"]
    )
