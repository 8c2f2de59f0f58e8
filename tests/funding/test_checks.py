"""The checks, each broken and each kept."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from apps.funding.checks import checks
from apps.funding.movers import movers
from apps.funding.outlook import Outlook
from apps.funding.spending import stretches
from apps.plans.checks import Finding
from apps.plans.document import restore
from apps.plans.samples import document
from tests.funding.conftest import contents_of

CASH = {"opening_cash": "1000000"}
SEED = {"uid": "seed", "name": "Seed", "instrument": "equity", "month": "2027-01-01",
        "amount": "1000000", "pre_money": "4000000"}  # fmt: skip


def found(key: str, sections: dict[str, Any] | None = None, **parts: Any) -> list[Finding]:
    everything = checks(contents_of(sections, **parts))
    return [finding for finding in everything if finding.key == f"funding.{key}"]


def monthly(amount: str, **changes: Any) -> dict[str, Any]:
    return {"uid": "c", "name": "Cost", "category": "general", "amount": amount, **changes}


def selling(price: str, **changes: Any) -> dict[str, Any]:
    return {"uid": "s", "name": "Stream", "pricing": "subscription", "price": price,
            "customers": "10", "new": "0", "churn": "0", "tokens": "0", **changes}  # fmt: skip


def test_the_sample_breaks_few_rules_and_none_gravely(sample):
    """The series A is not signed, and the growth is a guess: both are true. And the channels are
    not all that winning a customer costs."""
    severities = {finding.key: finding.severity for finding in checks(sample)}
    assert severities == {
        "funding.signed_money": "hint",
        "funding.guess_moves_cash": "hint",
        "funding.cac_apart": "hint",
    }


@pytest.mark.parametrize("name", ["api_vertical", "foundation_model"])
def test_no_sample_breaks_a_rule_gravely(name: str):
    found = checks(restore(document(name, "en")))
    assert 1 <= len(found) <= 5
    assert "error" not in {finding.severity for finding in found}


def test_the_cash_is_gone():
    (finding,) = found("cash_out", assumptions=CASH, cost=[monthly("100000")])
    assert finding.severity == "error"
    assert "November 2027" in finding.message
    assert not found("cash_out", assumptions=CASH, cost=[monthly("10000")])
    assert not found("cash_out", cost=[monthly("100000")])  # the cash is unknown


LATER = {**SEED, "month": "2027-06-01", "status": "planned"}


@pytest.mark.parametrize(
    ("month", "severity"), [("2027-06-01", "hint"), ("2027-10-01", "warning"), ("2027-12-01", None)]
)
def test_what_the_signed_money_alone_lasts_for(month: str, severity: str | None):
    """1 m at 100,000 a month ends in November. A round that comes later is no help at all."""
    later = {**LATER, "month": month, "amount": "9000000"}
    parts = {"assumptions": CASH, "cost": [monthly("100000")], "round": [later]}
    assert [one.severity for one in found("signed_money", **parts)] == ([severity] * bool(severity))
    assert bool(found("cash_out", **parts)) == (severity is None)
    if severity:
        (finding,) = found("signed_money", **parts)
        assert "November 2027" in finding.message
        assert [place.field for place in finding.places] == ["status", "fallback"]


@pytest.mark.parametrize(
    ("status", "signed"),
    [("", False), ("planned", False), ("talks", False), ("term_sheet", False),
     ("contract", True), ("closed", True)],
)  # fmt: skip
def test_a_term_sheet_is_not_yet_signed_money(status: str, signed: bool):
    parts = {"assumptions": CASH, "cost": [monthly("100000")],
             "round": [{**LATER, "amount": "9000000", "status": status}]}  # fmt: skip
    assert bool(found("signed_money", **parts)) != signed


@pytest.mark.parametrize(("opening", "broken"), [("3899999", True), ("3900000", False)])
def test_less_than_three_months_of_burn_left(opening: str, broken: bool):
    """36 months at 100,000, and 300,000 must be left of it at the end."""
    hits = found("thin_cash", assumptions={"opening_cash": opening}, cost=[monthly("100000")])
    assert [hit.severity for hit in hits] == ["warning"] * broken
    if broken:
        assert "December 2029" in hits[0].message


def test_thin_cash_is_not_said_of_cash_that_is_gone_or_unknown():
    assert not found("thin_cash", assumptions=CASH, cost=[monthly("100000")])
    assert not found("thin_cash", cost=[monthly("100000")])
    assert not found("thin_cash", assumptions={"opening_cash": "1"})  # nothing is burnt


@pytest.mark.parametrize(
    ("case", "severity"), [("base", "error"), ("low", "warning"), ("high", "warning")]
)
def test_a_scenario_in_which_the_cash_is_gone(case: str, severity: str):
    stream = selling("10000")
    parts = {"assumptions": CASH, "cost": [monthly("100000")]}
    row = {"uid": "x", "name": "No price", "case": case, "price": "0"}
    (finding,) = found("scenario_cash_out", **parts, stream=[stream], scenario=[row])
    assert finding.severity == severity
    assert "November 2027" in finding.message
    assert finding.places[0].row == "x"
    milder = {**row, "price": "1.5"}
    assert not found("scenario_cash_out", **parts, stream=[stream], scenario=[milder])
    # where the plan as written fails in the same month, that is the finding
    assert not found("scenario_cash_out", **parts, scenario=[row])


def test_the_stress_cases_in_which_the_cash_is_gone_are_one_hint():
    parts = {"assumptions": CASH, "cost": [monthly("100000")]}
    (finding,) = found("stress_cash_out", **parts, stream=[selling("10000")])
    assert finding.severity == "hint"
    assert "Churn +5 points (" in finding.message
    assert not found("stress_cash_out", **parts, stream=[selling("100000")])
    assert not found("stress_cash_out", **parts)


def test_a_milestone_after_the_cash_is_gone():
    rows = [
        {"uid": "m1", "title": "Launch", "due": "2027-11-05"},
        {"uid": "m2", "title": "Before", "due": "2027-10-31"},
        {"uid": "m3", "title": "Reached", "due": "2028-01-01", "reached": "2026-12-01"},
        {"uid": "m4", "title": "Undated"},
        {"uid": "m5", "title": "Growth", "due": "2028-03-01"},
    ]
    projects = {"projects": {"milestone": rows}}
    (finding,) = found("milestone_after_cash", projects, assumptions=CASH, cost=[monthly("100000")])
    assert "“Launch” (November 2027), “Growth” (March 2028)" in finding.message
    assert [place.row for place in finding.places] == ["m1", "m5", ""]
    assert {place.section for place in finding.places} == {"projects", "funding"}
    assert not found("milestone_after_cash", projects, assumptions=CASH)


def test_revenue_before_the_milestone_it_waits_for():
    launch = {"uid": "m", "title": "Launch", "due": "2027-09-20"}
    early = selling("10", start="2027-08-01", milestone="m")
    (finding,) = found("revenue_too_early", {"projects": {"milestone": [launch]}}, stream=[early])
    assert finding.severity == "error"
    assert "August 2027" in finding.message
    assert "September 2027" in finding.message
    assert [place.section for place in finding.places] == ["funding", "projects"]
    kept = {**early, "start": "2027-09-01"}
    assert not found("revenue_too_early", {"projects": {"milestone": [launch]}}, stream=[kept])
    reached = {**launch, "reached": "2027-08-02"}
    assert not found("revenue_too_early", {"projects": {"milestone": [reached]}}, stream=[early])
    free = {**early, "milestone": ""}
    assert not found("revenue_too_early", {"projects": {"milestone": [launch]}}, stream=[free])


def test_revenue_before_the_tasks_of_its_milestone_end():
    """Also when nobody has moved the milestone's own date yet."""
    task = {"uid": "t", "title": "Filing", "milestone": "m", "start": "2027-10-01", "duration": 5}
    launch = {"uid": "m", "title": "Launch", "due": "2027-09-20"}
    stream = selling("10", start="2027-09-01", milestone="m")
    projects = {"projects": {"milestone": [launch], "task": [task]}}
    (finding,) = found("revenue_too_early", projects, stream=[stream])
    assert "October 2027" in finding.message


