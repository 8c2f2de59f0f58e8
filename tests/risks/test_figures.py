"""The risks' key figures: threats that are not closed."""

from apps.risks.figures import figures
from tests.risks.conftest import a_risk, an_exposure, risks


def values(*rows):
    return {figure.key: figure.value for figure in figures(risks(risk=list(rows)))}


def test_closed_risks_and_opportunities_are_not_counted():
    found = values(
        a_risk("r1"),
        a_risk("r2", status="closed"),
        a_risk("r3", kind="opportunity"),
        a_risk("r4", current_probability=1, current_cost=1),
    )
    assert (found["open_risks"], found["critical_risks"]) == (2, 1)
    assert found["contingency"] is None and found["expected_loss"] is None


def test_losses_are_those_of_the_section():
    content = risks(risk=[a_risk("r1", **an_exposure())])
    losses = content["policy"].losses
    found = {figure.key: figure.value for figure in figures(content)}
    assert found["contingency"] == losses.p80 and found["expected_loss"] == losses.mean


def test_an_empty_register_is_unknown_not_safe():
    assert set(values().values()) == {None}
