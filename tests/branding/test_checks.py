"""What the brand section finds wrong, and what it leaves alone."""

from apps.branding.checks import checks
from apps.plans.checks import Place
from apps.plans.document import FORMAT, restore
from apps.plans.sections import registry

from .conftest import contents_of

PROOF = {"proof_professional": "references", "proof_reliable": "99.9%"}
CHANNEL = {
    "uid": "talks",
    "name": "Talks",
    "owner": "head",
    "start": "2027-01-01",
    "end": "2027-03-31",
    "budget": "1000",
}


def keys(**parts):
    return [finding.key for finding in checks(contents_of(**parts))]


def test_an_empty_section_has_nothing_wrong():
    assert keys() == []


def test_a_sound_brand_has_nothing_wrong():
    assert keys(positioning={"target": "shops", **PROOF}, channel=[CHANNEL]) == []


def test_a_statement_aimed_past_the_primary_segment():
    (finding,) = checks(contents_of(positioning={"target": "gamers"}))
    assert finding.key == "branding.target_not_primary"
    assert "Gamers" in finding.message and "Shops" in finding.message
    assert finding.places == (
        Place("branding", "positioning", field="target"),
        Place("market", "segment", "shops", "targeting"),
    )


def test_a_removed_target_is_no_wrong_target():
    assert keys(positioning={"target": "gone"}) == []


def test_a_hidden_market_gives_nothing_away():
    contents = restore(
        {
            "format": FORMAT,
            "plan": {},
            "sections": {
                "market": {"segment": [{"uid": "a", "name": "Secret", "targeting": "primary"}]},
                "branding": {"positioning": {"target": "b", "brand": "Lingda"}},
            },
        },
        hidden=frozenset({"market"}),
    )
    assert checks(contents) == []
    assert "[target]" in contents.part("branding.positioning").sentence_en


def test_an_enterprise_buyer_wants_proof():
    (finding,) = checks(contents_of(positioning={"target": "shops", "proof_reliable": "99.9%"}))
    assert finding.key == "branding.enterprise_without_proof"
    assert Place("branding", "positioning", field="proof_professional") in finding.places
    assert Place("branding", "positioning", field="proof_reliable") not in finding.places


def test_needs_ask_for_proof_only_where_the_buyer_is_demanding():
    part = registry["branding"].part("positioning")
    for target, asked in (("shops", True), ("gamers", False), ("gone", False), ("", False)):
        positioning = contents_of(positioning={"target": target}).part("branding.positioning")
        assert ("proof_reliable" in part.required(positioning)) is asked


def test_a_name_in_conflict_and_two_names():
    assert keys(
        positioning={"brand": "Lingda"}, identity={"name": "Wenda", "name_status": "conflict"}
    ) == ["branding.name_conflict", "branding.two_names"]


def test_a_product_that_bears_the_brand_name_is_one_name():
    assert keys(positioning={"brand": "Lingda Agent"}, identity={"name": "lingda"}) == []


def test_equity_blocks_twice_and_falling():
    rows = [
        {"uid": "a", "block": "salience", "current": 2, "target": 4},
        {"uid": "b", "block": "salience", "current": 3, "target": 2},
    ]
    assert keys(equity=rows) == ["branding.equity_twice", "branding.equity_falls"]


def test_a_channel_without_owner_or_with_one_that_is_gone():
    for owner in ("", "gone"):
        assert keys(channel=[{**CHANNEL, "owner": owner}]) == ["branding.channel_without_owner"]


def test_a_channel_that_ends_before_it_starts():
    (finding,) = checks(contents_of(channel=[{**CHANNEL, "end": "2026-12-31"}]))
    assert (finding.key, finding.severity) == ("branding.channel_ends_first", "error")
    assert finding.places == (Place("branding", "channel", "talks", "end"),)


def test_a_budget_without_dates_is_told():
    assert keys(channel=[{**CHANNEL, "end": None}]) == ["branding.channel_undated"]
    assert keys(channel=[{**CHANNEL, "end": None, "budget": None}]) == []


def test_what_a_young_plan_need_not_have_yet():
    """No proof before there is anything to show, no owners before there is a team."""
    parts = {"positioning": {"target": "shops"}, "channel": [{**CHANNEL, "owner": ""}]}
    assert keys(stage="pre_seed", **parts) == []
    found = {"branding.enterprise_without_proof", "branding.channel_without_owner"}
    assert set(keys(stage="seed", **parts)) == found
