"""Exports with a real worker: made once, whatever is killed, refused or said twice."""

import os
import threading
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from apps.exports import services
from apps.exports.models import Export, Failure, State
from apps.exports.tasks import render_export
from apps.plans.models import Plan
from apps.versions.models import Version
from apps.versions.services import take_version

pytestmark = pytest.mark.django_db(transaction=True)


def over(export: Export):
    def check() -> bool:
        export.refresh_from_db()
        return export.is_over

    return check


def files_of(export: Export) -> list[str]:
    return default_storage.listdir(f"exports/{export.plan.uid}")[1]


def renderers_under(pid: int) -> list[int]:
    """The renderer processes among the descendants of a process."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        todo += (below := children.get(todo.pop(), []))
        for child in below:
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                continue
            if b"apps.exports.renderer_process" in command:
                found.append(child)
    return found


def test_a_worker_makes_the_pdf(worker, sample_plan, owner, until):
    export = services.request_export(plan=sample_plan, by=owner, language="zh-hans")
    until(over(export), 120)
    assert export.state == State.DONE, (export.failure, export.detail, worker.last_lines(20))
    assert export.attempt == 1
    assert export.pages > 20
    assert export.missing_glyphs == ""
    assert files_of(export) == [Path(export.file.name).name]
    with default_storage.open(export.file.name) as file:
        assert file.read(5) == b"%PDF-"


def test_a_message_that_comes_twice_makes_one_file(worker, plan, owner, until):
    export = services.request_export(plan=plan, by=owner, language="en")
    for _again in range(3):
        render_export.delay(export.pk)
    until(over(export), 60)
    time.sleep(1)
    export.refresh_from_db()
    assert (export.state, export.attempt) == (State.DONE, 1)
    assert len(files_of(export)) == 1


def test_a_worker_that_is_killed_half_way(
    start_worker, start_broker, use_broker, sample_plan, owner, until
):
    broker = start_broker()
    use_broker(broker.url)
    first = start_worker(CELERY_BROKER_URL=broker.url)
    export = services.request_export(
        plan=sample_plan, by=owner, language="en", hidden=frozenset({"market", "branding"})
    )

    def half_way() -> bool:
        export.refresh_from_db()
        return export.state == State.RUNNING

    until(half_way, 60)
    orphans = renderers_under(first.pid)
    assert orphans
    first.kill()
    killed_at = time.monotonic()
    until(lambda: not any(os.path.exists(f"/proc/{pid}/fd/0") for pid in orphans), 10)
    start_worker(CELERY_BROKER_URL=broker.url)
    until(over(export), 60 - (time.monotonic() - killed_at))
    assert (export.state, export.attempt) == (State.DONE, 2)
    assert len(files_of(export)) == 1


def test_a_dead_broker_fails_the_export_at_once_and_a_retry_works(
    worker, start_broker, use_broker, plan, owner, until
):
    working, broker = os.environ["CELERY_BROKER_URL"], start_broker()
    use_broker(broker.url)
    broker.kill()
    begin = time.monotonic()
    export = services.request_export(plan=plan, by=owner, language="en")
    export.refresh_from_db()
    assert (export.state, export.failure) == (State.FAILED, Failure.BROKER)
    assert time.monotonic() - begin < 10
    assert Version.objects.filter(plan=plan).count() == 1
    use_broker(working)
    assert services.retry_export(export=export)
    until(over(export), 60)
    assert export.state == State.DONE


def in_threads(count: int, work) -> list:
    results: list = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_of_many_claims_one_wins(plan, owner, monkeypatch):
    monkeypatch.setattr(services, "wake", lambda pk: None)
    export = services.request_export(plan=plan, by=owner, language="en")
    claims = in_threads(8, lambda: services.claim(export.pk))
    assert len(claims) == 8
    assert len([claim for claim in claims if claim is not None]) == 1


def test_versions_taken_at_the_same_time_share_one_number(plan, owner):
    taken = in_threads(6, lambda: take_version(plan=plan, by=owner, reason="export").number)
    assert taken == [1] * 6


def test_versions_taken_while_the_plan_changes_have_numbers_of_their_own(plan, owner):
    lock = threading.Lock()
    titles = iter(f"Title {number}" for number in range(6))

    def edit_and_take() -> int:
        with lock:
            title = next(titles)
        Plan.objects.filter(pk=plan.pk).update(title=title)
        return take_version(plan=plan, by=owner, reason="export").number

    taken = in_threads(6, edit_and_take)
    stored = list(plan.versions.order_by("number").values_list("number", flat=True))
    assert stored == list(range(1, len(stored) + 1))
    assert set(taken) == set(stored)
