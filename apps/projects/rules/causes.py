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


def own_delays(
    key: str,
    drivers: Mapping[str, Sequence[str]],
    late: Mapping[str, int],
    pushed: Mapping[str, int],
) -> list[tuple[str, int]]:
    """The tasks along the chain that sets ``key`` with the days of its delay that each adds itself,
    the most first; their days sum up to what ``key`` is late.

    ``late``: days that tasks end after their baseline; ``pushed``: days that they start after it.
    A task hands on no more than what pushes the next: the rest went into the float between them.
    Both leave out tasks without a baseline: such a one hands on the days by which the next is
    pushed. ``drivers`` hold no circle. Of equal tasks the first in time comes first.
    Check: a 1 day late drives b, 6 late, which drives c, 6 late → b 5 days, a 1.
    Check: a 113 days late pushes b by 37; b ends 147 late → b 110 days, a 37.
    """
    found: list[tuple[str, int]] = []
    here, lateness = key, late.get(key, 0)
    while lateness > 0:
        most = pushed.get(here, lateness)
        before = {other: min(late.get(other, most), most) for other in drivers.get(here, ())}
        push = max(before, key=lambda other: before[other], default=here)
        inherited = max(0, min(before.get(push, 0), lateness))
        if lateness > inherited:
            found.append((here, lateness - inherited))
        here, lateness = push, inherited
    found.reverse()
    return sorted(found, key=lambda one: one[1], reverse=True)
