"""A table of hundreds of rows is edited page by page, and every way leads to the right page."""

from typing import Any

import pytest

from apps.plans.models import Plan
from apps.plans.paging import ROWS, page_number, rows_page
from apps.plans.sections import registry
from tests.plans.conftest import SEGMENT, names, save
from tests.plans.pages import HTMX, fields_of, text_of, url

PART = registry.part(SEGMENT)[1]
COUNT = 2 * ROWS + 50


@pytest.fixture
def long_plan(plan: Plan) -> Plan:
    PART.model._default_manager.bulk_create(
        PART.model(plan=plan, uid=f"row{i:03}", position=i, name=f"Segment {i:03}")
        for i in range(COUNT)
    )
    return plan


def shown(response: Any) -> tuple[int, str, str]:
    """How many rows the answer shows, and the first and the last of them."""
    rows = list(response.context["rows"])
    return len(rows), rows[0].uid, rows[-1].uid


def test_pages_are_counted_from_one() -> None:
    assert [page_number(number) for number in (1, ROWS, ROWS + 1)] == ["", "", "2"]
    assert list(rows_page([], page="7")) == []


def test_the_editor_shows_a_page_at_a_time(long_plan: Plan, as_: Any) -> None:
    client, editor = as_("owner"), url("edit", long_plan, "market")

    def page(**query: str) -> tuple[int, str, str]:
        return shown(client.get(editor, {"part": "segment", **query}))

    assert page() == (ROWS, "row000", "row099")
    assert page(page="3") == (50, "row200", "row249")
    assert page(page="99") == page(page="3")
    assert page(page="%00") == page()
    assert page(page="all") == (COUNT, "row000", "row249")
    assert page(row="row150") == (ROWS, "row100", "row199")
    assert page(row="gone") == page()
    text = text_of(client.get(editor, {"part": "segment", "page": "2"}))
    assert f"Rows 101 to 200 of {COUNT}" in text
    assert "Rows 1 to" not in text_of(client.get(editor, {"part": "group"}))


def test_queries_do_not_grow_with_the_page(
    long_plan: Plan, as_: Any, django_assert_max_num_queries: Any
) -> None:
    client, editor = as_("owner"), url("edit", long_plan, "market")
    client.get(editor)
    with django_assert_max_num_queries(30):
        client.get(editor, {"part": "segment", "page": "all"})


def test_a_row_moves_over_the_edge_of_a_page(long_plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("move", long_plan, SEGMENT, "row100")
    answer = client.post(address, {"to": "up"}, headers=HTMX)
    assert shown(answer) == (ROWS, "row000", "row100")
    assert names(long_plan)[98:101] == ["Segment 098", "Segment 100", "Segment 099"]
    answer = client.post(address, {"to": "down"})
    assert answer["Location"].endswith("edit/?part=segment&row=row100#row-row100")
    assert shown(client.get(answer["Location"]))[1] == "row100"
    last = url("move", long_plan, SEGMENT, "row199")
    html = client.get(url("edit", long_plan, "market"), {"part": "segment", "page": "2"})
    form = html.content.decode().partition(f'action="{last}"')[2].partition("</form>")[0]
    assert 'value="down"' in form and 'value="up"' in form


def test_after_a_save_the_page_with_the_row_is_shown(long_plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("row", long_plan, SEGMENT, "row120")
    form = fields_of(client.get(address))
    answer = client.post(address, {**form, "name": "Bakers"}, headers=HTMX)
    assert shown(answer) == (ROWS, "row100", "row199")
    answer = client.post(address, {**form, "name": "Bakers", "fit": "", "revision": "2"})
    assert answer["Location"].endswith("?part=segment&row=row120#row-row120")
    new = client.post(
        url("new_row", long_plan, SEGMENT), {"name": "Last", "revision": "0"}, headers=HTMX
    )
    assert shown(new)[:2] == (51, "row200")


def test_cancelling_and_deleting_stay_on_the_page(long_plan: Plan, as_: Any) -> None:
    client = as_("owner")
    fragment = client.get(url("row", long_plan, SEGMENT, "row220"), headers=HTMX)
    cancel = url("part", long_plan, SEGMENT) + "?row=row220"
    assert f'hx-get="{cancel}"' in fragment.content.decode()
    assert shown(client.get(cancel, headers=HTMX))[1] == "row200"
    there = {"HX-Current-URL": f"http://testserver{url('edit', long_plan, 'market')}?page=3"}
    answer = client.post(url("delete_row", long_plan, SEGMENT, "row220"), headers=HTMX | there)
    assert shown(answer)[:2] == (49, "row200")
    answer = client.post(url("delete_row", long_plan, SEGMENT, "row230"))
    assert answer["Location"].endswith("?part=segment&page=3&deleted=row230")
    assert "“Segment 230” is deleted." in text_of(client.get(answer["Location"]))


def test_a_short_table_keeps_its_plain_address(plan: Plan, owner: Any, as_: Any) -> None:
    row = save(plan, SEGMENT, owner, name="Shops")
    answer = as_("owner").post(url("move", plan, SEGMENT, row.uid), {"to": "up"})
    assert answer["Location"] == url("edit", plan, "market") + "?part=segment"
