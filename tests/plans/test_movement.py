"""After a save the answer names the key figures that moved, and doubts evidence of older ones."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.plans.contents import load, reread
from apps.plans.models import Plan
from apps.plans.movement import MOST, consequences, may_move, moved, readings
from apps.plans.sections import registry
from apps.plans.summary import key_figures
from tests.plans.conftest import SEGMENT, save, stored
from tests.plans.pages import fields_of, text_of, url

STREAM = "funding.stream"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def stream(sample_plan: Plan) -> Any:
    return next(row for row in load(sample_plan).part(STREAM) if row.evidence.get("price"))


def post(client: Any, plan: Plan, row: Any, headers: Any = None, path: str = STREAM, **data: Any):
    address = url("row", plan, path, row.uid)
    form = fields_of(client.get(address))
    return client.post(address, {**form, **data}, follow=not headers, **(headers or {}))


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_save_names_the_figures_that_moved(
    sample_plan: Plan, stream: Any, as_: Any, headers: Any
) -> None:
    before = readings(load(sample_plan))
    page = post(as_("owner"), sample_plan, stream, headers, price=str(stream.price / 2))
    after = readings(load(sample_plan))
    expected = moved(before, after, registry["funding"])
    assert 0 < len(expected) <= MOST
    shown = text_of(page)
    assert "This moved:" in shown
    for one in expected:
        said = f"{one.label} {one.before} → is now {one.after}"
        assert " ".join(said.split()) in shown  # the spaces within a ratio never break
    box = page.content.decode().split("This moved:")[0].rsplit("role=", 1)[1]
    assert box.startswith('"status"'), "it is read out"


def test_a_change_of_words_names_no_figure_and_reads_no_further(
    sample_plan: Plan, stream: Any, as_: Any
) -> None:
    page = text_of(post(as_("owner"), sample_plan, stream, note="Other words."))
    assert "Saved: " in page and "This moved:" not in page
    part = registry.part(STREAM)[1]
    assert may_move(part, ["price"]) and may_move(part, ["segment"]) and may_move(part, ["start"])
    assert not may_move(part, ["note", "evidence"])


def test_a_save_in_one_section_names_what_moved_in_another(sample_plan: Plan, as_: Any) -> None:
    row = next(row for row in load(sample_plan).part("team.role") if row.salary)
    page = text_of(
        post(as_("owner"), sample_plan, row, path="team.role", salary=str(row.salary * 3))
    )
    funding = {str(f.label) for group in key_figures(load(sample_plan)) for f in group.figures
               if group.section.name == "funding"}  # fmt: skip
    assert any(f"{label} " in page.split("This moved:")[1] for label in funding)


def test_a_milestone_that_moves_says_what_it_does_to_the_money(sample_plan: Plan, as_: Any) -> None:
    stream = next(row for row in load(sample_plan).part(STREAM) if row.milestone_ref.row)
    milestone = stream.milestone_ref.row
    late = milestone.due.replace(year=milestone.due.year + 1)
    client, path = as_("owner"), "projects.milestone"
    page = text_of(post(client, sample_plan, milestone, path=path, reached="", due=str(late)))
    told = page.split("Saved: ")[1]
    assert f"but waits for “{milestone}”" in told and "If all that waits for it begins" in told
    hidden = consequences(load(sample_plan, frozenset({"projects"})))
    assert consequences(load(sample_plan)) and not hidden


def test_the_figures_of_a_hidden_section_are_not_told(sample_plan: Plan) -> None:
    every = readings(load(sample_plan))
    shown = readings(load(sample_plan, frozenset({"funding"})))
    assert {section for section, _label in every} - {section for section, _label in shown} == {
        "funding"
    }


def test_the_tables_are_read_at_most_once_more(sample_plan: Plan, stream: Any, as_: Any) -> None:
    """And one section's once again: what stands in the others, the save did not change."""
    client = as_("owner")
    address = url("row", sample_plan, STREAM, stream.uid)
    form = fields_of(client.get(address))
    counts = []
    for data in ({"note": "Other words."}, {"price": "77"}):
        with CaptureQueriesContext(connection) as queries:
            response = client.post(address, {**form, **data}, **HTMX)
        assert response.status_code == 200
        counts.append(len(queries))
        form["revision"] = str(int(form["revision"]) + 1)
        form |= data
    tables = sum(len(section.parts) for section in registry)
    assert counts[1] - counts[0] <= tables, counts


def test_contents_read_again_tell_the_figures_of_a_plan_read_anew(sample_plan: Plan) -> None:
    owner = sample_plan.memberships.get(role="owner").user
    before = load(sample_plan)
    readings(before)  # what the records worked out stays with them
    row = next(row for row in load(sample_plan).part("team.role") if row.salary)
    save(sample_plan, "team.role", owner, stored(row), salary=row.salary * 2)
    again = readings(reread(before, registry["team"]))
    assert again == readings(load(sample_plan)) != readings(before)


# --- Evidence of an older figure -----------------------------------------------------------------
def test_evidence_of_an_older_figure_is_doubted_until_it_is_confirmed(
    sample_plan: Plan, stream: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("row", sample_plan, STREAM, stream.uid)
    given, old = stream.evidence["price"], stream.price
    page = post(client, sample_plan, stream, price=str(old / 2))
    question = "the evidence was given for"
    assert question in text_of(page) and "is it still right?" in text_of(page)
    assert f'href="{address}#id_price__basis"' in page.content.decode()
    assert stored(stream).evidence["price"].items() > given.items()

    post(client, sample_plan, stream, note="Something else")  # asks again: it is not answered yet
    assert "given_for" in stored(stream).evidence["price"]
    assert question.capitalize()[:5] in text_of(client.get(address))
    assert question in text_of(client.get(url("section", sample_plan, "funding")))

    page = post(client, sample_plan, stream, price__confirm="on")
    assert question not in text_of(page)
    assert stored(stream).evidence["price"] == given
    assert "price__confirm" not in client.get(address).content.decode()


def test_edited_evidence_and_the_old_figure_are_not_doubted(
    sample_plan: Plan, stream: Any, as_: Any
) -> None:
    client, old = as_("owner"), stream.price
    post(client, sample_plan, stream, price=str(old / 2))
    post(client, sample_plan, stream, price=str(old))  # back again
    assert stored(stream).evidence == stream.evidence
    post(client, sample_plan, stream, price=str(old / 2), price__note="Asked again")
    assert "given_for" not in stored(stream).evidence["price"]


def test_a_first_figure_beside_older_evidence_is_not_doubted(plan: Plan, owner: Any, as_: Any):
    row = save(plan, SEGMENT, owner, name="Shops", evidence={"acv": {"basis": "guessed"}})
    post(as_("owner"), plan, row, path=SEGMENT, acv="12000")
    assert stored(row).evidence == {"acv": {"basis": "guessed"}}
