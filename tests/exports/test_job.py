"""A claimed export from row to file, with a renderer that writes what the test says."""

from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.exports import job, services, tasks
from apps.exports.models import Export, Failure, Stage, State
from apps.exports.renderer import RenderError

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(monkeypatch):
    """Every rendering: printed.append(order); ``printed.fails`` is raised if set."""

    class Printed(list):
        fails: BaseException | None = None

        def render(self, order, target: Path, tick):
            self.append(order)
            tick(Stage.LAYOUT, 40)
            if self.fails:
                raise self.fails
            target.write_bytes(b"%PDF-1.7")
            return {"pages": 5, "missing": "☃"}

    made = Printed()
    monkeypatch.setattr(job, "renderer", made)
    return made


def test_the_task_makes_the_file_once_however_often_it_runs(export, printed):
    tasks.render_export(export.pk)
    tasks.render_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.percent, export.pages) == (State.DONE, 100, 5)
    assert (export.bytes, export.missing_glyphs) == (8, "☃")
    assert len(export.sha256) == 64
    assert len(printed) == 1
    with default_storage.open(export.file.name) as file:
        assert file.read() == b"%PDF-1.7"


def test_an_unknown_id_is_no_error(db, printed):
    tasks.render_export(10**9)
    assert printed == []


def test_the_order_holds_the_frozen_document_and_only_seen_sections(plan, cast, woken, printed):
    export = services.request_export(
        plan=plan, by=cast["viewer"], language="zh-hans", hidden=frozenset({"risks"})
    )
    tasks.render_export(export.pk)
    order = printed[0]
    assert order["document"] == export.version.document
    assert "risks" not in order["sections"] and "risks" not in order["counted"]
    assert order["hash"] == export.version.content_hash


@pytest.mark.parametrize(
    "error, failure",
    [
        (RenderError(Failure.MEMORY, "too much"), Failure.MEMORY),
        (RenderError(Failure.TIMEOUT, "too long"), Failure.TIMEOUT),
        (SoftTimeLimitExceeded(), Failure.TIMEOUT),
    ],
)
def test_a_failed_rendering_is_a_failed_export_with_its_reason(export, printed, error, failure):
    printed.fails = error
    tasks.render_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.failure) == (State.FAILED, failure)
    assert export.reason
    assert export.finished_at


def test_a_storage_that_refuses_is_named(export, printed, settings, tmp_path):
    blocked = tmp_path / "media"
    blocked.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = str(blocked)
    tasks.render_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.failure) == (State.FAILED, Failure.STORAGE)


def test_an_attempt_that_lost_its_lease_stops_and_leaves_no_file(export, printed, monkeypatch):
    claimed = services.claim(export.pk)
    Export.objects.filter(pk=export.pk).update(worker="somebody else")
    job.run(claimed)
    export.refresh_from_db()
    assert export.state == State.RUNNING
    assert not default_storage.exists(claimed.file_name(1))


def test_the_heartbeat_keeps_the_lease(export):
    claimed = services.claim(export.pk)
    soon = timezone.now()
    Export.objects.filter(pk=export.pk).update(lease_until=soon)
    job.Heartbeat(claimed)(Stage.LAYOUT, 33)
    export.refresh_from_db()
    assert export.lease_until > soon
    assert (export.stage, export.percent) == (Stage.LAYOUT, 33)


def test_deleting_a_plan_deletes_its_files(finished, django_capture_on_commit_callbacks):
    name = finished.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        finished.plan.delete()
    assert not Export.objects.exists()
    assert not default_storage.exists(name)
