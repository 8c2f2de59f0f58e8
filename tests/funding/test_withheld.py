"""A figure that rests on a section hidden from its reader is unknown to them: "—", with the reason.
It is never computed as if the hidden section cost nothing."""

from typing import Any

import pytest

from apps.core import money
from apps.funding import statements
from apps.funding.choices import DECLARED_IN
from apps.funding.outlook import Outlook
from apps.plans.checks import MonthlyCost
from apps.plans.contents import Contents, load
from apps.plans.derived import figure_words
from apps.plans.document import dump, restore
from apps.plans.models import Plan
from apps.plans.sections import Section, registry
from apps.plans.summary import key_figures, story
from tests.conftest import all_sections

FUNDING_ALONE = frozenset(one.name for one in registry) - {"funding"}


def without(plan: Plan, *names: str) -> Contents:
    return load(plan, frozenset(names))


def figures(contents: Contents) -> dict[tuple[str, str], str]:
    currency = contents.plan.currency
    return {
        (content.section.name, figure.key): figure_words(figure, currency)
        for content in contents.sections()
        for figure in content.section.figures(content)
    }


def cells(contents: Contents) -> dict[tuple[str, ...], str]:
    """Every cell of the funding statements, of the unit economics and of the cases."""
    outlook = Outlook(contents)
    found: dict[tuple[str, ...], str] = {}
    tables = [*statements.by_year(outlook), *statements.by_quarter(outlook)]
    tables += [table for page in statements.by_month(outlook) for table in page]
    for table in tables:
        for row in table.rows:
            for head, cell in zip(table.heads, row.cells, strict=True):
                found[table.title, row.label, head] = cell
    for metric in statements.economics(outlook.base, "CNY"):
        for year, cell in enumerate(metric.cells):
            found["economics", metric.label, str(year)] = cell
    context = contents.section("funding").context()
    for one in context["headlines"]:
        found["headline", one.label] = one.text
    for kind in ("scenarios", "stresses"):
        for run in context[kind]():
            for name in ("cash_out", "break_even", "lowest", "closing", "change", "revenue"):
                value = getattr(run, name)
                found[kind, run.label, name] = money.UNKNOWN if value is None else str(value)
    return found


def same_or_unknown(seen: dict[Any, str], told: dict[Any, str]) -> None:
    """Only what both have can be compared: what is not there tells nothing."""
    wrong = {
        key: (text, told.get(key))
        for key, text in seen.items()
        if money.UNKNOWN not in (text,) and text != told.get(key)
    }
    assert not wrong


@pytest.mark.parametrize("section", all_sections())
def test_each_figure_is_the_founders_or_unknown(section: Section, sample_plan: Plan) -> None:
    seen, told = without(sample_plan, section.name), load(sample_plan)
    same_or_unknown(figures(seen), figures(told))
    if section.name != "funding":
        same_or_unknown(cells(seen), cells(told))


def test_so_it_is_with_funding_and_market_alone(sample_plan: Plan) -> None:
    names = [one.name for one in registry if one.name not in ("market", "funding")]
    seen, told = without(sample_plan, *names), load(sample_plan)
    same_or_unknown(figures(seen), figures(told))
    same_or_unknown(cells(seen), cells(told))
    assert figures(seen)["funding", "revenue_year_3"] != money.UNKNOWN
    for key in ("cash_out", "lowest_cash", "gross_margin", "ltv_cac", "break_even"):
        assert figures(seen)["funding", key] == money.UNKNOWN


@pytest.mark.parametrize("section", sorted(set(DECLARED_IN.values())))
def test_what_costs_leaves_the_cash_unknown(section: str, sample_plan: Plan) -> None:
    found = figures(without(sample_plan, section))
    for key in ("cash_out", "runway_months", "lowest_cash", "break_even", "ebitda_by_year",
                "cash_by_year"):  # fmt: skip
        assert found["funding", key] == money.UNKNOWN
    assert found["funding", "revenue_by_year"] != money.UNKNOWN
    assert found["funding", "raised"] != money.UNKNOWN


def test_an_empty_hidden_section_is_not_told_from_a_full_one(sample_plan: Plan) -> None:
    document = dump(load(sample_plan))
    document["sections"]["team"] = {}
    emptied = restore(document, frozenset({"team"}))
    seen = without(sample_plan, "team")
    assert figures(emptied) == figures(seen)
    assert cells(emptied) == cells(seen)


def test_the_reason_stands_beside_it(sample_plan: Plan) -> None:
    seen = without(sample_plan, "team")
    [group] = [one for one in key_figures(seen) if one.section.name == "funding"]
    shown = {str(one.label): one for one in group.figures}
    assert shown["Lowest cash"].text == money.UNKNOWN
    why = "not shown: it rests on Team, which this copy leaves out"
    assert shown["Lowest cash"].withheld == why
    assert shown["Gross margin"].text != money.UNKNOWN and not shown["Gross margin"].withheld
    [results] = [one for one in story([group]) if one.topic == "results"]
    assert results.withheld == [f"EBITDA, Closing cash: {why}."]
    assert {one.years for one in results.yearly if one.withheld} == {(money.UNKNOWN,) * 3}
    [cash] = [one for one in seen.section("funding").context()["headlines"]
              if one.label == "Cash is gone"]  # fmt: skip
    assert (cash.text, cash.note) == (money.UNKNOWN, why)


def test_an_own_price_of_inference_keeps_the_margin(sample_plan: Plan) -> None:
    sheet = load(sample_plan).part("funding.assumptions")
    sheet.inference_price = 3
    sheet.save()
    seen, told = figures(without(sample_plan, "technology")), figures(load(sample_plan))
    assert seen["funding", "gross_margin"] == told["funding", "gross_margin"] != money.UNKNOWN
    same_or_unknown(seen, told)


def test_no_finding_speaks_of_a_cash_that_nobody_reads(sample_plan: Plan) -> None:
    seen, told = without(sample_plan, *FUNDING_ALONE), load(sample_plan)
    section = registry["funding"]
    said = {str(one.message) for one in section.checks(told)}
    assert {str(one.message) for one in section.checks(seen)} <= said


def test_every_declared_kind_has_its_section(sample_plan: Plan) -> None:
    contents = load(sample_plan)
    declared: list[tuple[str, MonthlyCost]] = [
        (content.section.name, cost)
        for content in contents.sections()
        for cost in content.section.monthly_costs(content)
    ]
    assert len(declared) > 20
    assert {(DECLARED_IN[cost.kind], cost.place.section) for _name, cost in declared} == {
        (name, name) for name, _cost in declared
    }
    blank = Section.__dataclass_fields__["monthly_costs"].default
    costing = {one.name for one in registry if one.monthly_costs is not blank}
    assert costing == set(DECLARED_IN.values())
