"""The strategy section as a whole: page, pictures, figures, needs by stage, forms."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from apps.plans import samples
from apps.plans.contents import Contents, figure, load
from apps.plans.document import restore
from apps.plans.models import Plan
from apps.plans.progress import section_progress
from apps.plans.render import render_section
from apps.plans.sections import registry
from apps.plans.services import add_starters
from apps.strategy.rules import Verdict
from tests.strategy.conftest import strategy

SECTION = registry["strategy"]


# --- The sample ----------------------------------------------------------------------------------
def test_the_sample_breaks_no_rule(sample: Contents) -> None:
    assert SECTION.checks(sample) == []
    assert {row.verdict for row in sample.part("strategy.advantage")} == {
        Verdict.SUSTAINED, Verdict.TEMPORARY, Verdict.UNUSED, Verdict.PARITY,
    }  # fmt: skip
    quadrants = [row.quadrants for row in sample.part("strategy.tows")]
    assert {"SO", "WO", "ST", "WT"} <= set(quadrants)


def test_the_page_tells_the_whole_strategy(
    sample: Contents, language: str, db: Any, django_assert_num_queries: Any
) -> None:
    content = sample.section("strategy")
    with translation.override(language), django_assert_num_queries(0):
        html = render_section(content)
        verdict = str(Verdict.SUSTAINED.label)
    assert html.count("<svg") == 4
    assert html.count("<h2") == 10
    assert "style=" not in html
    assert verdict in html
    assert ("暂时优势" if language == "zh-hans" else "Temporary advantage") in html


def test_figures_for_other_sections(sample: Contents) -> None:
    values = {one.key: one.value for one in SECTION.figures(sample.section("strategy"))}
    assert values["sustained_advantages"] == 1
    assert values["supplier_concentration"] == Decimal(100)
    assert values["price_held"] == Decimal(70)
    assert values["top_competitor"] == str(sample.find("strategy.competitor", "comp-platform"))
    assert values["strongest_force"].count("·") == 1  # two forces at 4
    assert figure(sample, "strategy", "price_held") == Decimal(70)


def test_figures_of_nothing_are_unknown() -> None:
    content = strategy()
    assert {one.value for one in SECTION.figures(content)} == {None}


def test_a_half_answered_advantage_is_not_counted() -> None:
    half = {"uid": "a1", "claim": "Data", "valuable": True, "rare": True}
    (counted,) = (
        one.value
        for one in SECTION.figures(strategy(advantage=[half]))
        if one.key == "sustained_advantages"
    )
    assert counted is None


# --- Pictures ------------------------------------------------------------------------------------
def test_two_factors_are_bars_and_three_a_radar() -> None:
    rows = [{"uid": f"f{n}", "name": f"Factor {n}", "score": n} for n in (1, 2, 3)]
    two = strategy(factor=rows[:2]).context()["pictures"]["factors"]
    three = strategy(factor=rows).context()["pictures"]["factors"]
    assert "<polygon" not in two.svg
    assert "<polygon" in three.svg


def test_a_competitor_without_a_place_is_told_in_the_table_only() -> None:
    axes = {"x_axis": "Breadth", "y_axis": "Depth", "x": 0, "y": 10}
    rows = [{"uid": "k1", "name": "Placed", "x": 3, "y": 4}, {"uid": "k2", "name": "Lost"}]
    picture = strategy(positioning_map=axes, competitor=rows).context()["pictures"]["positioning"]
    assert ("Lost", "—", "—") in picture.table
    assert ("Ours", "0", "10") in picture.table
    assert ">Placed<" in picture.svg
    assert ">Lost<" not in picture.svg


def test_the_strongest_force_is_framed_and_an_unscored_one_dashed() -> None:
    rows = [{"uid": "f1", "kind": "rivalry", "pressure": 2}, {"uid": "f2", "kind": "buyers",
            "pressure": 5}]  # fmt: skip
    picture = strategy(force=rows).context()["pictures"]["forces"]
    assert ("Power of buyers", "5 / 5") in picture.table
    assert ("New entrants", "—") in picture.table
    assert picture.svg.count('stroke-width="2.4"') == 1
    assert picture.svg.count("stroke-dasharray") == 3


def test_swot_lists_the_heaviest_first_and_counts_the_rest() -> None:
    rows = [
        {"uid": f"s{n}", "kind": "strength", "text": f"Strength {n}", "weight": n % 5 + 1}
        for n in range(9)
    ]
    picture = strategy(swot=rows).context()["pictures"]["swot"]
    assert [row[0] for row in picture.table[1:3]] == ["Strength 4", "Strength 3"]
    assert ">+3<" in picture.svg


# --- Needs by stage ------------------------------------------------------------------------------
def test_an_idea_needs_less_than_a_company_that_raises_money() -> None:
    counts = []
    for stage in ("idea", "pre_seed", "seed"):
        document = samples.document("customer_service", "en")
        document["plan"]["stage"] = stage
        progress = section_progress(restore(document).section("strategy"))
        assert progress.complete
        counts.append(progress.total)
    assert counts == sorted(set(counts))


# --- Forms and starters --------------------------------------------------------------------------
def form_of(content: Any, part_name: str, data: dict[str, Any]) -> Any:
    part = SECTION.part(part_name)
    record = part.model(plan=content.plan)
    record.contents = content.contents
    return part.form(data, instance=record, part=part, contents=content.contents)


def test_a_one_sided_tows_strategy_may_be_saved_as_a_draft() -> None:
    content = strategy(swot=[{"uid": "s", "kind": "strength", "text": "Data"}])
    form = form_of(content, "tows", {"text": "Grow", "items": ["s"]})
    assert form.is_valid(), form.errors
    assert ("s", "Strength: Data") in form.fields["items"].choices


def test_a_competitors_place_is_asked_on_the_founders_own_axes() -> None:
    content = strategy(positioning_map={"x_axis": "Few … many platforms"})
    form = form_of(content, "competitor", {})
    assert form.fields["x"].help_text == "Few … many platforms"
    assert form.fields["y"].help_text == ""


@pytest.mark.parametrize("score", ["-1", "11", "4.5", "many"])
def test_a_place_off_the_map_is_refused(score: str) -> None:
    form = form_of(strategy(), "positioning_map", {"x": score})
    assert "x" in form.errors


@pytest.mark.parametrize(
    ("part_name", "count"), [("factor", 3), ("challenge", 4), ("force", 5)]
)  # fmt: skip
def test_the_usual_rows_come_in_the_readers_language(
    part_name: str, count: int, plan: Plan, owner: Any, language: str
) -> None:
    part = SECTION.part(part_name)
    with translation.override(language):
        assert add_starters(plan=plan, section=SECTION, part=part, by=owner) == count
        names = [str(row) for row in load(plan).part(f"strategy.{part_name}")]
        assert len(set(names)) == count
        assert all(name.isascii() == (language == "en") for name in names)
    assert not load(plan).section("strategy").context()["warnings"]
