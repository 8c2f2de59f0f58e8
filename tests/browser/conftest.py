"""Real Chromium against the whole product: ``manage.py up`` in a folder of its own, with its web
process, broker and worker. Nothing is simulated; the suite runs by itself (see README)."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next((path for path in CHROMIUM if os.path.exists(path)), None)
    if found is None:
        pytest.skip("Chromium is not installed")
    return {**browser_type_launch_args, "executable_path": found, "args": QUIET}


class Product:
    """The running product: where it answers and what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
        }
        self.log = (self.folder / "up.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(self.port)],
            cwd=ROOT,
            env={**environment, "DATA_DIR": str(self.folder)},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + 120
        # Before it says so the demo accounts may not be there yet.
        while "VenturePlan is ready" not in (self.folder / "up.log").read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "up.log").read_text())
            time.sleep(0.2)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()

    @property
    def passwords(self) -> dict[str, str]:
        return json.loads((self.folder / "demo.json").read_text())

    def last_mail_to(self, email: str, about: str) -> str:
        """The newest mail to the address that has the word in it, as text."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for path in sorted((self.folder / "mail").glob("*"), key=os.path.getmtime)[::-1]:
                mail = message_from_bytes(path.read_bytes(), policy=default)
                text = mail.get_body(("plain",)).get_content() if mail["To"] == email else ""
                if about in text:
                    return text
            time.sleep(0.1)
        raise AssertionError(f"no mail to {email} about {about}")


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    with tempfile.TemporaryDirectory(prefix="vp-", ignore_cleanup_errors=True) as folder:
        running = Product(Path(folder))
        running.start()
        yield running
        running.stop()


@pytest.fixture(scope="session")
def base_url(product: Product) -> str:
    return product.url


@pytest.fixture(autouse=True)
def no_errors(page: Any) -> Iterator[list[str]]:
    """No page may make the console complain: a refused script or style shows there."""
    said: list[str] = []
    page.set_default_timeout(20_000)
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    # 409 and 422 are answers of ours, which Chromium reports as failed loads.
    assert not [text for text in said if not re.search(r"status of (409|422)", text)]


def sign_in(page: Any, product: Product, who: str = "founder@example.com") -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", product.passwords[who])
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(r"/(plans|desk)/$"))  # whoever only mentors starts at the desk


def sign_up(page: Any, product: Product, email: str) -> None:
    """Fill in the form of the open page, then the code from the mail."""
    page.fill("[name=name]", "Ada Founder")
    page.fill("[name=email]", email)
    page.fill("[name=password1]", "a long enough pass phrase")
    page.locator("main button[type=submit], main button.btn-primary").first.click()
    page.wait_for_url("**/confirm-email/**")
    mail = product.last_mail_to(email, "code")
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail, re.M)
    assert code, mail
    page.fill("[name=code]", code.group(1))
    page.locator("main button.btn-primary").first.click()


@pytest.fixture
def founder(page: Any, product: Product) -> Any:
    sign_in(page, product)
    return page


def plan_url(page: Any, title: str) -> str:
    page.goto("/plans/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/plans/[a-z0-9]{12}/$"))
    return page.url


def new_plan(page: Any, title: str) -> str:
    """A blank plan of the signed-in person; its URL."""
    page.goto("/plans/new/")
    page.fill("[name=title]", title)
    page.get_by_role("button", name="Create the blank plan").click()
    page.wait_for_url(re.compile(r"/plans/[a-z0-9]{12}/$"))
    return page.url
