"""All checks together, on documents: what is found, in which order, and what stays unsaid."""

import copy
import dataclasses
import json
from typing import Any

import pytest
from django.utils import translation

from apps.checks.report import ORDER, Report, report, sign
from apps.plans.checks import Finding, Place
from apps.plans.contents import load
from apps.plans.document import restore
from apps.plans.models import Plan
from apps.plans.sections import Section, registry
from tests.checks.conftest import broken_document
from tests.conftest import all_sections

NO_PRIMARY = "market.no_primary"


def keys(findings: list[Any]) -> set[str]:
    return {one.finding.key for one in findings}


def with_checks(monkeypatch: pytest.MonkeyPatch, name: str, checks: Any) -> None:
    changed = dataclasses.replace(registry[name], checks=checks)
    monkeypatch.setitem(registry._sections, name, changed)


def test_the_gravest_come_first() -> None:
    found = report(restore(broken_document()))
    order = [ORDER.index(one.finding.severity) for one in found.open]
    assert order == sorted(order)
    assert {NO_PRIMARY, "branding.channel_without_owner", "team.equity_over_100"} <= keys(
        found.open
    )
    assert sum(len(findings) for _s, _h, findings in found.by_severity) == len(found.open)


def test_the_ends_are_named_as_the_pages_name_them() -> None:
    with translation.override("en"):
        found = report(restore(broken_document())).open
    ends = next(one.ends for one in found if one.finding.key == "branding.channel_without_owner")
    channel = broken_document()["sections"]["branding"]["channel"][0]["name"]
    assert ends[0].label == f"Brand · Channel plan · {channel} · Owner"


def test_a_rule_put_aside_is_not_open() -> None:
    contents = restore(broken_document())
    first = report(contents).open[0]
    again = report(contents, {first.signature: "we know"})
    assert first.signature not in {one.signature for one in again.open}
    assert [one.dismissal for one in again.dismissed] == ["we know"]


def test_a_signature_is_the_same_in_every_language_and_for_a_document(broken_plan: Plan) -> None:
    signatures = {one.signature for one in report(load(broken_plan)).open}
    assert signatures
    with translation.override("zh-hans"):
        assert {one.signature for one in report(restore(broken_document())).open} == signatures


def test_a_signature_changes_with_the_value_at_its_place() -> None:
    document = broken_document()
    role = document["sections"]["team"]["role"][0]
    finding = Finding("team.x", "hint", "", (Place("team", "role", role["uid"], "equity"),))
    before = sign(restore(document), finding)
    assert sign(restore(copy.deepcopy(document)), finding) == before
    role["equity"] = "81"
    assert sign(restore(document), finding) != before


def test_a_check_that_raises_hides_nothing_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(contents: Any) -> list[Finding]:
        raise ZeroDivisionError

    with_checks(monkeypatch, "team", explode)
    found = report(restore(broken_document()))
    assert [section.name for section in found.failed] == ["team"]
    assert NO_PRIMARY in keys(found.open)


@pytest.mark.parametrize(
    "finding",
    [Finding("team.x", "catastrophe", "What?"), Finding("team.x", "hint", "What?", None)],
)
def test_a_finding_that_is_none_fails_its_section_only(
    finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_checks(monkeypatch, "team", lambda contents: [finding])
    found = report(restore(broken_document()))
    assert [section.name for section in found.failed] == ["team"]


def test_a_place_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    places = (Place("hr", "person"), Place("team", "robots"), Place("team", "role"))
    with_checks(monkeypatch, "team", lambda contents: [Finding("team.x", "hint", "What?", places)])
    with translation.override("en"):
        found = report(restore(broken_document())).open
    found = next(one for one in found if one.finding.key == "team.x")
    assert [end.label for end in found.ends] == ["Team · Roles"]


@pytest.mark.parametrize("section", all_sections())
def test_a_hidden_section_leaves_no_trace(section: Section) -> None:
    document = broken_document()
    texts = texts_of(document["sections"][section.name])
    others = json.dumps(
        [document["plan"], {k: v for k, v in document["sections"].items() if k != section.name}],
        ensure_ascii=False,
    )
    said = written(report(restore(document, frozenset({section.name}))))
    assert not [text for text in texts if text not in others and text in said]


def texts_of(value: Any) -> set[str]:
    """Every text of some length."""
    if isinstance(value, dict):
        return set().union(*map(texts_of, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts_of, value))
    return {value} if isinstance(value, str) and len(value) > 12 else set()


def written(found: Report) -> str:
    return "\n".join(
        f"{one.finding.key} {one.finding.message} {[end.label for end in one.ends]}"
        for one in [*found.open, *found.dismissed]
    )


def test_a_finding_with_one_end_in_a_hidden_section_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = Finding("team.x", "hint", "Both", (Place("team", "role"), Place("market", "segment")))
    with_checks(monkeypatch, "team", lambda contents: [two])
    assert "team.x" in keys(report(restore(broken_document())).open)
    assert "team.x" not in keys(report(restore(broken_document(), frozenset({"market"}))).open)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_checks_of_an_empty_plan_run(language: str) -> None:
    empty = {"format": "ventureplan/1", "plan": {"title": "x"},
             "sections": {section.name: {} for section in registry}}  # fmt: skip
    with translation.override(language):
        found = report(restore(empty))
    assert not found.failed
