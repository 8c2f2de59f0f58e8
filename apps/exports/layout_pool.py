"""Processes that lay out parts side by side. Used by the renderer process alone.

They are forked before WeasyPrint is first used, so they share what it took to import, and each has
its own Pango. The largest part goes first; whoever is idle takes the next. One that dies ends this
job, not the pool: the next job gets another one.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from apps.core.ops.processes import die_with_parent
from apps.exports.cuts import Resume
from apps.exports.limits import TooManyPages
from apps.exports.parts import COVER, Part, largest_first

PROCESSES = 2
FORK = multiprocessing.get_context("fork")


class LayoutDied(Exception):
    """A process ended in the middle of a part."""


class LayoutFailed(Exception):
    """What WeasyPrint raised, in words."""


class LayoutPool:
    def __init__(self, processes: int = PROCESSES) -> None:
        self.workers: list[tuple[BaseProcess, Connection]] = []
        self.size = processes
        self.start()

    def start(self) -> None:
        """Fork those that are missing."""
        self.workers = [worker for worker in self.workers if worker[0].is_alive()]
        while len(self.workers) < self.size:
            ours, theirs = FORK.Pipe()
            tie = die_with_parent(signal.SIGKILL)
            process = FORK.Process(target=work, args=(theirs, tie), daemon=True)
            gc.freeze()  # a collection would touch, and so copy, what the fork shares
            process.start()
            theirs.close()
            self.workers.append((process, ours))

    def lay_out(
        self,
        parts: Sequence[Part],
        options: dict[str, Any],
        attached: dict[str, Any] | None = None,
        resumes: Mapping[Part, Sequence[Resume]] | None = None,
    ) -> Iterator[tuple[Part, Any]]:
        """Each part with its fragment, as they get done. ``attached`` is an order whose document
        the cover carries; ``resumes`` tells of which parts some pages are enough."""
        waiting = list(reversed(largest_first(parts)))
        busy: dict[Connection, Part] = {}
        self.start()
        try:
            while waiting or busy:
                for _process, pipe in self.workers:
                    if pipe not in busy and waiting:
                        part = waiting.pop()
                        carried = attached if part.name == COVER else None
                        hand_out(pipe, (part, options, carried, (resumes or {}).get(part, ())))
                        busy[pipe] = part
                for pipe in wait(list(busy)):
                    part = busy[pipe]
                    fragment = answer_of(pipe, part)
                    del busy[pipe]
                    yield part, fragment
        finally:
            # Their answers would be taken for those of the next job.
            for process, pipe in self.workers:
                if pipe in busy:
                    process.kill()
                    process.join()
                    pipe.close()

    def pids(self) -> list[int]:
        return [process.pid for process, _pipe in self.workers if process.pid]

    def close(self) -> None:
        for process, pipe in self.workers:
            process.kill()
            process.join()
            pipe.close()
        self.workers = []


def hand_out(pipe: Connection, job: tuple[Part, Any, Any, Any]) -> None:
    try:
        pipe.send(job)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise LayoutDied(f"the process for {job[0].name} has ended") from error


def answer_of(pipe: Connection, part: Part) -> Any:
    try:
        answer = pipe.recv()
    except (EOFError, ConnectionResetError) as error:
        raise LayoutDied(f"the layout of {part.name} ended its process") from error
    if isinstance(answer, MemoryError | TooManyPages):
        raise answer
    if isinstance(answer, str):
        raise LayoutFailed(answer)
    return answer


def work(pipe: Connection, tie: Any) -> None:
    """The child: warm up, then one part after the other until the pipe closes."""
    tie()
    from apps.exports.attachment import document_of
    from apps.exports.fragments import lay_out
    from apps.exports.render import Printer

    printer = Printer()
    printer.write_pdf(
        "<html lang=zh><p>warm <b>暖</b>", os.devnull, identifier="", on_page=lambda page: None
    )
    while True:
        try:
            part, options, attached, resumes = pipe.recv()
        except EOFError:
            return
        try:
            attachments = [document_of(attached)] if attached else []
            pipe.send(lay_out(part, printer, options, attachments, resumes))
        except MemoryError:
            pipe.send(MemoryError())
        except TooManyPages as error:
            pipe.send(error)
        except Exception as error:  # whatever a hostile text makes WeasyPrint raise
            pipe.send(f"{type(error).__name__}: {error}"[:2000])
        # A layout is full of cycles: without this, the next one is built beside the last one.
        gc.collect()
