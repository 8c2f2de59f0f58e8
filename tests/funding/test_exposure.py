"""A stress that cannot hit a plan is said to be so and not computed."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from apps.funding.choices import GPUS
from apps.funding.drivers import AS_PLANNED, FACTORS
from apps.funding.model import run
from apps.funding.montecarlo import cash_paths
from apps.funding.outlook import Outlook
from apps.plans.document import restore
from apps.plans.render import render_section
from apps.plans.samples import document
from tests.funding.conftest import contents_of


def outlook(sample: str) -> Outlook:
    return Outlook(restore(document(sample, "en")))


@pytest.mark.parametrize(
    ("sample", "spared"),
    [
        ("api_vertical", {"gpu_rises", "filing_late"}),
        ("customer_service", {"api_doubles"}),
        ("foundation_model", {"api_doubles", "model_lost"}),
    ],
)
def test_each_sample_is_spared_what_cannot_happen_to_it(sample: str, spared: set[str]):
    with override("en"):
        found = outlook(sample)
        assert set(found.spared) == spared
        assert len(found.stresses) == 5 - len(spared)
        base = found.base.closing[-1]
        assert all(one.result.closing[-1] < base for one in found.stresses)
        html = render_section(found.contents.section("funding"))
        assert html.count("Does not apply: ") == len(spared)


def test_a_filing_that_is_done_can_be_late_no_more(english):
    assert "filing_late" not in Outlook(english).spared
    filing = english.part("technology.profile").filing
    english.find("projects.milestone", filing).reached = "2027-01-05"
    assert "done" in Outlook(english).spared["filing_late"]


@pytest.mark.parametrize("profile", [{}, {"public_china": True}])
def test_an_empty_profile_has_no_model_to_lose_and_a_public_service_is_filed(profile: Any):
    spared = Outlook(contents_of({"technology": {"profile": profile}})).spared
    assert "no model yet" in spared["model_lost"]
    assert ("filing_late" in spared) != bool(profile)


def test_a_hidden_technology_section_spares_only_what_the_figures_show():
    contents = restore(document("customer_service", "en"), frozenset({"technology"}))
    assert not {"model_lost", "filing_late"} & set(Outlook(contents).spared)


def test_dearer_gpus_move_the_clusters_that_are_cost_lines():
    """What a foundation model rents beside its planned runs is no "other cost"."""
    inputs = outlook("foundation_model").assembly.inputs
    rented = [one for one in inputs.costs if one.group in {"serving", "compute"}]
    assert len(rented) == 4 and all(one.group in GPUS for one in rented)
    dearer = run(inputs, AS_PLANNED.times("compute", Decimal("1.5"))).costs
    planned = run(inputs).costs
    for key in {(one.block, one.group) for one in rented}:
        assert sum(dearer[key]) * 2 == sum(planned[key]) * 3


def test_dearer_gpus_leave_hosting_alone():
    hosting = {"uid": "c", "name": "Mail", "category": "hosting", "amount": "100"}
    inputs = Outlook(contents_of(cost=[hosting])).assembly.inputs
    assert run(inputs, AS_PLANNED.times("compute", 2)).closing == run(inputs).closing


API_LINE = {"uid": "c", "name": "Trials", "category": "api", "amount": "100"}


def test_a_dearer_api_moves_the_lines_of_its_use():
    found = Outlook(contents_of(assumptions={"opening_cash": "10000"}, cost=[API_LINE]))
    dearer = next(one for one in found.stresses if one.label == "API price ×2")
    assert found.base.closing[-1] - dearer.closing == 3600
    assert [move.driver for move in found.tornado] == ["api"]
    assert all(found.base.cost_of_revenue)


def test_the_draws_move_the_lines_of_api_use_with_its_price():
    inputs = Outlook(
        contents_of(assumptions={"opening_cash": "0"}, cost=[API_LINE])
    ).assembly.inputs
    ranges = tuple((2.0, 2.0) if name == "api" else (1.0, 1.0) for name in FACTORS)
    assert cash_paths(inputs, ranges, 0, [], 3)[-1].tolist() == [-7200.0] * 3


def test_lines_of_api_use_alone_rest_on_no_base_model():
    """Whoever trains from scratch may buy tokens for trials, and has no base model to lose."""
    technology = {"technology": {"profile": {"strategy": "scratch"}}}
    spared = Outlook(contents_of(technology, cost=[API_LINE])).spared
    assert "model_lost" in spared and "api_doubles" not in spared


def test_the_free_trials_of_the_sample_follow_the_price_of_tokens():
    inputs = outlook("api_vertical").assembly.inputs
    (trials,) = [one for one in inputs.costs if one.group == "api"]
    dearer = run(inputs, AS_PLANNED.times("api", Decimal(2))).costs["revenue", "api"]
    assert trials.place.row == "cost-trials"
    assert sum(dearer) == 2 * trials.total