def test_what_it_means_when_the_revenue_waits_for_its_milestone():
    """Ten customers at 10,000 pay the cost of 100,000 from the first month on; six months later
    600,000 of the million are gone first, and so with all that waits for the milestone."""
    launch = {"uid": "m", "title": "Launch", "due": "2027-07-20"}
    stream = selling("10000", start="2027-01-01", milestone="m")
    projects, plan = {"projects": {"milestone": [launch]}}, {"cost": [monthly("100000")]}
    (finding,) = found("revenue_too_early", projects, assumptions=CASH, stream=[stream], **plan)
    assert "the cash still lasts: at its lowest ¥400k are left, in June 2027" in finding.message
    halves = [{**stream, "uid": uid, "customers": "5"} for uid in ("s1", "s2")]
    assert [one.message for one in found(
        "revenue_too_early", projects, assumptions=CASH, stream=halves, **plan
    )] == [finding.message] * 2  # fmt: skip
    late = {"projects": {"milestone": [{**launch, "due": "2028-12-20"}]}}
    (finding,) = found("revenue_too_early", late, assumptions=CASH, stream=[stream], **plan)
    assert "the cash is gone in November 2027 (as written: not within 36 months)" in (
        finding.message
    )
    (unknown,) = found("revenue_too_early", projects, stream=[stream], **plan)
    assert unknown.message.endswith("Move the revenue or the milestone.")


