"""The arrows of the export's state machine. Used by the views and tasks of this app.

Each is a conditional UPDATE: whoever loses the race changes nothing.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string

from apps.exports.models import (
    ATTEMPTS,
    LEASE,
    Edition,
    Export,
    Failure,
    Format,
    Look,
    Paper,
    Stage,
    Standard,
    State,
)
from apps.plans.models import Plan, Verb
from apps.plans.sections import registry
from apps.plans.services import log
from apps.versions.models import Reason, Version
from apps.versions.services import take_version

logger = logging.getLogger(__name__)

# A waiting export whose wake-up call got lost is announced again after this long, but no more than
# a few at a time: a long queue is no reason for a flood of messages.
WAKE_AGAIN = timedelta(seconds=20)
WAKE_AT_ONCE = 10


# --- Asking ---------------------------------------------------------------------------------------
@transaction.atomic
def request_export(
    *,
    plan: Plan,
    by: Any,
    language: str,
    hidden: frozenset[str] = frozenset(),
    format: str = Format.PDF,
    edition: str = Edition.FULL,
    paper: str = Paper.A4,
    standard: str = Standard.ACCESS,
    attached: bool = False,
    sections: Collection[str] | None = None,
    annexes: Sequence[str] = (),
    version: Version | None = None,
    watermark: str = "",
) -> Export:
    """Queue a file of the plan as it stands, or of an earlier ``version``. It knows nothing of the
    sections in ``hidden``; of the others it prints ``sections`` (None: all) and counts all.
    ``watermark`` is the guest it is for, if it is nobody on the plan.

    A second click while the first one waits gets the first one's export.
    """
    version = version or take_version(plan=plan, by=by, reason=Reason.EXPORT)
    counted = [section.name for section in registry if section.name not in hidden]
    asked = {
        "plan": plan,
        "version": version,
        "requested_by": by,
        "language": language,
        "format": format,
        "edition": edition,
        "paper": paper,
        "standard": standard,
        "attached": attached,
        "sections": [name for name in counted if sections is None or name in sections],
        "counted": counted,
        "annexes": sorted(annexes),
        "watermark": watermark,
    }
    unfinished = Export.objects.filter(state__in=[State.QUEUED, State.RUNNING])
    if same := unfinished.filter(**asked).first():
        return same
    export = Export.objects.create(**asked)
    guest = {} if by else {"guest": watermark}
    log(
        plan=plan, by=by, verb=Verb.EXPORTED, label=version.label,
        facts={"version": version.number}, changes=guest,
    )  # fmt: skip
    wake_after_commit(export)
    return export


@transaction.atomic
def retry_export(*, export: Export) -> bool:
    """Failed → queued, with fresh attempts. False if it was not failed any more."""
    now = timezone.now()
    retried = Export.objects.filter(pk=export.pk, state=State.FAILED).update(
        state=State.QUEUED, failure="", detail="", percent=0, stage="", queued_at=now,
        woken_at=now, finished_at=None, attempts_allowed=F("attempt") + ATTEMPTS,
    )  # fmt: skip
    if retried:
        wake_after_commit(export)
    return bool(retried)


def wake_after_commit(export: Export) -> None:
    transaction.on_commit(lambda: wake(export.pk))


def wake(pk: int) -> None:
    """Tell a worker. If the broker refuses, the export fails at once, visibly."""
    from apps.exports.tasks import render_export  # tasks need this module

    try:
        render_export.delay(pk)
    except Exception as error:  # whatever kombu, redis or the socket raise
        logger.warning("Export %s: the broker refused: %s", pk, error)
        Export.objects.filter(pk=pk, state=State.QUEUED).update(
            state=State.FAILED, failure=Failure.BROKER, finished_at=timezone.now()
        )


# --- The look ---
def set_look(*, plan: Plan, accent: str, logo: bytes | None, without_logo: bool = False) -> None:
    """The colour and, where one is given, the logo; ``without_logo`` takes the present one away."""
    fields: dict[str, Any] = {"accent": accent}
    if without_logo or logo is not None:
        fields["logo"] = None if without_logo else logo
    Look.objects.update_or_create(plan=plan, defaults=fields)


# --- Working --------------------------------------------------------------------------------------
def claim(pk: int) -> Export | None:
    """Queued (or running with an expired lease) → running, for this caller alone; else None."""
    now, worker = timezone.now(), get_random_string(32)
    free = Export.objects.filter(pk=pk, state=State.QUEUED) | Export.objects.filter(
        pk=pk, state=State.RUNNING, lease_until__lt=now
    )
    claimed = free.filter(attempt__lt=F("attempts_allowed")).update(
        state=State.RUNNING, worker=worker, attempt=F("attempt") + 1, stage=Stage.PREPARING,
        percent=1, started_at=now, heartbeat_at=now, lease_until=now + LEASE,
    )  # fmt: skip
    if not claimed:
        return None
    claimed_rows = Export.objects.select_related("plan", "version", "requested_by")
    export = claimed_rows.filter(pk=pk, worker=worker).first()
    if export is not None:
        clear_files(export, upto=export.attempt - 1)
    return export


def mine(export: Export) -> Any:
    """The row as long as this attempt still owns it."""
    return Export.objects.filter(pk=export.pk, state=State.RUNNING, worker=export.worker)


def renew(export: Export, stage: str, percent: int) -> bool:
    """Keep the lease and show progress; False if the export belongs to somebody else by now."""
    now = timezone.now()
    return bool(
        mine(export).update(stage=stage, percent=percent, heartbeat_at=now, lease_until=now + LEASE)
    )


def finish(export: Export, *, file: str, **facts: Any) -> bool:
    """Running → done. The loser of a race deletes its own file."""
    done = mine(export).update(
        state=State.DONE, file=file, percent=100, stage="", worker="", lease_until=None,
        finished_at=timezone.now(), **facts,
    )  # fmt: skip
    if not done:
        delete_file(file)
    return bool(done)


def fail(export: Export, failure: str, *, detail: str = "") -> bool:
    """Running → failed, with a reason for the reader and a detail for the operator."""
    logger.warning("Export %s failed (%s): %s", export.pk, failure, detail)
    return bool(
        mine(export).update(
            state=State.FAILED, failure=failure, detail=detail[:4000], stage="", worker="",
            lease_until=None, finished_at=timezone.now(),
        )
    )  # fmt: skip


# --- Sweeping -------------------------------------------------------------------------------------
def sweep() -> None:
    """Bring back what a killed worker or a lost message left; called every ten seconds."""
    now = timezone.now()
    exports = Export.objects.select_related("plan")
    forgotten = exports.filter(state=State.QUEUED, woken_at__lt=now - WAKE_AGAIN)
    for export in exports.filter(state=State.RUNNING, lease_until__lt=now):
        look_after(export)
    for export in forgotten.order_by("queued_at")[:WAKE_AT_ONCE]:
        look_after(export)


def look_after(export: Export) -> bool:
    """Move an export on if nobody else will: its worker is gone, or its message got lost.

    Also called by the page that waits for it, so that it ends even where no sweeper runs. True if
    it was moved.
    """
    now = timezone.now()
    if export.state == State.QUEUED and export.woken_at < now - WAKE_AGAIN:
        forgotten = Export.objects.filter(
            pk=export.pk, state=State.QUEUED, woken_at__lt=now - WAKE_AGAIN
        )
        if moved := forgotten.update(woken_at=now):
            wake(export.pk)
        return bool(moved)
    if export.state == State.RUNNING and export.lease_until < now:
        if export.attempt < export.attempts_allowed:
            return requeue(export)
        return give_up(export)
    return False


def requeue(export: Export) -> bool:
    """Running with an expired lease → queued, at its old place."""
    now = timezone.now()
    expired = mine(export).filter(lease_until__lt=now)
    moved = expired.update(state=State.QUEUED, worker="", lease_until=None, stage="", woken_at=now)
    if moved:
        logger.warning("Export %s: attempt %s was lost; queued again", export.pk, export.attempt)
        wake(export.pk)
    return bool(moved)


def give_up(export: Export) -> bool:
    """Running with an expired lease and no attempt left → failed."""
    now = timezone.now()
    lost = mine(export).filter(lease_until__lt=now).update(
        state=State.FAILED, failure=Failure.WORKER_LOST, stage="", worker="", lease_until=None,
        detail=f"the lease of attempt {export.attempt} expired", finished_at=now,
    )  # fmt: skip
    if lost:
        clear_files(export, upto=export.attempt)
    return bool(lost)


# --- Files ----------------------------------------------------------------------------------------
def clear_files(export: Export, upto: int) -> None:
    """Delete what earlier attempts may have stored before they were lost."""
    for attempt in range(max(1, upto - ATTEMPTS), upto + 1):
        delete_file(export.file_name(attempt))


def delete_file(name: str) -> None:
    """A file that cannot be deleted is a matter for the log, not for the export."""
    try:
        default_storage.delete(name)
    except Exception as error:  # each storage backend has exceptions of its own
        logger.warning("The file %s could not be deleted: %s", name, error)
