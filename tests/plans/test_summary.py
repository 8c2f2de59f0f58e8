"""Key figures: what the sections declare, as the plan's page and the PDF show them."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from apps.plans import samples, summary
from apps.plans.checks import Figure, Place
from apps.plans.document import restore
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import Section, registry
from tests.conftest import all_sections

UNITS = {"money", "percent", "months", "number", "text"}


def empty_document() -> dict[str, Any]:
    return {
        "format": "ventureplan/1",
        "plan": {"title": "x"},
        "sections": {section.name: {} for section in registry},
    }


@pytest.mark.parametrize("section", all_sections())
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_section_declares_figures_that_lead_somewhere(
    section: Section, language: str
) -> None:
    contents = restore(samples.document("customer_service", language))
    with translation.override(language):
        figures = section.figures(contents.section(section.name))
    assert figures and len({figure.key for figure in figures}) == len(figures)
    for figure in figures:
        assert figure.unit in UNITS and str(figure.label)
        assert figure.place.section == section.name
        part = section.part(figure.place.part)
        assert not figure.place.field or figure.place.field in part.fields
        if figure.place.row:
            assert contents.find(f"{section.name}.{part.name}", figure.place.row)


@pytest.mark.parametrize("section", all_sections())
def test_an_empty_section_knows_no_amount(section: Section) -> None:
    figures = section.figures(restore(empty_document()).section(section.name))
    assert not [figure for figure in figures if figure.unit == "money" and figure.value is not None]


@pytest.mark.parametrize(
    ("unit", "value", "english", "chinese"),
    [
        ("money", Decimal("5142000000"), "¥5.14B", "¥51.4亿"),
        ("percent", Decimal("79.0725"), "79.1%", "79.1%"),
        ("months", 1, "1 month", "1 个月"),
        ("months", 36, "36 months", "36 个月"),
        ("number", Decimal("16.976187"), "16.98", "16.98"),
        ("number", 8, "8", "8"),
        ("text", "Retail", "Retail", "Retail"),
    ],
)
def test_figures_in_words(unit: str, value: Any, english: str, chinese: str) -> None:
    figure = Figure("x", "x", value, unit, Place("team"))
    with translation.override("en"):
        assert summary.figure_text(figure, "CNY") == english
    with translation.override("zh-hans"):
        assert summary.figure_text(figure, "CNY") == chinese


def test_unknown_figures_and_hidden_sections_are_left_out() -> None:
    assert summary.key_figures(restore(samples.document("customer_service", "en"), frozenset()))
    hidden = frozenset({"team"})
    shown = summary.key_figures(restore(samples.document("customer_service", "en"), hidden))
    assert "team" not in {group.section.name for group in shown}


def test_figures_that_raise_take_nothing_else_away(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = dataclasses.replace(registry["team"], figures=lambda content: 1 / 0)
    monkeypatch.setitem(registry._sections, "team", broken)
    shown = summary.key_figures(restore(samples.document("customer_service", "en")))
    names = {group.section.name for group in shown}
    assert "team" not in names and "market" in names


def test_the_plan_page_leads_founders_to_the_origin(sample_plan: Plan, as_: Any) -> None:
    html = as_("owner").get(reverse("plans:page", args=[sample_plan.uid])).content.decode()
    assert "Key figures" in html and "TAM per year" in html
    editor = reverse("plans:edit", args=[sample_plan.uid, registry["market"]])
    assert f"{editor}?part=segment" in html
    read = as_("viewer").get(reverse("plans:page", args=[sample_plan.uid])).content.decode()
    assert "TAM per year" in read and "?part=segment" not in read


def test_the_plan_page_keeps_hidden_figures_back(sample_plan: Plan, as_: Any) -> None:
    HiddenSection.objects.create(plan=sample_plan, section="team", role=Role.VIEWER)
    html = as_("viewer").get(reverse("plans:page", args=[sample_plan.uid])).content.decode()
    assert "TAM per year" in html and "Payroll of the first year" not in html


def test_a_blank_plan_has_no_empty_card(plan: Plan, as_: Any) -> None:
    html = as_("owner").get(reverse("plans:page", args=[plan.uid])).content.decode()
    assert "key-figures__group" not in html
