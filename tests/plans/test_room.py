"""A table takes so many rows and no more, by whatever way they come; nothing typed is lost."""

from typing import Any

import pytest

from apps.plans import room
from apps.plans.models import DeletedRow, Plan
from tests.plans.conftest import SEGMENT, names
from tests.plans.pages import HTMX, text_of, url

NEW = {"name": "Banks", "behavioural": "They ask in the daytime.", "revision": "0"}


@pytest.fixture
def full(segment: Any, monkeypatch: Any) -> Any:
    monkeypatch.setattr(room, "MAX_ROWS", 1)
    return segment


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_one_row_too_many_is_told_and_the_text_stays(
    full: Any, plan: Plan, as_: Any, headers: dict[str, str]
) -> None:
    response = as_("owner").post(url("new_row", plan, SEGMENT), NEW, headers=headers)
    assert response.status_code == 422
    assert "holds 1 rows, the most that a table can" in text_of(response)
    assert "They ask in the daytime." in response.content.decode()
    assert names(plan) == ["Shops"]


def test_a_row_that_is_there_can_be_edited(full: Any, plan: Plan, as_: Any) -> None:
    form = {"name": "Online shops", "revision": "1"}
    assert as_("owner").post(url("row", plan, SEGMENT, full.uid), form).status_code == 302
    assert names(plan) == ["Online shops"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_deleted_row_waits_until_there_is_room(
    full: Any, plan: Plan, as_: Any, headers: dict[str, str]
) -> None:
    client = as_("owner")
    client.post(url("delete_row", plan, SEGMENT, full.uid))
    client.post(url("new_row", plan, SEGMENT), NEW)
    client.post(url("undelete", plan, SEGMENT, full.uid), headers=headers)
    assert "the most that a table can" in text_of(client.get(url("edit", plan, "market")))
    assert names(plan) == ["Banks"]
    assert DeletedRow.objects.filter(plan=plan, row=full.uid).exists()
