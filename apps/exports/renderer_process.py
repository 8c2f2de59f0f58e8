"""The renderer: ``python -m apps.exports.renderer_process``, started by renderer.py alone.

Reads the file name of one request a line from standard input, answers with lines of JSON. It has a
memory limit and no database: all it needs is in the request. It never ends by itself while its
input is open, so that no request is handed to a process that is about to go; renderer.py ends it.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

MEMORY_LIMIT = 1_500_000_000  # bytes of address space


def main() -> None:
    # Only our answers go to the pipe; whatever a library prints goes to the log.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))

    def answer(**fields: Any) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    tools = warm_up()
    while line := sys.stdin.readline():
        request = json.loads(Path(line.rstrip("\n")).read_text())
        serve(request["order"], Path(request["target"]), tools, answer)


def warm_up() -> Any:
    """Import everything once, before the first request; the processes that lay out are forked from
    here, before WeasyPrint is first used."""
    from apps.core.ops import fonts

    fonts.activate()
    import django

    django.setup()
    refuse_database()
    from apps.exports.chapters import ChapterPrinter
    from apps.exports.layout_pool import LayoutPool

    return ChapterPrinter(LayoutPool())


def refuse_database() -> None:
    """Rendering from a document makes no query; should one slip in, it fails here at once."""
    from django.db import connections

    def refuse() -> NoReturn:
        raise RuntimeError("The renderer has no database.")

    for connection in connections.all():
        connection.connect = refuse


def serve(order: dict[str, Any], target: Path, tools: Any, answer: Any) -> None:
    """One job, answered with what was printed or with why it was not."""
    from apps.exports.formats import MAKERS
    from apps.exports.layout_pool import LayoutDied
    from apps.exports.limits import TooManyPages
    from apps.exports.memory import family, memory_of
    from apps.exports.models import Failure

    try:
        printed = MAKERS[order["format"]].produce(order, target, tools, Reporter(answer))
    except MemoryError:
        answer(failure=Failure.MEMORY, detail="over the renderer's memory limit")
    except TooManyPages as error:
        answer(failure=Failure.PAGES, detail=str(error))
    except LayoutDied as error:
        answer(failure=Failure.CRASH, detail=str(error))
    except Exception as error:  # whatever a hostile text makes WeasyPrint raise
        answer(failure=Failure.CONTENT, detail=f"{type(error).__name__}: {error}"[:2000])
    else:
        answer(
            pages=printed.pages,
            missing=printed.missing,
            memory=memory_of(family(os.getpid())),
        )


class Reporter:
    """Passes progress on, but not for each of a thousand pages."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.last, self.at = answer, None, 0.0

    def __call__(self, stage: str, percent: int) -> None:
        if stage != self.last or time.monotonic() - self.at > 0.2:
            self.last, self.at = stage, time.monotonic()
            self.answer(stage=stage, percent=percent)


if __name__ == "__main__":
    main()
