"""Every page, both themes and languages: axe finds nothing, no overflow at 360 and 1440 px."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Product, plan_url, sign_in

PLANS = {"en": "Intelligent customer service", "zh-hans": "电商智能客服创业计划"}
OPEN_PAGES = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nothing/",
]
OWN_PAGES = ["/plans/", "/plans/new/", "/accounts/profile/", "/accounts/email/"]
PLAN_PAGES = [
    "", "settings/", "copy/", "archive/", "delete/", "people/", "activity/",
    "exports/", "versions/",
]  # fmt: skip
LOOKS = [
    (360, "dark", "zh-hans"),
    (1440, "light", "en"),
    (360, "light", "en"),
    (1440, "dark", "zh-hans"),
]
# Looks that axe judges the same: the two widths share markup, so each theme is judged once.
JUDGED = {(360, "dark"), (1440, "light")}


def speak(page: Any, language: str) -> None:
    """Switch the interface's language as the button does."""
    page.evaluate(
        """async (language) => {
          const token = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken'];
          await fetch('/language/', {method: 'POST', headers: {'X-CSRFToken': token},
            body: new URLSearchParams({language, next: '/'})});
        }""",
        language,
    )


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def look(request: Any, page: Any) -> Iterator[tuple[int, str, str]]:
    width, theme, _language = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    yield request.param
    page.goto("/")
    speak(page, "en")  # the account keeps its language, for the tests that come after


def problems(page: Any, look: tuple[int, str, str]) -> list[str]:
    found = []
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > look[0]:
        found.append(f"{page.url} is {width} px wide")
    if look[:2] in JUDGED:
        for violation in Axe().run(page).response["violations"]:
            places = [node["html"][:120] for node in violation["nodes"][:3]]
            found.append(f"{page.url} {violation['id']}: {violation['help']} {places}")
    return found


def test_open_pages(page: Any, product: Product, look: Any, no_errors: list[str]) -> None:
    page.goto("/")
    speak(page, look[2])
    found = []
    for path in OPEN_PAGES:
        page.goto(path)
        found += problems(page, look)
    assert not found
    no_errors[:] = [text for text in no_errors if "404" not in text]  # /nothing/


def test_own_pages(page: Any, product: Product, look: Any) -> None:
    sign_in(page, product)
    speak(page, look[2])
    found = []
    for path in OWN_PAGES:
        page.goto(path)
        found += problems(page, look)
    assert not found


def test_plan_pages(page: Any, product: Product, look: Any) -> None:
    sign_in(page, product)
    speak(page, look[2])
    plan = plan_url(page, PLANS[look[2]])
    found = []
    for path in PLAN_PAGES:
        page.goto(plan + path)
        found += problems(page, look)
    assert not found


def test_section_pages(page: Any, product: Product, look: Any) -> None:
    """Each section read, each part's editor, and the form of its first record."""
    sign_in(page, product)
    speak(page, look[2])
    plan = plan_url(page, PLANS[look[2]])
    links = page.locator("#plan-nav a[href$='/edit/']")
    sections = [link.get_attribute("href") for link in links.all()]
    assert len(sections) >= 4
    found = []
    for edit in sections:
        page.goto(edit.removesuffix("edit/"))
        found += problems(page, look)
        page.goto(edit)
        parts = [a.get_attribute("href") for a in page.locator(".part-index a").all()]
        for part in parts:
            page.goto(edit + part)
            found += problems(page, look)
            form = page.locator(".part tbody th a, .part [id^=body-] a.btn").first
            if form.count():
                page.goto(form.get_attribute("href"))
                found += problems(page, look)
    assert not found, "\n".join(found)
    assert re.search(r"/plans/\w+/", plan)