@pytest.mark.parametrize(("amount", "broken"), [("300000", True), ("200000", False)])
def test_less_than_six_months_after_the_last_round(amount: str, broken: bool):
    """2 m − the first month; then 5 full months at 300,000, 8 at 200,000."""
    hits = found("short_runway", assumptions=CASH, round=[SEED], cost=[monthly(amount)])
    assert bool(hits) == broken
    if broken:
        assert "5 months" in hits[0].message
        assert hits[0].places[0].row == "seed"


def test_more_revenue_than_the_segment_can_yield():
    segment = {"uid": "seg", "name": "Shops", "accounts": 100, "acv": "1000", "reachable": "100",
               "fit": "100", "obtainable": "10", "growth": "0"}  # fmt: skip
    market = {"market": {"segment": [segment]}}
    stream = selling("84", segment="seg")  # 10 customers × 84 × 12 = 10,080 > 10,000
    (finding,) = found("revenue_above_som", market, stream=[stream])
    assert [place.section for place in finding.places] == ["funding", "market"]
    assert not found("revenue_above_som", market, stream=[selling("83", segment="seg")])
    assert not found("revenue_above_som", market, stream=[selling("84")])
    unsized = {"market": {"segment": [{"uid": "seg", "name": "Shops"}]}}
    assert not found("revenue_above_som", unsized, stream=[stream])


def test_channels_above_the_marketing_line():
    channel = {"uid": "ch", "activity": "Fair", "route": "seo", "start": "2027-02-01",
               "end": "2027-03-31", "budget": "50000"}  # fmt: skip
    branding = {"branding": {"channel": [channel]}}
    line = monthly("40000", category="marketing")
    (finding,) = found("channels_above_line", branding, cost=[line])
    assert "February 2027" in finding.message
    assert not found("channels_above_line", branding, cost=[{**line, "amount": "50000"}])
    assert not found("channels_above_line", branding, cost=[{**line, "category": "sales"}])
    later = {**line, "start": "2027-04-01"}
    assert not found("channels_above_line", branding, cost=[later])


@pytest.mark.parametrize(("shares", "broken"), [(("60", "40"), 0), (("60", "30"), 1), ((), 0)])
def test_the_uses_of_a_round_sum_to_the_whole(shares: tuple, broken: int):
    uses = [{"uid": f"u{s}", "purpose": "people", "round": "seed", "share": s} for s in shares]
    hits = found("use_not_100", round=[SEED], use=uses)
    assert len(hits) == broken
    assert all("90%" in str(hit.message) for hit in hits)


def test_each_round_whose_uses_miss_the_whole_is_a_finding_of_its_own():
    """With its own places, so that putting one aside leaves the other."""
    uses = [
        {"uid": f"u-{r}", "purpose": "people", "round": r, "share": "90"} for r in ("seed", "a")
    ]
    seed, second = found("use_not_100", round=[SEED, {**SEED, "uid": "a", "name": "A"}], use=uses)
    assert [place.row for place in seed.places] == ["seed", "u-seed"]
    assert [place.row for place in second.places] == ["a", "u-a"]


@pytest.mark.parametrize(
    ("part", "row", "field"),
    [
        ("stream", selling("10", start="2035-01-01"), "start"),
        ("stream", selling("10", start="2030-01-01"), "start"),
        ("round", {**SEED, "month": "2035-01-01"}, "month"),
        ("round", {**SEED, "month": "2026-12-01"}, "month"),
        ("cost", monthly("1", start="2030-01-01"), "start"),
        ("cost", monthly("1", start="2026-01-01", end="2026-12-01"), "end"),
    ],
)
def test_what_lies_outside_the_plan_is_said(part: str, row: dict[str, Any], field: str):
    (finding,) = found("outside_plan", **{part: [row]})
    assert "January 2027 to December 2029" in finding.message
    assert finding.places[0].part == part
    assert finding.places[0].field == field


