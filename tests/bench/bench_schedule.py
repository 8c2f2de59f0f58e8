"""How long the critical path of a large plan takes: `python -m tests.bench.bench_schedule`."""

from datetime import date
from random import Random
from time import perf_counter

from apps.projects.rules.schedule import Activity, schedule

ROUNDS = 20


def network(tasks: int, links: int) -> list[Activity]:
    """Tasks that each wait for up to ``links`` of the twenty before them."""
    random = Random(7)
    return [
        Activity(
            str(i),
            duration=random.randint(1, 30),
            after=[str(random.randint(max(0, i - 20), i - 1)) for _link in range(links)]
            if i
            else [],
            lag=random.randint(0, 5),
        )
        for i in range(tasks)
    ]


def main() -> None:
    for tasks, links in ((50, 3), (500, 3), (500, 20), (5000, 3)):
        plan = network(tasks, links)
        start = perf_counter()
        for _round in range(ROUNDS):
            found = schedule(plan, date(2027, 1, 1))
        took = (perf_counter() - start) / ROUNDS * 1000
        print(
            f"{tasks:5} tasks, {links:2} links each {took:8.2f} ms, {len(found.critical)} critical"
        )


if __name__ == "__main__":
    main()
