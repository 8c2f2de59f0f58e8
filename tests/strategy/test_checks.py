"""The checks that the strategy section owns, each broken on purpose."""

from typing import Any

import pytest

from apps.plans.sections import registry
from tests.strategy.conftest import strategy

CHECKS = registry["strategy"].checks
ANSWERED = {"ten_times_cheaper": "Our data.", "free": "Our contracts."}


def found(hidden: frozenset[str] = frozenset(), **parts: Any) -> list[Any]:
    return CHECKS(strategy(hidden, **parts).contents)


def keys(hidden: frozenset[str] = frozenset(), **parts: Any) -> list[str]:
    return [finding.key.removeprefix("strategy.") for finding in found(hidden, **parts)]


def test_an_empty_section_is_not_scolded() -> None:
    assert keys() == []


# --- Challenges ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("exposure", "risk", "expected"),
    [
        (4, "", ["challenge_no_risk"]),
        (5, "risk-gone", ["challenge_no_risk"]),
        (5, "risk-known", []),
        (3, "", []),
        (None, "", []),
    ],
)
def test_a_grave_challenge_is_a_risk(exposure: int | None, risk: str, expected: list) -> None:
    row = {"uid": "c1", "name": "Talent", "exposure": exposure, "risk": risk}
    assert keys(challenge=[row]) == expected


def test_both_ends_of_a_challenge_are_named() -> None:
    (finding,) = found(challenge=[{"uid": "c1", "name": "Talent", "exposure": 4}])
    assert "“Talent”" in finding.message
    assert [(place.section, place.part, place.row) for place in finding.places] == [
        ("strategy", "challenge", "c1"), ("risks", "risk", ""),
    ]  # fmt: skip


def test_a_hidden_register_is_not_told_about() -> None:
    row = {"uid": "c1", "name": "Talent", "exposure": 5, "risk": "risk-known"}
    assert keys(frozenset({"risks"}), challenge=[row]) == []


# --- Competitors ---------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["platform", "open_model"])
def test_a_platform_or_an_open_model_is_among_the_competitors(kind: str) -> None:
    direct = {"uid": "k1", "name": "Rival", "kind": "direct"}
    other = {"uid": "k2", "name": "Other", "kind": kind}
    assert keys(moat=ANSWERED, competitor=[direct]) == ["no_overtaker"]
    assert keys(moat=ANSWERED, competitor=[direct, other]) == []


# --- Advantages ----------------------------------------------------------------------------------
def an_advantage(**fields: Any) -> dict[str, Any]:
    return {"uid": "a1", "claim": "Our data", "proof": "71 %", "segment": "seg-first", **fields}


def test_a_proven_advantage_in_the_primary_segment_is_fine() -> None:
    assert keys(moat=ANSWERED, advantage=[an_advantage()]) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"proof": "  "}, ["advantage_unproved"]),
        ({"segment": ""}, ["primary_unwon"]),
        ({"segment": "seg-gone"}, ["primary_unwon"]),
        ({"segment": "seg-never"}, ["advantage_rejected_segment", "primary_unwon"]),
    ],
)
def test_an_advantage_is_proven_and_wins_a_segment_that_is_served(
    fields: dict, expected: list[str]
) -> None:
    assert keys(moat=ANSWERED, advantage=[an_advantage(**fields)]) == expected


def test_a_hidden_market_is_not_told_about() -> None:
    hidden = frozenset({"market"})
    assert keys(hidden, moat=ANSWERED, advantage=[an_advantage(segment="seg-never")]) == []


# --- Forces and suppliers ------------------------------------------------------------------------
def test_a_force_stands_once() -> None:
    once = [{"uid": "f1", "kind": "rivalry"}, {"uid": "f2", "kind": "buyers"}]
    assert keys(force=once) == []
    (finding,) = found(force=[*once, {"uid": "f3", "kind": "buyers"}])
    assert finding.key == "strategy.force_twice"
    assert finding.places[0].row == "f3"


@pytest.mark.parametrize(
    ("share", "alternative", "expected"),
    [
        ("80", "", ["supplier_alone"]),
        ("79.99", "", []),
        ("100", "Cloud B", []),
        (None, "", []),
    ],
)
def test_nobody_depends_on_one_supplier_without_an_alternative(
    share: str | None, alternative: str, expected: list[str]
) -> None:
    row = {"uid": "s1", "name": "Cloud A", "kind": "cloud", "share": share}
    assert keys(supplier=[{**row, "alternative": alternative}]) == expected


def test_shares_of_one_kind_are_parts_of_one_whole() -> None:
    def supplier(uid: str, kind: str, share: str) -> dict:
        return {"uid": uid, "name": uid, "kind": kind, "share": share, "alternative": "Another"}

    fine = [supplier("s1", "cloud", "60"), supplier("s2", "cloud", "40")]
    assert keys(supplier=[*fine, supplier("s3", "compute", "70")]) == []
    (finding,) = found(supplier=[*fine, supplier("s3", "cloud", "0.5")])
    assert finding.key == "strategy.supplier_shares"
    assert "100.5%" in finding.message
    assert "100% at most" in finding.message


# --- TOWS ----------------------------------------------------------------------------------------
ITEMS = [
    {"uid": "s", "kind": "strength", "text": "Data"},
    {"uid": "w", "kind": "weakness", "text": "One cloud"},
    {"uid": "o", "kind": "opportunity", "text": "Banks"},
    {"uid": "t", "kind": "threat", "text": "Platforms"},
]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (["s", "o"], None),
        (["w", "t", "s"], None),
        (["s", "w"], "uses no opportunity or threat"),
        (["t"], "uses no strength or weakness"),
        ([], "uses neither"),
        (["gone"], "uses neither"),
    ],
)
def test_a_tows_strategy_joins_inside_and_outside(items: list[str], words: str | None) -> None:
    findings = found(swot=ITEMS, tows=[{"uid": "x1", "text": "Enter banks", "items": items}])
    if words is None:
        assert findings == []
    else:
        (finding,) = findings
        assert finding.key == "strategy.tows_one_sided"
        assert words in finding.message
        assert finding.places[0].field == "items"


# --- Moat ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moat", "field"),
    [
        ({}, "ten_times_cheaper"),
        ({"ten_times_cheaper": "Data."}, "free"),
        ({"free": "Contracts."}, "ten_times_cheaper"),
        (ANSWERED, None),
    ],
)
def test_whoever_claims_an_advantage_answers_the_moat_question(
    moat: dict, field: str | None
) -> None:
    findings = found(moat=moat, advantage=[an_advantage()])
    assert [finding.places[0].field for finding in findings] == ([field] if field else [])
