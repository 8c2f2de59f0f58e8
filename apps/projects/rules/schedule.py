"""The critical path method: earliest and latest dates, float, and circles among the tasks.

Durations and lags are calendar days: leases, filings and other people's deadlines run over weekends
too, and a plan over three years gains nothing from pretending to know every holiday. Links are
finish-to-start: a task begins the day after the last task it waits for, plus its lag.
Formulas: Kelley and Walker (1959); PMBOK Guide, critical path method.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf

SATURDAY = 5  # as date.weekday counts

Links = Mapping[str, Sequence[str]]  # task → the tasks it waits for


@dataclass(frozen=True)
class Activity:
    """A task as the network sees it.

    ``start``: not before this day. ``duration`` None: nobody knows yet; others still wait for what
    this one waits for. ``started``: its start is a fact, which no other task can move any more.
    ``deadline``: the day of its milestone.
    """

    key: str
    start: date | None = None
    duration: int | None = None
    after: Sequence[str] = ()
    lag: int = 0
    started: bool = False
    deadline: date | None = None


@dataclass(frozen=True)
class Timing:
    """The dates of one task; last days are included. Critical: no day may be lost.

    ``total_float``: days it may be late without moving the end. ``milestone_float``: without a
    deadline being missed, its own or that of what waits for it; below zero one will be missed.
    """

    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    total_float: int
    milestone_float: int | None = None

    @property
    def critical(self) -> bool:
        return self.total_float == 0


@dataclass(frozen=True)
class Schedule:
    """``timings`` holds the tasks whose duration is known; ``drivers`` are, for each task, those
    whose end sets its start; ``circles`` are tasks that wait for one
    another, each naming one way round; ``end`` is the last day of all."""

    timings: Mapping[str, Timing] = field(default_factory=dict)
    drivers: Links = field(default_factory=dict)
    circles: Sequence[Sequence[str]] = ()
    end: date | None = None

    @property
    def critical(self) -> list[str]:
        """The tasks of the critical path, in the order of time."""
        found = [key for key, timing in self.timings.items() if timing.critical]
        return sorted(found, key=lambda key: self.timings[key].early_start)


def days(start: date | None, end: date | None, duration: int | None) -> int | None:
    """Calendar days of a task, first and last included. Two dates count more than a duration.

    Check: 1 March to 31 March = 31.
    """
    if start and end:
        return (end - start).days + 1 if end >= start else None
    return max(1, duration) if duration is not None else None


def first_day(start: date | None, end: date | None, duration: int | None) -> date | None:
    """The planned start, or what end and duration say it is."""
    if start or end is None or duration is None:
        return start
    return _day(end.toordinal() - max(1, duration) + 1)


def schedule(activities: Iterable[Activity], origin: date) -> Schedule:
    """Dates of every task; ``origin`` is the first day of those that wait for nothing.

    Links within a circle are left aside, so that one mistake does not hide the rest of the plan.
    Check: A 3 days, B 4 and C 2 after A, D 1 after both → 8 days, C has a float of 2.
    """
    known = {activity.key: activity for activity in activities}
    waits = {
        key: [other for other in dict.fromkeys(activity.after) if other in known]
        for key, activity in known.items()
    }
    groups = components(waits)
    circles = [
        circle(waits, group[0]) for group in groups if len(group) > 1 or group[0] in waits[group[0]]
    ]
    order = [key for group in groups for key in group]
    same = {key: number for number, group in enumerate(groups) for key in group}
    binding = {
        key: [other for other in others if same[other] != same[key]]
        for key, others in waits.items()
    }
    first, last = _forward(order, known, binding, origin.toordinal())
    sized = [key for key in order if known[key].duration is not None]
    if not sized:
        return Schedule(circles=circles)
    end = max(last[key] for key in sized)
    latest = {key: max(end, last[key]) for key in order}
    due: dict[str, float] = {
        key: task.deadline.toordinal() if task.deadline else inf for key, task in known.items()
    }
    for limits in (latest, due):
        _backward(order, known, binding, first, last, limits)
    drivers = {
        key: [
            other for other in binding[key] if _ready(known[key], other, first, last) == first[key]
        ]
        for key in known
    }
    timings = {
        key: Timing(
            _day(first[key]),
            _day(last[key]),
            _day(latest[key] - (last[key] - first[key])),
            _day(latest[key]),
            latest[key] - last[key],
            None if due[key] == inf else int(due[key]) - last[key],
        )
        for key in known
        if known[key].duration is not None
    }
    return Schedule(timings, drivers, circles, _day(end))


def _forward(
    order: list[str], known: Mapping[str, Activity], binding: dict[str, list[str]], origin: int
) -> tuple[dict[str, int], dict[str, int]]:
    """First and last day of each task. Links that a started task has already broken are dropped."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for key in order:
        task = known[key]
        ready = {other: last[other] + 1 + task.lag for other in binding[key]}
        planned = [task.start.toordinal()] if task.start else []
        if task.started and planned:
            first[key] = planned[0]
            binding[key] = [other for other in ready if ready[other] <= planned[0]]
        else:
            first[key] = max([*ready.values(), *planned], default=origin)
        last[key] = first[key] + (task.duration or 0) - 1
    return first, last


