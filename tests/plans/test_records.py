"""Saving a row and a sheet, with htmx and without JavaScript; wrong values, with all text kept."""

from typing import Any

import pytest

from apps.plans.contents import load
from apps.plans.models import Plan
from tests.plans.conftest import SEGMENT, SHEET, names, save, stored
from tests.plans.pages import HTMX, fields_of, text_of, url

NEW = {"name": "Banks", "behavioural": "They ask in the daytime.", "revision": "0"}


def test_a_new_row_is_saved_without_javascript(plan: Plan, as_: Any, owner: Any) -> None:
    response = as_("cofounder").post(url("new_row", plan, SEGMENT), NEW, follow=True)
    assert response.redirect_chain == [(url("edit", plan, "market") + "?part=segment", 302)]
    assert "Saved: Banks" in text_of(response)
    row = load(plan).part(SEGMENT)[0]
    assert (row.name, row.revision, str(row.updated_by)) == ("Banks", 1, "Carl")


def test_a_row_saved_by_htmx_answers_with_the_part_and_the_navigation(
    plan: Plan, segment: Any, as_: Any
) -> None:
    data = {"name": "Web shops", "revision": "1"}
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), data, headers=HTMX)
    assert response.status_code == 200
    assert response["HX-Retarget"] == "#part-segment"
    assert response["HX-Reswap"] == "outerHTML"
    html = response.content.decode()
    assert 'id="part-segment"' in html and "<html" not in html
    assert 'id="plan-nav"' in html and 'hx-swap-oob="true"' in html
    assert "Saved: Web shops" in text_of(response)


def test_a_sheet_is_made_by_its_first_save_and_changed_by_the_next(plan: Plan, as_: Any) -> None:
    client = as_("owner")
    form = fields_of(client.get(url("sheet", plan, SHEET)))
    assert form["revision"] == "0"
    client.post(url("sheet", plan, SHEET), {**form, "scope": "Customer service"})
    form = fields_of(client.get(url("sheet", plan, SHEET)))
    assert (form["revision"], form["scope"]) == ("1", "Customer service")
    response = client.post(
        url("sheet", plan, SHEET), {**form, "scope": "Customer service in text"}, headers=HTMX
    )
    assert response["HX-Retarget"] == "#part-analysis"
    sheet = load(plan).part(SHEET)
    assert (sheet.revision, sheet.scope) == (2, "Customer service in text")


def test_the_fragment_of_a_row_is_a_table_row_and_of_a_sheet_is_not(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client = as_("owner")
    row = client.get(url("row", plan, SEGMENT, segment.uid), headers=HTMX).content.decode()
    sheet = client.get(url("sheet", plan, SHEET), headers=HTMX).content.decode()
    assert row.lstrip().startswith("<tr") and "<html" not in row
    assert "<tr" not in sheet and "<html" not in sheet


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"acv": "a lot"}, "Enter a number."),
        ({"pain": "6"}, "Select a valid choice."),
        ({"accounts": "-1"}, "greater than or equal to 0"),
        ({"reachable": "101"}, "less than or equal to 100"),
        ({"name": ""}, "This field is required."),
        ({"name": "n" * 201}, "at most 200 characters"),
        ({"behavioural": "b" * 20_001}, "at most 20000 characters"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_value_keeps_every_text_and_says_what_is_wrong_at_the_field(
    wrong: dict[str, str],
    sentence: str,
    headers: dict[str, str],
    plan: Plan,
    segment: Any,
    as_: Any,
) -> None:
    typed = {
        "name": "New name", "firmographic": "Firms <b>with</b> & without shops",
        "behavioural": "New behaviour\nin two lines", "acv": "12000", "pain": "5",
        "acv__note": "A guess", "revision": "1",
    } | wrong  # fmt: skip
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), typed, headers=headers)
    assert response.status_code == 422
    shown = fields_of(response)
    for name, text in typed.items():
        if (name, text) != ("pain", "6"):  # a select cannot show what it does not offer
            assert shown[name] == text, name
    field = next(iter(wrong))
    at_field = response.content.decode().split(f'id="id_{field}_error"')[1].split("</p>")[0]
    assert sentence in at_field
    assert stored(segment).revision == 1


def test_each_save_raises_the_revision_and_tells_what_changed(
    plan: Plan, segment: Any, as_: Any, cast: Any
) -> None:
    before = Plan.objects.get(pk=plan.pk).updated_at
    client, address = as_("cofounder"), url("row", plan, SEGMENT, segment.uid)
    form = fields_of(client.get(address))
    client.post(address, {**form, "name": "Online shops", "pain": "5"})
    row = stored(segment)
    assert (row.revision, row.name, row.pain) == (2, "Online shops", 5)
    assert row.behavioural == "They chat at night."
    latest = plan.activity.order_by("-pk")[0]
    assert (latest.verb, latest.row, latest.revision) == ("edited", segment.uid, 2)
    assert latest.changes == {"name": ["Shops", "Online shops"], "pain": [4, 5]}
    again = Plan.objects.get(pk=plan.pk)
    assert again.updated_at > before
    assert again.updated_by == cast["cofounder"]
    progress = plan.progress.get(section="market")
    assert progress.updated_by == cast["cofounder"]


