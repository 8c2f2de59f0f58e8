"""Fixtures of the services suite. Run it by ``python -m tests.services``, never by plain pytest.

- Every test that touches the database is ``@pytest.mark.django_db(transaction=True)``: workers
  and threads see only what was committed. ``connection.vendor`` is "postgresql".
- ``worker``: a real Celery worker process (with beat) on the test database, shared by the session.
  It has a ``pid``, a ``log`` to show on failure, and ``DATA_DIR/media`` in common with the test.
- ``start_worker()``: one more worker for this test alone; ``.kill()`` it half-way if you like
  (that is kill -9 for its children too). It is stopped when the test ends.
- ``start_broker()``: a second Valkey of this test's own, to stop and start. Its ``url`` is for
  ``use_broker(url)``, which sends this test's tasks there, or for
  ``start_worker(CELERY_BROKER_URL=url)``.
- ``until(condition, seconds)``: wait for something another process does; fails with a sentence.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import pools

from apps.core.ops import fonts, valkey
from apps.core.ops.processes import Service

if not os.environ.get("DATABASE_URL") or not os.environ.get("CELERY_BROKER_URL"):
    pytest.exit("Start this suite with: python -m tests.services", returncode=4)


@pytest.fixture
def until() -> Callable[..., None]:
    def wait(condition: Callable[[], object], seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"This did not happen within {seconds} s: {condition}")
            time.sleep(0.05)

    return wait


def worker_service(log: Path, **environment: str) -> Service:
    """A worker on the database that pytest-django made, not on the one it was made from."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
        "DATA_DIR": str(settings.DATA_DIR),
        "FONTCONFIG_FILE": str(fonts.ensure()),
        "HEARTBEAT_FILE": str(log.with_suffix(".heartbeat")),
    }
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat"]
    command += ["--schedule", str(log.with_suffix(".beat")), "--concurrency", "1"]
    command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    command += ["--hostname", f"{log.stem}@%h"]
    return Service(
        log.stem,
        command,
        log,
        environment=own | environment,
        orphan_signal=signal.SIGQUIT,
        cwd=settings.BASE_DIR,
    )


@pytest.fixture(scope="session")
def worker(django_db_setup, tmp_path_factory) -> Iterator[Service]:
    service = worker_service(tmp_path_factory.mktemp("worker") / "shared.log")
    service.start()
    wait_for_ready(service)
    yield service
    service.stop()


@pytest.fixture
def start_worker(transactional_db, tmp_path) -> Iterator[Callable[..., Service]]:
    started: list[Service] = []

    def start(**environment: str) -> Service:
        service = worker_service(tmp_path / f"own{len(started)}.log", **environment)
        service.start()
        started.append(service)
        wait_for_ready(service)
        return service

    yield start
    for service in started:
        service.stop(patience=3)


@pytest.fixture
def use_broker(monkeypatch) -> Iterator[Callable[[str], None]]:
    """Celery asks the environment first, and keeps its connections in pools."""

    def forget_connections() -> None:
        pools.reset()
        current_app.amqp._producer_pool = current_app._pool = None

    def use(url: str) -> None:
        monkeypatch.setenv("CELERY_BROKER_URL", url)
        forget_connections()

    yield use
    forget_connections()


def wait_for_ready(service: Service, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while " ready." not in service.last_lines(200):
        if not service.running or time.monotonic() > deadline:
            pytest.fail(f"The worker did not start:\n{service.last_lines(30)}")
        time.sleep(0.05)


@pytest.fixture
def start_broker(tmp_path_factory) -> Iterator[Callable[[], Service]]:
    started: list[Service] = []

    def start() -> Service:
        run_dir = tmp_path_factory.mktemp("broker")
        service = valkey.service(run_dir, run_dir, run_dir / "broker.log")
        service.start()
        started.append(service)
        path = valkey.socket_path(run_dir)
        valkey.wait_until_ready(service, path)
        service.url = valkey.broker_url(path)
        return service

    yield start
    for service in started:
        service.stop()
