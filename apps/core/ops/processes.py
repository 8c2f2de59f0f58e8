"""Child processes that never outlive the one who started them.

Used by the launcher (``manage.py up``) and by the fixtures of tests/services.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
# Loaded before any fork: nothing may be imported between fork and exec.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(signal_number: int):
    """A ``preexec_fn``: the kernel sends the signal when the parent goes, however it goes."""
    parent = os.getpid()

    def in_child() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
            if os.getppid() != parent:  # it went between the fork and the line above
                os._exit(1)

    return in_child


@dataclass
class Service:
    """One long-running program in a process group of its own, logging into a file."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    # What the kernel sends when the launcher is killed: stop at once, nobody is left to wait.
    orphan_signal: signal.Signals = signal.SIGTERM
    cwd: Path | None = None
    process: subprocess.Popen | None = None
    started_at: float = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env={**os.environ, **self.environment},
                start_new_session=True,  # Ctrl-C reaches the launcher alone, which stops in order
                preexec_fn=die_with_parent(self.orphan_signal),
            )
        self.started_at = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self, patience: float = 8.0) -> None:
        """Ask, wait, then insist: afterwards nothing of the group is left."""
        if self.process is None:
            return
        if self.running:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self.kill()

    def kill(self) -> None:
        """End the whole group at once, including what a dead leader left behind."""
        if self.process is not None:
            kill_group(self.process.pid)
            self.process.wait()

    def last_lines(self, count: int = 8) -> str:
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-count:])


def kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


# --- What an earlier start left behind -----------------------------------------------------------
def birth_of(pid: int) -> str:
    """When the kernel started it: tells a process from a later one that got the same number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def remember(services: Sequence[Service], file: Path) -> None:
    pids = [service.pid for service in services if service.running]
    file.write_text(json.dumps({pid: birth_of(pid) for pid in pids}))


def end_leftovers(file: Path) -> None:
    """Kill what a launcher that was itself killed could not stop. Call it under the lock."""
    try:
        recorded = json.loads(file.read_text())
    except (OSError, ValueError):
        return
    for pid, birth in recorded.items():
        if birth and birth_of(int(pid)) == birth:
            kill_group(int(pid))
    file.unlink(missing_ok=True)
