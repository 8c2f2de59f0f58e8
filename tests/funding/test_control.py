"""A round that sells the company is said."""

import pytest

from tests.funding.test_checks import SEED, found


@pytest.mark.parametrize(("amount", "broken"), [("4000000", True), ("3999000", False)])
def test_a_round_that_sells_half_of_the_company(amount: str, broken: bool):
    hits = found("control_sold", round=[{**SEED, "amount": amount}])
    assert [hit.severity for hit in hits] == ["error"] * broken
    if broken:
        assert "50.0%" in hits[0].message
        assert [place.field for place in hits[0].places] == ["amount", "pre_money"]
