"""What the market section reports as not holding together."""

import pytest

from apps.market.checks import checks
from apps.plans.document import FORMAT, restore

from .conftest import contents_of

PRIMARY = {"uid": "shops", "name": "Shops", "targeting": "primary"}
GROUP = {"uid": "ops", "name": "Operations", "segment": "shops"}


def keys(**parts):
    return [finding.key for finding in checks(contents_of(**parts))]


def test_the_sample_has_no_finding(sample):
    assert checks(sample) == []


def test_a_sound_small_plan_has_no_finding():
    assert keys(segment=[PRIMARY], group=[GROUP]) == []


def test_no_primary_segment_is_an_error():
    (finding,) = checks(contents_of(segment=[{**PRIMARY, "targeting": "secondary"}]))
    assert (finding.key, finding.severity) == ("market.no_primary", "error")
    (finding,) = checks(contents_of())
    assert (finding.key, finding.severity) == ("market.no_primary", "hint")  # only just begun


def test_two_primary_segments_are_an_error_at_both():
    other = {**PRIMARY, "uid": "banks", "name": "Banks"}
    found = checks(contents_of(segment=[PRIMARY, other], group=[GROUP]))
    assert [finding.key for finding in found] == [
        "market.many_primaries",
        "market.primary_without_group",
    ]
    assert [place.row for place in found[0].places] == ["shops", "banks"]
    assert "Shops, Banks" in found[0].message
    assert "Banks" in found[1].message


def test_a_group_of_another_segment_does_not_serve_the_primary():
    assert keys(segment=[PRIMARY], group=[{**GROUP, "segment": "elsewhere"}]) == [
        "market.primary_without_group"
    ]


@pytest.mark.parametrize(("reason", "found"), [("", True), ("  ", True), ("Too slow.", False)])
def test_a_rejected_segment_needs_a_reason(reason, found):
    rejected = {"uid": "r", "name": "R", "targeting": "rejected", "targeting_reason": reason}
    found_keys = keys(segment=[PRIMARY, rejected], group=[GROUP])
    assert ("market.rejected_without_reason" in found_keys) is found


def factor(uid, axis, weight):
    return {"uid": uid, "name": uid, "axis": axis, "weight": weight}


def test_weights_are_summed_axis_by_axis():
    factors = [factor("a", "attractiveness", "60"), factor("b", "attractiveness", "40"),
               factor("c", "strength", "60"), factor("d", "strength", None)]  # fmt: skip
    (finding,) = checks(contents_of(segment=[PRIMARY], group=[GROUP], factor=factors))
    assert finding.key == "market.weights"
    assert "60" in finding.message and "strength" in finding.message
    assert [place.row for place in finding.places] == ["c", "d"]


@pytest.mark.parametrize(
    ("ratings", "found"),
    [
        ({}, False),  # nothing rated yet: a gap of the progress, not a contradiction
        ({"a": 4}, True),
        ({"a": 4, "b": 1}, False),  # the factor without weight needs no rating
        ({"a": 4, "b": 1, "gone": 3}, False),
        ({"gone": 3}, True),
    ],
)
def test_a_half_rated_segment(ratings, found):
    factors = [factor("a", "attractiveness", "100"), factor("b", "strength", "100"),
               factor("weightless", "strength", "0")]  # fmt: skip
    segment = {**PRIMARY, "ratings": ratings}
    findings = checks(contents_of(segment=[segment], group=[GROUP], factor=factors))
    assert [finding.key for finding in findings] == ["market.half_rated"] * found
    if found:
        (place,) = findings[0].places
        assert (place.part, place.row, place.field) == ("segment", "shops", "ratings")


def test_a_half_rated_segment_is_told_which_factors_are_left():
    factors = [factor(uid, "strength", weight) for uid, weight in (("a", "40"), ("b", "60"))]
    segment = {**PRIMARY, "ratings": {"a": 4}}
    (finding,) = checks(contents_of(segment=[segment], group=[GROUP], factor=factors))
    assert finding.message.startswith("Shops: No rating yet: b.")


@pytest.mark.parametrize(
    ("top_down", "found"),
    [("300", False), ("301", True), ("33", True), ("34", False), (None, False)],
)
def test_top_down_past_three_times_the_total(top_down, found):
    """The total counts what the plan goes for: 100; the rejected segment's 900 do not count."""
    segments = [
        {**PRIMARY, "accounts": 10, "acv": "10"},
        {"uid": "r", "name": "R", "targeting": "rejected", "targeting_reason": "x",
         "accounts": 90, "acv": "10"},
    ]  # fmt: skip
    found_keys = keys(analysis={"top_down": top_down}, segment=segments, group=[GROUP])
    assert ("market.top_down_gap" in found_keys) is found


def test_a_reader_who_may_not_see_the_section_learns_nothing():
    document = {"format": FORMAT, "plan": {}, "sections": {"market": {"segment": [PRIMARY]}}}
    assert checks(restore(document, hidden=frozenset({"market"}))) == []
