"""A restore while others save, on real PostgreSQL: nobody waits for ever and nothing is lost."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.plans import services
from apps.plans.contents import load
from apps.plans.document import dump
from apps.plans.models import DeletedRow, Plan
from apps.plans.sections import registry
from apps.versions.models import Reason, Version
from apps.versions.services import restore_version, take_version
from tests.services.test_conflict_race import SEGMENT, TIMES, at_once, conflicts, rows, saver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both() -> list[User]:
    return [User.objects.create_user(f"{name}@example.com", "x", name=name) for name in "ab"]


@pytest.fixture
def plan(both: list[User]) -> Plan:
    """Three segments; version 1 holds them as they were first."""
    made = services.create_plan(by=both[0], title="Race")
    for name in ("one", "two", "three"):
        saver(made, SEGMENT, both[0], None, name=name)()
    take_version(plan=made, by=both[0], reason=Reason.MANUAL)
    return made


def names(plan: Plan) -> list[str]:
    return [row.name for row in rows(plan)]


def held_by_versions(plan: Plan) -> set[str]:
    section, part = SEGMENT.split(".")
    documents = Version.objects.filter(plan=plan).values_list("document", flat=True)
    return {row["name"] for found in documents for row in found["sections"][section][part]}


def test_a_save_and_a_restore(plan: Plan, both: list[User]) -> None:
    for turn in range(TIMES):
        saver(plan, SEGMENT, both[0], rows(plan)[0], name=f"before {turn}")()
        text = f"typed {turn}"
        save = saver(plan, SEGMENT, both[1], rows(plan)[0], name=text)
        results = at_once(save, lambda: restore_version(plan=plan, number=1, by=both[0]))
        lost = conflicts(results)  # the save came too late: its page shows both texts
        assert isinstance(results[1], Version)
        if not lost:
            # It came first and is in the version taken before the restore, or it came after.
            assert text in held_by_versions(plan) | set(names(plan))
        restore_version(plan=plan, number=1, by=both[0])
        assert names(plan) == ["one", "two", "three"]


def test_a_deletion_and_a_restore(plan: Plan, both: list[User]) -> None:
    section, part = registry.part(SEGMENT)
    for turn in range(TIMES):
        added = saver(plan, SEGMENT, both[0], None, name=f"added {turn}")()

        def delete(row: Any = added) -> None:
            services.delete_row(section=section, part=part, row=row, by=both[1])

        results = at_once(delete, lambda: restore_version(plan=plan, number=1, by=both[0]))
        assert not [result for result in results if isinstance(result, Exception)], results
        assert names(plan) == ["one", "two", "three"]
        assert DeletedRow.objects.filter(plan=plan, row=added.uid).exists()


def test_two_restores(plan: Plan, both: list[User]) -> None:
    saver(plan, SEGMENT, both[0], rows(plan)[0], name="before")()
    first = dump(load(plan))
    restore = [lambda by=by: restore_version(plan=plan, number=1, by=by) for by in both]
    results = at_once(*restore)
    assert not [result for result in results if isinstance(result, Exception)], results
    assert names(plan) == ["one", "two", "three"]
    assert Version.objects.get(number=2).document == first, "what it said is kept"
    assert sorted(str(result) for result in results) == ["None", "v3"]
