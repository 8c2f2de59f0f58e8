"""The path of a plan: what its overview names as the next step, and what is not held against it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.checks.report import report
from apps.plans.choices import Stage
from apps.plans.contents import Contents, load
from apps.plans.models import Plan
from apps.plans.progress import asks_nothing
from apps.plans.sections import registry
from tests.plans.conftest import SEGMENT, save
from tests.plans.pages import text_of


def overview(client: Client, plan: Plan) -> Any:
    return client.get(reverse("plans:page", args=[plan.uid]))


def next_part(client: Client, plan: Plan) -> tuple[str, str]:
    step = overview(client, plan).context["path"].next
    return step.section.name, step.part.name


def test_a_new_plan_begins_with_whose_problem_it_is(plan: Plan, as_: Any) -> None:
    page = overview(as_("owner"), plan)
    path = page.context["path"]
    assert (path.next.section.name, path.next.part.name) == ("market", "segment")
    assert (path.number, path.sections, path.begun) == (1, len(list(registry)), False)
    assert "Start here · section 1 of 8" in text_of(page)
    assert reverse("plans:new_row", args=[plan.uid, "market", "segment"]) in page.content.decode()


def test_the_step_goes_on_with_what_was_written(plan: Plan, owner: Any, as_: Any) -> None:
    row = save(plan, SEGMENT, owner, name="Shops")
    page = overview(as_("owner"), plan)
    first = page.context["path"].next.first
    assert (first.missing.row, first.missing.field) == (row.uid, "industry")
    assert "Next step" in text_of(page)
    save(
        plan, SEGMENT, owner, record=row, industry="retail", scenario="chat", buyer="The owner",
        targeting="primary", pain=4, interviews=5, accounts=100, acv=1000,
    )  # fmt: skip
    assert next_part(as_("owner"), plan) == ("market", "group")


def test_the_menu_opens_a_section_where_its_path_begins(plan: Plan, owner: Any, as_: Any) -> None:
    client, market = as_("owner"), reverse("plans:edit", args=[plan.uid, "market"])
    assert client.get(market).context["part"].name == next_part(client, plan)[1] == "segment"
    assert client.get(f"{market}?part=analysis").context["part"].name == "analysis"


def test_every_section_names_parts_of_its_own_on_the_path() -> None:
    for section in registry:
        assert sorted(part.name for part in section.in_thought()) == sorted(
            part.name for part in section.parts
        )


def test_a_complete_plan_is_led_to_its_checks(sample_plan: Plan, as_: Any) -> None:
    page = overview(as_("owner"), sample_plan)
    assert page.context["path"] is None
    assert "Go through the checks" in text_of(page)


@pytest.mark.parametrize("role", ["mentor", "viewer"])
def test_who_does_not_write_is_given_no_step(role: str, plan: Plan, as_: Any) -> None:
    assert "Start here" not in text_of(overview(as_(role), plan))


@pytest.mark.parametrize("stage", Stage.values)
def test_nothing_is_held_against_a_plan_in_which_nothing_is_written(stage: str) -> None:
    contents = Contents(Plan(title="Blank", stage=stage), lambda section, part: [])
    made = report(contents)
    assert not made.failed
    assert {one.finding.key for one in made.open if one.finding.severity != "hint"} == set()


def test_usual_rows_say_that_they_are_a_beginning(plan: Plan, as_: Any) -> None:
    client = as_("owner")
    url = reverse("plans:starters", args=[plan.uid, "funding", "cost"])
    told = text_of(client.post(url, follow=True))
    rows = load(plan).part("funding.cost")
    lacking = sum(row.amount is None for row in rows)
    assert lacking and f"{len(rows)} usual rows were added." in told
    assert f"{lacking} fields in them are still yours to fill in" in told
    assert "0 usual rows were added." in text_of(client.post(url, follow=True))


def test_a_part_that_asks_nothing_and_holds_nothing_is_not_complete(
    plan: Plan, owner: Any, as_: Any
) -> None:
    content = load(plan).section("projects")
    assert asks_nothing(content, content.section.part("change"))
    assert not asks_nothing(content, content.section.part("milestone"))
    url = reverse("plans:edit", args=[plan.uid, "projects"]) + "?part=change"
    assert "Nothing needed yet" in text_of(as_("owner").get(url))
    save(plan, "projects.change", owner, subject="Narrower scope")
    assert not asks_nothing(load(plan).section("projects"), content.section.part("change"))
    assert "Nothing needed yet" not in text_of(as_("owner").get(url))
