"""Deleting a row and bringing it back, reordering, the usual first rows."""

from typing import Any

import pytest

from apps.plans.contents import load
from apps.plans.models import DeletedRow, Plan
from apps.plans.sections import registry
from apps.plans.services import count_references
from tests.plans.conftest import SEGMENT, names, save
from tests.plans.pages import HTMX, fields_of, text_of, url

BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
GROUP = "market.group"  # each refers to a segment


@BOTH
def test_a_deleted_row_comes_back_to_its_place(
    headers: dict[str, str], plan: Plan, four_rows: list[Any], as_: Any
) -> None:
    client, uid = as_("cofounder"), four_rows[1].uid
    response = client.post(
        url("delete_row", plan, SEGMENT, uid), headers=headers, follow=not headers
    )
    assert "Deleted: B" in text_of(response) and "Undo" in text_of(response)
    undo = url("undelete", plan, SEGMENT, uid)
    assert f'action="{undo}"' in response.content.decode()
    assert names(plan) == ["A", "C", "D"]
    response = client.post(undo, headers=headers, follow=not headers)
    assert "Brought back: B" in text_of(response)
    assert names(plan) == ["A", "B", "C", "D"]
    row = load(plan).part(SEGMENT)[1]
    assert (row.uid, row.revision) == (uid, 2)
    assert not DeletedRow.objects.exists()


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (0, 3), (3, 0)])
def test_two_deleted_rows_come_back_in_either_order(
    order: tuple[int, int], plan: Plan, four_rows: list[Any], as_: Any
) -> None:
    client = as_("owner")
    for index in sorted(order):
        client.post(url("delete_row", plan, SEGMENT, four_rows[index].uid))
    for index in order:
        client.post(url("undelete", plan, SEGMENT, four_rows[index].uid))
    assert names(plan) == ["A", "B", "C", "D"]


def test_everything_a_row_said_comes_back(sample_plan: Plan, as_: Any) -> None:
    before = load(sample_plan).part(SEGMENT)
    client, row = as_("owner"), before[0]
    address = url("row", sample_plan, SEGMENT, row.uid)
    form = fields_of(client.get(address))
    client.post(url("delete_row", sample_plan, SEGMENT, row.uid))
    client.post(url("undelete", sample_plan, SEGMENT, row.uid))
    assert fields_of(client.get(address)) | {"revision": form["revision"]} == form


def test_undo_twice_is_undo_once(plan: Plan, four_rows: list[Any], as_: Any) -> None:
    client, uid = as_("owner"), four_rows[1].uid
    client.post(url("delete_row", plan, SEGMENT, uid))
    for _time in range(2):
        assert client.post(url("undelete", plan, SEGMENT, uid)).status_code == 302
    assert names(plan) == ["A", "B", "C", "D"]


def test_undo_after_the_same_form_was_posted_again_makes_no_error(plan: Plan, as_: Any) -> None:
    """Save, delete, go back in the browser, save again, and only then undo."""
    client, address = as_("owner"), url("new_row", plan, SEGMENT)
    form = {**fields_of(client.get(address)), "name": "Twice"}
    client.post(address, form)
    client.post(url("delete_row", plan, SEGMENT, form["uid"]))
    client.post(address, form)
    assert names(plan) == ["Twice"]
    response = client.post(url("undelete", plan, SEGMENT, form["uid"]))
    assert response.status_code == 302
    assert names(plan) == ["Twice", "Twice"]


def test_a_row_deleted_twice_is_gone_once(plan: Plan, segment: Any, as_: Any) -> None:
    address = url("delete_row", plan, SEGMENT, segment.uid)
    assert [as_("owner").post(address).status_code for _time in range(2)] == [302, 404]
    assert DeletedRow.objects.count() == 1


