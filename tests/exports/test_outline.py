"""The table of contents in one column or two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exports.outline import Entry, columns


def made(*counts):
    return [Entry(f"e{n}", f"E{n}", [("a", "A")] * count) for n, count in enumerate(counts)]


def test_the_full_edition_has_one_column():
    assert columns(made(3, 4), "full") == [made(3, 4)]


def test_nothing_is_no_column():
    assert columns([], "investor") == []


@pytest.mark.parametrize(
    ("counts", "first"), [((5, 5), 1), ((0, 6, 6, 6, 6), 3), ((9, 1, 1), 1), ((1, 9), 1)]
)
def test_two_columns_are_about_as_high(counts, first):
    assert len(columns(made(*counts), "investor")[0]) == first


@given(st.lists(st.integers(0, 12), min_size=2, max_size=15))
def test_no_entry_is_lost_and_no_column_much_higher(counts):
    found = made(*counts)
    cut = columns(found, "investor")
    assert [entry for column in cut for entry in column] == found
    heights = [sum(entry.lines for entry in column) for column in cut]
    if len(cut) == 2:
        assert abs(heights[0] - heights[1]) <= max(entry.lines for entry in found)
