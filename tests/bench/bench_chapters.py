"""What laying out apart saves: ``python -m tests.bench.bench_chapters [rounds] [copies] [en]``.

Every run is shown: wall and CPU seconds of one piece, of a first export from parts by two
processes, of an unchanged plan, and of an export after an edit in each chapter, whose page count
stays or moves; and the most memory that the renderer's processes held together meanwhile.
``copies`` repeats the rows of every table: 1 makes about 100 pages, 3 about 200.
"""

import copy
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.bench.product import product

EDIT = "Something else, as short."


def main(rounds: int = 1, copies: int = 1, language: str = "en") -> None:
    with product(database=False) as folder:
        Bench(folder, copies, language).run(rounds)


class Bench:
    def __init__(self, folder: Path, copies: int, language: str) -> None:
        from apps.exports.chapters import ChapterPrinter
        from apps.exports.layout_cache import LayoutCache
        from apps.exports.layout_pool import LayoutPool
        from apps.plans import samples

        self.pool = LayoutPool()  # forked before WeasyPrint is used here
        self.new_tools: Callable[[int], Any] = lambda number: ChapterPrinter(
            self.pool, LayoutCache(folder / f"layouts-{number}")
        )
        self.target, self.language = folder / "a.pdf", language
        self.document = grown(samples.document("customer_service", language), copies)

    def run(self, rounds: int) -> None:
        from tests.exports.conftest import make_order

        warm = make_order(self.document, self.language, sections=["team"])
        self.produce(self.new_tools(0), warm)
        ratios = []
        for number in range(1, rounds + 1):
            tools = self.new_tools(number)
            order = make_order(self.document, self.language)
            with Memory(self.pids()) as memory:
                first, pages = self.timed(lambda: self.produce(tools, order))  # noqa: B023
            print(f"run {number}, {self.language}: {pages} pages, {memory.peak >> 20} MB at most")
            show("first export, from parts", first)
            unchanged, _pages = self.timed(lambda: self.produce(tools, order))  # noqa: B023
            show("unchanged", unchanged, first)
            self.edits(tools, order, pages, first)
            one, _pages = self.timed(lambda: self.one_piece(tools, order))  # noqa: B023
            show("one piece", one)
            show("from parts over one piece", first, one)
            ratios.append(first[0] / one[0])
        print(f"wall of parts over one piece: median {statistics.median(ratios):.2f} of {ratios}")
        self.pool.close()

    def edits(self, tools: Any, order: dict[str, Any], pages: int, first: Any) -> None:
        """One text of each chapter changes; the cache is as the first export left it."""
        for name in order["sections"]:
            document = edited(self.document, name)
            again = {**order, "document": document, "number": 8, "hash": name.ljust(64, "0")}
            seconds, now = self.timed(lambda: self.produce(tools, again))  # noqa: B023
            moved = "pages move" if now != pages else "page count stays"
            laid_out = ", ".join(f"{part} {count}" for part, count in tools.laid_out.items())
            show(f"edit in {name} ({moved}; pages of {laid_out})", seconds, first)

    def produce(self, tools: Any, order: dict[str, Any]) -> int:
        from apps.exports.pdf import produce

        return produce(order, self.target, tools, lambda stage, percent: None).pages

    def one_piece(self, tools: Any, order: dict[str, Any]) -> int:
        from apps.exports.pdf import in_one_piece
        from apps.exports.render import render_html

        html = render_html(order)
        return in_one_piece(html, order, self.target, tools, lambda stage, percent: None).pages

    def timed(self, work: Callable[[], int]) -> tuple[tuple[float, float], int]:
        """((wall, CPU of all processes), pages)."""
        wall, cpu = time.perf_counter(), self.cpu()
        pages = work()
        return (time.perf_counter() - wall, self.cpu() - cpu), pages

    def pids(self) -> list[int]:
        return [os.getpid(), *self.pool.pids()]

    def cpu(self) -> float:
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


class Memory:
    """The most that the processes hold together, what they share counted once; by looking often."""

    def __init__(self, pids: list[int]) -> None:
        self.pids, self.peak, self.over = pids, 0, threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self) -> None:
        from apps.exports.memory import memory_of

        while not self.over.wait(0.2):
            self.peak = max(self.peak, memory_of(self.pids))

    def __enter__(self) -> "Memory":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def grown(document: dict[str, Any], copies: int) -> dict[str, Any]:
    """Each table's rows so many times, the copies under uids of their own."""
    made = copy.deepcopy(document)
    for section in made["sections"].values():
        for part, rows in section.items():
            if isinstance(rows, list):
                section[part] = rows + [
                    {**row, "uid": str(uuid5(NAMESPACE_URL, f"{row['uid']}/{number}"))}
                    for number in range(1, copies)
                    for row in rows
                ]
    return made


def edited(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The first long text of the chapter's sheets or rows is another."""
    made = copy.deepcopy(document)
    for part in made["sections"][name].values():
        for record in part if isinstance(part, list) else [part]:
            for field, text in record.items():
                if isinstance(text, str) and len(text) > 30 and field != "uid":
                    record[field] = EDIT
                    return made
    raise LookupError(name)


def show(what: str, seconds: tuple[float, float], over: tuple[float, float] | None = None) -> None:
    ratio = (
        f", ratio {seconds[0] / over[0]:.3f} wall {seconds[1] / over[1]:.3f} CPU" if over else ""
    )
    print(f"  {what}: {seconds[0]:.2f} s, CPU {seconds[1]:.2f} s{ratio}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:4])
