"""``manage.py up --check``: start everything for real and use it as a founder does.

It runs ``up`` as a child on a temporary data folder. Whatever the environment says of databases
and brokers is left aside, so that no real data is touched.
"""

import http.client
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from apps.core.ops import fonts, pdf_glance, processes

PRODUCTION_VARIABLES = {
    *("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL"),
    *("SECRET_KEY", "ALLOWED_HOSTS"),
}
ALPHABET = set("abcdefghilmnoprstuvwy")  # without the letters a plan may do without
START_SECONDS, EXPORT_SECONDS = 120, 180


class CheckFailed(Exception):
    """Its text says which step failed and what was seen."""


def run_check(port: int | None, say: Callable[[str], None]) -> None:
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ventureplan-check-") as folder:
        data = Path(folder)
        browser = Browser(f"http://127.0.0.1:{port or free_port()}")
        launcher = start_launcher(data, browser)
        try:
            with step("start: first page served", say):
                wait_for_first_page(browser, launcher, data)
            with step("sign in as the demo founder", say):
                sign_in(browser, data)
            with step("open the plan list", say):
                plan = find_plan(browser)
            for language in ("zh-hans", "en"):
                with step(f"export the sample plan to PDF ({language})", say) as note:
                    note(export(browser, plan, language))
            with step("stop everything", say):
                stop(launcher, data)
        except CheckFailed as error:
            raise CheckFailed(f"{error}\n{logs(data)}") from error
        finally:
            if launcher.poll() is None:
                launcher.kill()
                launcher.wait()
            processes.end_leftovers(data / "run" / "pids.json")
    say(f"All of it worked, in {time.monotonic() - begin:.1f} s.")


@contextmanager
def step(name: str, say: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    begin, notes = time.monotonic(), []
    try:
        yield notes.append
    except CheckFailed as error:
        raise CheckFailed(f"{name}: failed. {error}") from error
    except (OSError, http.client.HTTPException) as error:
        raise CheckFailed(f"{name}: failed. {type(error).__name__}: {error}") from error
    say(" · ".join([f"{time.monotonic() - begin:6.1f} s  {name}", *notes]))


# --- The steps -----------------------------------------------------------------------------------
def start_launcher(data: Path, browser: "Browser") -> subprocess.Popen:
    environment = {k: v for k, v in os.environ.items() if k not in PRODUCTION_VARIABLES}
    # Fonts are made once for the checkout; they hold no data.
    environment |= {"DATA_DIR": str(data), "FONTS_DIR": str(fonts.folder()), "BOOTED": "1"}
    port = browser.address.rpartition(":")[2]
    with open(data / "up.log", "wb") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", port],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=processes.die_with_parent(signal.SIGTERM),
        )


def wait_for_first_page(browser: "Browser", launcher: subprocess.Popen, data: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and launcher.poll() is None:
        # The greeting comes when the accounts exist and the first request was answered.
        if "VenturePlan is ready" in (data / "up.log").read_text():
            browser.get("/")
            return
        time.sleep(0.05)
    raise CheckFailed("The product did not start.")


def sign_in(browser: "Browser", data: Path) -> None:
    passwords = json.loads((data / "demo.json").read_text())
    email = next(iter(passwords))
    page = browser.post("/accounts/login/", login=email, password=passwords[email])
    if "/accounts/" in page.url:
        raise CheckFailed(f"Signing in led to {page.url}.")


def find_plan(browser: "Browser") -> str:
    found = re.search(r'href="/plans/([0-9A-Za-z_-]{12})/', browser.get("/plans/").text)
    if not found:
        raise CheckFailed("The plan list shows no plan.")
    return found[1]


def export(browser: "Browser", plan: str, language: str) -> str:
    page = browser.post(f"/plans/{plan}/exports/", language=language)
    deadline = time.monotonic() + EXPORT_SECONDS
    while True:
        state = json.loads(browser.get(urllib.parse.urljoin(page.url, "state/")).body)
        if state["state"] == "done":
            break
        if state["state"] == "failed" or time.monotonic() > deadline:
            raise CheckFailed(f"The export ended as {state}.")
        time.sleep(0.2)
    content = browser.get(urllib.parse.urljoin(page.url, "file/")).body
    try:
        pages, characters = pdf_glance.page_count(content), pdf_glance.characters(content)
    except ValueError as error:
        raise CheckFailed(f"The PDF is broken: {error}.") from error
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in characters)
    has_text = chinese >= 100 if language == "zh-hans" else characters >= ALPHABET
    if pages < 2 or not has_text:
        raise CheckFailed(f"The PDF holds {pages} pages and {len(characters)} characters only.")
    return f"{pages} pages, {len(content) // 1024} KB, {len(characters)} different characters"


def stop(launcher: subprocess.Popen, data: Path) -> None:
    recorded = json.loads((data / "run" / "pids.json").read_text())
    launcher.send_signal(signal.SIGINT)
    try:
        code = launcher.wait(30)
    except subprocess.TimeoutExpired:
        raise CheckFailed("It was still running 30 s after Ctrl-C.") from None
    left = [pid for pid, birth in recorded.items() if processes.birth_of(int(pid)) == birth != ""]
    if code or left:
        raise CheckFailed(f"Exit code {code}; still running: {', '.join(left) or 'nothing'}.")


# --- Tools ---------------------------------------------------------------------------------------
class Page:
    def __init__(self, url: str, body: bytes) -> None:
        self.url, self.body = url, body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Browser:
    """Keeps cookies and fills the CSRF token in, as a browser without JavaScript does."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def get(self, path: str) -> Page:
        return self.open(path, None)

    def post(self, path: str, **fields: str) -> Page:
        form = self.get(path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        if not token:
            raise CheckFailed(f"{path} shows no form.")
        given = [("csrfmiddlewaretoken", token[1]), *fields.items()]
        return self.open(path, [*ticked(form), *given])

    def open(self, path: str, fields: list[tuple[str, str]] | None) -> Page:
        url = urllib.parse.urljoin(self.address, path)
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(url, data, {"Referer": url})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Page(answer.url, answer.read())
        except urllib.error.HTTPError as error:
            raise CheckFailed(f"{error.url} answered {error.code}.") from error


def ticked(form: str) -> list[tuple[str, str]]:
    """The boxes of a page that are ticked already: a browser sends them too."""
    boxes = [tag for tag in re.findall(r"<input[^>]*>", form) if 'type="checkbox"' in tag]
    found = [re.search(r'name="([^"]+)"[^>]*value="([^"]*)"', tag) for tag in boxes
             if re.search(r"\bchecked\b", tag)]  # fmt: skip
    return [(box[1], box[2]) for box in found if box]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def logs(data: Path) -> str:
    """The last lines of every log: the folder is gone when the reader wants to look."""
    parts = []
    for log in [data / "up.log", *sorted((data / "log").glob("*.log"))]:
        if log.exists():
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            parts.append(f"--- {log.name}\n" + "\n".join(lines[-15:]))
    return "\n".join(parts)