def test_deleted_rows_stay_listed_in_their_part_until_they_are_back(
    plan: Plan, four_rows: list[Any], as_: Any
) -> None:
    client = as_("owner")
    for row in four_rows[1:3]:
        client.post(url("delete_row", plan, SEGMENT, row.uid))
    editor = url("edit", plan, "market")
    # Somebody else, later, on a page opened anew.
    page = as_("cofounder").get(f"{editor}?part=segment")
    text = text_of(page)
    assert "2 deleted rows" in text and "Bring back B" in text and "Bring back C" in text
    assert "Olivia" in text and "is deleted." not in text
    assert [row.row for row in page.context["trash"]] == [four_rows[2].uid, four_rows[1].uid]
    assert "Bring back" not in text_of(client.get(f"{editor}?part=group"))
    undo = url("undelete", plan, SEGMENT, four_rows[1].uid)
    assert f'action="{undo}"' in page.content.decode()
    text = text_of(as_("cofounder").post(undo, headers=HTMX))
    assert "1 deleted row" in text and "Bring back B" not in text
    assert names(plan) == ["A", "B", "D"]


@BOTH
@pytest.mark.parametrize(
    ("pointing", "says"),
    [(0, ""), (1, "1 entry refers to it and now shows “removed”."),
     (2, "2 entries refer to it and now show “removed”.")],
)  # fmt: skip
def test_deleting_says_how_many_entries_point_to_the_row(
    pointing: int, says: str, headers: Any, plan: Plan, four_rows: list[Any], owner: Any, as_: Any
) -> None:
    gone, other = four_rows[0].uid, four_rows[1].uid
    for number in range(pointing):
        save(plan, GROUP, owner, name=f"Buyers {number}", segment=gone)
    save(plan, GROUP, owner, name="Others", segment=other)
    text = text_of(
        as_("owner").post(
            url("delete_row", plan, SEGMENT, gone), headers=headers, follow=not headers
        )
    )
    assert "Deleted: A" in text
    assert says in text and ("“removed”" in text) is bool(pointing)


def test_entries_that_point_to_several_rows_count_as_well(sample_plan: Plan, as_: Any) -> None:
    trainings = load(sample_plan).part("team.training")
    uid = trainings[0].roles[0]
    expected = count_references(
        plan=sample_plan, section=registry["team"], part=registry["team"].part("role"), row=uid
    )
    text = text_of(as_("owner").post(url("delete_row", sample_plan, "team.role", uid), follow=True))
    assert expected >= sum(uid in training.roles for training in trainings)
    assert f"{expected} entries refer to it" in text


def test_references_to_a_deleted_row_say_removed_and_come_alive_again(
    plan: Plan, segment: Any, owner: Any, as_: Any
) -> None:
    group = save(plan, GROUP, owner, name="Buyers", segment=segment.uid)
    client, editor = as_("owner"), url("edit", plan, "market") + "?part=group"
    assert "Shops" in text_of(client.get(editor))
    client.post(url("delete_row", plan, SEGMENT, segment.uid), headers=HTMX)
    text = text_of(client.get(editor))
    assert "removed" in text and "Shops" not in text
    # The form still holds the reference, so that saving something else does not drop it.
    form = fields_of(client.get(url("row", plan, GROUP, group.uid)))
    assert form["segment"] == segment.uid
    client.post(url("row", plan, GROUP, group.uid), {**form, "persona": "Night owls"})
    client.post(url("undelete", plan, SEGMENT, segment.uid), headers=HTMX)
    assert "Shops" in text_of(client.get(editor))
    assert load(plan).part(GROUP)[0].segment_ref.state == "found"


def test_a_row_named_by_its_references_is_called_by_them_when_moved_or_deleted(
    plan: Plan, segment: Any, owner: Any, as_: Any, monkeypatch: Any
) -> None:
    group = save(plan, GROUP, owner, name="Buyers", segment=segment.uid)
    save(plan, GROUP, owner, name="Users", segment=segment.uid)
    client = as_("owner")
    monkeypatch.setattr(type(group), "__str__", lambda row: f"{row.name} in {row.segment_ref}")
    calls = [("move", {"to": "down"}), ("delete_row", {}), ("undelete", {})]
    for name, data in calls:
        said = client.post(url(name, plan, GROUP, group.uid), data, headers=HTMX)
        assert ": Buyers in Shops" in text_of(said), name
    calls_it = plan.activity.filter(part="group").order_by("-pk").values_list("label", flat=True)
    assert list(calls_it[:3]) == ["Buyers in Shops"] * 3


