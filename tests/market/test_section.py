"""The section as the plan sees it: needs, forms, figures, pictures, its one template."""

from decimal import Decimal

import pytest
from django.utils.html import escape
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.market.models import Axis, BuyingChannel, Group, Region, Segment, Targeting
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
        segment.uid: (*segment.standing, segment.standing.stance)
        for segment, _advice in found["standings"]
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
    {"segment": [{"uid": "a", "name": "Rated", "ratings": {"gone": 3}, "rating_reasons": "Lost"}]},
    {"segment": [{"uid": "a", "name": "Unrated", "ratings": None}],
     "factor": [{"uid": "f", "name": "Alone"}]},
    {"group": [{"uid": "g", "name": "Group", "segment": "gone", "price": 0}]},
    {"force": [{"uid": "f", "statement": "Something\nhappens"}]},
]  # fmt: skip


@pytest.mark.parametrize("parts", DRAFTS)
def test_drafts_and_extremes_are_shown(parts):
    html = render(contents_of(**parts))
    assert "None" not in html and "NaN" not in html
    for row in (row for rows in parts.values() if isinstance(rows, list) for row in rows):
        assert (row.get("name") or "Something<br>happens") in html
        assert row.get("rating_reasons", "") in html


# A document refuses the rest: NUL and half characters, which no database keeps.
STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"uid": st.uuids().map(str), "name": STORABLE},
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
                      "scenario": "vision", "ratings": {"x": 3}, "rating_reasons": evil}],
            factor=[{"uid": "x", "name": evil, "meaning": evil, "axis": "strength"}],
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


def standing_parts(**ratings):
    factors = [{"uid": axis, "name": axis, "axis": axis, "weight": "100"} for axis in Axis.values]
    return {"segment": [{"uid": "s", "name": "Shops", "ratings": ratings}], "factor": factors}


def test_a_segment_is_on_the_map_once_it_is_rated_on_both_axes():
    parts = standing_parts(attractiveness=4, strength=2)
    found = context(contents_of(**parts))
    assert found["pictures"]["standing"].table[1] == ("Shops", "2", "4")
    assert found["open_ratings"] == 0
    found = context(contents_of(**standing_parts(attractiveness=4)))
    assert found["pictures"]["standing"] is None
    assert found["open_ratings"] == 1


def test_a_rating_of_a_removed_factor_counts_for_nothing():
    parts = standing_parts(attractiveness=4, strength=2, gone=5)
    (segment,) = contents_of(**parts).part("market.segment")
    assert segment.standing == (4, 2) and segment.unrated == []


def test_a_segment_without_a_plan_around_it_has_no_standing():
    segment = Segment(ratings={"a": 4})
    assert segment.standing == (None, None) and segment.unrated == []


def test_weightless_factors_need_no_rating():
    parts = standing_parts(attractiveness=4, strength=2)
    parts["factor"].append({"uid": "w", "name": "w", "axis": "strength", "weight": "0"})
    assert context(contents_of(**parts))["open_ratings"] == 0


def test_the_ratings_are_shown_five_segments_a_table():
    segments = [{"uid": f"s{n}", "name": f"Segment {n}", "ratings": {"f": n % 5 + 1}}
                for n in range(7)]  # fmt: skip
    contents = contents_of(segment=segments, factor=[{"uid": "f", "name": "Growth"}])
    tables = context(contents)["rating_tables"]
    assert [len(table["segments"]) for table in tables] == [5, 2]
    [axis] = tables[1]["axes"]
    assert [rating for _segment, rating in axis["rows"][0][1]] == [1, 2]
    assert '<td data-label="Segment 6" class="num">2</td>' in render(contents)


def test_the_ratings_end_in_the_score_of_each_axis(sample):
    [table] = context(sample)["rating_tables"]
    assert [axis["label"] for axis in table["axes"]] == list(Axis.labels)
    assert table["axes"][0]["scores"][0][1] == Decimal("4.05")
    weights = [sum(factor.weight for factor, _cells in axis["rows"]) for axis in table["axes"]]
    assert weights == [100, 100]


def test_factors_are_shown_before_there_is_a_segment():
    html = render(contents_of(factor=[{"uid": "f", "name": "Growth", "axis": "strength"}]))
    assert "Growth" in html and "Our strength" in html


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


def test_the_form_of_a_segment_asks_for_a_rating_per_factor():
    parts = standing_parts()
    form = form_of("segment", contents_of(**parts))
    html = str(form["ratings"])
    assert all(f'name="ratings-{axis}"' in html for axis in Axis.values)
    assert "No rating yet" not in form.fields["ratings"].help_text


def test_the_form_of_a_half_rated_segment_says_what_is_left():
    contents = contents_of(**standing_parts(strength=3))
    part = registry["market"].part("segment")
    (segment,) = contents.part("market.segment")
    form = part.form(part=part, contents=contents, instance=segment)
    assert form.fields["ratings"].help_text.startswith("No rating yet: attractiveness.")


def test_a_form_keeps_posted_ratings(db):
    posted = {"name": "Shops", "ratings-attractiveness": "4", "ratings-strength": ""}
    form = form_of("segment", contents_of(**standing_parts()), posted)
    assert form.is_valid(), form.errors
    assert form.instance.ratings == {"attractiveness": 4}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x", "reachable": "100.01"}, "reachable"),
        ({"name": "x", "obtainable": "-1"}, "obtainable"),
        ({"name": "x", "acv": "NaN"}, "acv"),
        ({"name": "x", "accounts": "99999999999"}, "accounts"),
        ({"name": "x", "targeting": "perhaps"}, "targeting"),
        ({"name": "x", "ratings-f": "6"}, "ratings"),
    ],
)
def test_wrong_values_get_a_sentence_at_their_field(data, wrong, db):
    form = form_of("segment", contents_of(factor=[{"uid": "f", "name": "Growth"}]), data)
    form.full_clean()
    assert list(form.errors) == [wrong]


def test_choices_keep_their_published_values():
    """Documents and other sections hold these: changing one would break saved plans."""
    assert Targeting.values == ["primary", "secondary", "rejected"]
    assert "mainland_china" in Region.values and "tender" in BuyingChannel.values
