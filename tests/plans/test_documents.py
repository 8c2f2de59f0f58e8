"""The document: the one JSON form of a plan. A bad one is refused with a sentence."""

import json
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from apps.plans import samples, services
from apps.plans.contents import load
from apps.plans.document import (
    FORMAT,
    DocumentError,
    content_hash,
    dump,
    restore,
    to_json,
)
from apps.plans.models import Plan
from tests.plans.conftest import SEGMENT, SHEET


def sample() -> dict[str, Any]:
    return deepcopy(samples.document("customer_service", "en"))


def with_segment(**values: Any) -> dict[str, Any]:
    document = {"format": FORMAT, "plan": {"title": "T"}, "sections": {"market": {"segment": []}}}
    document["sections"]["market"]["segment"] = [{"uid": "shops", "name": "Shops", **values}]
    return document


def test_a_document_is_json_and_comes_back_the_same() -> None:
    document = dump(restore(sample()))
    again = json.loads(json.dumps(document))
    assert again == document
    assert dump(restore(again)) == document


def test_the_hash_depends_on_content_alone() -> None:
    document = dump(restore(sample()))
    shuffled = json.loads(json.dumps(dict(reversed(document.items()))))
    assert content_hash(shuffled) == content_hash(document)
    document["sections"]["market"]["segment"][0]["name"] += "!"
    assert content_hash(shuffled) != content_hash(document)


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("12.50"), "12.5"), (Decimal("1E+3"), "1000"), (Decimal("0.00"), "0"), (None, None)],
)
def test_a_number_is_written_in_one_way_only(value: Any, text: Any) -> None:
    assert to_json(value) == text


@pytest.mark.parametrize("document", [{}, {"format": "ventureplan/0"}, {"format": None}])
def test_another_format_is_refused_with_a_sentence(document: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match="not a plan document"):
        restore(document)


@pytest.mark.parametrize(
    "values", [{"acv": "a lot"}, {"acv": []}, {"accounts": "many"}, {"pain": {}}]
)
def test_a_value_of_the_wrong_kind_is_refused_naming_its_place(values: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match=next(iter(values))):
        restore(with_segment(**values)).part(SEGMENT)


@pytest.mark.parametrize("text", ["lone \ud800 surrogate", "nul \x00 byte"])
def test_text_that_cannot_be_stored_is_refused_with_a_sentence(text: str, owner: Any) -> None:
    places = [
        {**with_segment(), "plan": {"title": text}},
        with_segment(name=text),
        with_segment(evidence={"acv": {"note": text}}),
        with_segment(evidence={text: {"note": "n"}}),
    ]
    for document in places:
        with pytest.raises(DocumentError, match="character"):
            services.create_plan(by=owner, document=document)
    assert not Plan.objects.exists()


@pytest.mark.parametrize("month", ["0000-00", "2026-13-01", "soon", 7])
def test_a_start_month_that_is_none_is_refused_with_a_sentence(month: Any) -> None:
    with pytest.raises(DocumentError):
        restore({"format": FORMAT, "plan": {"start_month": month}, "sections": {}})


def test_what_a_document_does_not_say_keeps_its_default() -> None:
    contents = restore(with_segment(nosuch="field"))
    row = contents.part(SEGMENT)[0]
    assert (row.name, row.acv, row.evidence, row.pk) == ("Shops", None, {}, None)
    assert contents.part(SHEET).scope == ""
    assert {"branding", "risks", "team"} <= contents.hidden


def test_a_plan_made_from_a_document_lacking_sections_is_whole(owner: Any) -> None:
    plan = services.create_plan(by=owner, document=with_segment())
    assert [row.uid for row in load(plan).part(SEGMENT)] == ["shops"]
    assert plan.progress.count() == len({row.section for row in plan.progress.all()}) >= 4


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_sample_is_in_one_language(language: str) -> None:
    document = samples.document("customer_service", language)
    assert document["plan"]["language"] == language
    assert isinstance(document["plan"]["title"], str)
    assert "zh-hans" not in json.dumps(document["sections"])


def test_samples_have_the_same_figures_in_both_languages() -> None:
    en, zh = (samples.document("customer_service", code) for code in ("en", "zh-hans"))
    rows = zip(
        en["sections"]["market"]["segment"], zh["sections"]["market"]["segment"], strict=True
    )
    for one, other in rows:
        assert one["uid"] == other["uid"] and one["acv"] == other["acv"]
        assert one["name"] != other["name"]


def test_an_unknown_sample_is_not_there() -> None:
    with pytest.raises(KeyError):
        samples.document("../secrets", "en")


def test_dumping_a_stored_plan_asks_one_query_a_part(
    sample_plan: Plan, django_assert_max_num_queries: Any
) -> None:
    from apps.plans.sections import registry

    with django_assert_max_num_queries(sum(len(section.parts) for section in registry)):
        dump(load(sample_plan))
