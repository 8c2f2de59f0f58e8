"""The market's key figures: sums of the segments that are not rejected."""

import re
from decimal import Decimal

from apps.market.figures import figures
from apps.plans import samples
from apps.plans.document import restore
from tests.market.conftest import contents_of

SIZE = {"accounts": 1000, "acv": "100", "reachable": "50", "fit": "40", "obtainable": "10",
        "growth": "10"}  # fmt: skip


def values(**parts):
    return {figure.key: figure.value for figure in figures(contents_of(**parts).section("market"))}


def test_a_rejected_segment_counts_for_nothing():
    found = values(
        segment=[
            {"uid": "a", "name": "Shops", "targeting": "primary", **SIZE},
            {"uid": "b", "name": "Banks", "targeting": "rejected", **SIZE},
        ]
    )
    counted = {
        "tam": Decimal(100_000),
        "sam": Decimal(20_000),
        "som": Decimal(2_000),
        "som_year_3": Decimal(2_420),
        "primary_segment": "Shops",
    }
    assert counted.items() <= found.items()
    assert found["beginning"] == "We begin with: Shops. "


def test_how_far_the_two_ways_to_the_market_lie_apart():
    size = [{"uid": "a", "name": "Shops", **SIZE}]
    assert values(analysis={"top_down": 111_000}, segment=size)["top_down_gap"] == Decimal("1.11")
    assert values(segment=size)["top_down_gap"] is None


def test_what_is_not_known_is_none():
    assert set(values(segment=[{"uid": "a", "name": "Shops"}]).values()) == {None}
    assert set(values().values()) == {None}


def test_every_size_names_the_year_it_is_of() -> None:
    """The picture shows today's SOM, a figure beside it that of year 3: nobody may mix them up."""
    content = restore(samples.document("customer_service", "en")).section("market")
    labels = [str(figure.label) for figure in content.section.figures(content)]
    sizes = [label for label in labels if re.match(r"(TAM|SAM|SOM)\b", label)]
    assert len(sizes) == 4 and all(re.search(r"today|year 3", label) for label in sizes)
    picture = content.context()["pictures"]["sizing"]
    assert "today" in picture.title
    assert all("today" in row[0] for row in picture.table[1:])
