"""Two people at the very same moment, on real PostgreSQL: one wins, nothing is lost or doubled.

Each thread has its own connection. The barrier lets both read before either writes, which is the
moment that matters.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.plans import people, services
from apps.plans.contents import load
from apps.plans.document import dump_record
from apps.plans.models import DeletedRow, Plan, Record, Role
from apps.plans.sections import registry
from apps.versions.models import Reason
from apps.versions.services import take_version

pytestmark = pytest.mark.django_db(transaction=True)

SEGMENT, SHEET = "market.segment", "market.analysis"
TIMES = 5  # a race shows itself not every time


@pytest.fixture
def both() -> list[User]:
    return [User.objects.create_user(f"{name}@example.com", "x", name=name) for name in "ab"]


@pytest.fixture
def plan(both: list[User]) -> Plan:
    return services.create_plan(by=both[0], title="Race")


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run the actions in threads that start together; what each returned or raised."""
    results: list[Any] = [None] * len(actions)
    start = threading.Barrier(len(actions))

    def run(index: int, action: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[index] = action()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def saver(plan: Plan, path: str, by: Any, record: Record | None, **values: Any) -> Callable:
    """A save of the record as it was read now, to be run later."""
    section, part = registry.part(path)
    record = record or part.model(plan=plan)
    record.contents = load(plan)
    before, base = dump_record(part, record), record.revision
    for name, value in values.items():
        setattr(record, name, value)
    return lambda: services.save_record(
        section=section, part=part, record=record, before=before, base=base, by=by
    )


def rows(plan: Plan, path: str = SEGMENT) -> list[Any]:
    return load(plan).part(path)


def conflicts(results: list[Any]) -> list[services.Conflict]:
    """The conflicts among the results; any other error fails the test."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, services.Conflict):
            raise result
    return [result for result in results if isinstance(result, services.Conflict)]


def test_of_two_saves_of_one_row_exactly_one_wins(plan: Plan, both: list[User]) -> None:
    row = saver(plan, SEGMENT, both[0], None, name="Start")()
    for _time in range(TIMES):
        revision = rows(plan)[0].revision
        results = at_once(
            *(saver(plan, SEGMENT, by, rows(plan)[0], name=by.name + str(revision)) for by in both)
        )
        (conflict,) = conflicts(results)
        winner = next(result for result in results if result is not conflict)
        assert rows(plan)[0].name == winner.name == conflict.current.name
        assert rows(plan)[0].revision == revision + 1
    edits = plan.activity.filter(row=row.uid, verb="edited")
    assert edits.count() == TIMES
    assert len(set(edits.values_list("revision", flat=True))) == TIMES


def test_two_rows_saved_at_once_are_both_saved_and_counted(plan: Plan, both: list[User]) -> None:
    for name in ("one", "two"):
        saver(plan, SEGMENT, both[0], None, name=name)()
    for time in range(TIMES):
        pairs = zip(both, rows(plan), strict=True)
        results = at_once(
            *(saver(plan, SEGMENT, by, row, name=f"{by.name} {time}", pain=3) for by, row in pairs)
        )
        assert conflicts(results) == []
        assert [row.name for row in rows(plan)] == [f"a {time}", f"b {time}"]
    stored = plan.progress.get(section="market").done
    services.refresh_progress(plan=plan, sections=[registry["market"]])
    assert plan.progress.get(section="market").done == stored


def test_of_two_first_saves_of_a_sheet_one_wins(plan: Plan, both: list[User]) -> None:
    results = at_once(*(saver(plan, SHEET, by, None, scope=by.name) for by in both))
    (conflict,) = conflicts(results)
    sheet = rows(plan, SHEET)
    assert sheet.revision == 1
    assert conflict.current.scope == sheet.scope


def test_one_new_row_posted_twice_at_once_is_one_row(plan: Plan, both: list[User]) -> None:
    _section, part = registry.part(SEGMENT)
    twins = [part.model(plan=plan, uid="same-uid") for _time in range(2)]
    results = at_once(*(saver(plan, SEGMENT, both[0], row, name="Same") for row in twins))
    assert conflicts(results) == []
    assert [row.name for row in rows(plan)] == ["Same"]


def test_a_save_and_a_deletion_at_once_lose_no_text(plan: Plan, both: list[User]) -> None:
    section, part = registry.part(SEGMENT)
    for time in range(TIMES):
        saver(plan, SEGMENT, both[0], None, name=f"Row {time}")()
        row = rows(plan)[0]
        save = saver(plan, SEGMENT, both[0], rows(plan)[0], name=f"Saved {time}")
        results = at_once(
            save,
            lambda row=row: services.delete_row(section=section, part=part, row=row, by=both[1]),
        )
        found = conflicts(results)
        assert rows(plan) == []
        # Either the save came too late, and its author has the text and is told; or it came first.
        assert [conflict.current for conflict in found] in ([], [None])
        assert DeletedRow.objects.get(row=row.uid).document["name"].endswith(f" {time}")
        DeletedRow.objects.all().delete()


def test_undo_clicked_twice_at_once_brings_one_row_back(plan: Plan, both: list[User]) -> None:
    section, part = registry.part(SEGMENT)
    row = saver(plan, SEGMENT, both[0], None, name="Back")()
    for _time in range(TIMES):
        deleted = services.delete_row(section=section, part=part, row=row, by=both[0])
        undo = [lambda d=d: services.undelete_row(deleted=d, by=both[0]) for d in (deleted,) * 2]
        assert at_once(*undo) == [None, None]
        (row,) = rows(plan)


def test_the_usual_rows_asked_for_twice_at_once_come_once(plan: Plan, both: list[User]) -> None:
    section, part = registry.part("market.factor")
    ask = [
        lambda by=by: services.add_starters(plan=plan, section=section, part=part, by=by)
        for by in both
    ]
    results = at_once(*ask)
    assert sorted(results)[0] == 0
    assert len(rows(plan, "market.factor")) == max(results)


def test_one_address_invited_twice_at_once_has_one_open_invitation(
    plan: Plan, both: list[User]
) -> None:
    for email in ("new@example.com", "b@example.com"):
        both[1].emailaddress_set.get_or_create(email="b@example.com", verified=True)
        invite = [
            lambda email=email: people.add_person(
                plan=plan, email=email, role=Role.MENTOR, by=both[0]
            )
        ] * 2
        results = at_once(*invite)
        errors = [result for result in results if isinstance(result, Exception)]
        assert all(isinstance(error, people.AlreadyThere) for error in errors), errors
    assert plan.invitations.filter(accepted_at=None, revoked_at=None).count() == 1
    assert plan.memberships.filter(user=both[1]).count() == 1


def test_one_link_opened_by_two_at_once_lets_one_in(plan: Plan, both: list[User]) -> None:
    added = people.add_person(plan=plan, email="c@example.com", role=Role.VIEWER, by=both[0])
    guests = [User.objects.create_user(f"{n}@example.com", "x", name=n) for n in ("c", "d")]
    results = at_once(
        *(
            lambda user=user: people.accept_invitation(invitation=added.invitation, user=user)
            for user in guests
        )
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len([membership for membership in results if membership]) == 1
    assert plan.memberships.count() == 2


def test_who_sees_what_saved_twice_at_once_is_saved(plan: Plan, both: list[User]) -> None:
    for time in range(TIMES):
        hidden = (
            {("market", Role.MENTOR.value), ("team", Role.VIEWER.value)} if time % 2 == 0 else set()
        )
        results = at_once(
            *(lambda h=hidden: people.set_hidden(plan=plan, hidden=h, by=both[0]),) * 2
        )
        assert results == [None, None]
        assert set(plan.hidden_sections.values_list("section", "role")) == hidden


def test_versions_taken_at_once_have_distinct_numbers_or_are_the_same(
    plan: Plan, both: list[User]
) -> None:
    saver(plan, SEGMENT, both[0], None, name="Start")()
    for time in range(TIMES):
        saver(plan, SEGMENT, both[0], rows(plan)[0], name=f"Name {time}")()
        results = at_once(
            *(lambda by=by: take_version(plan=plan, by=by, reason=Reason.EXPORT) for by in both)
        )
        assert [result for result in results if isinstance(result, Exception)] == []
        assert results[0].pk == results[1].pk
        assert results[0].number == time + 1


def test_a_version_taken_during_a_save_holds_all_of_it_or_nothing(
    plan: Plan, both: list[User]
) -> None:
    """The document's two texts were written by one save, so they never differ."""
    saver(plan, SEGMENT, both[0], None, name="0", behavioural="0")()
    for time in range(1, TIMES + 1):
        text = str(time)
        save = saver(plan, SEGMENT, both[0], rows(plan)[0], name=text, behavioural=text)
        version = at_once(save, lambda: take_version(plan=plan, by=both[1], reason=Reason.EXPORT))[
            1
        ]
        row = version.document["sections"]["market"]["segment"][0]
        assert row["name"] == row["behavioural"] and row["name"] in {text, str(time - 1)}
    numbers = list(plan.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
