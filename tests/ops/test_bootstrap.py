"""The step from a bare Python to a ready .venv, without the network and the package manager."""

import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap

BASE_DIR = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout whose .venv exists and into which nothing is really installed."""
    for name in (bootstrap.RUNTIME_LOCK, bootstrap.DEV_LOCK, bootstrap.UV_LOCK):
        (tmp_path / name).write_text(f"content of {name}")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "BASE_DIR", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMPS", tmp_path / ".venv" / "bootstrap.json")
    return tmp_path


@pytest.fixture
def installs(monkeypatch):
    calls = []

    def run(command, **environment):
        calls.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(bootstrap, "run", run)
    return calls


def test_only_the_standard_library_is_imported() -> None:
    code = "import sys; sys.path.insert(0, 'config'); import bootstrap"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=BASE_DIR)
    assert done.returncode == 0


def test_packages_are_installed_by_hash_and_only_once(checkout, installs) -> None:
    bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    assert installs and all("--require-hashes" in call for call in installs)
    installs.clear()
    bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    assert installs == []


def test_a_changed_lock_is_installed_again(checkout, installs) -> None:
    bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    installs.clear()
    (checkout / bootstrap.RUNTIME_LOCK).write_text("another version")
    bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    assert installs


def test_the_development_lock_covers_the_runtime(checkout, installs) -> None:
    bootstrap.install_packages(bootstrap.DEV_LOCK)
    installs.clear()
    bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    assert installs == []


def test_pip_does_the_work_where_uv_fails(checkout, monkeypatch) -> None:
    calls = []

    def run(command, **environment):
        calls.append([str(part) for part in command])
        return int("uv" in calls[-1] or bootstrap.UV_LOCK in calls[-1])

    monkeypatch.setattr(bootstrap, "run", run)
    bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    assert calls[-1][1:4] == ["-m", "pip", "install"]
    assert calls[-1][-1] == bootstrap.RUNTIME_LOCK


def test_a_failed_install_leaves_no_stamp(checkout, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap, "run", lambda command, **environment: 1)
    with pytest.raises(bootstrap.BootstrapError):
        bootstrap.install_packages(bootstrap.RUNTIME_LOCK)
    assert bootstrap.read_stamps() == {}


def test_pips_index_and_certificates_reach_uv(monkeypatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/certificates.pem")
    environment = bootstrap.uv_environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://index.example/simple"
    assert environment["SSL_CERT_FILE"] == "/etc/certificates.pem"
    assert environment["UV_SYSTEM_CERTS"] == "1"


def test_a_missing_library_is_named_with_its_command(monkeypatch, capsys) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libnowhere.so.7": "libnowhere7"})
    assert bootstrap.install_libraries() is False
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("sudo apt-get install -y libnowhere7")


def test_present_libraries_need_nothing(monkeypatch) -> None:
    monkeypatch.setattr(bootstrap, "apt_install", lambda packages: pytest.fail("nothing to do"))
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libc.so.6": "libc6"})
    assert bootstrap.install_libraries() is True


def test_a_file_in_the_place_of_the_data_folder_is_said(tmp_path, monkeypatch) -> None:
    (tmp_path / "data").write_text("")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(bootstrap.BootstrapError, match="data folder"):
        bootstrap.check_data_folder()


def test_locks_name_no_host() -> None:
    for name in (bootstrap.RUNTIME_LOCK, bootstrap.DEV_LOCK, bootstrap.UV_LOCK):
        assert "://" not in (BASE_DIR / name).read_text()
