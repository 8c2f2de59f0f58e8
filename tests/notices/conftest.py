"""Events to be told of, and a broker that is a worker at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.test.utils import override_settings
from django.urls import reverse

from apps.notices.models import Notice
from apps.notices.services import notify
from apps.plans.models import Plan
from config.celery import app

numbers = count(1)
NOON = datetime(2027, 3, 9, 12, 0, tzinfo=UTC)


def tell(plan: Plan, to: Any, by: Any = None, **more: Any) -> list[Notice]:
    """Tell a person (or several) of something, a new event each time unless ``key`` is given."""
    event = {
        "kind": "comment_added",
        "key": f"event:{next(numbers)}",
        "url": reverse("plans:section", args=[plan.uid, "market"]) + "#field",
        "section": "market",
        **({"place": "Market"} if "kind" not in more else {}),
        **more,
    }
    return notify(plan=plan, to=to if isinstance(to, list) else [to], by=by, **event)


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Callable[..., list[Notice]]:
    """``tell``, with what a worker does after the commit done before it returns."""

    def tell_and_work(*args: Any, **more: Any) -> list[Notice]:
        with django_capture_on_commit_callbacks(execute=True):
            return tell(*args, **more)

    return tell_and_work


@pytest.fixture(autouse=True)
def worker_at_once() -> Iterator[None]:
    """A task runs where it is asked for; its errors are the test's."""
    eager = {"task_always_eager": True, "task_eager_propagates": True}
    before = {name: app.conf[name] for name in eager}
    app.conf.update(eager)
    with override_settings(SITE_URL="https://plans.example"):
        yield
    app.conf.update(before)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def subjects(mailoutbox: Any) -> list[str]:
    return [mail.subject for mail in mailoutbox]


class Broken(EmailBackend):
    error: Exception = ConnectionRefusedError("no mail server")
    tried = 0

    def send_messages(self, messages: Any) -> int:
        Broken.tried += 1
        raise Broken.error


@pytest.fixture
def broken(settings: Any) -> Any:
    Broken.error, Broken.tried = ConnectionRefusedError("no mail server"), 0
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    return settings
