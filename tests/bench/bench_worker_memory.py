"""Does a worker grow? ``python -m tests.bench.bench_worker_memory [exports, 200]``.

That many exports of the sample plan (investor edition) one after the other by one worker: this
process, its renderer and whatever that starts. The plan has another title each time, which stands
on every page, so that none of it was laid out before. Prints the memory of the tree after every
tenth, at the end over that after the tenth, the peak (looked at each half second), the peak a page.
Memory is proportional set size: what processes share counts once.
"""

import os
import sys
import threading

from tests.bench.process_tree import memory
from tests.bench.product import product

EVERY = 10
SETTLED = 10  # after so many exports everything is warm


def main(count: int) -> None:
    with product():
        measure(count)


def measure(count: int) -> None:
    from apps.accounts.models import User
    from apps.exports import services
    from apps.exports.renderer import renderer
    from apps.plans import samples
    from apps.plans.models import Plan
    from apps.plans.services import create_plan

    services.wake = lambda pk: None  # no broker here: the job is run by hand
    person = User.objects.create_user("bench@example.com", "a long password")
    document = samples.document("customer_service", "en")
    plan = create_plan(by=person, document=document, sample="customer_service")
    peak, held, children = Peak(), [], set()
    for number in range(1, count + 1):
        Plan.objects.filter(pk=plan.pk).update(title=f"Export number {number:04}")
        plan.refresh_from_db()
        pages = export(plan, person)
        children.add(renderer.start().pid)
        held.append(memory(os.getpid()))
        if number % EVERY == 0 or number == count:
            print(f"after {number:4}: {held[-1] / 1e6:4.0f} MB", flush=True)
    settled = held[min(SETTLED, count) - 1]
    print(
        f"{count} exports of {pages} pages: at the end over after the {min(SETTLED, count)}th "
        f"{held[-1] / settled:.2f}; peak of the tree {peak.stop() / 1e6:.0f} MB, "
        f"{peak.highest / pages / 1e6:.1f} MB a page; {len(children)} renderers"
    )
    renderer.kill()


def export(plan: object, person: object) -> int:
    from apps.exports import job, services
    from apps.exports.models import Edition, State

    asked = services.request_export(plan=plan, by=person, language="en", edition=Edition.INVESTOR)
    job.run(services.claim(asked.pk))
    asked.refresh_from_db()
    assert asked.state == State.DONE, (asked.failure, asked.detail)
    return asked.pages


class Peak:
    """The highest memory of this process and all below it, looked at each half second."""

    def __init__(self) -> None:
        self.highest, self.over = 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self) -> None:
        while not self.over.wait(0.5):
            self.highest = max(self.highest, memory(os.getpid()))

    def stop(self) -> int:
        self.over.set()
        self.thread.join()
        return self.highest


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
