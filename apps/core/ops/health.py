"""Is this installation ready for work? Read by /readyz.

Each check answers "ok" or says what is wrong.
"""

import contextlib
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from celery import current_app
from django.apps import apps
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

OK = "ok"
# A queue that nobody empties for so long has no worker, whatever the processes say.
LONGEST_WAIT = timedelta(minutes=5)


def readiness() -> tuple[bool, dict[str, str]]:
    """Whether all is well, and one entry a check.

    Of a check that raises only the error's kind is told: the page is public, and messages of
    drivers show hosts and names.
    """
    checks: dict[str, Callable[[], str]] = {
        "database": database,
        "migrations": migrations,
        "broker": broker,
        "storage": storage,
        "queue": queue,
    }
    answers = {}
    for name, check in checks.items():
        try:
            answers[name] = check()
        except Exception as error:
            answers[name] = f"failed: {type(error).__name__}"
    return all(answer == OK for answer in answers.values()), answers


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} to apply" if pending else OK


def broker() -> str:
    with current_app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    return OK


def storage() -> str:
    if isinstance(storages["default"], FileSystemStorage):
        root = Path(storages["default"].location)
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            return OK
    storages["default"].exists("readiness")  # asks the server, whatever it answers
    return OK


def queue() -> str:
    with contextlib.suppress(LookupError):
        waiting = apps.get_model("exports", "Export").objects.filter(state="queued")
        oldest = waiting.order_by("queued_at").values_list("queued_at", flat=True).first()
        if oldest and timezone.now() - oldest > LONGEST_WAIT:
            minutes = int((timezone.now() - oldest).total_seconds() // 60)
            return f"the oldest export has waited {minutes} min for a worker"
    return OK
