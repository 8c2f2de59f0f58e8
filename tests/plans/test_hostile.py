"""Whatever is posted: stored or refused with a sentence, shown as text, never a 500."""

import urllib.parse
from typing import Any

import pytest
from django.test import Client

from apps.plans.contents import load
from apps.plans.models import Plan
from apps.plans.sections import registry
from tests.plans.conftest import SEGMENT, SHEET, names, save, stored
from tests.plans.pages import HTMX, fields_of, text_of, url

STORED = {
    "emoji": "😀🏳️‍🌈 and 字",
    "right to left": "\u202eevil\u202c \u200f שלום",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% now 'Y' %}",
    "end of textarea": "</textarea><script>alert(1)</script>",
    "line separators": "a\u2028b\u2029c",
    "longest": "字" * 20_000,
}


@pytest.mark.parametrize("text", STORED.values(), ids=STORED.keys())
def test_text_is_stored_as_typed_and_shown_as_text(
    text: str, plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    data = {"name": text[:200], "behavioural": text, "acv__note": text[:1000], "revision": "1"}
    assert client.post(address, data).status_code == 302
    row = stored(segment)
    assert row.behavioural == text and row.evidence["acv"]["note"] == text[:1000]
    assert fields_of(client.get(address))["behavioural"] == text
    for page in (address, url("section", plan, "market"), url("activity", plan),
                 url("edit", plan, "market") + "?part=segment"):  # fmt: skip
        html = client.get(page).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html
        if "7*7" in text:
            assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("w" * 1_000_000, "at most 20000 characters"),
        ("字" * 20_001, "at most 20000 characters"),
        ("a\x00b", "Null characters are not allowed."),
    ],
    ids=["one megabyte", "one too many", "nul"],
)
def test_text_that_cannot_be_stored_is_refused_and_kept(
    text: str, says: str, plan: Plan, segment: Any, as_: Any
) -> None:
    data = {"name": "Shops", "behavioural": text, "revision": "1"}
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), data)
    assert response.status_code == 422
    assert says in text_of(response)
    assert fields_of(response)["behavioural"].replace("\ufffd", "\x00") == text
    assert stored(segment).behavioural == "They chat at night."


def test_half_a_character_is_stored_as_the_sign_for_what_is_unreadable(
    plan: Plan, segment: Any, as_: Any
) -> None:
    """A lone surrogate cannot travel as UTF-8: browsers and Django both replace it."""
    body = "revision=1&name=Shops&behavioural=half%ED%A0%80way%FF"
    address = url("row", plan, SEGMENT, segment.uid)
    kind = "application/x-www-form-urlencoded"
    assert as_("owner").post(address, body, content_type=kind).status_code == 302
    text = stored(segment).behavioural
    assert text.startswith("half\ufffd") and text.endswith("way\ufffd")


NUMBERS = ["NaN", "sNaN", "Infinity", "-Infinity", "inf", "1e400", "-1", "0x10", "1,5", "½", "1e",
           str(10**30), "9" * 5000, "-0.01", "١٢"]  # fmt: skip


@pytest.mark.parametrize("field", ["acv", "accounts", "fit", "growth", "pain"])
def test_a_number_is_finite_and_bounded_or_refused_with_a_sentence(
    field: str, plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    for number in NUMBERS:
        before = stored(segment)
        data = {"name": "Shops", field: number, "revision": str(before.revision)}
        response = client.post(address, data)
        value = getattr(stored(segment), field)
        if response.status_code == 302:
            # Rates may be negative; digits of other scripts are digits.
            assert number in {"-1", "-0.01", "١٢"} and -100 <= value <= 12
        else:
            assert response.status_code == 422, number
            assert response.context["form"].errors.keys() == {field}, number
            assert value == getattr(before, field)


def test_the_largest_numbers_that_are_allowed_can_be_read_everywhere(
    plan: Plan, segment: Any, as_: Any
) -> None:
    largest = {"accounts": 2_000_000_000, "acv": 10**15, "reachable": 100, "fit": 100,
               "obtainable": 100, "growth": 10_000, "targeting": "primary",
               "procurement_months": 2_000_000_000}  # fmt: skip
    client = as_("owner")
    data = {"name": "Everything", "revision": "1", **largest}
    assert client.post(url("row", plan, SEGMENT, segment.uid), data).status_code == 302
    save(plan, SHEET, plan.updated_by, top_down=10**15)
    for section in registry:
        assert client.get(url("section", plan, section.name)).status_code == 200
        for part in section.parts:
            page = url("edit", plan, section.name) + f"?part={part.name}"
            assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("industry", "crime"), ("targeting", "\x00"), ("targeting", "PRIMARY"), ("pain", "2.5")],
)
def test_a_choice_that_is_not_offered_is_refused(
    field: str, value: str, plan: Plan, segment: Any, as_: Any
) -> None:
    data = {"name": "Shops", "revision": "1", field: value}
    response = as_("owner").post(url("row", plan, SEGMENT, segment.uid), data)
    assert response.status_code == 422
    assert "Select a valid choice" in text_of(response)


