"""The ground the other service tests stand on: the engines are the real ones and work together."""

import threading
import time

import pytest
from celery import current_app
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from apps.core.ops import health

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_migration_runs_on_postgresql() -> None:
    assert connection.vendor == "postgresql"
    assert health.migrations() == health.OK


def test_a_user_is_stored_and_found() -> None:
    users = get_user_model().objects
    users.create_user(email="founder@example.com", password="a long enough phrase")
    assert users.get(email="founder@example.com").check_password("a long enough phrase")


def test_two_connections_wait_for_each_other_on_a_row() -> None:
    """What the conflict tests rely on: select_for_update really locks here, unlike on SQLite."""
    user = get_user_model().objects.create_user(email="a@example.com", password="x")
    moments: list[str] = []

    def second() -> None:
        with transaction.atomic():
            get_user_model().objects.select_for_update().get(pk=user.pk)
            moments.append("second")
        connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        thread.start()
        time.sleep(0.3)
        moments.append("first")
    thread.join(10)
    assert moments == ["first", "second"]


def test_a_worker_takes_its_beat_from_the_broker(worker, until) -> None:
    until(lambda: "sweep" in worker.last_lines(200) and "succeeded" in worker.last_lines(200))


def test_a_task_is_delivered_by_the_broker(worker) -> None:
    answers = current_app.control.ping(timeout=5)
    assert [name for answer in answers for name in answer if name.startswith("shared@")]


def test_readiness_sees_a_broker_that_is_gone(start_broker, use_broker) -> None:
    broker = start_broker()
    use_broker(broker.url)
    assert health.broker() == health.OK
    broker.stop()
    ready, answers = health.readiness()
    assert not ready and answers["broker"].startswith("failed")
    assert answers["database"] == health.OK
