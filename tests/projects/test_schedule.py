"""The critical path: check values, circles, and an independent recomputation by brute force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.projects.rules.schedule import (
    Activity,
    circle,
    components,
    days,
    first_day,
    schedule,
    slip,
)

ORIGIN = date(2027, 1, 1)


def day(number: int) -> date:
    """The ``number``th day of the plan, from 1."""
    return ORIGIN + timedelta(number - 1)


# --- Check values --------------------------------------------------------------------------------
def test_the_textbook_network():
    found = schedule(
        [
            Activity("A", duration=3),
            Activity("B", duration=4, after=["A"]),
            Activity("C", duration=2, after=["A"]),
            Activity("D", duration=1, after=["B", "C"]),
        ],
        ORIGIN,
    )
    assert found.end == day(8)
    assert found.critical == ["A", "B", "D"]
    spare = found.timings["C"]
    assert (spare.early_start, spare.early_finish) == (day(4), day(5))
    assert (spare.late_start, spare.late_finish) == (day(6), day(7))
    assert spare.total_float == 2
    assert not spare.critical


def test_float_to_the_milestone_is_that_of_the_first_deadline_at_stake():
    """A has two days to its own milestone on day 5, but C, which waits for it, has one to day 9."""
    found = schedule(
        [
            Activity("A", duration=3, deadline=day(5)),
            Activity("C", duration=5, after=["A"], deadline=day(9)),
            Activity("D", duration=20),
        ],
        ORIGIN,
    ).timings
    assert (found["A"].milestone_float, found["A"].total_float) == (1, 12)
    assert found["C"].milestone_float == 1
    assert found["D"].milestone_float is None
    (late,) = schedule([Activity("A", duration=3, deadline=day(1))], ORIGIN).timings.values()
    assert (late.milestone_float, late.critical) == (-2, True)


def test_a_lag_is_waiting_after_the_last_predecessor():
    found = schedule(
        [Activity("A", duration=3), Activity("B", duration=1, after=["A"], lag=5)], ORIGIN
    )
    assert found.timings["B"].early_start == day(9)
    assert found.critical == ["A", "B"]


def test_a_weekend_in_front_of_a_start_set_by_hand_is_no_float():
    friday, monday = date(2028, 1, 7), date(2028, 1, 10)
    roles = Activity("A", start=date(2027, 10, 4), duration=(friday - date(2027, 10, 4)).days + 1)
    pilot = Activity("B", start=monday, duration=40, after=["A"])
    found = schedule([roles, pilot], ORIGIN)
    assert found.critical == ["A", "B"]
    assert found.timings["A"].late_finish == friday
    assert found.drivers == {"A": [], "B": ["A"]}

    tuesday = Activity("B", start=date(2028, 1, 11), duration=40, after=["A"])
    found = schedule([roles, tuesday], ORIGIN)
    assert found.timings["A"].total_float == 3  # a working day lies between
    assert found.drivers["B"] == []


def test_a_planned_start_is_the_earliest_start():
    found = schedule(
        [
            Activity("A", duration=3),
            Activity("B", duration=1, after=["A"], start=day(10)),
            Activity("C", duration=1, after=["A"], start=day(2)),
        ],
        ORIGIN,
    )
    assert found.timings["B"].early_start == day(10)
    assert found.timings["C"].early_start == day(4)
    assert found.timings["A"].total_float == 6
    assert found.critical == ["B"]


def test_a_started_task_stays_where_it_is():
    found = schedule(
        [
            Activity("A", duration=10),
            Activity("B", duration=2, after=["A"], start=day(4), started=True),
        ],
        ORIGIN,
    )
    assert found.timings["B"].early_start == day(4)
    assert found.end == day(10)
    assert found.timings["A"].critical  # the broken link holds nothing back any more


def test_a_task_of_unknown_duration_has_no_dates_but_passes_the_waiting_on():
    found = schedule(
        [
            Activity("A", duration=5),
            Activity("B", after=["A"]),
            Activity("C", duration=1, after=["B"]),
        ],
        ORIGIN,
    )
    assert "B" not in found.timings
    assert found.timings["C"].early_start == day(6)
    assert found.critical == ["A", "C"]


def test_what_is_not_there_is_not_waited_for():
    found = schedule([Activity("A", duration=2, after=["gone", "A"])], ORIGIN)
    assert found.timings["A"].early_start == ORIGIN
    assert list(found.circles) == [["A", "A"]]


@pytest.mark.parametrize("activities", [[], [Activity("A")], [Activity("A", start=day(3))]])
def test_without_a_duration_there_is_no_end(activities):
    found = schedule(activities, ORIGIN)
    assert found.end is None
    assert found.timings == {}
    assert found.critical == []


def test_absurd_numbers_end_at_the_end_of_the_calendar():
    found = schedule(
        [
            Activity("A", duration=2_000_000_000),
            Activity("B", duration=1, after=["A"], lag=2_000_000_000),
        ],
        date.max,
    )
    assert found.end == date.max
    assert found.timings["B"].early_start == date.max


def test_days_and_first_day():
    assert days(date(2027, 3, 1), date(2027, 3, 31), None) == 31
    assert days(date(2027, 3, 1), date(2027, 3, 31), 7) == 31
    assert days(date(2027, 3, 2), date(2027, 3, 1), None) is None
    assert days(None, date(2027, 3, 1), 5) == 5
    assert days(date(2027, 3, 1), None, None) is None
    assert first_day(None, date(2027, 3, 31), 31) == date(2027, 3, 1)
    assert first_day(None, None, 31) is None
    assert first_day(None, date.min, 5) == date.min
    assert slip(date(2027, 3, 5), date(2027, 3, 1)) == 4
    assert slip(date(2027, 2, 27), date(2027, 3, 1)) == -2
    assert slip(None, date(2027, 3, 1)) is None


# --- Circles -------------------------------------------------------------------------------------
def test_a_circle_is_named_the_shortest_way_round():
    links = {"a": ["b"], "b": ["a", "c"], "c": ["a"], "d": ["a"]}
    assert circle(links, "a") == ["a", "b", "a"]
    assert circle(links, "c") == ["c", "a", "b", "c"]
    assert circle(links, "d") == []
    assert circle({"a": ["a"]}, "a") == ["a", "a"]


def test_a_circle_hides_neither_the_tasks_in_it_nor_the_others():
    found = schedule(
        [
            Activity("A", duration=3),
            Activity("B", duration=2, after=["A", "C"]),
            Activity("C", duration=2, after=["B"]),
            Activity("D", duration=4, after=["C"]),
        ],
        ORIGIN,
    )
    assert [sorted(set(way)) for way in found.circles] == [["B", "C"]]
    assert found.timings["B"].early_start == day(4)
    assert found.timings["C"].early_start == day(1)
    assert found.timings["D"].early_start == day(3)


def test_a_thousand_tasks_in_a_row_do_not_exhaust_the_stack():
    chain = [Activity("0", duration=1)]
    chain += [Activity(str(i), duration=1, after=[str(i - 1)]) for i in range(1, 2000)]
    assert schedule(reversed(chain), ORIGIN).end == day(2000)


# --- Properties ----------------------------------------------------------------------------------
ANY_DAY = st.integers(1, 60).map(day)
# No start that a weekend can lead to: these gaps are no float, see the check value above.
MIDWEEK = ANY_DAY.filter(lambda start: start.weekday() not in (0, 6))


@st.composite
def networks(draw: st.DrawFn, starts: st.SearchStrategy[date] = ANY_DAY) -> list[Activity]:
    """Up to twelve tasks that only wait for earlier ones."""
    count = draw(st.integers(1, 12))
    return [
        Activity(
            str(i),
            start=draw(st.none() | starts),
            duration=draw(st.integers(1, 20)),
            after=draw(st.lists(st.integers(0, i - 1).map(str), max_size=3)) if i else [],
            lag=draw(st.integers(0, 5)),
        )
        for i in range(count)
    ]


def longest(tasks: dict[str, Activity], key: str) -> int:
    """The first day of a task, reckoned by recursion over every way that leads to it."""
    task = tasks[key]
    own = [(task.start - ORIGIN).days + 1] if task.start else []
    ways = [longest(tasks, other) + tasks[other].duration + task.lag for other in set(task.after)]
    return max([*own, *ways], default=1)


@given(networks())
def test_early_dates_are_the_longest_way(tasks):
    found = schedule(tasks, ORIGIN)
    by_key = {task.key: task for task in tasks}
    for key, timing in found.timings.items():
        assert timing.early_start == day(longest(by_key, key))
        assert (timing.early_finish - timing.early_start).days + 1 == by_key[key].duration
    assert found.end == max(timing.early_finish for timing in found.timings.values())


@given(networks(MIDWEEK), st.data())
def test_float_is_exactly_how_late_a_task_may_be(tasks, data):
    found = schedule(tasks, ORIGIN)
    key = data.draw(st.sampled_from([task.key for task in tasks]))
    timing = found.timings[key]
    assert timing.total_float >= 0
    for late, moved in ((timing.total_float, 0), (timing.total_float + 1, 1)):
        delayed = [
            Activity(
                task.key,
                timing.early_start + timedelta(late) if task.key == key else task.start,
                task.duration,
                task.after,
                task.lag,
            )
            for task in tasks
        ]
        assert schedule(delayed, ORIGIN).end == found.end + timedelta(moved)


@given(networks())
def test_something_is_always_critical(tasks):
    found = schedule(tasks, ORIGIN)
    assert found.critical
    assert found.timings[found.critical[-1]].early_finish == found.end


@given(
    st.dictionaries(
        st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=4), max_size=7
    )
)
def test_components_hold_each_task_once_and_put_first_what_is_waited_for(links):
    links = {key: [other for other in others if other in links] for key, others in links.items()}
    groups = components(links)
    assert sorted(key for group in groups for key in group) == sorted(links)
    place = {key: i for i, group in enumerate(groups) for key in group}
    for key, others in links.items():
        assert all(place[other] <= place[key] for other in others)
    for group in groups:
        assert all(circle(links, key) for key in group) or len(group) == 1


@given(
    st.lists(
        st.tuples(
            st.none() | st.dates(),
            st.none() | st.integers(0, 10**9),
            st.lists(st.integers(0, 9).map(str), max_size=4),
            st.integers(0, 10**9),
            st.booleans(),
        ),
        max_size=10,
    ),
    st.dates(),
)
def test_no_plan_of_any_shape_breaks_it(rows, origin):
    """Circles, unknown durations, dates at the ends of the calendar: never an exception."""
    tasks = [
        Activity(str(i), start, duration, after, lag, started)
        for i, (start, duration, after, lag, started) in enumerate(rows)
    ]
    found = schedule(tasks, origin)
    assert set(found.timings) == {task.key for task in tasks if task.duration is not None}
    assert all(timing.total_float >= 0 for timing in found.timings.values())
    assert all(way[0] == way[-1] for way in found.circles)