def _backward(
    order: list[str],
    known: Mapping[str, Activity],
    binding: Links,
    first: Mapping[str, int],
    last: Mapping[str, int],
    latest: dict[str, float],
) -> None:
    """Bring ``latest``, the day by which each task must end for its own sake, forward to the day by
    which it must end for all that waits for it."""
    for key in reversed(order):
        task = known[key]
        start = latest[key] - (task.duration or 0) + 1
        for other in binding[key]:
            waiting = _ready(task, other, first, last) - last[other]
            latest[other] = min(latest[other], start - waiting)


def _ready(task: Activity, other: str, first: Mapping[str, int], last: Mapping[str, int]) -> int:
    """The day from which ``other`` no longer holds the task up.

    Somebody who sets a start on the Monday after another task's Friday leaves no float between
    them: a gap of nothing but weekend in front of a start that was set belongs to the waiting.
    """
    ready, begins = last[other] + 1 + task.lag, first[task.key]
    set_by_hand = task.start is not None and task.start.toordinal() == begins
    gap = range(ready, begins)
    if set_by_hand and len(gap) <= 2 and all(_day(day).weekday() >= SATURDAY for day in gap):
        return begins if gap else ready
    return ready


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


# --- Circles -------------------------------------------------------------------------------------
def components(links: Links) -> list[list[str]]:
    """Groups of tasks that wait for one another, what is waited for first (Tarjan 1972).

    Without circles these are single tasks in an order in which they can be worked off.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: dict[str, None] = {}  # the open tasks, in order
    found: list[list[str]] = []
    work: list[tuple[str, Iterator[str]]] = []

    def visit(key: str) -> None:
        index[key] = low[key] = len(index)
        path[key] = None
        work.append((key, iter(links[key])))

    for root in links:
        if root not in index:
            visit(root)
        while work:
            key, others = work[-1]
            for other in others:
                if other not in index:
                    visit(other)
                    break
                if other in path:
                    low[key] = min(low[key], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == index[key]:
                    found.append(_close(path, key))
    return found


def _close(path: dict[str, None], key: str) -> list[str]:
    group = []
    while not group or group[-1] != key:
        group.append(path.popitem()[0])
    return group


def circle(links: Links, key: str) -> list[str]:
    """The shortest way from a task along what it waits for, back to it; empty if there is none.

    Check: a waits for b, b for a → [a, b, a].
    """
    came_from: dict[str, str] = {}
    queue = deque([key])
    while queue:
        here = queue.popleft()
        for other in links[here]:
            if other == key:
                way = [key, here]
                while way[-1] != key:
                    way.append(came_from[way[-1]])
                return way[::-1] if here != key else [key, key]
            if other not in came_from:
                came_from[other] = here
                queue.append(other)
    return []


def slip(planned: date | None, baseline: date | None) -> int | None:
    """Days later than the baseline; below zero is earlier. Check: 5 March against 1 March = 4."""
    return None if planned is None or baseline is None else (planned - baseline) // timedelta(1)
