"""Which troubles only follow from another one."""

from apps.projects.rules.causes import ancestors, first_causes, root_cause

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


def test_the_root_is_the_task_that_adds_the_most_days_itself():
    late = {"a": 1, "b": 6, "c": 6, "d": 4}
    assert root_cause("c", CHAIN, late, {}) == ("b", 5)
    assert root_cause("d", CHAIN, {"a": 3, "b": 3, "c": 3, "d": 6}, {}) == ("a", 3)
    assert root_cause("a", CHAIN, late, {}) == ("a", 1)
    assert root_cause("x", CHAIN, late, {}) is None
    assert root_cause("d", CHAIN, {"d": -2}, {}) is None


def test_of_two_that_push_the_later_one_counts():
    drivers = {"end": ["p", "q"], "p": [], "q": []}
    assert root_cause("end", drivers, {"p": 2, "q": 9, "end": 9}, {}) == ("q", 9)


def test_a_task_without_a_baseline_hands_on_what_it_pushes():
    late, pushed = {"a": 3, "c": 10}, {"a": 3, "c": 10}
    assert root_cause("c", CHAIN, late, pushed) == ("b", 7)  # b is new, between a and c
    assert root_cause("c", CHAIN, {"c": 10}, {"c": 0}) == ("c", 10)
