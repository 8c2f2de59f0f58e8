"""The published schema: what we write fits it, and what it refuses an import refuses too."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.plans import samples
from apps.plans.document import dump, restore
from apps.plans.sections import Part, Section, registry
from apps.transfer.checking import check
from apps.transfer.schema import schema
from tests.conftest import all_parts
from tests.plans.pages import text_of
from tests.sections import LANGUAGES, SAMPLES
from tests.transfer.json_schema import mistakes

pytestmark = pytest.mark.django_db


def wrong(document: Any) -> list[str]:
    return list(mistakes(document, schema(), schema()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_and_its_dump_fit_the_schema(name: str, language: str) -> None:
    sample = samples.document(name, language)
    assert wrong(sample) == []
    assert wrong(dump(restore(sample))) == []


@pytest.mark.parametrize(("section", "part"), all_parts())
def test_every_field_is_described_in_both_languages(section: Section, part: Part) -> None:
    described = schema()["properties"]["sections"]["properties"][section.name]["properties"]
    record = described[part.name]
    record = record["items"] if part.is_table else record
    for name in part.fields:
        field = record["properties"][name]
        assert field["title"] and field["x-title-zh-hans"] and field["description"]
        target = getattr(part.model_field(name), "target", None)
        assert field.get("x-refers-to", "").partition(".")[0] in registry or not target
        for choice in field.get("oneOf", []):
            assert choice["title"] and choice["x-title-zh-hans"]


WRONG = [
    ("plan", "stage", "someday"), ("plan", "title", "T" * 121), ("plan", "title", 5),
    ("plan", "start_month", "soon"), ("plan", "start_month", None),
    ("segment", "name", 5), ("segment", "name", "n" * 201), ("segment", "name", None),
    ("segment", "acv", "12,5"), ("segment", "acv", -1), ("segment", "acv", True),
    ("segment", "acv", [1]), ("segment", "acv", 10**16), ("segment", "acv", "NaN"),
    ("segment", "pain", 6), ("segment", "pain", 2.5), ("segment", "pain", "3"),
    ("segment", "ratings", {"a": 9}), ("segment", "ratings", [1]),
    ("segment", "ratings", {"a": "1"}), ("segment", "targeting", "PRIMARY"),
    ("segment", "behavioural", {}),
    ("segment", "uid", "a b"), ("segment", "uid", 7), ("segment", "uid", "x" * 33),
    ("segment", "evidence", {"acv": {"basis": "dreamt"}}), ("segment", "evidence", {"acv": 5}),
    ("segment", "evidence", {"acv": {"note": "n" * 1001}}),
    ("segment", "evidence", {"acv": {"date": "yesterday"}}),
    ("analysis", "geography", ["atlantis"]), ("analysis", "geography", "europe"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "name", "value"), WRONG)
def test_what_the_schema_refuses_an_import_refuses(place: str, name: str, value: Any) -> None:
    document = deepcopy(samples.document("customer_service", "en"))
    market = document["sections"]["market"]
    record = {"plan": document["plan"], "segment": market["segment"][0],
              "analysis": market["analysis"]}[place]  # fmt: skip
    assert check(document).errors == []
    record[name] = value
    assert wrong(document)
    found = check(document)
    assert found.document is None and len(found.errors) == 1
    assert found.errors[0].section and found.errors[0].field and found.errors[0].message


def test_anybody_may_read_the_schema_and_its_explanation(client: Client) -> None:
    answer = client.get(reverse("transfer:schema"))
    assert json.loads(answer.content) == schema()
    assert answer["Content-Type"].startswith("application/schema+json")
    again = client.get(reverse("transfer:schema"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    page = client.get(reverse("transfer:format"))
    said = text_of(page)
    for section in registry:
        assert section.name in said and str(section.title) in said
