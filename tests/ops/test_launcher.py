"""The launcher's decisions; that all of it works together is shown by ``up --check``."""

import socket
import urllib.parse

import pytest
from django.core.management import CommandError, call_command

from apps.core.ops import launcher, valkey
from apps.core.ops.launcher import Launcher, StartError


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_a_second_launcher_on_the_same_folder_is_refused(data) -> None:
    with (
        launcher.only_launcher(data / "run"),
        pytest.raises(StartError, match="already runs"),
        launcher.only_launcher(data / "run"),
    ):
        pass


def test_the_folder_is_free_again_afterwards(data) -> None:
    for _ in range(2):
        with launcher.only_launcher(data / "run"):
            assert (data / "run" / "up.lock").exists()


def test_a_busy_port_is_said_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=f"Port {port} cannot be used.*--port"):
            launcher.wait_for_free_port(port, seconds=0)


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_a_port_out_of_range_is_refused(port) -> None:
    with pytest.raises(CommandError, match="65535"):
        call_command("up", f"--port={port}")


def test_a_broker_of_the_environment_is_used_and_none_is_started(data, monkeypatch) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://elsewhere/0")
    product = Launcher(8000, print)
    product.start_broker()
    assert product.services == []
    assert "CELERY_BROKER_URL" not in product.environment


def test_without_valkey_messages_are_files(data, monkeypatch) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    monkeypatch.setattr(valkey, "binary", lambda: None)
    product = Launcher(8000, print)
    product.start_broker()
    assert product.environment["CELERY_BROKER_URL"] == "filesystem://"
    assert (data / "messages").is_dir()


def test_a_service_that_keeps_dying_stops_the_launcher(data, tmp_path) -> None:
    said: list[str] = []
    product = Launcher(8000, said.append)
    product.run_dir.mkdir()
    product.start(product.service("web", ["sh", "-c", "echo because; exit 3"]))
    with pytest.raises(StartError, match="because"):
        for _ in range(launcher.MOST_RESTARTS + 1):
            product.services[0].process.wait()
            product.revive()
    assert len(said) == launcher.MOST_RESTARTS


def test_each_start_has_fresh_logs_and_keeps_the_last(data) -> None:
    (data / "web.log").write_text("yesterday")
    launcher.keep_previous_logs(data)
    assert not (data / "web.log").exists()
    assert (data / "web.log.1").read_text() == "yesterday"


def test_the_socket_lies_in_the_data_folder_if_its_path_is_short(tmp_path) -> None:
    assert valkey.socket_path(tmp_path) == tmp_path / "valkey.sock"


def test_a_long_path_gets_a_short_socket_that_is_always_the_same(tmp_path) -> None:
    long = tmp_path / ("long" * 30)
    long.mkdir()
    path = valkey.socket_path(long)
    assert len(str(path)) <= valkey.LONGEST_SOCKET_PATH
    assert path == valkey.socket_path(long)
    path.parent.rmdir()


def test_an_address_survives_odd_folder_names(tmp_path) -> None:
    url = valkey.broker_url(tmp_path / "my data 100%")
    assert urllib.parse.unquote(urllib.parse.urlsplit(url).path).endswith("my data 100%")


@pytest.mark.skipif(valkey.binary() is None, reason="no Valkey for this machine")
def test_the_embedded_broker_starts_and_its_queue_survives(tmp_path) -> None:
    import redis

    for expected in (None, b"kept"):
        server = valkey.service(tmp_path, tmp_path / "queue", tmp_path / "broker.log")
        server.start()
        path = valkey.socket_path(tmp_path)
        valkey.wait_until_ready(server, path)
        with redis.Redis(unix_socket_path=str(path)) as client:
            assert client.get("key") == expected
            client.set("key", "kept")
        server.stop()