def test_a_form_posted_twice_makes_one_row(plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("new_row", plan, SEGMENT)
    form = {**fields_of(client.get(address)), **NEW}
    assert form["uid"]
    for _time in range(2):
        assert client.post(address, form).status_code == 302
    assert names(plan) == ["Banks"]
    assert plan.activity.filter(verb="added").count() == 1


def test_an_edit_posted_twice_is_no_conflict(plan: Plan, segment: Any, as_: Any) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    form = {**fields_of(client.get(address)), "name": "Online shops"}
    for _time in range(2):
        assert client.post(address, form).status_code == 302
    assert stored(segment).revision == 2


def test_a_first_save_of_a_sheet_posted_twice_is_no_conflict(plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("sheet", plan, SHEET)
    form = {**fields_of(client.get(address)), "scope": "Customer service"}
    for _time in range(2):
        assert client.post(address, form).status_code == 302
    assert load(plan).part(SHEET).revision == 1


def test_a_uid_already_taken_by_another_text_is_a_conflict_and_no_second_row(
    plan: Plan, segment: Any, as_: Any
) -> None:
    response = as_("owner").post(url("new_row", plan, SEGMENT), {**NEW, "uid": segment.uid})
    assert response.status_code == 409
    assert "They ask in the daytime." in response.content.decode()
    assert names(plan) == ["Shops"]


@pytest.mark.parametrize("uid", ["", "X", "a/b", "a" * 33, "Ünï", "-a", "a\x00b"])
def test_a_uid_that_is_none_is_replaced(uid: str, plan: Plan, as_: Any) -> None:
    assert as_("owner").post(url("new_row", plan, SEGMENT), {**NEW, "uid": uid}).status_code == 302
    assert len(load(plan).part(SEGMENT)[0].uid) == 12


@pytest.mark.parametrize("revision", ["", "one", "-1", "9" * 30, "9" * 5000, "1.0", "１"])
def test_a_revision_that_is_none_never_overwrites(
    revision: str, plan: Plan, segment: Any, as_: Any
) -> None:
    data = {"name": "Overwritten", "revision": revision}
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), data)
    # A full-width one is a one.
    assert response.status_code == (302 if revision == "１" else 409)
    assert stored(segment).name == ("Overwritten" if revision == "１" else "Shops")


def test_a_row_of_another_plan_is_not_there(plan: Plan, sample_plan: Plan, as_: Any) -> None:
    other = load(sample_plan).part(SEGMENT)[0]
    client = as_("owner")
    for name in ("row", "move", "delete_row", "undelete"):
        address = url(name, plan, SEGMENT, other.uid)
        assert client.post(address, {"name": "x", "revision": "1", "to": "0"}).status_code == 404
    assert client.get(url("row", plan, SEGMENT, other.uid)).status_code == 404
    assert stored(other).revision == other.revision


@pytest.mark.parametrize(
    "path",
    [
        "nosuch/", "nosuch/edit/", "market/nosuch/", "market/nosuch/rows/", "market/nosuch/new/",
        "market/analysis/new/", "market/analysis/starters/", "market/segment/",
        "market/segment/notthere/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(path: str, plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("page", plan) + path
    if not path.endswith("starters/"):
        assert client.get(address).status_code == 404
    assert client.post(address, NEW).status_code in {404, 405}


def test_the_part_alone_is_a_fragment_for_htmx_and_the_editor_for_others(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("part", plan, SEGMENT)
    assert 'id="part-segment"' in client.get(address, headers=HTMX).content.decode()
    assert client.get(address).url == url("edit", plan, "market") + "?part=segment"


def test_the_editor_opens_the_first_unfinished_part_of_the_path_or_the_one_asked_for(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("edit", plan, "market")
    assert 'id="part-segment"' in client.get(address).content.decode()
    assert 'id="part-analysis"' in client.get(address + "?part=analysis").content.decode()
    assert 'id="part-segment"' in client.get(address + "?part=%00nosuch").content.decode()


def test_one_saved_row_costs_the_same_queries_for_any_number_of_rows(
    plan: Plan, owner: Any, as_: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = as_("owner"), []
    for rows in (3, 30):
        while len(names(plan)) < rows:
            save(plan, SEGMENT, owner, name=f"Segment {len(names(plan))}")
        row = load(plan).part(SEGMENT)[0]
        data = {"name": f"Renamed with {rows}", "revision": str(row.revision)}
        with CaptureQueriesContext(connection) as queries:
            response = client.post(url("row", plan, SEGMENT, row.uid), data, headers=HTMX)
        assert response.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
