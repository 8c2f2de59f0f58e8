"""One claimed export from row to file. Called by the task; everything it does ends in the row."""

import hashlib
import logging
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.core.files import File
from django.core.files.storage import default_storage

from apps.checks.services import dismissals_of
from apps.comments import printed
from apps.exports import look, services
from apps.exports.choices import WHO_READS, Annex, withheld
from apps.exports.models import HEARTBEAT, Export, Failure, Look, Stage, State
from apps.exports.renderer import RenderError, renderer
from apps.plans.access import access_for
from apps.plans.sections import registry
from apps.reviews import letter

logger = logging.getLogger(__name__)


class Lost(Exception):
    """The lease went to somebody else, or the export is gone with its plan."""


def run(export: Export) -> None:
    """Render, store, finish; or fail with a reason that a person can read."""
    try:
        with tempfile.TemporaryDirectory(prefix="ventureplan-export-") as folder:
            target = Path(folder) / f"export.{export.format}"
            facts = renderer.render(order(export), target, Heartbeat(export))
            store(export, target, facts)
    except RenderError as error:
        services.fail(export, error.failure, detail=error.detail)
    except SoftTimeLimitExceeded:
        services.fail(export, Failure.TIMEOUT, detail="the task's own time limit")
    except Lost:
        logger.warning("Export %s: attempt %s lost its lease", export.pk, export.attempt)


def order(export: Export) -> dict[str, Any]:
    """Everything the renderer gets to know, as plain JSON."""
    version = export.version
    earlier = Export.objects.filter(
        plan=export.plan_id, state=State.DONE, edition=export.edition, format=export.format
    ).order_by("-pk")
    return {
        "document": version.document,
        "format": export.format,
        "edition": export.edition,
        "paper": export.paper,
        "standard": export.standard,
        "attached": export.attached,
        "sections": export.sections,
        "counted": export.counted,
        "annexes": export.annexes,
        "watermark": export.watermark,
        # Read now and not with the version: putting a finding aside is no change of the plan.
        "dismissed": dismissals_of(export.plan) if Annex.CHECKS in export.annexes else {},
        "letter": letter_of(export) if Annex.LETTER in export.annexes else None,
        "comments": comments_of(export),
        **look.order_of(Look.objects.filter(plan=export.plan_id).first()),
        "language": export.language,
        "number": version.number,
        "hash": version.content_hash,
        "taken_at": version.created_at.isoformat(),
        "illustrative": bool(export.plan.sample),
        # how many pages to expect, so that the percentage means something
        "expected_pages": earlier.values_list("pages", flat=True).first() or 0,
    }


def letter_of(export: Export) -> dict[str, Any]:
    return letter.freeze(
        plan=export.plan, version=export.version, sections=export.sections,
        counted=export.counted, language=export.language,
    )  # fmt: skip


def comments_of(export: Export) -> dict[str, Any]:
    """By annex, what the person who asked may read by now; nothing once they left the plan."""
    access = access_for(export.requested_by, export.plan.uid) if export.requested_by else None
    if access is None:
        return {}
    names = (section.name for section in registry)
    access = replace(access, hidden=access.hidden.union(set(names) - set(export.counted)))
    return {
        annex: printed.freeze(
            access=access, visibility=visibility, version=export.version,
            sections=export.sections, language=export.language,
        )
        for annex, visibility in WHO_READS.items()
        if annex in export.annexes and annex not in withheld(access)
    }  # fmt: skip


class Heartbeat:
    """Called again and again while the PDF is made: keeps the lease and shows the progress."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.stage, self.beat_at = Stage.PREPARING, time.monotonic()

    def __call__(self, stage: str, percent: int) -> None:
        due = time.monotonic() - self.beat_at >= HEARTBEAT.total_seconds() / 2
        if stage == self.stage and not due:
            return
        self.stage, self.beat_at = stage, time.monotonic()
        if not services.renew(self.export, stage, percent):
            raise Lost


def store(export: Export, path: Path, facts: dict[str, Any]) -> None:
    Heartbeat(export)(Stage.STORING, 97)
    try:
        with path.open("rb") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
            made.seek(0)
            name = default_storage.save(export.file_name(export.attempt), File(made))
    except Exception as error:  # each storage backend has exceptions of its own
        services.fail(export, Failure.STORAGE, detail=repr(error))
        return
    try:
        services.finish(
            export,
            file=name,
            bytes=path.stat().st_size,
            pages=facts["pages"],
            missing_glyphs=facts["missing"][:200],
            sha256=digest,
        )
    except BaseException:
        services.delete_file(name)
        raise