def test_a_role_outside_the_plan_is_said():
    role = {"uid": "r", "title": "Lead", "salary": "1", "start": "2031-05-01"}
    (finding,) = found("outside_plan", {"team": {"role": [role]}})
    assert "Lead" in finding.message
    assert finding.places[0].section == "team"
    long_here = {**role, "start": "2020-05-01"}
    assert not found("outside_plan", {"team": {"role": [long_here]}})


@pytest.mark.parametrize(
    ("section", "part", "row", "field"),
    [
        ("branding", "channel", {"name": "Fair", "start": "2031-01-01", "budget": "5"}, "start"),
        ("team", "training", {"skill": "Safety", "date": "2031-01-01", "cost": "5"}, "date"),
        ("technology", "data", {"name": "Logs", "acquired": "2026-12-31", "cost": "5"},
         "acquired"),
        ("technology", "run", {"name": "Tuning", "start": "2026-01-01", "parameters": "7e9",
                               "tokens": "1e9", "gpus": 8, "peak": "900", "mfu": "40",
                               "price": "2"}, "start"),
        ("risks", "action", {"text": "Insurance", "due": "2030-01-01", "cost": "5"}, "due"),
    ],
)  # fmt: skip
def test_what_other_sections_pay_for_outside_the_plan_is_said(
    section: str, part: str, row: dict[str, Any], field: str
):
    (finding,) = found("outside_plan", {section: {part: [{"uid": "x", **row}]}})
    assert finding.severity == "warning"
    place = finding.places[0]
    assert (place.section, place.part, place.row, place.field) == (section, part, "x", field)
    free = {**row, "cost": None, "budget": None, "price": None}
    free = {name: value for name, value in free.items() if name in row}
    assert not found("outside_plan", {section: {part: [{"uid": "x", **free}]}})


def test_the_first_and_the_last_month_lie_in_the_plan():
    rows = [selling("10", uid=day, start=day) for day in ("2027-01-01", "2029-12-01")]
    assert not found("outside_plan", stream=rows, cost=[monthly("1", end="2027-01-01")])
    assert not found("stream_before_plan", stream=rows)
    (finding,) = found("stream_before_plan", stream=[selling("10", start="2020-01-01")])
    assert finding.severity == "hint"


def test_a_role_that_costs_more_than_the_round_sets_aside(english):
    lead = max(english.part("team.role"), key=lambda role: role.salary or 0)
    assert not [one for one in checks(english) if one.key == "funding.use_overspent"]
    lead.salary = Decimal(400_000)
    (finding,) = [one for one in checks(english) if one.key == "funding.use_overspent"]
    assert "People" in finding.message
    assert finding.places[0].row == "use-seed-people"
    assert finding.places[1].section == "team"


def test_what_is_spent_is_held_against_the_use_until_the_next_round():
    """1 m raised in the first month, 600,000 for people; they cost 100,000 a month for five."""
    uses = [
        {"uid": "u1", "purpose": "people", "round": "seed", "share": "60"},
        {"uid": "u2", "purpose": "reserve", "round": "seed", "share": "40"},
    ]
    grant = {"uid": "g", "name": "Grant", "instrument": "grant", "month": "2027-03-01",
             "amount": "500000"}  # fmt: skip
    later = {**SEED, "uid": "a", "name": "A", "month": "2027-06-01"}
    people = monthly("100000", category="payroll")
    contents = contents_of(assumptions={"opening_cash": "0"}, cost=[people], use=uses,
                           round=[SEED, grant, later])  # fmt: skip
    (stretch,) = stretches(Outlook(contents))
    assert (stretch.first, stretch.end) == (0, 5)
    assert stretch.names == ["Seed", "Grant"]
    (line, _reserve) = stretch.lines
    assert (line.planned, line.spent, line.difference) == (600_000, 500_000, 100_000)
    assert stretch.overspent == []


@pytest.mark.parametrize(("amount", "broken"), [("200000", False), ("200001", True)])
def test_a_purpose_may_use_the_reserve_too(amount: str, broken: bool):
    uses = [
        {"uid": "u1", "purpose": "people", "round": "seed", "share": "60"},
        {"uid": "u2", "purpose": "reserve", "round": "seed", "share": "40"},
    ]
    later = {**SEED, "uid": "a", "name": "A", "month": "2027-06-01"}
    people = monthly(amount, category="payroll")
    hits = found("use_overspent", assumptions={"opening_cash": "0"}, cost=[people], use=uses,
                 round=[SEED, later])  # fmt: skip
    assert len(hits) == broken