@pytest.mark.parametrize("values", [["atlantis"], ["europe", "\x00"], [""], ["europe"] * 300])
def test_lists_hold_only_what_is_offered(values: list[str], plan: Plan, as_: Any) -> None:
    data = {"scope": "All", "geography": values, "revision": "0"}
    response = as_("owner").post(url("sheet", plan, SHEET), data)
    geography = load(plan).part(SHEET).geography
    if response.status_code == 302:
        assert set(geography) <= {"europe"}
    else:
        assert response.status_code == 422 and geography == []


@pytest.mark.parametrize("month", ["0000-00", "2026-13", "99999-01", "-001-01", "二〇二六"])
def test_a_day_that_is_none_is_refused(month: str, plan: Plan, as_: Any) -> None:
    section, part, field = next(
        (section, part, name)
        for section in registry
        for part in section.parts
        for name in part.fields
        if part.is_table and part.model_field(name).get_internal_type() == "DateField"
    )
    address = url("new_row", plan, f"{section.name}.{part.name}")
    response = as_("owner").post(address, {field: month, "revision": "0"})
    assert response.status_code == 422
    assert "Enter a valid date." in response.context["form"].errors[field]


@pytest.mark.parametrize(
    "path",
    ["%00", "..%2f..%2fetc%2fpasswd", "%ED%A0%80", "x" * 3000, "%F0%9F%98%80", "'or'1'='1", "new"],
)
def test_addresses_nobody_made_are_not_found(path: str, plan: Plan, as_: Any) -> None:
    client = as_("owner")
    base = url("page", plan)
    for address in (f"/plans/{path}/x/", f"{base}{path}/", f"{base}market/{path}/",
                    f"{base}market/segment/{path}/zz/", f"/plans/invitations/{path}/",
                    f"{base}people/{path}/"):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_words_in_the_address_of_the_editor_are_ignored(plan: Plan, segment: Any, as_: Any) -> None:
    for value in ("\x00", "<script>", "x" * 3000, "😀", segment.uid):
        query = urllib.parse.urlencode({"part": value, "deleted": value})
        response = as_("owner").get(url("edit", plan, "market") + "?" + query)
        assert response.status_code == 200
        assert "<script>" not in response.content.decode().replace("<script src", "")


def test_a_post_that_is_too_large_is_answered_by_a_page(
    plan: Plan, segment: Any, as_: Any, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    address = url("row", plan, SEGMENT, segment.uid)
    body = urllib.parse.urlencode({"name": "Shops", "behavioural": "w" * 20_000, "revision": "1"})
    for headers in ({}, HTMX):
        response = as_("owner").post(
            address, body, content_type="application/x-www-form-urlencoded", headers=headers
        )
        assert response.status_code in {400, 413}
        assert "<h1" in response.content.decode()
    nobody = Client().post(address, body, content_type="application/x-www-form-urlencoded")
    assert nobody.status_code in {400, 401, 413}
    assert names(plan) == ["Shops"] and stored(segment).revision == 1


@pytest.mark.parametrize("body", [b"{}", b'{"name": "\\ud800"}', b"\xff\xfe", b"[" * 5000])
def test_a_body_that_is_no_form_is_refused(body: bytes, plan: Plan, segment: Any, as_: Any) -> None:
    address = url("row", plan, SEGMENT, segment.uid)
    response = as_("owner").post(address, body, content_type="application/json")
    assert response.status_code == 422
    assert stored(segment).revision == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD"])
def test_other_methods_change_nothing(method: str, plan: Plan, segment: Any, as_: Any) -> None:
    client = as_("owner")
    for address in (url("row", plan, SEGMENT, segment.uid), url("page", plan), "/plans/"):
        assert client.generic(method, address).status_code in {200, 405}
    assert stored(segment).revision == 1