@BOTH
def test_rows_move_up_down_and_to_a_place(
    headers: dict[str, str], plan: Plan, four_rows: list[Any], as_: Any
) -> None:
    uid = {row.name: row.uid for row in four_rows}
    moves = [
        ("C", "up", "ACBD"), ("A", "up", "ACBD"), ("C", "down", "ABCD"), ("D", "down", "ABCD"),
        ("D", "0", "DABC"), ("D", "2", "ABDC"), ("A", "99999", "BDCA"),
    ]  # fmt: skip
    for name, to, order in moves:
        response = as_("owner").post(
            url("move", plan, SEGMENT, uid[name]), {"to": to}, headers=headers
        )
        assert response.status_code == (200 if headers else 302)
        assert "".join(names(plan)) == order, (name, to)


def test_name_and_pencil_of_a_row_both_lead_to_it(
    plan: Plan, four_rows: list[Any], as_: Any
) -> None:
    page = as_("owner").get(f"/plans/{plan.uid}/market/edit/?part=segment")
    html = page.content.decode()
    assert 'href=""' not in html
    for row in four_rows:
        assert html.count(f'hx-get="{url("row", plan, SEGMENT, row.uid)}"') == 2


def test_rows_move_by_one_also_where_rows_before_them_are_gone(
    plan: Plan, four_rows: list[Any], as_: Any
) -> None:
    client = as_("owner")
    for row in four_rows[:2]:
        client.post(url("delete_row", plan, SEGMENT, row.uid))
    client.post(url("move", plan, SEGMENT, four_rows[3].uid), {"to": "up"})
    assert names(plan) == ["D", "C"]


def test_rows_are_numbered_without_gaps(plan: Plan, four_rows: list[Any], as_: Any) -> None:
    as_("owner").post(url("delete_row", plan, SEGMENT, four_rows[1].uid))
    assert [row.number for row in load(plan).part(SEGMENT)] == [1, 2, 3]


@pytest.mark.parametrize("to", ["", "-1", "sideways", "1.5", "9" * 30, "²", "\x00"])
def test_a_place_that_is_none_is_not_found(to: str, plan: Plan, segment: Any, as_: Any) -> None:
    address = url("move", plan, SEGMENT, segment.uid)
    assert as_("owner").post(address, {"to": to}).status_code == 404


def test_moving_nothing_leaves_no_trace(plan: Plan, segment: Any, as_: Any) -> None:
    as_("owner").post(url("move", plan, SEGMENT, segment.uid), {"to": "up"})
    assert not plan.activity.filter(verb="moved").exists()


@pytest.mark.parametrize("name", ["move", "delete_row", "undelete"])
def test_a_change_is_never_made_by_a_link(name: str, plan: Plan, segment: Any, as_: Any) -> None:
    assert as_("owner").get(url(name, plan, SEGMENT, segment.uid)).status_code == 405
    assert names(plan) == ["Shops"]


@BOTH
def test_usual_rows_go_into_an_empty_table_only(
    headers: dict[str, str], plan: Plan, as_: Any
) -> None:
    client, address = as_("owner"), url("starters", plan, "market.factor")
    assert address in client.get(url("edit", plan, "market") + "?part=factor").content.decode()
    assert client.post(address, headers=headers).status_code == (200 if headers else 302)
    added = names(plan, "market.factor")
    assert len(added) > 2
    client.post(address, headers=headers)
    assert names(plan, "market.factor") == added
    assert address not in client.get(url("edit", plan, "market") + "?part=factor").content.decode()


def test_a_table_without_usual_rows_gets_none(plan: Plan, as_: Any) -> None:
    as_("owner").post(url("starters", plan, SEGMENT))
    assert names(plan) == []


def test_usual_rows_are_in_the_language_of_the_person(plan: Plan, as_: Any, owner: Any) -> None:
    owner.language = "zh-hans"
    owner.save()
    as_("owner").post(url("starters", plan, "market.factor"))
    assert all("\u3400" < name[0] < "\u9fff" for name in names(plan, "market.factor"))
