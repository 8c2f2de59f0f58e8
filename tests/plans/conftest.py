"""One blank plan, one segment and one analysis in it: enough for most tests of the core.

The market section serves as the example; what holds for every section is tested in
tests/test_sections_contract.py and tests/test_sections_pages.py.
"""

from collections.abc import Callable
from typing import Any

import pytest

from apps.plans import services
from apps.plans.contents import load
from apps.plans.models import Plan, Record
from apps.plans.sections import registry

SEGMENT, SHEET = "market.segment", "market.analysis"


def save(plan: Plan, path: str, by: Any, record: Record | None = None, **values: Any) -> Record:
    """Save a new record (or new values of one) as the services do it for a form."""
    section, part = registry.part(path)
    record = record or part.model(plan=plan)
    record.contents = load(plan)
    before = services.dump_record(part, record)
    for name, value in values.items():
        setattr(record, name, value)
    return services.save_record(
        section=section, part=part, record=record, before=before, base=record.revision, by=by
    )


def stored(record: Record) -> Any:
    """The record as the database has it now."""
    return type(record)._default_manager.get(pk=record.pk)


def names(plan: Plan, path: str = SEGMENT) -> list[str]:
    """How the rows of a table are called, in their order."""
    return [str(row) for row in load(plan).part(path)]


@pytest.fixture
def segment(plan: Plan, owner: Any) -> Any:
    return save(plan, SEGMENT, owner, name="Shops", behavioural="They chat at night.", pain=4)


@pytest.fixture
def four_rows(plan: Plan, owner: Any) -> list[Any]:
    return [save(plan, SEGMENT, owner, name=name) for name in ("A", "B", "C", "D")]


@pytest.fixture
def hide() -> Callable[..., None]:
    """hide(plan, "market", "mentor") keeps a section from a role."""

    def hide_section(plan: Plan, section: str, role: str) -> None:
        plan.hidden_sections.create(section=section, role=role)

    return hide_section
