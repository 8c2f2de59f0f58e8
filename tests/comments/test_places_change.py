"""Threads whose place changed: deleted rows, edited fields."""

from typing import Any

from apps.accounts.models import User
from apps.comments.models import Thread
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.plans.services import delete_row
from tests.comments.conftest import FIELD, PATH, SECTION, row_of
from tests.comments.urls import url

Cast = dict[str, User]


def test_a_deleted_row_stays_readable_with_its_last_text(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    section, part = registry.part(PATH)
    row = row_of(sample_plan)
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "The last word on it"})
    row.refresh_from_db()
    row.plan = sample_plan
    delete_row(section=section, part=part, row=row, by=cast["owner"])
    html = as_("mentor").get(url("section", sample_plan, SECTION)).text
    assert "Deleted row" in html and thread.label in html
    assert "The last word on it" in html and "When this was written it read:" in html
    reply = as_("mentor").post(url("reply", sample_plan, thread.uid), {"text": "A pity"})
    assert reply.status_code == 302 and thread.comments.count() == 2
    assert as_("owner").get(url("list", sample_plan)).status_code == 200


def test_what_the_place_held_then_stands_beside_what_it_holds_now(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    page = url("section", sample_plan, SECTION)
    said = "When this was written it read:"
    assert said not in as_("owner").get(page).text
    row = row_of(sample_plan)
    was = getattr(row, FIELD)
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "Another text"})
    html = as_("owner").get(page).text
    assert said in html and was[:60] in html and "Another text" in html
