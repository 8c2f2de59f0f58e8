"""Scores of another table's rows in one field: saved, refused, kept for removed rows, merged."""

from typing import Any

import pytest

from apps.plans.contents import load
from apps.plans.models import Plan
from tests.plans.conftest import SEGMENT, save, stored
from tests.plans.pages import HTMX, fields_of, text_of, url

FACTOR = "market.factor"


@pytest.fixture
def factors(plan: Plan, owner: Any) -> list[str]:
    """The uids of two factors that a segment is rated on."""
    made = [save(plan, FACTOR, owner, name=name) for name in ("Size", "Growth of it")]
    return [row.uid for row in made]


def test_scores_are_saved_and_taken_away(
    plan: Plan, segment: Any, factors: list[str], as_: Any
) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    form = fields_of(client.get(address))
    assert {name for name in form if name.startswith("ratings-")} == {
        f"ratings-{uid}" for uid in factors
    }
    client.post(address, {**form, f"ratings-{factors[0]}": "4"})
    assert stored(segment).ratings == {factors[0]: 4}
    form = fields_of(client.get(address))
    assert form[f"ratings-{factors[0]}"] == "4"
    client.post(address, {**form, f"ratings-{factors[0]}": ""})
    assert stored(segment).ratings == {}


@pytest.mark.parametrize("score", ["0", "6", "-1", "2.5", "NaN", "x", "\x00", "9" * 5000])
def test_a_score_that_is_not_offered_is_refused(
    score: str, plan: Plan, segment: Any, factors: list[str], as_: Any
) -> None:
    data = {"name": "Typed", "revision": "1", f"ratings-{factors[0]}": score}
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), data)
    assert response.status_code == 422
    assert "Choose only from the list." in text_of(response)
    assert fields_of(response)["name"] == "Typed"
    assert stored(segment).ratings == {}


def test_scores_of_rows_that_are_not_there_are_not_taken(
    plan: Plan, segment: Any, factors: list[str], as_: Any
) -> None:
    data = {"name": "Shops", "revision": "1", "ratings-nosuch": "5"}
    assert as_("owner").post(url("row", plan, SEGMENT, segment.uid), data).status_code == 302
    assert stored(segment).ratings == {}


def test_the_score_of_a_deleted_row_comes_back_with_it(
    plan: Plan, segment: Any, factors: list[str], as_: Any, owner: Any
) -> None:
    save(plan, SEGMENT, owner, segment, ratings={factors[0]: 4, factors[1]: 2})
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    client.post(url("delete_row", plan, FACTOR, factors[0]), headers=HTMX)
    form = fields_of(client.get(address))
    assert f"ratings-{factors[0]}" not in form
    client.post(address, {**form, f"ratings-{factors[1]}": "3"})
    client.post(url("undelete", plan, FACTOR, factors[0]), headers=HTMX)
    assert load(plan).part(SEGMENT)[0].ratings == {factors[0]: 4, factors[1]: 3}


def test_scores_that_both_changed_are_shown_twice_and_can_be_taken(
    plan: Plan, segment: Any, factors: list[str], as_: Any
) -> None:
    """Taking the other person's scores takes also what they left open."""
    one, two = (f"ratings-{uid}" for uid in factors)
    address = url("row", plan, SEGMENT, segment.uid)
    began = fields_of(as_("owner").get(address))
    as_("cofounder").post(address, {**began, one: "5"})
    response = as_("owner").post(address, {**began, two: "1"})
    assert response.status_code == 409
    text, form = text_of(response), fields_of(response)
    assert "Size 5" in text and "Growth of it 1" in text
    assert (form[one], form[two]) == ("", "1")
    as_("owner").post(address, {**form, "take": "ratings"})
    assert stored(segment).ratings == {factors[0]: 5}
