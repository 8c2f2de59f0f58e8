"""The section as the plan sees it: needs, forms, figures, pictures, its one template."""

from decimal import Decimal

import pytest
from django.utils.html import escape
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.market.models import Axis, BuyingChannel, Group, Region, Targeting
from apps.plans.fields import ChoiceList
from apps.plans.progress import is_filled, section_progress
from apps.plans.render import render_section
from apps.plans.sections import registry

from .conftest import contents_of

HUGE = "999999999999999.99"


def context(contents):
    return contents.section("market").context()


def render(contents) -> str:
    return render_section(contents.section("market"))


# --- The sample ----------------------------------------------------------------------------------
def test_the_sample_is_complete_and_sound(sample):
    found = context(sample)
    assert section_progress(sample.section("market")).percent == 100
    assert found["warnings"] == [] and found["unsized"] == [] and found["open_ratings"] == 0
    assert set(found["pictures"]) == {"grid", "sizing", "standing", "needs"}
    assert all(found["pictures"].values())


def test_every_text_of_the_sample_is_on_its_page(sample):
    """The test has no access to the database: one query would fail it."""
    html = render(sample)
    for part, record in sample.section("market").records():
        for name in part.fields:
            value, field = getattr(record, name), part.model._meta.get_field(name)
            if isinstance(field, ChoiceList):
                labels = dict(field.options)
                assert all(escape(str(labels[item])) in html for item in value), name
            elif field.choices:
                assert escape(getattr(record, f"get_{name}_display")()) in html, name
            elif isinstance(value, str) and is_filled(value):
                shown = str(getattr(record, f"{name}_ref", value))
                assert all(escape(line) in html for line in shown.splitlines()), name


def test_sample_figures(sample):
    found = context(sample)
    assert found["total"].tam == 5_142_000_000
    assert found["total"].sam == 1_429_860_000
    assert found["total"].som == 36_690_000
    assert found["gap"] == "1.21"
    scores = {
        profile["segment"].uid: (*profile["standing"], profile["standing"].stance)
        for profile in found["profiles"]
    }
    assert scores["seg-ecommerce"] == (Decimal("4.05"), Decimal("3.95"), "invest")
    assert scores["seg-micro-sellers"] == (Decimal("2.85"), Decimal("1.9"), "harvest")


def test_evidence_stands_beside_its_figure(sample):
    given_source = sample.part("market.segment")[0].evidence["accounts"]["source"]
    assert escape(given_source) in render(sample)


# --- Drafts and extremes -------------------------------------------------------------------------
def test_an_empty_section_says_so_and_warns_of_nothing():
    contents = contents_of()
    html = render(contents)
    assert "Nothing has been written about the market yet." in html and "primary" not in html
    assert not any(context(contents)["pictures"].values())
    assert section_progress(contents.section("market")).done == 0


DRAFTS = [
    {"segment": [{"uid": "a", "name": "Only a name"}]},
    {"segment": [{"uid": "a", "name": "Nothing", "accounts": 0, "acv": "0", "reachable": "0",
                  "fit": "0", "obtainable": "0", "growth": "-100"}]},
    {"segment": [{"uid": str(n), "name": "Huge", "accounts": 2_000_000_000, "acv": HUGE,
                  "reachable": "100", "fit": "100", "obtainable": "100", "growth": "10000"}
                 for n in range(20)],
     "analysis": {"top_down": "0.01"}},
    {"segment": [{"uid": "a", "name": "Newer version", "industry": "mining", "scenario": "x",
                  "targeting": "perhaps"}]},
    {"rating": [{"uid": "r", "segment": "gone", "factor": "gone", "rating": 3, "reason": "Lost"}]},
    {"factor": [{"uid": "f", "name": "Alone"}], "rating": [{"uid": "r", "reason": "Lost"}]},
    {"group": [{"uid": "g", "name": "Group", "segment": "gone", "price": 0}]},
    {"force": [{"uid": "f", "statement": "Something\nhappens"}]},
]  # fmt: skip


@pytest.mark.parametrize("parts", DRAFTS)
def test_drafts_and_extremes_are_shown(parts):
    html = render(contents_of(**parts))
    assert "None" not in html and "NaN" not in html
    for row in (row for rows in parts.values() if isinstance(rows, list) for row in rows):
        assert (row.get("name") or row.get("reason") or "Something<br>happens") in html


@given(
    st.lists(
        st.fixed_dictionaries(
            {"uid": st.uuids().map(str), "name": st.text(max_size=20)},
            optional={
                "targeting": st.sampled_from(Targeting.values),
                "accounts": st.integers(0, 2_000_000_000),
                "acv": st.decimals(0, 10**15, places=2).map(str),
                "reachable": st.decimals(0, 100, places=2).map(str),
                "fit": st.decimals(0, 100, places=2).map(str),
                "obtainable": st.decimals(0, 100, places=2).map(str),
                "growth": st.decimals(-100, 10_000, places=2).map(str),
            },
        ),
        max_size=4,
    )
)
def test_the_page_bears_whatever_a_segment_holds(segments):
    contents = contents_of(segment=segments)
    total = context(contents)["total"]
    assert (total.tam or 0) >= (total.sam or 0) >= (total.som or 0) >= 0
    assert render(contents)


def test_markup_in_texts_is_escaped():
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    html = render(
        contents_of(
            analysis={"scope": evil, "top_down_method": evil},
            force=[{"uid": "f", "statement": evil}],
            segment=[{"uid": "s", "name": evil, "firmographic": evil, "industry": "retail",
                      "scenario": "vision"}],
            factor=[{"uid": "x", "name": evil, "meaning": evil, "axis": "strength"}],
            rating=[{"uid": "r", "segment": "s", "factor": "x", "reason": evil}],
            group=[{"uid": "g", "name": evil, "persona": evil, "price": 3}],
        )
    )  # fmt: skip
    assert "<script" not in html and "{{ 7*7 }}" in html


