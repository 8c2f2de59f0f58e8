"""The state machine: every arrow, taken once and by one only."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.exports import services
from apps.exports.models import ATTEMPTS, Export, Failure, Stage, State
from apps.plans.models import Activity, Verb

pytestmark = pytest.mark.django_db


def expire(export):
    past = timezone.now() - timedelta(seconds=1)
    Export.objects.filter(pk=export.pk).update(lease_until=past)
    export.refresh_from_db()


def test_a_request_queues_one_export_of_a_version_and_wakes_a_worker_after_the_commit(
    plan, owner, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        export = services.request_export(plan=plan, by=owner, language="en")
        assert woken == []
    assert woken == [export.pk]
    assert export.state == State.QUEUED
    assert export.version.number == 1
    assert "market" in export.sections
    assert Activity.objects.filter(plan=plan, verb=Verb.EXPORTED).count() == 1


def test_a_second_click_gets_the_first_export(plan, owner, export):
    assert services.request_export(plan=plan, by=owner, language="en") == export
    assert services.request_export(plan=plan, by=owner, language="zh-hans") != export


def test_hidden_sections_stay_out(plan, cast, woken):
    export = services.request_export(
        plan=plan, by=cast["mentor"], language="en", hidden=frozenset({"team"})
    )
    assert "team" not in export.sections
    assert "team" not in export.counted
    assert "team" in export.version.document["sections"]  # the version is whole


def test_a_chapter_left_out_still_counts_but_a_hidden_one_cannot_be_asked_for(plan, cast, woken):
    export = services.request_export(
        plan=plan, by=cast["mentor"], language="en", hidden=frozenset({"team"}),
        sections=["team", "funding"],
    )  # fmt: skip
    assert export.sections == ["funding"]
    assert "risks" in export.counted and "team" not in export.counted


def test_a_broker_that_refuses_fails_the_export_at_once(plan, owner, monkeypatch):
    from apps.exports import tasks

    def refuse(*args, **kwargs):
        raise OSError("no route to the broker")

    monkeypatch.setattr(tasks.render_export, "delay", refuse)
    export = Export.objects.create(
        plan=plan,
        version=services.take_version(plan=plan, by=owner, reason="export"),
        language="en",
    )
    services.wake(export.pk)
    export.refresh_from_db()
    assert (export.state, export.failure) == (State.FAILED, Failure.BROKER)
    assert "queue cannot be reached" in export.reason


def test_only_one_worker_claims(export):
    first = services.claim(export.pk)
    assert first.state == State.RUNNING
    assert first.attempt == 1
    assert services.claim(export.pk) is None
    expire(export)
    second = services.claim(export.pk)
    assert second.attempt == 2
    assert not services.renew(first, Stage.LAYOUT, 40)
    assert services.renew(second, Stage.LAYOUT, 40)


def test_a_loser_changes_nothing_and_deletes_its_own_file(export):
    slow = services.claim(export.pk)
    expire(export)
    fast = services.claim(export.pk)
    names = [
        default_storage.save(attempt.file_name(attempt.attempt), ContentFile(b"%PDF"))
        for attempt in (slow, fast)
    ]
    facts = {"bytes": 4, "pages": 1, "sha256": "", "missing_glyphs": ""}
    assert services.finish(fast, file=names[1], **facts)
    assert not services.finish(slow, file=names[0], **facts)
    assert not services.fail(slow, Failure.CRASH)
    assert not default_storage.exists(names[0])
    assert default_storage.exists(names[1])
    export.refresh_from_db()
    assert (export.state, export.file.name) == (State.DONE, names[1])


def test_a_new_attempt_clears_what_a_lost_one_stored(export):
    lost = services.claim(export.pk)
    name = default_storage.save(lost.file_name(1), ContentFile(b"%PDF"))
    expire(export)
    assert services.claim(export.pk).attempt == 2
    assert not default_storage.exists(name)


def test_the_sweeper_queues_a_lost_export_again_and_gives_up_in_the_end(export, woken):
    for attempt in range(1, ATTEMPTS + 1):
        assert services.claim(export.pk).attempt == attempt
        services.sweep()  # the lease holds: nothing happens
        export.refresh_from_db()
        assert export.state == State.RUNNING
        expire(export)
        services.sweep()
        export.refresh_from_db()
        if attempt < ATTEMPTS:
            assert export.state == State.QUEUED
            assert woken == [export.pk] * attempt
    assert (export.state, export.failure) == (State.FAILED, Failure.WORKER_LOST)
    assert services.claim(export.pk) is None


def test_a_forgotten_export_is_announced_again_but_not_all_the_time(export, woken):
    services.sweep()
    assert woken == []
    past = timezone.now() - services.WAKE_AGAIN - timedelta(seconds=1)
    Export.objects.update(woken_at=past)
    services.sweep()
    services.sweep()
    assert woken == [export.pk]


def test_a_long_queue_wakes_only_a_few(plan, export, woken):
    past = timezone.now() - services.WAKE_AGAIN - timedelta(seconds=1)
    Export.objects.bulk_create(
        Export(plan=plan, version=export.version, language="en", woken_at=past) for _i in range(30)
    )
    services.sweep()
    assert len(woken) == services.WAKE_AT_ONCE


def test_retry_gives_fresh_attempts_and_a_new_place(
    export, woken, django_capture_on_commit_callbacks
):
    claimed = services.claim(export.pk)
    services.fail(claimed, Failure.CRASH, detail="signal 11")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.retry_export(export=export)
    assert not services.retry_export(export=export)
    export.refresh_from_db()
    assert (export.state, export.failure, export.detail) == (State.QUEUED, "", "")
    assert export.attempts_allowed == 1 + ATTEMPTS
    assert woken == [export.pk]
    assert services.claim(export.pk).attempt == 2


def test_place_in_the_queue(plan, export):
    later = Export.objects.create(plan=plan, version=export.version, language="en")
    assert (export.place(), later.place()) == (1, 2)
    services.claim(export.pk)
    export.refresh_from_db()
    assert (export.place(), later.place()) == (None, 1)
