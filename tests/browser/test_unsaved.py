"""Text that is not saved, and times of day: what the browser adds to the pages."""

import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.conftest import Product, new_plan, sign_in
from tests.browser.test_editing import open_part

CHINESE = re.compile("中文")


@pytest.fixture
def asked(founder: Any) -> list[str]:
    """The kinds of dialog that came up; each is answered with "stay"."""
    kinds: list[str] = []

    def stay(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.dismiss()

    founder.on("dialog", stay)
    return kinds


def open_form(page: Any, title: str) -> str:
    """A new plan with the form of a risk open in its editor; the page's address."""
    open_part(page, new_plan(page, title), "risks", "risk")
    page.get_by_role("link", name=re.compile("^Add ")).click()
    page.locator(".record-form [name=name]").wait_for()
    return page.url


def test_changing_the_language_asks_before_typed_text_is_lost(
    founder: Any, asked: list[str]
) -> None:
    address = open_form(founder, "Typed")
    founder.fill("[name=name]", "An hour of work")
    founder.get_by_role("button", name=CHINESE).click(no_wait_after=True)
    expect(founder.locator("[name=name]")).to_have_value("An hour of work")
    founder.wait_for_timeout(500)
    assert asked == ["beforeunload"] and founder.url == address
    expect(founder.locator("html")).to_have_attribute("lang", "en")
    # Saved, there is nothing to ask.
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_text("Saved: An hour of work").wait_for()
    founder.get_by_role("button", name=CHINESE).click()
    expect(founder.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert asked == ["beforeunload"]
    founder.get_by_role("button", name="English").click()  # the account keeps its language
    expect(founder.locator("html")).to_have_attribute("lang", "en")


def test_a_refused_text_is_not_saved_either(founder: Any, asked: list[str]) -> None:
    plan = new_plan(founder, "Refused")
    founder.goto(f"{plan}team/role/new/")
    founder.fill("[name=title]", "Technical lead")
    founder.fill("[name=salary]", "-5")
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_role("heading", name="Not saved yet").wait_for()
    assert asked == []
    founder.get_by_role("button", name=CHINESE).click(no_wait_after=True)
    founder.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    founder.fill("[name=salary]", "5")
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_text("Saved: Technical lead").wait_for()
    assert asked == ["beforeunload"]


def test_a_page_without_typed_text_is_left_at_once(founder: Any, asked: list[str]) -> None:
    open_form(founder, "Nothing typed")
    founder.get_by_role("link", name="Plans").first.click()
    founder.wait_for_url("**/plans/")
    assert asked == []


def test_times_are_those_of_the_reader(browser: Any, product: Product) -> None:
    context = browser.new_context(base_url=product.url, timezone_id="Asia/Shanghai")
    page = context.new_page()
    sign_in(page, product)
    page.goto(f"{new_plan(page, 'Clock')}activity/")
    time = page.locator("main time").first
    hours = page.evaluate(
        """(stamp) => new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'short',
           timeZone: 'Asia/Shanghai'}).format(new Date(stamp))""",
        time.get_attribute("datetime"),
    )
    assert time.get_attribute("datetime").endswith("+00:00")
    expect(time).to_have_text(hours)
    context.close()
