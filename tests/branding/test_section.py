"""The section as the plan sees it: needs, forms, figures, pictures, costs, its one template."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import override

from apps.branding.forms import ChannelForm, EquityBlockForm, IdentityForm
from apps.branding.models import FAMILY_OF, Block, Route
from apps.plans.progress import is_filled, section_progress
from apps.plans.samples import document
from apps.plans.sections import registry

from .conftest import contents_of

HUGE = "999999999999999.99"


def render(contents) -> str:
    content = contents.section("branding")
    return render_to_string(
        "branding/section.html",
        {
            "plan": contents.plan,
            "section": content.section,
            "content": content,
            **content.context(),
        },
    )


def test_the_sample_is_complete_and_sound(sample):
    content = sample.section("branding")
    assert section_progress(content).percent == 100
    assert content.context()["warnings"] == []
    assert all(content.context()["pictures"].values())


def test_every_text_of_the_sample_is_on_its_page(sample):
    """The test has no access to the database: one query would fail it."""
    html = render(sample)
    for part, record in sample.section("branding").records():
        for name in part.fields:
            value = getattr(record, name)
            if (
                isinstance(value, str)
                and is_filled(value)
                and not part.model._meta.get_field(name).choices
            ):
                shown = str(getattr(record, f"{name}_ref", value))
                for line in re.split(r", (?=#)|\n", shown):
                    assert escape(line) in html, name


def test_sample_figures(sample):
    found = sample.section("branding").context()
    assert found["all_channels"].budget == 1_638_000
    assert found["all_channels"].customers == 84
    assert found["all_channels"].acquisition_cost == 19_500
    assert found["left_out"] == 0
    assert (found["peak"].month, found["peak"].amount) == (date(2027, 10, 1), 93_000)


def test_sample_costs_by_month(sample):
    content = sample.section("branding")
    costs = content.section.monthly_costs(content)
    assert len(costs) == len(content["channel"])
    assert all(len(cost.amounts) == 36 for cost in costs)
    # No channel runs before the plan starts or after its 36 months.
    assert sum(sum(cost.amounts) for cost in costs) == 1_638_000


def test_both_languages_carry_the_same_figures():
    one, other = (document("customer_service", code) for code in ("en", "zh-hans"))
    for mine, theirs in zip(
        one["sections"]["branding"]["channel"],
        other["sections"]["branding"]["channel"],
        strict=True,
    ):
        for name in ("uid", "route", "start", "end", "budget", "customers", "kpi_target"):
            assert mine[name] == theirs[name]


def test_an_empty_section_says_so():
    contents = contents_of()
    assert "Nothing has been written about the brand yet." in render(contents)
    assert contents.section("branding").context()["pictures"] == {
        "budget": None,
        "calendar": None,
        "equity": None,
    }
    assert section_progress(contents.section("branding")).done == 0


@pytest.mark.parametrize(
    "row",
    [
        {"name": "Only a name"},
        {"name": "Huge", "budget": HUGE, "start": "0001-01-01", "end": "9999-12-31",
         "customers": "0.01", "kpi_baseline": HUGE, "kpi_target": "0", "kpi_actual": HUGE},
        {"name": "Free", "budget": "0", "start": "2027-01-01", "end": "2027-01-01",
         "customers": "0", "route": "press"},
        {"name": "Backwards", "budget": "1", "start": "2027-02-01", "end": "2027-01-01"},
        {"name": "From a newer version", "route": "hologram", "objective": "wonder",
         "budget": "5", "start": "2027-02-01", "end": "2027-03-01", "segment": "gone"},
    ],
)  # fmt: skip
def test_half_filled_and_extreme_channels_are_shown(row):
    contents = contents_of(channel=[{"uid": "one", **row}])
    assert row["name"] in render(contents)
    content = contents.section("branding")
    assert len(content.section.monthly_costs(content)) <= 1


def test_markup_in_texts_is_escaped():
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    html = render(
        contents_of(
            positioning={"need": evil, "other_language": evil, "parity": evil},
            identity={"name": evil, "colours": '#fff" onload="alert(1)'},
            equity=[{"uid": "a", "block": "salience", "proof": evil, "current": 2}],
            channel=[{"uid": "b", "name": evil, "activity": evil, "kpi": evil, "budget": "1",
                      "start": "2027-01-01", "end": "2027-01-31"}],
        )
    )  # fmt: skip
    assert "<script" not in html and "{{ 7*7 }}" in html
    assert 'onload="' not in html


def test_the_founders_language_comes_first():
    chinese = contents_of(positioning={"target": "shops", "brand": "灵答", "need": "缺人"})
    languages = [code for code, _text in chinese.part("branding.positioning").sentences]
    assert languages == ["zh-hans", "en"]
    english = contents_of(
        positioning={"target": "shops", "brand": "Lingda", "other_language": "译文"}
    )
    sentences = english.part("branding.positioning").sentences
    assert [code for code, _text in sentences] == ["en", "zh-hans"]
    assert sentences[1][1] == "译文"
    assert sentences[0][1].startswith("Shops who [need]: for them, Lingda is [category]")


def test_the_budget_picture_sums_routes():
    def channel(uid, route, budget):
        return {"uid": uid, "name": uid, "route": route, "objective": "awareness",
                "budget": budget, "start": "2027-01-01", "end": "2027-02-28"}  # fmt: skip

    contents = contents_of(channel=[channel("a", "seo", "100"), channel("b", "seo", "50"),
                                    channel("c", "press", "400")])  # fmt: skip
    head, *rows = contents.section("branding").context()["pictures"]["budget"].table
    assert head == ("Route", "Awareness")
    assert rows == [("Press", "¥800"), ("Search engine optimisation (SEO)", "¥300")]


def test_pictures_speak_the_active_language():
    row = {"uid": "a", "name": "a", "route": "seo", "objective": "wonder", "budget": "1",
           "start": "2027-01-01", "end": "2027-02-28"}  # fmt: skip
    with override("zh-hans"):
        picture = contents_of(channel=[row]).section("branding").context()["pictures"]["budget"]
    assert picture.table == (("推广途径", "尚未填写目标阶段"), ("搜索引擎优化（SEO）", "¥2"))


def test_every_route_belongs_to_one_family():
    assert set(FAMILY_OF) == set(Route.values)


def test_starters_are_valid_rows():
    section = registry["branding"]
    assert [row["block"] for row in section.part("equity").starters()] == Block.values
    for row in section.part("channel").starters():
        assert row["route"] in Route.values and row["name"]


def bound(form, part, **data):
    contents = contents_of()
    part = registry["branding"].part(part)
    instance = part.model(plan=contents.plan)
    instance.contents = contents
    return form(data, part=part, contents=contents, instance=instance)


def test_the_channel_form_refuses_an_end_before_the_start():
    form = bound(ChannelForm, "channel", name="x", start="2027-02-01", end="2027-01-31")
    assert list(form.errors) == ["end"]
    assert bound(ChannelForm, "channel", name="x", start="2027-02-01", end="2027-02-01").is_valid()


def test_a_channel_needs_no_more_than_a_name_to_be_saved():
    assert bound(ChannelForm, "channel", name="x").is_valid()
    assert list(bound(ChannelForm, "channel", name="").errors) == ["name"]


def test_colours_are_checked_in_the_form():
    assert bound(IdentityForm, "identity", colours="#123456").is_valid()
    form = bound(IdentityForm, "identity", colours="#123456, red")
    assert "“red” is not a colour" in form.errors["colours"][0]


@pytest.mark.django_db
@pytest.mark.parametrize("score", ["0", "6", "2.5"])
def test_scores_run_from_one_to_five(score):
    assert "current" in bound(EquityBlockForm, "equity", block="salience", current=score).errors


@pytest.mark.parametrize("part", [part.name for part in registry["branding"].parts])
def test_every_field_is_explained(part):
    part = registry["branding"].part(part)
    assert set(part.form.guide) == set(part.fields)
    assert all(why and example for why, example in part.form.guide.values())


def test_channel_figures():
    contents = contents_of(
        channel=[{"uid": "a", "name": "a", "budget": "9000.50", "start": "2027-01-15",
                  "end": "2027-02-01", "customers": "2"}]
    )  # fmt: skip
    (row,) = contents.part("branding.channel")
    assert (row.months, row.total_budget) == (2, Decimal("18001.00"))
    assert row.expected_cac == Decimal("9000.50")


def test_a_statement_without_translation_stays_off_paper():
    html = render(contents_of(positioning={"target": "shops", "brand": "Lingda"}))
    assert 'class="statement detail screen-only" lang="zh-hans"' in html
    html = render(contents_of(positioning={"brand": "Lingda", "other_language": "灵答"}))
    assert 'class="statement detail" lang="zh-hans"><p>灵答</p>' in html


def test_a_measured_key_figure_shows_how_far_it_is():
    row = {"uid": "a", "name": "a", "kpi": "Trials", "kpi_baseline": "2", "kpi_target": "30"}
    assert "Measured so far" not in render(contents_of(channel=[row]))
    html = render(contents_of(channel=[{**row, "kpi_actual": "16"}]))
    assert "Trials: from 2 to 30" in html
    assert "Measured so far: 16, 50% of the way" in html
