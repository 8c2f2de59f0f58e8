"""Which troubles only follow from another one."""

from apps.projects.rules.causes import ancestors, first_causes

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
