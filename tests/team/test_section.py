"""The team section as a whole: what its page shows, what it costs, what its forms accept."""

from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.plans.contents import load
from apps.plans.fields import RowRefs
from apps.plans.models import Plan
from apps.plans.progress import section_progress
from apps.plans.render import render_section
from apps.plans.sections import registry
from apps.plans.services import add_starters
from apps.team.models import Responsibility, Role
from tests.team.conftest import read_sample, team

SECTION = registry["team"]


def form_of(part_name: str, data: dict, **parts):
    content = team(**parts)
    part = SECTION.part(part_name)
    record = part.model(plan=content.plan)
    record.contents = content.contents
    return part.form(data, instance=record, part=part, contents=content.contents)


# --- The sample ----------------------------------------------------------------------------------
def test_the_sample_is_complete_and_costs_what_the_other_sections_assume(sample):
    content = sample.section("team")
    assert section_progress(content).percent == 100
    context = content.context()
    assert 410_000 <= context["figures"]["peak"].payroll <= 430_000
    assert context["figures"]["peak"].name == "June 2027"
    assert context["figures"]["equity"] == 93
    assert {role.uid for role in content["role"]} >= {
        "role-tech-lead", "role-product", "role-marketing", "role-operations",
        "role-research-1", "role-research-2", "role-ml-engineer", "role-delivery",
    }  # fmt: skip


def test_every_reference_of_the_sample_within_the_section_is_found(sample):
    content = sample.section("team")
    for part, record in content.records():
        for name in part.fields:
            field = part.model_field(name)
            target = getattr(field, "target", "")
            if not target.startswith("team."):
                continue
            value = getattr(record, name)
            uids = value if isinstance(field, RowRefs) else [value] if value else []
            for uid in uids:
                assert sample.ref(target, uid).state == "found", (record, name, uid)


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


@time_machine.travel(date(2026, 11, 24))
def test_the_page_shows_everything_that_was_written(sample, language):
    content = sample.section("team")
    with translation.override(language):
        html = render_section(content)
    page = Text()
    page.feed(html)
    for part, record in content.records():
        for name in part.fields:
            value = getattr(record, name)
            if type(part.model_field(name)).__name__ in {"ShortText", "LongText"}:
                for line in filter(None, value.splitlines()):
                    assert line in page.text
    assert html.count("<figure") == 2
    assert "notice" not in html
    assert "None" not in page.text
    assert ("人力成本" in page.text) == (language == "zh-hans")


def test_the_page_says_where_its_figures_come_from(sample, language):
    content = sample.section("team")
    with translation.override(language):
        page = Text()
        page.feed(render_section(content))
    given = [
        source["source"]
        for _part, record in content.records()
        for source in record.evidence.values()
    ]
    assert len(given) == 5
    assert all(source in page.text for source in given)


