"""Editing as people do it: in place, without JavaScript, by two at once, by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Product, new_plan, sign_in


def open_part(page: Any, plan: str, section: str, part: str) -> None:
    page.goto(f"{plan}{section}/edit/?part={part}")


def add_risk(page: Any, name: str) -> None:
    page.get_by_role("link", name=re.compile("^Add ")).click()
    page.fill("[name=name]", name)
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_row_is_added_changed_moved_deleted_and_brought_back(founder: Any) -> None:
    plan = new_plan(founder, "Editing")
    open_part(founder, plan, "risks", "risk")
    address = founder.url
    for name in ("First", "Second"):
        add_risk(founder, name)
        founder.get_by_text(f"Saved: {name}").wait_for()
    assert founder.url == address, "the page was not left"
    founder.get_by_role("button", name="Move up Second").click()
    founder.get_by_text("Moved: Second").wait_for()
    names = founder.locator("#part-risk tbody th a")
    expect(names.first).to_have_text("Second")
    founder.get_by_role("button", name="Delete Second").click()
    founder.get_by_text("“Second” is deleted").wait_for()
    founder.get_by_role("button", name="Undo").click()
    founder.get_by_text("Brought back: Second").wait_for()
    expect(names.first).to_have_text("Second")


def test_a_wrong_value_keeps_every_text(founder: Any) -> None:
    plan = new_plan(founder, "Wrong values")
    open_part(founder, plan, "team", "role")
    founder.get_by_role("link", name=re.compile("^Add ")).click()
    founder.fill("[name=title]", "Technical lead")
    founder.fill("[name=purpose]", "A long story")
    founder.fill("[name=salary]", "-5")
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_role("heading", name="Not saved yet").wait_for()
    assert founder.input_value("[name=title]") == "Technical lead"
    assert founder.input_value("[name=purpose]") == "A long story"
    assert founder.input_value("[name=salary]") == "-5"
    assert founder.locator("#id_salary_error").inner_text().strip()


def test_a_record_is_saved_on_its_own_page(founder: Any) -> None:
    """Where the links to missing fields lead."""
    plan = new_plan(founder, "Own page")
    founder.goto(f"{plan}risks/risk/new/")
    founder.fill("[name=name]", "On its own page")
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_text("Saved: On its own page").wait_for()
    assert "/edit/" in founder.url


@pytest.fixture
def without_script(browser: Any, product: Product) -> Any:
    context = browser.new_context(java_script_enabled=False, base_url=product.url)
    page = context.new_page()
    sign_in(page, product)
    yield page
    context.close()


def test_everything_works_without_script(without_script: Any) -> None:
    page = without_script
    plan = new_plan(page, "No script")
    open_part(page, plan, "risks", "risk")
    add_risk(page, "Only")
    page.get_by_text("Saved: Only").wait_for()
    page.get_by_role("button", name="Delete Only").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Brought back: Only").wait_for()
    page.goto(f"{plan}exports/")
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("link", name="Download the file")).to_be_visible(timeout=60_000)


def test_two_people_at_once_lose_nothing(founder: Any, browser: Any, product: Product) -> None:
    plan = new_plan(founder, "Two at once")
    open_part(founder, plan, "team", "organisation")
    founder.get_by_role("link", name=re.compile("^Fill in")).click()
    founder.fill("[name=culture]", "Written by the first")
    second = browser.new_context(base_url=product.url).new_page()
    sign_in(second, product)
    open_part(second, plan, "team", "organisation")
    second.get_by_role("link", name=re.compile("^Fill in")).click()
    second.fill("[name=culture]", "Written by the second")
    second.get_by_role("button", name="Save", exact=True).click()
    second.get_by_text("Saved:").wait_for()
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_role("heading", name="Somebody saved this before you").wait_for()
    shown = founder.locator(".clashes")
    expect(shown).to_contain_text("Written by the first")
    expect(shown).to_contain_text("Written by the second")
    founder.locator("[name=take]").check()
    founder.get_by_role("button", name="Save the merged text").click()
    founder.get_by_text("Saved:").wait_for()
    expect(founder.locator("#part-organisation")).to_contain_text("Written by the second")
    second.context.close()


def test_a_row_is_added_by_keyboard_alone(founder: Any) -> None:
    plan = new_plan(founder, "Keyboard")
    open_part(founder, plan, "risks", "risk")
    founder.get_by_role("link", name=re.compile("^Add ")).focus()
    founder.keyboard.press("Enter")
    founder.locator(".record-form").wait_for()
    expect(founder.locator(".record-form :focus")).to_have_count(1)
    founder.keyboard.type("By keyboard")
    founder.keyboard.press("Enter")
    founder.get_by_text("Saved: By keyboard").wait_for()
    expect(founder.locator(".part .notice.ok:focus")).to_contain_text("Saved:")
