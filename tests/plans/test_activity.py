"""The activity log: who did what, in words, with old and new."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.plans.models import Activity, Plan, Verb
from tests.plans.conftest import SEGMENT, save, stored
from tests.plans.pages import text_of, url


def test_an_edit_reads_as_a_sentence_with_old_and_new(
    plan: Plan, segment: Any, as_: Any, cast: Any
) -> None:
    save(plan, SEGMENT, cast["cofounder"], stored(segment), acv=12000, buyer="enterprise")
    text = text_of(as_("mentor").get(url("activity", plan)))
    assert "Carl edited Shops" in text
    assert "(Market · Segments)" in text
    assert "¥12,000" in text and "Enterprise" in text
    assert "2 fields" in text


def test_the_history_of_a_record_stands_on_its_page(
    plan: Plan, segment: Any, as_: Any, owner: Any
) -> None:
    save(plan, SEGMENT, owner, stored(segment), name="Web shops")
    save(plan, SEGMENT, owner, name="Banks")
    page = text_of(as_("owner").get(url("row", plan, SEGMENT, segment.uid)))
    history = page.split("History of this record")[1]
    assert "Shops" in history and "Web shops" in history and "Banks" not in history


def test_a_reference_is_named_or_called_removed(
    plan: Plan, segment: Any, as_: Any, owner: Any
) -> None:
    group = save(plan, "market.group", owner, name="Buyers")
    save(plan, "market.group", owner, stored(group), segment=segment.uid)
    save(plan, "market.group", owner, stored(group), segment="gone")
    text = text_of(as_("owner").get(url("activity", plan)))
    assert "Shops → removed" in text


def test_what_happened_to_the_plan_itself_has_no_place(plan: Plan, as_: Any) -> None:
    text = text_of(as_("owner").get(url("activity", plan)))
    assert "Olivia created the plan Blank plan" in text


def test_entries_of_parts_that_are_no_longer_there_are_shown_without_their_fields(
    plan: Plan, as_: Any, owner: Any
) -> None:
    Activity.objects.create(
        plan=plan, by=owner, verb=Verb.EDITED, section="gone", part="away", label="An old row",
        changes={"x": [1, 2]},
    )  # fmt: skip
    Activity.objects.create(
        plan=plan, by=None, verb=Verb.EDITED, section="market", part="segment", label="A row",
        changes={"no_longer": [1, 2]},
    )  # fmt: skip
    text = text_of(as_("owner").get(url("activity", plan)))
    assert "Olivia edited An old row" in text
    assert "Somebody who left edited A row" in text


def test_a_person_who_is_gone_leaves_the_entries(
    plan: Plan, segment: Any, as_: Any, cast: Any
) -> None:
    save(plan, SEGMENT, cast["cofounder"], stored(segment), name="Web shops")
    cast["cofounder"].delete()
    assert "Somebody who left edited Web shops" in text_of(as_("owner").get(url("activity", plan)))
    assert as_("owner").get(url("page", plan)).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e9", "\x00", "last"])
def test_a_silly_page_shows_the_nearest(page: str, plan: Plan, as_: Any) -> None:
    assert as_("owner").get(url("activity", plan), {"page": page}).status_code == 200


def test_fifty_entries_a_page_in_a_constant_number_of_queries(
    plan: Plan, segment: Any, as_: Any, owner: Any
) -> None:
    client, counts = as_("owner"), []
    for entries in (5, 120):
        while plan.activity.count() < entries:
            row = stored(segment)
            save(plan, SEGMENT, owner, row, name=f"Shops {row.revision}")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url("activity", plan))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(response.context["entries"]) == 50
    assert "Page 1 of 3" in text_of(response)
