"""Which troubles only follow from another one."""

from apps.projects.rules.causes import ancestors, first_causes, own_delays

CHAIN = {"a": [], "b": ["a"], "c": ["b"], "d": ["c"]}


def test_the_first_of_a_chain_is_the_cause():
    assert first_causes(["a", "c", "d"], CHAIN) == {"a": ["c", "d"]}
    assert first_causes(["b", "c"], CHAIN) == {"b": ["c"]}
    assert first_causes([], CHAIN) == {}


def test_troubles_of_their_own_stay():
    assert first_causes(["a", "x"], CHAIN) == {"a": [], "x": []}


def test_a_circle_has_its_first_for_a_cause():
    circle = {"a": ["b"], "b": ["a"]}
    assert list(ancestors("a", circle)) == ["b"]
    assert first_causes(["a", "b"], circle) == {"a": ["b"]}


def test_the_days_of_each_task_along_the_chain():
    late = {"a": 1, "b": 6, "c": 6, "d": 4}
    assert own_delays("c", CHAIN, late, {}) == [("b", 5), ("a", 1)]
    assert own_delays("d", CHAIN, {"a": 3, "b": 3, "c": 3, "d": 6}, {}) == [("a", 3), ("d", 3)]
    assert own_delays("a", CHAIN, late, {}) == [("a", 1)]
    assert own_delays("x", CHAIN, late, {}) == []
    assert own_delays("d", CHAIN, {"d": -2}, {}) == []


def test_a_task_hands_on_only_what_pushes_the_next():
    """76 of the 113 days went into the float between the two."""
    late, pushed = {"a": 113, "b": 147}, {"a": 0, "b": 37}
    assert own_delays("b", CHAIN, late, pushed) == [("b", 110), ("a", 37)]


def test_a_task_that_makes_up_for_days_hands_on_the_rest():
    late, pushed = {"a": 30, "b": 20}, {"a": 0, "b": 30}
    assert own_delays("b", CHAIN, late, pushed) == [("a", 20)]


def test_of_two_that_push_the_later_one_counts():
    drivers = {"end": ["p", "q"], "p": [], "q": []}
    assert own_delays("end", drivers, {"p": 2, "q": 9, "end": 9}, {}) == [("q", 9)]


def test_a_task_without_a_baseline_hands_on_what_it_pushes():
    late, pushed = {"a": 3, "c": 10}, {"a": 0, "c": 10}
    found = own_delays("c", CHAIN, late, pushed)  # b is new, between a and c
    assert found == [("b", 7), ("a", 3)]
    assert own_delays("c", CHAIN, {"c": 10}, {"c": 0}) == [("c", 10)]
