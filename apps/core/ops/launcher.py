"""``manage.py up``: the whole product in one terminal.

Starts what is not given by the environment (broker, database), then web and worker, watches them
and stops them in order. Everything it writes lies in the data folder.
"""

import fcntl
import http.client
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.core.ops import fonts, processes, valkey
from apps.core.ops.processes import Service

HOST = "127.0.0.1"
DEMO_ACCOUNTS = ("founder@example.com", "mentor@example.com")
# A service that keeps dying is not brought back for ever.
MOST_RESTARTS, RESTART_WINDOW = 3, 60.0


class StartError(Exception):
    """Its text is one sentence for the person at the terminal."""


class Launcher:
    def __init__(self, port: int, say: Callable[[str], None]) -> None:
        self.port = port
        self.say = say
        self.run_dir = settings.DATA_DIR / "run"
        self.log_dir = settings.DATA_DIR / "log"
        self.services: list[Service] = []
        self.restarts: list[float] = []
        self.environment = {
            "DATA_DIR": str(settings.DATA_DIR),
            "FONTCONFIG_FILE": str(fonts.ensure()),
            "PYTHONUNBUFFERED": "1",
        }
        if settings.LOCAL and not os.environ.get("SITE_URL"):
            self.environment["SITE_URL"] = f"http://{HOST}:{port}"

    def run(self) -> None:
        """Return when a signal asked to stop; raise StartError when it cannot go on."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        with only_launcher(self.run_dir):
            try:
                self.start_all()
                while True:
                    time.sleep(0.5)
                    self.revive()
            except KeyboardInterrupt:
                self.say("Stopping …")
            finally:
                self.stop()

    def start_all(self) -> None:
        processes.end_leftovers(self.pid_file)
        wait_for_free_port(self.port)
        keep_previous_logs(self.log_dir)
        self.start_broker()
        prepare_database(self.say)
        self.start(self.web())
        accounts = prepare_demo()  # while the web process imports what it needs
        self.wait_for_web()
        self.start(self.worker())  # not earlier: both at once would delay the first page
        self.greet(accounts)

    # --- Services ---------------------------------------------------------------------------------
    @property
    def pid_file(self) -> Path:
        return self.run_dir / "pids.json"

    def start(self, service: Service) -> None:
        service.start()
        if service not in self.services:
            self.services.append(service)
        processes.remember(self.services, self.pid_file)

    def start_broker(self) -> None:
        if os.environ.get("CELERY_BROKER_URL"):
            return
        if valkey.binary() is None:
            # Slower to wake a worker, but it needs no program.
            (settings.DATA_DIR / "messages").mkdir(exist_ok=True)
            self.environment["CELERY_BROKER_URL"] = "filesystem://"
            return
        path = valkey.socket_path(self.run_dir)
        self.environment["CELERY_BROKER_URL"] = valkey.broker_url(path)
        path.unlink(missing_ok=True)
        queue_dir = settings.DATA_DIR / "queue"
        server = valkey.service(self.run_dir, queue_dir, self.log_dir / "broker.log")
        self.start(server)
        valkey.wait_until_ready(server, path)

    def web(self) -> Service:
        command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
        command += ["config.wsgi:application"]
        options = {
            "bind": f"{HOST}:{self.port}",
            "worker-class": "gthread",
            "workers": os.environ.get("WEB_CONCURRENCY") or "1",
            "threads": "4",
            "graceful-timeout": "5",
            "control-socket": str(self.run_dir / "gunicorn.ctl"),
        }
        command += [f"--{name}={value}" for name, value in options.items()]
        return self.service("web", command)

    def worker(self) -> Service:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat"]
        command += ["--schedule", str(self.run_dir / "beat"), "--loglevel", "INFO"]
        command += ["--concurrency", os.environ.get("WORKER_CONCURRENCY") or "1"]
        command += ["--without-gossip", "--without-mingle"]
        return self.service("worker", command)

    def service(self, name: str, command: list[str]) -> Service:
        return Service(
            name,
            command,
            self.log_dir / f"{name}.log",
            environment=self.environment,
            orphan_signal=signal.SIGQUIT,  # both take it as "at once"
            cwd=settings.BASE_DIR,
        )

    def revive(self) -> None:
        for service in self.services:
            if service.running:
                continue
            now = time.monotonic()
            self.restarts = [moment for moment in self.restarts if now - moment < RESTART_WINDOW]
            if len(self.restarts) >= MOST_RESTARTS:
                raise StartError(self.death_notice(service))
            self.restarts.append(now)
            self.say(f"The {service.name} process ended; starting it again (see {service.log}).")
            service.kill()
            self.start(service)

    def stop(self) -> None:
        """Web first, so that nothing new comes in; a second Ctrl-C does not wait."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: [service.kill() for service in self.services])
        for name in ("web", "worker", "broker"):
            for service in self.services:
                if service.name == name:
                    service.stop()
        self.pid_file.unlink(missing_ok=True)

    def wait_for_web(self, seconds: float = 60.0) -> None:
        web = next(service for service in self.services if service.name == "web")
        deadline = time.monotonic() + seconds
        while not answers(self.port):
            if not web.running or time.monotonic() > deadline:
                raise StartError(self.death_notice(web))
            time.sleep(0.05)

    def death_notice(self, service: Service) -> str:
        return f"The {service.name} process does not stay up; see {service.log}:\n" + (
            service.last_lines()
        )

    def greet(self, accounts: dict[str, str]) -> None:
        self.say(f"\nVenturePlan is ready: http://{HOST}:{self.port}/")
        for email, password in accounts.items():
            self.say(f"  sign in as {email:<22} password {password}")
        mail = f"mail in {settings.EMAIL_FILE_PATH}, " if settings.MAIL_IS_LOCAL else ""
        self.say(f"You find {mail}logs in {self.log_dir}. Ctrl-C stops everything.")


