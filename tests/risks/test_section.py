"""The risk section as a whole: page, pictures, costs, progress, forms, history."""

import time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.plans.contents import Contents, load
from apps.plans.document import dump_record
from apps.plans.models import Activity, Plan
from apps.plans.progress import section_progress
from apps.plans.render import render_section
from apps.plans.sections import registry
from apps.plans.services import add_starters, save_record
from apps.risks.simulation import _simulate
from tests.risks.conftest import TODAY, a_risk, an_exposure, risks

SECTION = registry["risks"]


# --- The sample ----------------------------------------------------------------------------------
@time_machine.travel(TODAY)
def test_the_sample_is_complete_and_in_order(sample: Contents) -> None:
    content = sample.section("risks")
    assert section_progress(content).percent == 100
    assert SECTION.checks(sample) == []
    context = content.context()
    assert context["threats_counted"] == context["threats_open"] == 10
    assert len(context["opportunities"]) == 2
    assert sum(count for _name, count in context["levels"]) == 10
    assert [risk.current.score for risk in context["top"]] == sorted(
        (risk.current.score for risk in context["top"]), reverse=True
    )
    assert 1_500_000 < context["losses"].contingency < 6_000_000


@time_machine.travel(TODAY)
def test_the_page_tells_the_whole_register(
    sample: Contents, language: str, db: Any, django_assert_num_queries: Any
) -> None:
    content = sample.section("risks")
    with translation.override(language), django_assert_num_queries(0):
        html = render_section(content)
        losses = content["policy"].losses
    for risk in content["risk"]:
        assert html.count(f"{risk.code} {risk}") >= 2  # in the list and in full
        assert str(risk.acceptance_reason) in html
    for action in content["action"]:
        assert str(action) in html
    assert f"{losses.contingency:,}" in html
    assert html.count("<svg") == 4 + 1  # four pictures, one of them once more for phones
    assert "style=" not in html
    assert ("极高" if language == "zh-hans" else "Critical") in html


@time_machine.travel("2030-01-01")
def test_overdue_is_written_out(sample: Contents) -> None:
    html = render_section(sample.section("risks"))
    assert html.count("Overdue</span>") == 12 + 14  # every review, every action


def test_the_context_is_quick(sample: Contents) -> None:
    content = sample.section("risks")
    content.context()  # fills the caches, as the first page does
    started = time.process_time()
    for _time in range(5):
        SECTION.context(content)
    assert (time.process_time() - started) / 5 < 0.05
    assert _simulate.cache_info().hits >= 5


# --- Half-filled content -------------------------------------------------------------------------
def test_a_blank_section_reads_well() -> None:
    content = risks()
    assert content.context()["pictures"] == {
        "inherent_map": None, "current_map": None, "top_risks": None, "exceedance": None,
    }  # fmt: skip
    html = render_section(content)
    assert "No threat has been written down yet." in html
    assert "None" not in html
    assert section_progress(content).done == 0


def test_a_risk_with_a_name_only_reads_well() -> None:
    html = render_section(risks(risk=[{"uid": "r1", "name": "Something"}]))
    assert "R1 Something" in html
    assert "None" not in html


def test_what_is_out_of_range_does_not_break_the_page() -> None:
    wild = a_risk(current_probability=99, current_cost=0, **an_exposure("100", "1", "1e15"))
    content = risks(policy={"medium_from": 25, "high_from": 2}, risk=[wild])
    assert len(content.context()["warnings"]) >= 2
    assert render_section(content)


def test_closed_risks_and_opportunities_stay_out_of_the_losses() -> None:
    rows = [
        a_risk("r1", **an_exposure()),
        a_risk("r2", status="closed", **an_exposure("100", "9000000", "9000000")),
        a_risk("r3", kind="opportunity", **an_exposure("100", "7000", "7000")),
        a_risk("r4"),
    ]
    context = risks(risk=rows).context()
    assert context["losses"].p95 < 2_000_000
    assert context["gains"].mean == 7000
    assert (context["threats_counted"], context["threats_open"]) == (1, 2)
    assert [row[0] for row in context["pictures"]["current_map"].table[1:]] == ["1", "4"]


def test_the_heat_maps_say_the_level_in_words() -> None:
    row = a_risk(current_probability=2, target_probability=1)
    pictures = risks(risk=[row]).context()["pictures"]
    assert pictures["inherent_map"].table[1] == ("1", "4 × 5 Critical 15–25")
    assert pictures["current_map"].table[1] == ("1", "2 × 5 High 10–14")


