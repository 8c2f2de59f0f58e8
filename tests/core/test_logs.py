"""No log holds the secret of a link: neither Django's lines nor gunicorn's."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from gunicorn.config import Config

from apps.core.ops.logs import MaskTokens, without_tokens
from config.gunicorn import MaskingLogger

TOKEN = "s3cret-T0ken_of-forty-three-characters-aaaa"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Not Found: /plans/invitations/{TOKEN}/", "Not Found: /plans/invitations/…/"),
        (f"GET /shared/{TOKEN}?page=2 HTTP/1.1", "GET /shared/…?page=2 HTTP/1.1"),
        (
            f'"GET /accounts/password/reset/key/1-{TOKEN}/"',
            '"GET /accounts/password/reset/key/…/"',
        ),
        (
            f"/accounts/login/?next=/plans/invitations/{TOKEN}/&email=a@b.c",
            "/accounts/login/?next=/plans/invitations/…/&email=a@b.c",
        ),
        (
            f"/accounts/login/?next=%2Fplans%2Finvitations%2F{TOKEN}%2F",
            "/accounts/login/?next=%2Fplans%2Finvitations%2F…%2F",
        ),
        (
            f"/plans/invitations/{TOKEN}/ and /shared/{TOKEN}",
            "/plans/invitations/…/ and /shared/…",
        ),
        (f"GET /shared/{TOKEN} HTTP/1.1", "GET /shared/… HTTP/1.1"),
        (f"/language/?next=%2Fshared%2F{TOKEN}%2F", "/language/?next=%2Fshared%2F…%2F"),
        ("/shared/view/abcdefghijkl/market/", None),
        ("/plans/abcdefghijkl/market/edit/?part=segment", None),
        ("100% of 3 invitations", None),
    ],
)
def test_the_secret_part_of_an_address_is_left_out(text: str, shown: str | None) -> None:
    assert without_tokens(text) == (text if shown is None else shown)
    assert without_tokens(without_tokens(text)) == without_tokens(text)


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """What the product's own handler, as the settings made it, writes."""
    (handler,) = (
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(found, MaskTokens) for found in handler.filters)
    )
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def test_django_logs_no_secret(console: io.StringIO, db: Any) -> None:
    assert Client().get(f"/plans/invitations/{TOKEN}/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"/plans/invitations/{TOKEN}/").status_code == 403
    lines = console.getvalue().splitlines()
    assert len(lines) == 2
    assert all("/plans/invitations/…/" in line and TOKEN not in line for line in lines)


def test_django_logs_no_share_link(console: io.StringIO, db: Any) -> None:
    assert Client().get(f"/shared/{TOKEN}/").status_code == 404
    assert Client().get(f"/shared/{TOKEN}/more/").status_code == 404
    Client(enforce_csrf_checks=True).post(f"/shared/{TOKEN}/more/")
    assert "/shared/…/" in console.getvalue()
    assert TOKEN not in console.getvalue()


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        ("100% of it", (), "100% of it"),
        ("%s of %d", ("half", 4), "half of 4"),
        ("%(what)s is there", ({"what": "It"},), "It is there"),
        (ValueError("%s is no number"), (), "%s is no number"),
        ("at %s", (f"/shared/{TOKEN}",), "at /shared/…"),
        ("at %s and 100%% sure", (f"/shared/{TOKEN}",), "at /shared/… and 100% sure"),
    ],
    ids=str,
)
def test_every_other_message_is_written_as_it_is(
    message: Any, arguments: tuple[Any, ...], written: str, console: io.StringIO
) -> None:
    logging.getLogger("apps.example").warning(message, *arguments)
    assert console.getvalue().endswith(f" WARNING apps.example: {written}\n")


def test_a_line_written_wrongly_does_not_stop_who_wrote_it(
    console: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.getLogger("apps.example").warning("%d rows", "many")
    logging.getLogger("apps.example").warning("next")
    assert console.getvalue().endswith(" WARNING apps.example: next\n")


@pytest.fixture
def gunicorn() -> Iterator[tuple[MaskingLogger, io.StringIO]]:
    """Gunicorn's logger writing to memory."""
    config = Config()
    config.set("accesslog", "-")
    logger, written = MaskingLogger(config), io.StringIO()
    handlers = [*logger.access_log.handlers, *logger.error_log.handlers]
    for handler in handlers:
        handler.setStream(written)
    yield logger, written
    for log in (logger.access_log, logger.error_log):
        log.handlers.clear()
        log.filters.clear()


def test_gunicorn_logs_no_secret(gunicorn: tuple[MaskingLogger, io.StringIO]) -> None:
    logger, written = gunicorn
    path = f"/plans/invitations/{TOKEN}/"
    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": path, "PATH_INFO": path, "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_REFERER": f"http://testserver/accounts/login/?next={path}",
        "HTTP_USER_AGENT": "Browser 1.0",
    }  # fmt: skip
    answer = SimpleNamespace(status="200 OK", sent=1234, headers=[])
    request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
    logger.access(answer, request, environ, timedelta(milliseconds=5))
    logger.warning("Error handling request %s", path)
    access, error = written.getvalue().splitlines()
    assert '"GET /plans/invitations/…/ HTTP/1.1" 200 1234' in access
    assert "?next=/plans/invitations/…/" in access and '"Browser 1.0"' in access
    assert "Error handling request /plans/invitations/…/" in error
    assert TOKEN not in written.getvalue()