# --- Figures and pictures ------------------------------------------------------------------------
def test_a_rejected_segment_is_not_in_the_totals():
    def segment(uid, targeting):
        return {"uid": uid, "name": uid, "targeting": targeting, "accounts": 10, "acv": "10",
                "reachable": "50", "fit": "50", "obtainable": "50", "growth": "10"}  # fmt: skip

    found = context(contents_of(segment=[segment("a", "primary"), segment("b", "rejected")]))
    assert found["total"].tam == 100
    assert found["som_in_year_3"] == Decimal("12.5") * Decimal("1.21")


def test_segments_without_sizes_are_named():
    contents = contents_of(segment=[{"uid": "a", "name": "Unsized", "accounts": 5, "acv": "2"}])
    assert [str(segment) for segment in context(contents)["unsized"]] == ["Unsized"]
    assert "Not sized in full yet" in render(contents)


def test_the_grid_crosses_industry_and_scenario():
    segment = {"name": "x", "industry": "healthcare", "scenario": "vision"}
    picture = context(
        contents_of(segment=[{"uid": "a", **segment}, {"uid": "b", **segment}])
    )["pictures"]["grid"]  # fmt: skip
    row = next(row for row in picture.table if row[0] == "Healthcare")
    assert row[picture.table[0].index("Vision")] == "2"


def standing_parts():
    factors = [{"uid": axis, "name": axis, "axis": axis, "weight": "100"} for axis in Axis.values]
    ratings = [{"uid": f"r-{axis}", "segment": "s", "factor": axis, "rating": 4}
               for axis in Axis.values]  # fmt: skip
    return {"segment": [{"uid": "s", "name": "Shops"}], "factor": factors, "rating": ratings}


def test_a_segment_is_on_the_map_once_it_is_rated_on_both_axes():
    parts = standing_parts()
    assert context(contents_of(**parts))["pictures"]["standing"].table[1] == ("Shops", "4", "4")
    parts["rating"].pop()
    found = context(contents_of(**parts))
    assert found["pictures"]["standing"] is None
    assert found["open_ratings"] == 1


def test_a_rating_without_effect_stays_readable():
    parts = standing_parts()
    first = {**parts["rating"][0], "uid": "again", "rating": 2, "reason": "Second thoughts"}
    parts["rating"][0]["reason"] = "First thoughts"
    parts["rating"].append(first)
    contents = contents_of(**parts)
    assert context(contents)["profiles"][0]["standing"].attractiveness == 2
    assert [row.uid for row in context(contents)["idle_ratings"]] == ["r-attractiveness"]
    assert "First thoughts" in render(contents)


def test_a_radar_holds_at_most_five_groups():
    groups = [{"uid": f"g{n}", "name": f"Group {n}", **dict.fromkeys(Group.NEEDS, n % 6)}
              for n in range(7)]  # fmt: skip
    found = context(contents_of(group=groups))
    assert len(found["pictures"]["needs"].table[0]) == 6
    assert [picture.table[0] for picture in found["more_needs"]] == [("Need", "Group 5", "Group 6")]
    assert render(contents_of(group=groups)).count("<svg") == 2


# --- Progress, starters, forms -------------------------------------------------------------------
def test_a_rejected_segment_needs_its_reason_only():
    part = registry["market"].part("segment")
    assert "acv" in part.required(part.model(targeting="primary"))
    needs = part.required(part.model(targeting="rejected"))
    assert "targeting_reason" in needs and "acv" not in needs


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_usual_factors_sum_to_100_per_axis(language):
    with override(language):
        rows = registry["market"].part("factor").starters()
    for axis in Axis:
        assert sum(row["weight"] for row in rows if row["axis"] == axis) == 100
    assert len({row["name"] for row in rows}) == 11


def form_of(part_name, contents, data=None):
    part = registry["market"].part(part_name)
    record = part.model(plan=contents.plan)
    record.contents = contents
    return part.form(data, part=part, contents=contents, instance=record)


def test_a_new_rating_opens_at_the_next_pair_without_one():
    parts = standing_parts()
    form = form_of("rating", contents_of(**parts))
    assert not form.initial["segment"]
    last = parts["rating"].pop()
    form = form_of("rating", contents_of(**parts))
    assert (form["segment"].value(), form["factor"].value()) == ("s", last["factor"])


def test_weightless_factors_need_no_rating():
    parts = standing_parts()
    parts["factor"].append({"uid": "w", "name": "w", "axis": "strength", "weight": "0"})
    assert context(contents_of(**parts))["open_ratings"] == 0


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x", "reachable": "100.01"}, "reachable"),
        ({"name": "x", "obtainable": "-1"}, "obtainable"),
        ({"name": "x", "acv": "NaN"}, "acv"),
        ({"name": "x", "accounts": "99999999999"}, "accounts"),
        ({"name": "x", "targeting": "perhaps"}, "targeting"),
    ],
)
def test_wrong_values_get_a_sentence_at_their_field(data, wrong, db):
    form = form_of("segment", contents_of(), data)
    form.full_clean()
    assert list(form.errors) == [wrong]


def test_choices_keep_their_published_values():
    """Documents and other sections hold these: changing one would break saved plans."""
    assert Targeting.values == ["primary", "secondary", "rejected"]
    assert "mainland_china" in Region.values and "tender" in BuyingChannel.values