# --- Progress ------------------------------------------------------------------------------------
def test_one_impact_a_rating_is_enough_and_an_acceptance_needs_more() -> None:
    part = SECTION.part("risk")
    rated = risks(risk=[a_risk(inherent_cost=None, inherent_quality=5)])["risk"][0]
    assert "inherent_quality" in part.required(rated)
    assert "inherent_cost" not in part.required(rated)
    assert "acceptance_reason" not in part.required(rated)
    accepted = risks(risk=[a_risk(response="accept")])["risk"][0]
    assert {"acceptance_approver", "acceptance_reason", "acceptance_expiry"} <= set(
        part.required(accepted)
    )


# --- What the cash plan gets ---------------------------------------------------------------------
def test_actions_cost_in_their_month_and_the_contingency_is_spread() -> None:
    rows = [a_risk(**an_exposure("100", "1000", "1000"))]
    actions = [
        {"uid": "a1", "text": "First", "due": "2027-01-31", "cost": "500"},
        {"uid": "a2", "text": "Last", "due": "2029-12-01", "cost": "700.5"},
        {"uid": "a3", "text": "Before", "due": "2026-12-31", "cost": "1"},
        {"uid": "a4", "text": "After", "due": "2030-01-01", "cost": "1"},
        {"uid": "a5", "text": "Undated", "cost": "1"},
        {"uid": "a6", "text": "Free", "due": "2027-05-01"},
    ]
    first, last, contingency = SECTION.monthly_costs(risks(risk=rows, action=actions))
    assert (first.amounts[0], sum(first.amounts), first.label) == (500, 500, "First")
    assert (last.amounts[35], sum(last.amounts)) == (Decimal("700.5"), Decimal("700.5"))
    assert contingency.kind == "contingency"
    assert len(contingency.amounts) == 36
    assert sum(contingency.amounts) == 1000
    assert max(contingency.amounts) - min(contingency.amounts) < Decimal("0.36")


def test_a_plan_without_exposure_offers_no_contingency() -> None:
    content = risks(risk=[a_risk()])
    assert content["policy"].contingency is None
    assert SECTION.monthly_costs(content) == []


# --- Forms ---------------------------------------------------------------------------------------
def errors(part_name: str, **data: Any) -> dict[str, list[str]]:
    content = risks()
    part = SECTION.part(part_name)
    record = part.model(plan=content.plan)
    record.contents = content.contents
    return part.form(data, instance=record, part=part, contents=content.contents).errors


@pytest.mark.django_db
def test_levels_that_do_not_rise_are_told_at_the_field() -> None:
    found = errors("policy", medium_from=5, high_from=15, critical_from=10)
    assert found == {
        "critical_from": ["The levels must rise: medium below high, high below critical."]
    }
    assert not errors("policy", medium_from=4, high_from=8, critical_from=20)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "threat", "response": "exploit"}, "response"),
        ({"kind": "opportunity", "response": "mitigate"}, "response"),
        ({"amount_low": "0", "amount_high": "5"}, "amount_low"),
        ({"amount_low": "9", "amount_high": "5"}, "amount_high"),
        ({"amount_low": "1", "amount_high": "5000"}, "amount_high"),
        ({"inherent_probability": "6"}, "inherent_probability"),
    ],
)
def test_contradictions_are_told_at_the_field(data: dict[str, str], field: str) -> None:
    base = {"name": "A risk", "kind": "threat", "status": "open"}
    assert list(errors("risk", **{**base, **data})) == [field]
    assert not errors("risk", **base)


# --- In the database -----------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_starters_are_usual_risks_in_the_reader_s_language(
    plan: Plan, owner: Any, language: str
) -> None:
    part = SECTION.part("risk")
    with translation.override(language):
        assert add_starters(plan=plan, section=SECTION, part=part, by=owner) >= part.min_rows
    for risk in load(plan).part("risks.risk"):
        assert risk.cause and risk.event and risk.effect and risk.indicator
        assert risk.cause.isascii() == (language == "en")


def test_every_change_of_a_score_is_kept_with_date_and_person(
    sample_plan: Plan, owner: Any
) -> None:
    part = SECTION.part("risk")
    risk = load(sample_plan).part("risks.risk")[0]
    before, score = dump_record(part, risk), risk.current_probability
    risk.current_probability = 1
    save_record(
        section=SECTION, part=part, record=risk, before=before, base=risk.revision, by=owner
    )
    change = Activity.objects.filter(row=risk.uid).latest("at")
    assert change.changes == {"current_probability": [score, 1]}
    assert change.by == owner
    assert change.at