def test_a_round_that_pays_for_none_of_its_purposes_is_one_finding():
    """Cash that has run out covers nothing: that is said once, with the purposes by name."""
    small = {**SEED, "amount": "1000"}
    costs = [monthly("50000", uid=name, category=name) for name in ("payroll", "sales", "general")]
    uses = [{"uid": "u", "purpose": "people", "round": "seed", "share": "100"}]
    (finding,) = found("use_overspent", assumptions={"opening_cash": "0"}, cost=costs, use=uses,
                       round=[small])  # fmt: skip
    for purpose in ("People", "Marketing and sales", "Running the company"):
        assert purpose in finding.message
    assert [place.row for place in finding.places] == ["u", "seed", "payroll", "sales", "general"]


def test_a_use_without_a_round():
    use = {"uid": "u", "purpose": "people", "round": "gone", "share": "100"}
    (finding,) = found("use_without_round", round=[SEED], use=[use])
    assert finding.places[0].row == "u"
    assert not found("use_without_round", round=[SEED], use=[{**use, "round": "seed"}])


def test_training_that_no_round_pays_for():
    sections = copy.deepcopy(document("customer_service", "en")["sections"])
    technology = {"technology": sections["technology"]}
    uses = [{"uid": "u", "purpose": "people", "round": "seed", "share": "100"}]
    (finding,) = found("training_unfunded", technology, round=[SEED], use=uses)
    assert finding.places[1].section == "technology"
    uses[0]["purpose"] = "training"
    assert not found("training_unfunded", technology, round=[SEED], use=uses)
    assert not found("training_unfunded", round=[SEED], use=[])  # nothing is trained


def test_a_round_that_cannot_be():
    greedy = {**SEED, "pool": "90"}
    holder = {"uid": "h", "name": "Founder", "kind": "founder", "shares": "1"}
    (finding,) = found("round_impossible", round=[greedy], holder=[holder])
    assert finding.severity == "error"
    assert not found("round_impossible", round=[SEED], holder=[holder])


def test_absurd_growth():
    assert found("growth_absurd", stream=[selling("1", growth="900")])
    assert not found("growth_absurd", stream=[selling("1", growth="9")])


def test_a_guess_among_the_ten_numbers_that_move_most():
    guess = {"price": {"basis": "guessed"}}
    (finding,) = found("guess_moves_cash", assumptions=CASH, stream=[selling("10", evidence=guess)])
    assert finding.severity == "hint"
    assert (finding.places[0].row, finding.places[0].field) == ("s", "price")
    measured = {"price": {"basis": "measured"}}
    assert not found("guess_moves_cash", assumptions=CASH,
                     stream=[selling("10", evidence=measured)])  # fmt: skip


def test_a_guess_that_moves_little_is_left_alone():
    many = [monthly("100000", uid=f"c{n}", end="2027-01-01") for n in range(10)]
    small = monthly("1", uid="small", evidence={"amount": {"basis": "guessed"}})
    assert not found("guess_moves_cash", cost=[*many, small])
    assert found("guess_moves_cash", cost=[*many[:5], small])


def test_a_guessed_salary_counts_though_the_cost_names_no_field():
    role = {"uid": "r", "title": "Lead", "salary": "40000", "share": "100", "on_cost": "0",
            "start": "2027-01-01", "status": "filled",
            "evidence": {"salary": {"basis": "guessed"}}}  # fmt: skip
    (finding,) = found("guess_moves_cash", {"team": {"role": [role]}}, assumptions=CASH)
    assert finding.places[0].section == "team"
    assert "Lead" in finding.message


def test_a_shared_number_moves_all_streams_that_share_it():
    addon = {"uid": "t", "name": "Add-on", "pricing": "subscription", "price": "10",
             "follows": "s"}  # fmt: skip
    outlook = Outlook(contents_of(stream=[selling("10"), addon]))
    effects = {
        (m.place.row, m.place.field): m.effect for m in movers(outlook.assembly, outlook.base)
    }
    assert effects["s", "price"] == 2 * 10 * 36
    assert effects["s", "customers"] == 2 * 2 * 10 * 36


def test_the_checks_of_a_plan_whose_other_sections_are_hidden():
    whole = document("customer_service", "en")
    hidden = frozenset({"team", "market", "projects", "risks", "technology", "branding"})
    contents = restore(whole, hidden)
    assert all(place.section == "funding" for one in checks(contents) for place in one.places)