def test_the_page_of_a_document_makes_no_query(sample, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        render_section(sample.section("team"))


# --- Context -------------------------------------------------------------------------------------
def test_an_empty_section_says_so():
    content = team()
    assert content.context()["empty"] is True
    assert content.context()["pictures"] == {"organisation": None, "headcount": None}
    assert content.context()["figures"]["peak"] is None
    assert 'class="empty"' in render_section(content)


def test_a_role_of_which_only_the_title_is_known():
    content = team(role=[{"uid": "a", "title": "Lead"}])
    context = content.context()
    assert context["pictures"]["organisation"] is not None
    assert context["pictures"]["headcount"] is None
    assert "Lead" in context["warnings"][0]
    assert "Lead" in render_section(content)


def test_rows_about_nothing_and_nobody_are_shown():
    content = team(responsibility=[{"uid": "r", "kind": "milestone"}], skill=[{"skill": "x"}])
    html = render_section(content)
    assert "No subject yet" in html
    assert content.context()["raci"] == []


def test_the_chart_stands_a_cycle_and_many_roles():
    circle = [
        {"uid": "a", "title": "Ann", "reports_to": "b"},
        {"uid": "b", "title": "Ben", "reports_to": "a"},
    ]
    assert "Ann" in str(team(role=circle).context()["pictures"]["organisation"])
    many = [{"uid": f"r{i}", "title": f"Role {i}", "reports_to": "r0"} for i in range(60)]
    picture = team(role=many).context()["pictures"]["organisation"]
    assert "20 more roles are not drawn" in picture.description
    assert picture.height < 1000


def test_huge_amounts_and_dates_do_not_break_the_page():
    role = {
        "uid": "a", "title": "x" * 200, "salary": "1000000000000000", "share": "100",
        "on_cost": "100", "start": "0001-01-01", "end": "9999-12-01", "equity": "100",
    }  # fmt: skip
    content = team(role=[role], training=[{"skill": "y", "date": "9999-12-31", "cost": "1e15"}])
    assert content.context()["figures"]["peak"].payroll == 2 * Decimal(10) ** 15
    assert len(SECTION.monthly_costs(content)[0].amounts) == 36
    assert render_section(content)


def test_what_people_write_is_escaped():
    content = team(role=[{"uid": "a", "title": "<script>alert(1)</script>{{ 7|add:7 }}"}])
    html = render_section(content)
    assert "<script" not in html
    assert "{{ 7|add:7 }}" in html


def test_the_matrix_shows_letters_and_splits_when_wide():
    roles = [{"uid": f"r{i}", "title": f"Role {i}"} for i in range(9)]
    row = {"uid": "x", "kind": "other", "subject": "Pay day", "responsible": ["r0", "r8"],
           "accountable": ["r0"]}  # fmt: skip
    first, second = team(role=roles, responsibility=[row]).context()["raci"]
    assert (len(first["roles"]), len(second["roles"])) == (5, 4)
    assert first["lines"][0]["cells"][0]["letters"] == ["R", "A"]
    assert second["lines"][0]["cells"][3]["letters"] == ["R"]


def test_skill_gaps_are_listed_largest_first():
    skills = [
        {"skill": "small", "needed": 3, "held": 2},
        {"skill": "none", "needed": 3, "held": 3},
        {"skill": "large", "needed": 5, "held": 1},
        {"skill": "unknown", "needed": 5},
    ]
    assert [str(skill) for skill in team(skill=skills).context()["gaps"]] == ["large", "small"]


# --- Costs ---------------------------------------------------------------------------------------
def test_monthly_costs_are_payroll_by_role_and_training_in_its_month():
    costs = SECTION.monthly_costs(
        team(
            role=[
                {"uid": "a", "title": "Lead", "salary": "40000", "share": "50", "on_cost": "30",
                 "start": "2027-03-01"},
                {"uid": "b", "title": "Unpaid yet", "start": "2027-03-01"},
            ],
            training=[{"uid": "t", "skill": "Safety", "date": "2027-02-15", "cost": "12000"}],
        )
    )  # fmt: skip
    payroll, unpaid, training = costs
    assert (unpaid.place.row, unpaid.amounts) == ("b", None)  # to be said, not to be forgotten
    assert (payroll.kind, payroll.label, payroll.place.row) == ("payroll", "Lead", "a")
    assert payroll.amounts[:3] == (0, 0, 26_000)
    assert sum(payroll.amounts) == 34 * 26_000
    assert (training.kind, training.place.part) == ("training", "training")
    assert training.amounts[:3] == (0, 12_000, 0)
    assert len(payroll.amounts) == len(training.amounts) == 36


def test_the_costs_of_the_sample_add_up_to_its_figures(sample):
    content = sample.section("team")
    costs = SECTION.monthly_costs(content)
    payroll = sum(sum(cost.amounts) for cost in costs if cost.kind == "payroll")
    assert payroll == content.context()["figures"]["horizon"]
    assert sum(sum(cost.amounts) for cost in costs if cost.kind == "training") == 57_000


# --- Forms (the database judges their constraints) -----------------------------------------------
@pytest.mark.parametrize("part", SECTION.parts, ids=lambda part: part.name)
def test_every_field_has_guidance_in_both_languages(part, language):
    assert set(part.form.guide) == set(part.fields)
    with translation.override(language):
        for why, example in part.form.guide.values():
            assert str(why) and str(example)


def test_an_end_before_the_start_is_refused_in_a_sentence_at_the_field(db):
    form = form_of("role", {"title": "Lead", "start": "2027-05", "end": "2027-04"})
    assert not form.is_valid()
    assert list(form.errors) == ["end"]
    assert form_of("role", {"title": "Lead", "start": "2027-05", "end": "2027-05"}).is_valid()


@pytest.mark.parametrize(
    ("field", "value"),
    [("share", "101"), ("salary", "-1"), ("salary", "NaN"), ("equity", "Infinity"),
     ("on_cost", "1e400"), ("status", "asleep"), ("start", "yesterday"), ("title", "x" * 201)],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_its_field(field, value, db):
    form = form_of("role", {"title": "Lead", field: value})
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_draft_role_needs_only_its_title(db):
    assert form_of("role", {"title": "Lead"}).is_valid()
    assert not form_of("role", {}).is_valid()


def test_a_role_may_report_to_another_but_not_to_a_stranger(db):
    roles = [{"uid": "boss", "title": "Boss"}]
    assert form_of("role", {"title": "Lead", "reports_to": "boss"}, role=roles).is_valid()
    form = form_of("role", {"title": "Lead", "reports_to": "stranger"}, role=roles)
    assert list(form.errors) == ["reports_to"]


def test_targets_that_the_plan_lacks_are_not_asked_for(db):
    form = form_of("responsibility", {"kind": "other", "subject": "Pay day"})
    for name, target in (("milestone", "projects.milestone"), ("step", "technology.step")):
        assert (name in form.fields) == registry.has(target)
    assert form.is_valid()


# --- Rows ----------------------------------------------------------------------------------------
def test_the_name_of_a_responsibility():
    assert Responsibility(kind="section", section="team").name == "Team"
    assert Responsibility(kind="section", section="gone", subject="Old").name == "Old"
    assert Responsibility(kind="milestone", subject="Go-live").name == "Go-live"
    assert Responsibility(kind="other").name == "No subject yet"


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        (Responsibility(kind="section"), "section"),
        (Responsibility(kind="other"), "subject"),
        (Responsibility(kind=""), "subject"),
        (Responsibility(kind="milestone", subject="Go-live"), "subject"),
    ],
)
def test_what_a_responsibility_needs_depends_on_its_kind(row, subject):
    needs = SECTION.part("responsibility").required(row)
    assert needs == ("kind", subject, "responsible", "accountable")


def test_starters_are_the_usual_team_and_a_row_for_each_section(django_user_model, db):
    user = django_user_model.objects.create_user(email="founder@example.com", password="x")
    plan = Plan.objects.create(title="Test")
    for name in ("role", "responsibility"):
        add_starters(plan=plan, section=SECTION, part=SECTION.part(name), by=user)
    content = load(plan).section("team")
    titles = [str(role) for role in content["role"]]
    assert titles == ["Technical lead", "Product manager", "Marketing manager",
                      "Operations manager", "Research engineer"]  # fmt: skip
    assert str(content["role"][-1].reports_to_ref) == "Technical lead"
    assert [row.section for row in content["responsibility"]] == [s.name for s in registry]


def test_the_database_refuses_an_end_before_the_start(db):
    plan = Plan.objects.create(title="Test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(plan=plan, title="x", start=date(2027, 2, 1), end=date(2027, 1, 1))
    Role.objects.create(plan=plan, title="x", end=date(2027, 1, 1))


def test_the_sample_holds_no_field_that_the_forms_lack():
    for name, value in read_sample("team", "customer_service").items():
        part = SECTION.part(name)
        for record in value if part.is_table else [value]:
            assert set(record) <= {"uid", "evidence", *part.fields}
