"""Two people save the same record: 409 with both texts, nothing is discarded."""

from typing import Any

import pytest

from apps.plans import fields, services
from apps.plans.conflict import text_at
from apps.plans.contents import load
from apps.plans.models import Plan
from apps.plans.sections import registry
from tests.conftest import all_parts
from tests.plans.conftest import SEGMENT, SHEET, names, save, stored
from tests.plans.pages import HTMX, fields_of, form_of, text_of, url

BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@BOTH
def test_both_texts_of_a_field_that_both_changed_are_shown(
    headers: dict[str, str], plan: Plan, segment: Any, as_: Any
) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    mine = {**fields_of(as_("owner").get(address)), "behavioural": "Mine: at noon."}
    theirs = {**mine, "behavioural": "Theirs: at dawn."}
    as_("cofounder").post(address, theirs)
    response = as_("owner").post(address, mine, headers=headers)
    assert response.status_code == 409
    text = text_of(response)
    assert "Mine: at noon." in text and "Theirs: at dawn." in text and "Carl" in text
    form = fields_of(response)
    assert (form["behavioural"], form["revision"]) == ("Mine: at noon.", "2")
    assert stored(segment).behavioural == "Theirs: at dawn."
    # Saving the form as it stands keeps mine; nobody is asked twice.
    assert as_("owner").post(address, form, headers=headers).status_code in {200, 302}
    assert stored(segment).behavioural == "Mine: at noon."


def test_what_only_the_other_person_changed_is_merged(plan: Plan, segment: Any, as_: Any) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    began = fields_of(as_("owner").get(address))
    as_("cofounder").post(address, {**began, "name": "Web shops", "pain": "5"})
    response = as_("owner").post(address, {**began, "behavioural": "At noon."})
    assert response.status_code == 409
    assert "Which text do you keep?" not in text_of(response)
    form = fields_of(response)
    assert (form["name"], form["pain"], form["behavioural"]) == ("Web shops", "5", "At noon.")
    as_("owner").post(address, form)
    row = stored(segment)
    assert (row.name, row.pain, row.behavioural, row.revision) == ("Web shops", 5, "At noon.", 3)


def test_the_other_text_is_taken_by_one_click(plan: Plan, segment: Any, as_: Any) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    began = fields_of(as_("owner").get(address))
    as_("cofounder").post(address, {**began, "name": "Theirs", "pain": "1"})
    form = fields_of(as_("owner").post(address, {**began, "name": "Mine", "pain": "2"}))
    as_("owner").post(address, {**form, "take": ["name"]})
    row = stored(segment)
    assert (row.name, row.pain) == ("Theirs", 2)


@pytest.mark.parametrize("take", ["nosuch", "name__note", "revision", "a\x00b", "plan"])
def test_taking_what_is_no_field_changes_nothing(
    take: str, plan: Plan, segment: Any, as_: Any
) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    form = fields_of(as_("owner").get(address))
    assert as_("owner").post(address, {**form, "name": "New", "take": take}).status_code == 302
    assert stored(segment).name == "New"


def test_a_third_save_in_between_is_a_conflict_again(plan: Plan, segment: Any, as_: Any) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    began = fields_of(as_("owner").get(address))
    as_("cofounder").post(address, {**began, "name": "Theirs"})
    form = fields_of(as_("owner").post(address, {**began, "name": "Mine"}))
    as_("cofounder").post(address, {**began, "name": "Theirs again", "revision": "2"})
    response = as_("owner").post(address, form)
    assert response.status_code == 409
    assert "Theirs again" in text_of(response)
    assert fields_of(response)["name"] == "Mine"


@BOTH
def test_a_row_deleted_meanwhile_offers_the_text_as_a_new_row(
    headers: dict[str, str], plan: Plan, segment: Any, as_: Any
) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    form = {**fields_of(as_("owner").get(address)), "behavioural": "Three hours of typing"}
    as_("cofounder").post(url("delete_row", plan, SEGMENT, segment.uid))
    response = as_("owner").post(address, form, headers=headers)
    assert response.status_code == 409
    assert "Carl deleted it" in text_of(response)
    offered = form_of(response)
    assert offered.action == url("new_row", plan, SEGMENT)
    assert offered.data["behavioural"] == "Three hours of typing"
    assert as_("owner").post(offered.action, offered.data).status_code == 302
    row = load(plan).part(SEGMENT)[0]
    assert (row.name, row.behavioural) == ("Shops", "Three hours of typing")
    assert row.uid != segment.uid


def test_a_deleted_row_with_a_wrong_value_says_so_and_keeps_the_text(
    plan: Plan, segment: Any, as_: Any
) -> None:
    as_("cofounder").post(url("delete_row", plan, SEGMENT, segment.uid))
    data = {"name": "", "behavioural": "Typed", "acv": "a lot", "revision": "1"}
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), data)
    assert response.status_code == 409
    shown = fields_of(response)
    assert (shown["behavioural"], shown["acv"]) == ("Typed", "a lot")


