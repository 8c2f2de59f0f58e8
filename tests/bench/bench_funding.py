"""How long the money takes to compute: `python -m tests.bench.bench_funding`.

For the sample and for a plan ten times as large (each row of every table ten times).
"""

import copy
import os
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from apps.funding import montecarlo  # noqa: E402 (models need the settings)
from apps.funding.assemble import assemble  # noqa: E402
from apps.funding.checks import checks  # noqa: E402
from apps.funding.model import run  # noqa: E402
from apps.funding.outlook import Outlook  # noqa: E402
from apps.plans.contents import Contents  # noqa: E402
from apps.plans.document import restore  # noqa: E402
from apps.plans.render import render_section  # noqa: E402
from apps.plans.samples import document  # noqa: E402

ROUNDS = 10


def tenfold(value: dict[str, Any]) -> dict[str, Any]:
    larger = copy.deepcopy(value)
    for parts in larger["sections"].values():
        for name, rows in parts.items():
            if isinstance(rows, list):
                parts[name] = rows + [
                    {**row, "uid": f"{row['uid']}-{copied}"} for copied in range(9) for row in rows
                ]
    return larger


def measure(name: str, work: Callable[[], Any]) -> float:
    work()
    wall, cpu = perf_counter(), process_time()
    for _round in range(ROUNDS):
        work()
    wall, cpu = ((now - then) / ROUNDS for now, then in
                 ((perf_counter(), wall), (process_time(), cpu)))  # fmt: skip
    print(f"  {name:44}{wall * 1000:9.2f} ms{cpu * 1000:9.2f} ms of processor")
    return wall


def everything(contents: Contents) -> Outlook:
    """The model, all scenarios, stresses and the tornado."""
    outlook = Outlook(contents)
    for reading in ("base", "signed", "scenarios", "stresses", "tornado"):
        getattr(outlook, reading)
    return outlook


def report(name: str, contents: Contents) -> None:
    content = contents.section("funding")
    inputs = assemble(contents).inputs
    print(f"{name}: {len(inputs.streams)} streams, {len(inputs.costs)} costs")
    measure("inputs from the plan", lambda: assemble(contents))
    measure("one run of the 36 months", lambda: run(inputs.but(opening=inputs.opening)))
    measure("model, scenarios, stresses, tornado", lambda: everything(contents))
    measure("what the editor shows after a save", lambda: content.section.context(content))
    measure("checks", lambda: checks(contents))
    outlook = Outlook(contents)
    ranges, delay = montecarlo.driver_ranges([drivers for _n, drivers in outlook.named_drivers])
    seconds = measure(
        f"{montecarlo.DRAWS} draws",
        lambda: montecarlo.simulate(inputs, ranges, delay, outlook.risks),
    )
    print(f"  {'draws per second':44}{montecarlo.DRAWS / seconds:9,.0f}")
    measure("the whole section as HTML", lambda: render_section(contents.section("funding")))


def main() -> None:
    sample = document("customer_service", "en")
    report("the sample", restore(sample))
    report("ten times the sample", restore(tenfold(sample)))


if __name__ == "__main__":
    main()
