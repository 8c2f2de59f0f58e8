"""What hostile plans do to the renderer: ``python -m tests.bench.bench_hostile [word …]``.

For each of tests/exports/hostile.py (or those named by a word), in full size and through a real
renderer process: what an import says to it, whether it was printed (pages, processor seconds, peak
memory of the renderer and what it started) or refused with which sentence, and whether an ordinary
plan is printed after it.
"""

import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.process_tree import memory, seconds
from tests.bench.product import product


def main(wanted: list[str]) -> None:
    with product() as folder:
        measure(folder, wanted)


def measure(folder: Path, wanted: list[str]) -> None:
    from apps.exports.renderer import renderer
    from tests.exports.conftest import make_order
    from tests.exports.hostile import CASES, LOGOS, hostile

    print(f"{'case':30} {'outcome':10} {'pages':>5} {'CPU s':>6} {'MB':>5}  next  what is said")
    counted: dict[str, int] = {}
    orders = {
        name: (make_order(hostile(change), sections=["market"]), at_the_door(hostile(change)))
        for name, change in CASES.items()
    } | {
        name: (make_order(hostile(dict), sections=[], logo=logo), logo_at_the_door(content))
        for name, (content, logo) in LOGOS.items()
    }
    for name, (order, said) in orders.items():
        if wanted and not any(word in name for word in wanted):
            continue
        outcome = Printing(folder, order, "hostile")
        after = Printing(folder, make_order(hostile(dict), sections=[]), "ordinary")
        counted[outcome.outcome] = counted.get(outcome.outcome, 0) + 1
        print(
            f"{name:30} {outcome.outcome:10} {outcome.pages:5} {outcome.seconds:6.1f} "
            f"{outcome.memory / 1e6:5.0f}  {'yes' if after.outcome == 'printed' else 'NO':4}  "
            f"{said or 'taken'}{f' · {outcome.said}' if outcome.said else ''}",
            flush=True,
        )
    print(", ".join(f"{name}: {count}" for name, count in counted.items()))
    renderer.kill()


class Printing:
    """One order through the renderer of this process."""

    def __init__(self, folder: Path, order: dict[str, Any], name: str) -> None:
        from apps.exports.models import Failure
        from apps.exports.renderer import RenderError, renderer

        self.pages, self.said, self.memory, self.seconds = 0, "", 0, 0.0
        self.child = renderer.start().pid
        time.sleep(2)  # it warms up
        self.before = seconds(self.child)
        try:
            facts = renderer.render(order, folder / f"{name}.pdf", self.tick)
        except RenderError as error:
            self.outcome, self.said = "refused", str(Failure(error.failure).label)
        else:
            self.outcome, self.pages = "printed", facts["pages"]
            self.memory = max(self.memory, facts["memory"])
        self.tick()

    def tick(self, *_at: Any) -> None:
        """What was seen last stands, if the renderer is gone by now."""
        self.memory = max(self.memory, memory(self.child))
        self.seconds = max(self.seconds, seconds(self.child) - self.before)


def at_the_door(document: dict[str, Any]) -> str:
    """The first thing that an import says against the document; "" if it takes it."""
    import json

    from apps.plans.document import DocumentError
    from apps.transfer.checking import check
    from apps.transfer.reading import read_json

    try:
        found = check(read_json(json.dumps(document).encode()))
    except DocumentError as error:
        return str(error)
    return found.errors[0].message if found.errors else ""


def logo_at_the_door(content: bytes) -> str:
    import io

    from django.core.exceptions import ValidationError

    from apps.exports.look import clean_logo

    try:
        clean_logo(io.BytesIO(content))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


if __name__ == "__main__":
    main(sys.argv[1:])