# --- Before anything starts ----------------------------------------------------------------------
@contextmanager
def only_launcher(run_dir: Path) -> Iterator[None]:
    """One launcher a data folder; the kernel gives the lock back however the launcher ends."""
    run_dir.mkdir(parents=True, exist_ok=True)
    with open(run_dir / "up.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(
                f"VenturePlan already runs on {run_dir.parent}: stop it there first, "
                "or set DATA_DIR to another folder."
            ) from None
        yield


def wait_for_free_port(port: int, seconds: float = 3.0) -> None:
    """A moment's patience, for an earlier start that is just going down."""
    deadline = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
                return
            except OSError as error:
                if time.monotonic() > deadline:
                    raise StartError(
                        f"Port {port} cannot be used ({error.strerror}): "
                        f"choose another one with --port {port + 1 if port < 65535 else 8000}."
                    ) from error
        time.sleep(0.1)


def keep_previous_logs(log_dir: Path) -> None:
    for log in log_dir.glob("*.log"):
        log.replace(log.with_suffix(".log.1"))


def prepare_database(say: Callable[[str], None]) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("load_library", verbosity=0)
    call_command("load_rubrics", verbosity=0)
    if not settings.LOCAL:
        call_command("collectstatic", interactive=False, verbosity=0)


def prepare_demo() -> dict[str, str]:
    """Sample plans and two sign-ins, on an installation that only this machine reaches."""
    if not settings.LOCAL:
        return {}
    file = settings.DATA_DIR / "demo.json"
    if not file.exists():
        file.touch(mode=0o600)
        passwords = {email: secrets.token_urlsafe(9) for email in DEMO_ACCOUNTS}
        file.write_text(json.dumps(passwords, indent=2))
    passwords = json.loads(file.read_text())
    by_role = {f"{email.partition('@')[0]}_password": passwords[email] for email in passwords}
    call_command("demo", **by_role)
    connection.close()
    return passwords


def answers(port: int) -> bool:
    """Whether anything but a refused connection comes back; what it says is not our question."""
    try:
        request = http.client.HTTPConnection(HOST, port, timeout=2)
        request.request("GET", "/livez")
        request.getresponse()
        request.close()
        return True
    except (OSError, http.client.HTTPException):
        return False
