"""Whatever is uploaded: taken or refused with a sentence, never a 500, and nothing half done."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.plans import samples
from apps.plans.document import FORMAT, DocumentError
from apps.plans.models import Plan
from apps.transfer.checking import check
from apps.transfer.limits import MAX_DOCUMENT
from apps.transfer.reading import decode, read_json
from tests.plans.pages import text_of
from tests.transfer.conftest import bring_in, document_of, hash_of, uploaded, url

HEAD = f'{{"format": "{FORMAT}", "plan": {{"title": "T"}}, "sections": '
SEGMENTS = HEAD + '{"market": {"segment": ['
END = "]}}}"

REFUSED = {
    "nothing": (b"", "is empty"),
    "no JSON": (b"PK\x03\x04 a spreadsheet", "not JSON"),
    "cut off": (SEGMENTS.encode(), "not JSON"),
    "a list": (b"[]", "not a plan document"),
    "another format": (b'{"format": "ventureplan/9"}', "not a plan document"),
    "no characters": (b"\xff\xfe\x00\xd8", "cannot be read"),
    "NaN": ((SEGMENTS + '{"name": "A", "acv": NaN}' + END).encode(), "NaN is not a number"),
    "Infinity": ((SEGMENTS + '{"acv": -Infinity}' + END).encode(), "-Infinity is not a number"),
    "a long number": ((SEGMENTS + '{"acv": ' + "9" * 5000 + "}" + END).encode(), "too long"),
    "an exponent": ((SEGMENTS + '{"name": "A", "acv": 1e999999999}' + END).encode(), "Annual"),
    "half a character": ((SEGMENTS + '{"name": "\\ud800"}' + END).encode(), "cannot be stored"),
    "half a character as a key": (b'{"\\udfff": 1}', "cannot be stored"),
    "NUL": ((SEGMENTS + '{"name": "a\\u0000"}' + END).encode(), "cannot be stored"),
    "the same key twice": (b'{"format": 1, "format": 2}', "stands twice"),
    "deep": ((HEAD + "[" * 100 + "]" * 100 + "}").encode(), "nested more deeply"),
    "deeper": (b"[" * 100_000, "nested more deeply"),
    "deep objects": (b'{"a":' * 100_000, "nested more deeply"),
    "too many rows": ((SEGMENTS + ",".join(["{}"] * 2001) + END).encode(), "Too many rows"),
    "rows of another kind": ((SEGMENTS + '1, "a", [], null' + END).encode(), "Row 4"),
    "sections as a list": ((HEAD + "[]}").encode(), "Write an object"),
    "a section as text": ((HEAD + '{"market": "all"}}').encode(), "Market"),
    "a table as an object": ((HEAD + '{"market": {"segment": {}}}}').encode(), "as a list"),
    "a sheet as a list": ((HEAD + '{"market": {"analysis": []}}}').encode(), "Write an object"),
    "two rows of one uid": (
        (SEGMENTS + '{"uid": "a", "name": "A"}, {"uid": "a", "name": "B"}' + END).encode(),
        "Another row of this table has the same uid",
    ),
    "a uid that is an address": (
        (SEGMENTS + '{"uid": "../../new", "name": "A"}' + END).encode(), "A uid has 1 to 32"
    ),
    "a uid that is a page": ((SEGMENTS + '{"uid": "new", "name": "A"}' + END).encode(), "A uid"),
    "too large": (b" " * (MAX_DOCUMENT + 1), "larger than"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_a_plan_is_refused_with_a_sentence(
    content: bytes, says: str, plan: Plan, founder: Client
) -> None:
    before = hash_of(plan)
    for address in (reverse("transfer:new"), url("import", plan)):
        answer = founder.post(address, {"file": uploaded(content)})
        assert answer.status_code == 422
        assert says in text_of(answer)
    assert Plan.objects.count() == 1 and hash_of(plan) == before


@pytest.mark.parametrize(
    "data", [{}, {"file": "text"}, {"confirmed": "yes"}, {"document": "{}", "confirmed": "yes"},
             {"document": "[" * 5000}, {"document": "x", "base": "\ufffd" * 300}]
)  # fmt: skip
def test_a_form_that_no_page_made_is_refused(data: Any, plan: Plan, founder: Client) -> None:
    for address in (reverse("transfer:new"), url("import", plan)):
        assert founder.post(address, data).status_code == 422


def test_text_is_shown_as_text(plan: Plan, founder: Client) -> None:
    evil = "<script>alert(1)</script>"
    given = {**document_of(plan), evil: 1}
    given["plan"]["title"] = evil
    given["sections"]["market"]["segment"] = [{"name": evil, evil: 1, "segment": evil}]
    given["sections"]["market"]["group"] = [{"name": evil, "segment": evil}]
    for address in (reverse("transfer:new"), url("import", plan)):
        answer = founder.post(address, {"file": uploaded(given, f"{evil}.json")})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
    assert bring_in(founder, plan, given).status_code == 302


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = '{"format": "ventureplan/1", "plan": {"title": "夜班计划"}}'
    assert read_json(text.encode(encoding))["plan"]["title"] == "夜班计划"
    assert decode(text.encode(encoding))[0] == text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_value_in_no_place_is_more_than_a_mistake(data: Any) -> None:
    document = json.loads(json.dumps(samples.document("api_vertical", "en")))
    place: Any = document
    while True:  # down to a random place
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(VALUES)
    try:
        found = check(read_json(json.dumps(document).encode()))
    except DocumentError as error:
        assert str(error)
        return
    assert (found.document is None) == bool(found.errors)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_are_more_than_a_sentence(content: bytes) -> None:
    try:
        assert isinstance(read_json(content), dict)
    except DocumentError as error:
        assert str(error)
