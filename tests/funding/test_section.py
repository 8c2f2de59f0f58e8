"""The funding section as a whole: assembly, page, panels, figures, what its forms accept."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from apps.funding.assemble import assemble
from apps.funding.outlook import Outlook
from apps.funding.statements import by_year
from apps.plans.checks import Place
from apps.plans.contents import figure, load
from apps.plans.document import restore
from apps.plans.progress import record_progress
from apps.plans.render import render_section
from apps.plans.samples import document
from apps.plans.sections import registry
from tests.funding.conftest import contents_of, funding

D = Decimal
SECTION = registry["funding"]
STREAM = {"uid": "s", "name": "Shops", "pricing": "subscription", "price": "10", "customers": "5",
          "new": "1", "churn": "2"}  # fmt: skip


def form_of(part_name: str, data: dict, **parts):
    content = funding(**parts)
    part = SECTION.part(part_name)
    record = part.model(plan=content.plan)
    record.contents = content.contents
    return part.form(data, instance=record, part=part, contents=content.contents)


# --- From content to inputs ----------------------------------------------------------------------
def test_what_is_missing_is_left_out_and_said():
    rows = {
        "stream": [
            {"uid": "a", "name": "No price", "pricing": "subscription"},
            {"uid": "b", "name": "No tokens", "pricing": "usage", "price": "1"},
            {"uid": "c", "name": "Lost base", "pricing": "service", "price": "1", "follows": "x"},
            {"uid": "d", "name": "Nobody", "pricing": "service", "price": "1"},
            {"uid": "e", "name": "Loyal", "pricing": "service", "price": "1", "customers": "3"},
        ],
        "cost": [{"uid": "f", "name": "No amount"}],
        "round": [
            {"uid": "g", "name": "No month", "amount": "5"},
            {"uid": "h", "name": "Too late", "amount": "5", "month": "2030-01-01"},
        ],
    }
    found = assemble(contents_of(**rows))
    assert [stream.key for stream in found.inputs.streams] == ["e"]
    assert found.inputs.costs == ()
    names = ("No price", "No tokens", "Lost base", "Nobody", "Loyal", "No amount", "No month",
             "Too late")  # fmt: skip
    for name, note in zip(names, found.notes, strict=True):
        assert name in note


def test_a_stream_that_follows_a_follower_is_left_out():
    rows = [STREAM, {**STREAM, "uid": "t", "follows": "s"}, {**STREAM, "uid": "u", "follows": "t"}]
    found = assemble(contents_of(stream=rows))
    assert [(one.key, one.source) for one in found.inputs.streams] == [("s", "s"), ("t", "s")]


def test_months_are_calendar_months():
    cost = {"uid": "c", "name": "x", "amount": "100", "start": "2027-03-01", "end": "2029-03-01",
            "growth": "10"}  # fmt: skip
    (found,) = assemble(contents_of(cost=[cost])).inputs.costs
    assert found.amounts[:3] == (0, 0, 100)
    assert found.amounts[13:15] == (100, 110)
    assert found.amounts[26:28] == (121, 0)


def test_a_cost_that_began_long_ago_rises_from_the_plan_on():
    cost = {"uid": "c", "name": "x", "amount": "100", "start": "0001-01-01", "growth": "-100"}
    (found,) = assemble(contents_of(cost=[cost])).inputs.costs
    assert (found.amounts[11], found.amounts[12]) == (100, 0)


def test_a_kind_that_is_left_out_is_shown_but_not_counted(english):
    english.part("funding.declared").left_out = ["payroll"]
    found = assemble(english)
    assert "payroll" in {cost.kind for cost in found.declared}
    own = {"cost-expansion"}
    payroll = [cost for cost in found.inputs.costs if cost.group == "payroll"]
    assert {cost.place.row for cost in payroll} == own
    origins = english.section("funding").context()["origins"]
    assert {one.kind: one.counted for one in origins}["Payroll"] is False


def test_every_counted_cost_knows_where_it_is_written(english):
    for cost in assemble(english).inputs.costs:
        section, part = registry.part(f"{cost.place.section}.{cost.place.part}")
        assert not cost.place.row or english.find(f"{section.name}.{part.name}", cost.place.row)


def test_inference_costs_what_the_technology_section_says_or_ones_own_figure(english):
    price = figure(english, "technology", "cost_per_million_tokens")
    assert assemble(english).inputs.inference_price == price > 0
    assert assemble(english).inputs.api_share == 0
    english.part("technology.serving").mode = "api"
    assert assemble(english).inputs.api_share == 1
    english.part("funding.assumptions").inference_price = D("2.5")
    assert assemble(english).inputs.inference_price == D("2.5")
    assert assemble(english).inference_place.field == "inference_price"


def test_tokens_without_a_price_are_said():
    notes = assemble(contents_of(stream=[{**STREAM, "tokens": "3"}])).notes
    assert "million tokens" in notes[0]


def test_sections_that_the_reader_may_not_see_are_neither_counted_nor_named_in_costs():
    contents = restore(document("customer_service", "en"), frozenset({"team"}))
    found = assemble(contents)
    assert all(cost.place.section != "team" for cost in found.declared)
    assert any("Team" in note for note in found.notes)
    assert Outlook(contents).heads is None
    html = render_section(contents.section("funding"))
    for role in document("customer_service", "en")["sections"]["team"]["role"]:
        assert f">{role['title']}<" not in html


# --- Page ----------------------------------------------------------------------------------------
def test_the_page_of_the_sample_says_what_the_money_does(sample):
    html = render_section(sample.section("funding"))
    english = translation.get_language() == "en"
    assert html.count("<figure") == 8
    assert html.count('class="notice') == 1  # that the series A is not signed
    assert html.count('class="landscape by-month"') == 2
    assert html.count("table-statement") == 2 + 2 + 6
    for text in ("25,952,775", "2028-03", "21,961,563"):
        assert text in html
    assert ("Churn +5 points" in html) == english
    assert ("流失率 +5 个百分点" in html) != english
    assert not re.search(r"\b(None|NaN|nan|Infinity)\b", re.sub(r"<[^>]+>", " ", html))


def test_a_document_has_no_links_and_a_live_plan_has(sample_plan, as_):
    restored = restore(document("customer_service", "en"))
    assert "<a " not in render_section(restored.section("funding"))
    page = as_("mentor").get(reverse("plans:section", args=[sample_plan.uid, SECTION]))
    assert reverse("plans:section", args=[sample_plan.uid, "team"]) in page.content.decode()


def test_every_line_of_a_statement_names_all_places_it_is_written_in(english):
    profit, _cash = by_year(Outlook(english))
    lines = {row.label: row for row in profit.rows}
    places = {place for place, _title in lines["Marketing"].origins}
    assert places >= {
        Place("branding", "channel"),
        Place("funding", "cost", marketing(english), "amount"),
    }
    assert lines["Payroll"].places[0] == Place("team", "role")  # several rows: their part
    assert all(row.places or row.strong for row in profit.rows)


def marketing(contents) -> str:
    return next(row.uid for row in contents.part("funding.cost") if row.category == "marketing")


def test_a_link_to_the_origin_ends_at_the_line_itself(sample_plan, as_):
    html = as_("mentor").get(reverse("plans:section", args=[sample_plan.uid, SECTION]))
    for anchor in re.findall(r'href="[^"#]*/funding/#([^"]+)"', html.content.decode()):
        assert f'id="{anchor}"' in html.content.decode()


def test_a_list_in_chinese_has_no_western_comma(sample):
    shown = re.sub(
        r"<svg.*?</svg>|<[^>]+>", "", render_section(sample.section("funding")), flags=re.S
    )
    if translation.get_language() != "en":
        assert not re.search(r"[\u4e00-\u9fff”], ", shown)


def test_months_stand_beside_the_tornado_only_where_a_driver_moves_one(english):
    assert "Gone, 20 % lower" not in render_section(english.section("funding"))
    english.part("funding.assumptions").opening_cash = D(0)
    for row in english.part("funding.round"):
        row.amount = D(3_000_000)
    assert "Gone, 20 % lower" in render_section(english.section("funding"))


@pytest.mark.parametrize("factor", ["0", "1", "1000000", "1000000000000000"])
def test_any_factor_gives_finite_text(english, factor: str):
    for row in english.part("funding.scenario"):
        for name in ("price", "new_customers", "churn", "api", "compute", "payroll", "marketing"):
            setattr(row, name, D(factor))
    html = render_section(english.section("funding"))
    text = re.sub(r"<[^>]+>", " ", html)
    assert not re.search(r"\b(None|NaN|nan|Infinity|inf)\b", text)
    assert not re.search(r"\dE[+-]?\d", text)


def test_huge_figures_do_not_break_the_page():
    huge = "1000000000000000"
    content = funding(
        assumptions={"opening_cash": huge, "receivable_months": 36, "tax": "100",
                     "inference_price": "10000000000"},
        stream=[{**STREAM, "price": huge, "customers": huge, "new": huge, "growth": "10000",
                 "tokens": "1000000000000", "variable": "100", "start": "9999-12-01"},
                {**STREAM, "uid": "t", "price": huge, "growth": "-100", "churn": "100"}],
        cost=[{"uid": "c", "name": "x", "amount": huge, "growth": "10000"}],
        round=[{"uid": "r", "name": "R", "instrument": "loan", "amount": huge, "interest": "100",
                "term": 2_000_000_000, "month": "2027-01-01"}],
        holder=[{"uid": "h", "name": "H", "shares": huge}],
    )  # fmt: skip
    assert render_section(content)


def test_cash_unknown_is_a_dash_and_a_sentence():
    content = funding(stream=[STREAM], cost=[{"uid": "c", "name": "x", "amount": "5"}])
    context = content.context()
    assert context["headlines"][0].text == "—"
    assert "cash at the start" in context["headlines"][0].note
    assert context["pictures"]["cash"] is None
    assert context["chances"]() is None
    html = render_section(content)
    assert "Cash flow" not in html
    assert "Profit and loss" in html


def test_pictures_show_what_they_are_for(english):
    pictures = english.section("funding").context()["pictures"]
    assert "Slow sales" in pictures["cash"].svg
    assert "Without rounds not signed yet" in pictures["cash"].svg
    assert pictures["tornado"].title == "What moves the cash after 36 months"
    assert len(pictures["burn"].table) == 37


def test_the_tornado_shows_the_runway_where_the_cash_runs_out(english):
    rounds = english.part("funding.round")
    rounds.pop()  # without the series A
    tornado = english.section("funding").context()["pictures"]["tornado"]
    assert tornado.title == "What moves the runway"
    assert tornado.table[1][1:] != tornado.table[1][:0:-1]
    rounds.clear()  # gone within weeks, whatever happens: the amounts say more than the month
    tornado = english.section("funding").context()["pictures"]["tornado"]
    assert tornado.title == "What moves the cash after 36 months"


# --- Figures for others --------------------------------------------------------------------------
def test_key_figures(english):
    figures = {one.key: one for one in SECTION.figures(english.section("funding"))}
    assert figures["raised"].value == 52_000_000
    assert figures["revenue_year_3"].value == sum(Outlook(english).base.sales[24:])
    assert figures["runway_months"].value == 36
    assert 9_000_000 < Outlook(english).base.recurring[23] * 12 < 10_200_000
    assert figures["lowest_cash"].value > 3_000_000
    blank = SECTION.figures(contents_of().section("funding"))
    assert {one.value for one in blank} == {None}


# --- Forms ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "data", "field"),
    [
        ("cost", {"name": "x", "start": "2027-05", "end": "2027-04"}, "end"),
        ("round", {"name": "x", "instrument": "loan", "pre_money": "5"}, "pre_money"),
        ("round", {"name": "x", "instrument": "equity", "term": "12"}, "term"),
        ("round", {"name": "x", "instrument": "grant", "interest": "5"}, "interest"),
        ("assumptions", {"receivable_months": "37"}, "__all__"),
        ("stream", {"name": "x", "follows": "t"}, "follows"),
        ("scenario", {"name": "x", "delay": "37"}, "__all__"),
    ],
)
def test_contradictions_are_said_in_a_sentence(part: str, data: dict, field: str, db):
    streams = [STREAM, {**STREAM, "uid": "t", "follows": "s"}]
    form = form_of(part, data, stream=streams)
    assert not form.is_valid()
    assert field in form.errors


def test_a_use_over_100_percent_is_saved_and_warned_about(db):
    form = form_of("use", {"purpose": "people", "share": "100"})
    assert form.is_valid(), form.errors


def test_an_idea_needs_less_than_a_seed_plan():
    stream = funding(stream=[{"uid": "s", "name": "x", "pricing": "usage"}])["stream"][0]
    part = SECTION.part("stream")
    needs = {}
    for stage in ("idea", "pre_seed", "seed", "growth"):
        stream.plan.stage = stage
        needs[stage] = set(part.required(stream))
        assert record_progress(part, stream)[0] == len(needs[stage])
    assert needs["idea"] == {"pricing", "price", "tokens"}
    assert needs["pre_seed"] == needs["idea"] | {"start", "new"}
    assert needs["seed"] == needs["pre_seed"] | {"segment", "churn"}
    assert needs["growth"] == needs["seed"] | {"churn__basis"}


def test_how_churn_is_known_is_a_gap_until_it_is_said():
    row = {"uid": "s", "name": "x", "pricing": "usage", "churn": "2"}
    stream = funding(stream=[row])["stream"][0]
    stream.plan.stage = "growth"
    part = SECTION.part("stream")

    def gaps():
        return {gap.field for gap in record_progress(part, stream)[1]}

    assert "churn__basis" in gaps() and "churn" not in gaps()
    assert str(part.label("churn__basis")).endswith(": Where the figure comes from")
    stream.evidence = {"churn": {"basis": "measured"}}
    assert "churn__basis" not in gaps()


# --- Editor --------------------------------------------------------------------------------------
def test_a_save_shows_its_effect_at_once(sample_plan, as_):
    row = load(sample_plan).find("funding.stream", "stream-ecommerce")
    url = reverse("plans:row", args=[sample_plan.uid, SECTION, "stream", row.uid])
    client = as_("owner")
    page = client.get(url).content.decode()
    data = dict(re.findall(r'name="([\w-]+)"[^>]*value="([^"]*)"', page))
    data |= {"name": row.name, "segment": row.segment, "pricing": "subscription", "note": row.note,
             "follows": "", "price": "16000", "revision": "1"}  # fmt: skip
    response = client.post(url, data, headers={"HX-Request": "true"})
    fragment = response.content.decode()
    assert response.status_code == 200, fragment[:500]
    assert 'class="stat__value"' in fragment
    base = Outlook(load(sample_plan)).base
    assert base.revenue[row.uid][8] == D(16000) * base.customers[row.uid].end[8]
    assert "¥26.1M" in fragment  # revenue of year 3, before ¥14.8M


def test_each_declared_cost_leads_to_its_record(sample_plan, as_):
    url = reverse("plans:edit", args=[sample_plan.uid, SECTION]) + "?part=declared"
    page = as_("owner").get(url).content.decode()
    role = reverse("plans:row", args=[sample_plan.uid, "team", "role", "role-tech-lead"])
    assert f'href="{role}"' in page
    assert as_("owner").get(role).status_code == 200


def test_a_month_of_any_year_has_a_name():
    contents = contents_of()
    contents.plan.start_month = date(9999, 6, 1)
    assert len(Outlook(contents).month_names) == 36