def test_a_sheet_begun_by_two_people_at_once_keeps_both(plan: Plan, as_: Any) -> None:
    address = url("sheet", plan, SHEET)
    began = fields_of(as_("owner").get(address))
    as_("cofounder").post(address, {**began, "scope": "Theirs", "home_trends": "At home"})
    response = as_("owner").post(address, {**began, "scope": "Mine", "global_trends": "Abroad"})
    assert response.status_code == 409
    text, form = text_of(response), fields_of(response)
    assert "Theirs" in text and form["scope"] == "Mine"
    assert (form["global_trends"], form["home_trends"]) == ("Abroad", "At home")
    as_("owner").post(address, form)
    sheet = load(plan).part(SHEET)
    assert (sheet.scope, sheet.home_trends, sheet.revision) == ("Mine", "At home", 2)


def test_evidence_that_both_changed_is_shown_twice_and_can_be_taken(
    plan: Plan, segment: Any, as_: Any
) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    began = fields_of(as_("owner").get(address))
    theirs = {"acv": "5000", "acv__basis": "measured", "acv__source": "Their invoices"}
    mine = {"acv__basis": "guessed", "acv__note": "My nose", "acv__date": "2026-03-01"}
    as_("cofounder").post(address, {**began, **theirs})
    response = as_("owner").post(address, {**began, **mine})
    assert response.status_code == 409
    text, form = text_of(response), fields_of(response)
    assert "Their invoices" in text and "My nose" in text
    assert (form["acv"], form["acv__note"], form["acv__source"]) == ("5000.00", "My nose", "")
    as_("owner").post(address, {**form, "take": "evidence"})
    assert stored(segment).evidence == {"acv": {"basis": "measured", "source": "Their invoices"}}


def test_a_stale_and_wrong_save_says_first_what_is_wrong_then_conflicts(
    plan: Plan, segment: Any, as_: Any
) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    began = fields_of(as_("owner").get(address))
    as_("cofounder").post(address, {**began, "name": "Theirs"})
    response = as_("owner").post(address, {**began, "name": "Mine", "acv": "a lot"})
    assert response.status_code == 422
    form = fields_of(response)
    assert form["revision"] == "1"
    response = as_("owner").post(address, {**form, "acv": "12"})
    assert response.status_code == 409
    assert "Theirs" in text_of(response) and fields_of(response)["name"] == "Mine"


def test_two_rows_of_one_table_never_collide(plan: Plan, four_rows: list[Any], as_: Any) -> None:
    for who, row in zip(("owner", "cofounder"), four_rows, strict=False):
        data = {"name": f"{row.name} of {who}", "revision": "1"}
        assert as_(who).post(url("row", plan, SEGMENT, row.uid), data).status_code == 302
    assert names(plan)[:2] == ["A of owner", "B of cofounder"]


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_a_conflict_page_holds_every_word_that_was_typed(
    section: Any, part: Any, sample_plan: Plan, as_: Any
) -> None:
    """Every text field changed by both: mine stands in the form, theirs beside it."""
    path = f"{section.name}.{part.name}"
    record = load(sample_plan).part(path)
    record = record[0] if part.is_table else record
    texts = [
        name
        for name in part.fields
        if isinstance(part.model_field(name), fields.LongText | fields.ShortText)
    ]
    if not texts:
        pytest.skip("no text to lose")
    address = url("row", sample_plan, path, record.uid) if part.is_table else url(
        "sheet", sample_plan, path
    )  # fmt: skip
    began = fields_of(as_("owner").get(address))
    texts = [name for name in texts if name in began]  # a form may put fields away
    if not texts:
        pytest.skip("no text to lose")
    mine, theirs = dict(began), dict(began)
    for name in texts:
        mine[name], theirs[name] = f"My <{name}> & more", f"Their <{name}> & more"
    first = as_("cofounder").post(address, theirs)
    if first.status_code == 422:  # some texts must have a form, such as a colour
        picky = first.context["form"].errors.keys()
        texts = [name for name in texts if name not in picky]
        theirs |= {name: began[name] for name in picky}
        mine |= {name: began[name] for name in picky}
        first = as_("cofounder").post(address, theirs)
    assert texts and first.status_code == 302
    response = as_("owner").post(address, mine)
    assert response.status_code == 409
    text, form = text_of(response), fields_of(response)
    for name in texts:
        assert form[name] == mine[name]
        assert theirs[name] in text
    as_("owner").post(address, {**form, "take": texts})
    kept = load(sample_plan).part(path)
    kept = kept[0] if part.is_table else kept
    assert {getattr(kept, name) for name in texts} == {theirs[name] for name in texts}


def test_the_text_of_an_older_revision_is_rebuilt_from_the_activity(
    plan: Plan, segment: Any, owner: Any
) -> None:
    section, part = registry.part(SEGMENT)
    for name in ("Second", "Third"):
        segment = save(plan, SEGMENT, owner, stored(segment), name=name)
    for base, name in {1: "Shops", 2: "Second", 3: "Third"}.items():
        text = text_at(plan=plan, section=section, part=part, record=segment, base=base)
        assert text["name"] == name
        assert text["behavioural"] == "They chat at night."


def test_a_conflict_changes_nothing(plan: Plan, segment: Any, owner: Any) -> None:
    old = stored(segment)
    save(plan, SEGMENT, owner, stored(segment), name="Second")
    before = plan.activity.count()
    with pytest.raises(services.Conflict) as conflict:
        save(plan, SEGMENT, owner, old, name="Stale")
    assert conflict.value.current.name == "Second"
    assert stored(segment).name == "Second"
    assert plan.activity.count() == before
