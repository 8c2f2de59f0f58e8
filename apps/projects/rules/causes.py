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
