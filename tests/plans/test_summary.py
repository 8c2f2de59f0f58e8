"""Key figures: what the sections declare, as the plan's page and the PDF show them."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.plans import samples, summary
from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.document import restore
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import Section, registry
from tests.conftest import all_sections

UNITS = {"money", "percent", "months", "ratio", "number", "text", "years"}


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
        assert not figure.topic or figure.topic in Topic
        assert figure.place.section == section.name
        part = section.part(figure.place.part)
        assert not figure.place.field or figure.place.field in part.fields
        if figure.place.row:
            assert contents.find(f"{section.name}.{part.name}", figure.place.row)


@pytest.mark.parametrize("section", all_sections())
def test_an_empty_section_knows_no_amount(section: Section) -> None:
    figures = section.figures(restore(empty_document()).section(section.name))
    amounts = [figure for figure in figures if figure.unit in {"money", "years"}]
    assert not [figure for figure in amounts if figure.value is not None]
    assert not [figure for figure in figures if figure.topic and figure.value is not None]


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


# --- The story --------------------------------------------------------------------------------
@pytest.mark.parametrize("name", samples.names())
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_sample_answers_every_question_of_an_investor(name: str, language: str) -> None:
    with translation.override(language):
        told = summary.story(summary.key_figures(restore(samples.document(name, language))))
    assert [one.topic for one in told] == list(Topic)
    for one in told:
        assert one.texts or one.figures or one.yearly
        assert all(summary.width(text) <= summary.BRIEF + 1 for text in one.texts)
    results = next(one for one in told if one.topic == Topic.RESULTS)
    assert [len(line.years) for line in results.yearly] == [3, 3, 3, 3]


def test_the_story_says_what_the_chapters_say() -> None:
    with translation.override("en"):
        groups = summary.key_figures(restore(samples.document("customer_service", "en")))
        told = {one.topic: one for one in summary.story(groups)}
    assert told[Topic.PROBLEM].texts[0].startswith("Half of the temporary agents leave")
    assert told[Topic.SOLUTION].texts[0].startswith("Lingda is a customer-service agent")
    assert told[Topic.EDGE].texts[0].endswith("may train on them (sustained advantage).")
    assert [(one.label, one.text) for one in told[Topic.TRACTION].figures][-1] == (
        "Paying customers", "2",
    )  # fmt: skip
    assert told[Topic.NEXT].texts[0] == "Apr 20, 2027 · M1 Training data cleared and frozen"
    assert told[Topic.RISKS].texts[0].startswith("Commerce platforms give their own assistant")
    assert told[Topic.RESULTS].yearly[0].years == ("¥534k", "¥6.62M", "¥14.8M")
    assert told[Topic.ASK].texts[0] == (
        "Seed round: ¥12M · January 2027 · 20.0% at ¥48M pre-money · Contract signed"
    )


def test_sentences_are_told_and_not_listed() -> None:
    groups = summary.key_figures(restore(samples.document("customer_service", "en")))
    listed = {str(figure.label) for group in groups for figure in group.figures}
    assert "TAM per year, today" in listed and "Paying customers" in listed
    assert not {"Problem", "Value delivered", "Main risk", "Closing cash"} & listed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One. Two is longer.", "One. Two is longer."),
        ("One costs 1.5 a month. And a second sentence.", "One costs 1.5 a month."),
        ("第一句话很短。第二句话稍微长一些，放不下了。", "第一句话很短。"),
        ("A line\nand a second one that is too long", "A line"),
        ("One sentence that is longer than the room it has", "One sentence that is…"),
        ("一句没有句号而且太长的话一句没有句号而且太长的话", "一句没有句号而且太长的话一…"),
        ("", ""),
    ],
)
def test_a_summary_tells_whole_sentences(text: str, told: str) -> None:
    assert summary.brief(text, room=27) == told


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


# --- The page of the summary ----------------------------------------------------------------------
def summary_page(plan: Plan) -> str:
    return reverse("plans:summary", args=[plan.uid])


def test_the_summary_is_a_page_with_its_pdf_and_a_link_to_share(
    sample_plan: Plan, as_: Any
) -> None:
    plan_page = reverse("plans:page", args=[sample_plan.uid])
    pdf = reverse("exports:list", args=[sample_plan.uid]) + "?edition=one_page"
    share = reverse("sharing:create", args=[sample_plan.uid]) + "?shows=summary"
    for who in ("owner", "cofounder", "mentor", "viewer"):
        client = as_(who)
        assert f'href="{summary_page(sample_plan)}"' in client.get(plan_page).text
        html = client.get(summary_page(sample_plan)).text
        assert "Half of the temporary agents leave" in html and "Market size per year" in html
        assert f'href="{pdf}"' in html
        assert (f'href="{share}"' in html) is (who == "owner")
    assert client.get(pdf).context["form"]["edition"].value() == "one_page"


def test_the_summary_keeps_hidden_sections_back(sample_plan: Plan, as_: Any) -> None:
    for section in ("market", "funding"):
        HiddenSection.objects.create(plan=sample_plan, section=section, role=Role.VIEWER)
    secrets = ("Half of the temporary agents", "Market size per year", "The ask", "Seed round:")
    seen = as_("viewer").get(summary_page(sample_plan)).text
    assert "Lin Zhiyuan" in seen and not [secret for secret in secrets if secret in seen]
    founders = as_("owner").get(summary_page(sample_plan)).text
    assert all(secret in founders for secret in secrets)


def test_a_blank_plan_says_what_its_summary_needs(plan: Plan, as_: Any) -> None:
    says, needs = "does not say enough yet for a summary", "Fill in the market"
    for who, writes in (("owner", True), ("viewer", False)):
        html = as_(who).get(summary_page(plan)).text
        assert says in html and (needs in html) is writes
        assert "edition=one_page" not in html


def test_the_summary_takes_the_same_queries_for_any_number_of_rows(
    sample_plan: Plan, as_: Any
) -> None:
    client, counts = as_("owner"), []
    segments = registry["market"].part("segment").model.objects
    for more in (0, 40):
        for number in range(more):
            segments.create(plan=sample_plan, name=f"Segment {number}", interviews=number)
        client.get(summary_page(sample_plan))  # the day's first reading is noted
        with CaptureQueriesContext(connection) as captured:
            assert client.get(summary_page(sample_plan)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_section_that_only_tells_has_no_empty_card(plan: Plan, as_: Any) -> None:
    model = registry["strategy"].part("model").model
    model.objects.create(plan=plan, value="Requests are settled.")
    html = as_("owner").get(reverse("plans:page", args=[plan.uid])).content.decode()
    assert "key-figures__group" not in html


def test_a_blank_plan_has_no_empty_card(plan: Plan, as_: Any) -> None:
    html = as_("owner").get(reverse("plans:page", args=[plan.uid])).content.decode()
    assert "key-figures__group" not in html
