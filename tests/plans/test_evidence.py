"""Evidence: every quantified field can say where its figure comes from."""

from typing import Any

import pytest

from apps.plans.evidence import KEYS, input_name, sentence
from apps.plans.models import Plan
from apps.plans.sections import registry
from tests.conftest import all_parts
from tests.plans.conftest import SEGMENT, save, stored
from tests.plans.pages import fields_of, text_of, url

GIVEN = {
    "basis": "sourced",
    "source": "Trade report 2025",
    "date": "2026-03-01",
    "confidence": "high",
    "note": "Page 12",
}


def typed(field: str, **changes: str) -> dict[str, str]:
    return {input_name(field, key): text for key, text in {**GIVEN, **changes}.items()}


def test_evidence_is_saved_per_field_and_shown_everywhere(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    form = fields_of(client.get(address))
    client.post(address, {**form, "acv": "12000", **typed("acv"), "fit__note": "Only a hunch"})
    assert stored(segment).evidence == {"acv": GIVEN, "fit": {"note": "Only a hunch"}}
    assert fields_of(client.get(address)) == {
        **form, "acv": "12000.00", **typed("acv"), "fit__note": "Only a hunch", "revision": "2",
    }  # fmt: skip
    read = text_of(as_("mentor").get(url("section", plan, "market")))
    assert "Trade report 2025" in read and "Page 12" in read and "confidence high" in read
    activity = text_of(as_("mentor").get(url("activity", plan)))
    assert "From a source · Trade report 2025" in activity


def test_evidence_is_taken_away_by_emptying_it(plan: Plan, segment: Any, as_: Any) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    form = fields_of(client.get(address))
    client.post(address, {**form, **typed("acv")})
    emptied = {input_name("acv", key): "" for key in KEYS}
    client.post(address, {**form, **emptied, "revision": "2"})
    assert stored(segment).evidence == {}
    latest = plan.activity.order_by("-pk")[0]
    assert latest.changes == {"evidence": [{"acv": GIVEN}, None]}


def test_evidence_outlives_an_emptied_figure_and_says_which_it_was_given_for(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    client.post(address, {**fields_of(client.get(address)), "acv": "12000", **typed("acv")})
    for text, kept in (
        ("", {**GIVEN, "given_for": "12000"}),
        ("15000", {**GIVEN, "given_for": "12000"}),
        ("12000", GIVEN),  # the figure it was given for is back
    ):
        form = fields_of(client.get(address))
        client.post(address, {**form, "acv": text})
        assert stored(segment).evidence == {"acv": kept}
    client.post(address, {**fields_of(client.get(address)), "acv": ""})
    page = text_of(client.get(address))
    assert "The evidence was given for" in page and "12,000" in page
    assert fields_of(client.get(address))["acv__source"] == GIVEN["source"]


@pytest.mark.parametrize(
    ("key", "wrong", "says"),
    [
        ("date", "2026-02-30", "Enter a valid date."),
        ("date", "0000-00-00", "Enter a valid date."),
        ("date", "yesterday", "Enter a valid date."),
        ("basis", "gut", "Select a valid choice."),
        ("confidence", "maybe", "Select a valid choice."),
        ("source", "s" * 501, "at most 500 characters"),
        ("note", "n" * 1001, "at most 1000 characters"),
    ],
)
def test_wrong_evidence_says_so_at_its_field_and_keeps_the_rest(
    key: str, wrong: str, says: str, plan: Plan, segment: Any, as_: Any
) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    data = {"name": "Shops", "revision": "1", **typed("acv", **{key: wrong})}
    response = as_("owner").post(address, data)
    assert response.status_code == 422
    html = response.content.decode()
    assert says in html.split(f'id="id_acv__{key}_error"')[1].split("</p>")[0]
    shown = fields_of(response)
    selects = {"basis", "confidence"}  # which cannot show what they do not offer
    for other in set(KEYS) - ({key} & selects):
        assert shown[input_name("acv", other)] == data[input_name("acv", other)]
    assert stored(segment).evidence == {}


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_the_form_asks_for_evidence_of_exactly_the_quantified_fields(
    section: Any, part: Any, sample_plan: Plan, as_: Any
) -> None:
    kind = "new_row" if part.is_table else "sheet"
    page = as_("owner").get(url(kind, sample_plan, f"{section.name}.{part.name}"))
    asked = {name.removesuffix("__basis") for name in fields_of(page) if name.endswith("__basis")}
    offered = page.context["form"].fields  # a form may put fields away that do not apply
    assert asked == {name for name in part.quantified if name in offered}


def test_some_part_is_quantified() -> None:
    assert any(part.quantified for section in registry for part in section.parts)


def test_evidence_survives_a_copy(plan: Plan, owner: Any, as_: Any) -> None:
    save(plan, SEGMENT, owner, name="Shops", evidence={"acv": GIVEN})
    as_("owner").post(url("copy", plan), {"title": "The copy"})
    copy = Plan.objects.get(title="The copy")
    _section, part = registry.part(SEGMENT)
    assert part.model._default_manager.get(plan=copy).evidence == {"acv": GIVEN}


def test_a_sentence_leaves_out_what_was_not_given() -> None:
    assert sentence({}) == ""
    assert sentence({"note": "Only a hunch"}) == "Only a hunch"
    assert sentence({"basis": "gone", "confidence": "gone", "source": "S"}) == "S"
