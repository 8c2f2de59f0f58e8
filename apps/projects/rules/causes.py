"""Which troubles only follow from another one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence


def ancestors(key: str, drivers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Everything that, directly or through others, sets the dates of ``key``; nearest first."""
    seen, queue = {key}, [key]
    for here in queue:
        for other in drivers.get(here, ()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
                yield other


def first_causes(
    troubled: Iterable[str], drivers: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """{first cause: what follows from it}; ``troubled`` stands in the order of time.

    Check: a drives b, b drives c; a and c are troubled → {a: [c]}.
    """
    cause_of: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for key in troubled:
        cause = next(
            (cause_of[other] for other in ancestors(key, drivers) if other in cause_of), key
        )
        cause_of[key] = cause
        if cause == key:
            found[key] = []
        else:
            found[cause].append(key)
    return found


def root_cause(
    key: str,
    drivers: Mapping[str, Sequence[str]],
    late: Mapping[str, int],
    pushed: Mapping[str, int],
) -> tuple[str, int] | None:
    """The task along the chain that sets ``key`` which itself adds the most days, and how many.

    ``late``: days that tasks end after their baseline; ``pushed``: days that they start after it.
    Both leave out tasks without a baseline: such a one hands on the days by which the next is
    pushed. ``drivers`` hold no circle. Of equal tasks the first in time is the root.
    Check: a 1 day late drives b, 6 late, which drives c, 6 late → b, 5 days.
    """
    found: tuple[str, int] | None = None
    here, lateness = key, late.get(key, 0)
    while True:
        before = {other: late.get(other, pushed.get(here, 0)) for other in drivers.get(here, ())}
        push = max(before, key=lambda other: before[other], default=here)
        inherited = max(0, before.get(push, 0))
        own = lateness - inherited
        if own > 0 and (found is None or own >= found[1]):
            found = here, own
        if not inherited:
            return found
        here, lateness = push, inherited
