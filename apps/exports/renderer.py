"""The worker's side of rendering: a warm child process that may die without harm.

WeasyPrint runs in a process of its own (renderer_process.py) with a memory limit. It stays warm
from one export to the next; on time-out, crash or loss of interest it is killed and the next
export starts another one. One that has grown large or old is replaced between two exports.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.core.ops.processes import die_with_parent
from apps.exports.memory import family, memory_of
from apps.exports.models import Failure, Stage

TIME_LIMIT = 180.0  # seconds for one document
TICK = 0.5
# Bytes that the child and its two layout processes may hold together while they work; each has a
# limit of its own as well (renderer_process.py).
MEMORY_LIMIT = 1_500_000_000
# Bytes of the child and its two layout processes together, which hold 420 MB after the sample plan;
# one that took more does not give them back.
MEMORY_TO_KEEP = 600_000_000
JOBS = 50  # a child of so many jobs is old
# What a silent tick adds to the percentage: the file is written without a word for some seconds.
CREEP = {Stage.WRITING: 2}
CREEP_LIMIT = {Stage.WRITING: 96, Stage.PREPARING: 4}


class RenderError(Exception):
    def __init__(self, failure: str, detail: str) -> None:
        super().__init__(f"{failure}: {detail}")
        self.failure, self.detail = failure, detail


class Renderer:
    """One child; requests are names of files on its standard input, answers lines of JSON."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0  # a fork of this process must not talk to our child
        self.jobs = 0  # of this child

    def start(self) -> "subprocess.Popen[bytes]":
        """The child, started if need be. Returns at once; the child warms up by itself."""
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            self.kill()  # closes what is left of one that ended
            self.owner, self.jobs = os.getpid(), 0
            self.process = subprocess.Popen(
                [sys.executable, "-m", "apps.exports.renderer_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                bufsize=0,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        return self.process

    def kill(self) -> None:
        if self.process is not None and self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process = None

    def render(
        self,
        order: dict[str, Any],
        target: Path,
        tick: Callable[[str, int], None],
        time_limit: float = TIME_LIMIT,
        memory_limit: int = MEMORY_LIMIT,
    ) -> dict[str, Any]:
        """Print ``order`` into ``target``: {"pages", "missing", "memory"}, or ``RenderError``.

        ``tick(stage, percent)`` is called at least every half second; what it raises ends the
        child too.
        """
        process = self.start()
        try:
            # By file: a pipe holds 64 KB, and nobody reads it while the child warms up.
            # In ASCII: a lone surrogate is carried as an escape, not refused here.
            request = target.with_suffix(".json")
            request.write_text(json.dumps({"order": order, "target": str(target)}))
            answers = self._ask(process, request, time_limit, memory_limit)
            stage, percent = str(Stage.PREPARING), 1
            for answer in answers:
                if "pages" in answer:
                    self.replace_if_worn(answer["memory"])
                    return answer
                if "failure" in answer:
                    raise RenderError(answer["failure"], answer["detail"])
                stage, percent = moved_on(answer, stage, percent)
                tick(stage, percent)
        except BaseException:
            # Whatever state the child is in, the next export gets a fresh one.
            self.kill()
            raise
        code = process.wait()
        self.kill()
        raise RenderError(Failure.CRASH, f"the renderer ended with code {code}")

    def replace_if_worn(self, memory: int) -> None:
        """A fresh child in place of one that took much memory or did many jobs.

        Decided here and not by the child: one that ends by itself could be handed a job meanwhile.
        """
        self.jobs += 1
        if self.jobs >= JOBS or memory > MEMORY_TO_KEEP:
            self.kill()
            self.start()

    def _ask(
        self,
        process: "subprocess.Popen[bytes]",
        request: Path,
        time_limit: float,
        memory_limit: int,
    ) -> Iterator[dict[str, Any]]:
        """The child's answers, an empty one every half second of silence; ends if it dies."""
        deadline = time.monotonic() + time_limit
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(f"{request}\n".encode())
        waiting, looked_at = b"", 0.0
        while True:
            if time.monotonic() - looked_at > TICK:
                looked_at = time.monotonic()
                if memory_of(family(process.pid)) > memory_limit:
                    raise RenderError(Failure.MEMORY, f"over {memory_limit} bytes together")
            if time.monotonic() > deadline:
                raise RenderError(Failure.TIMEOUT, f"not done after {time_limit:.0f} s")
            readable, _, _ = select.select([process.stdout], [], [], TICK)
            if not readable:
                yield {}
                continue
            received = os.read(process.stdout.fileno(), 65536)
            if not received:
                return
            *lines, waiting = (waiting + received).split(b"\n")
            yield from map(json.loads, lines)


def moved_on(answer: dict[str, Any], stage: str, percent: int) -> tuple[str, int]:
    """Where the work is after an answer, or after another tick of silence. Never goes back."""
    if answer:
        return answer["stage"], max(percent, answer["percent"])
    limit = CREEP_LIMIT.get(stage, 64)
    return stage, max(percent, min(limit, percent + CREEP.get(stage, 1)))


renderer = Renderer()
atexit.register(renderer.kill)
