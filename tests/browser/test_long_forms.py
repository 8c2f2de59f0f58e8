"""Forms that answer while they are filled in: follow-up questions, and finding among many ticks."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import new_plan, plan_url


def test_a_choice_is_followed_at_once_on_the_records_own_page(founder: Any) -> None:
    plan = new_plan(founder, "Follow-ups")
    founder.goto(f"{plan}technology/profile/")
    founder.fill("[name=strategy_reason]", "Typed before the choice")
    expect(founder.locator("button[name=redraw]")).to_be_hidden()
    founder.select_option("[name=strategy]", "api")
    expect(founder.locator("label[for=id_parameters]")).to_have_count(0)
    founder.select_option("[name=strategy]", "scratch")
    expect(founder.locator("label[for=id_parameters]")).to_be_visible()
    expect(founder.locator("[name=strategy_reason]")).to_have_value("Typed before the choice")
    founder.get_by_role("button", name="Save", exact=True).click()
    founder.get_by_text("Saved:").first.wait_for()


def test_a_tick_is_found_among_many_by_typing(founder: Any) -> None:
    plan = plan_url(founder, "Intelligent customer service for online retail")
    founder.goto(f"{plan}projects/edit/?part=task")
    founder.locator("#part-task tbody th a").first.click()
    find = founder.get_by_role("searchbox", name=re.compile("Waits for"))
    find.fill("DIALOGUES label")
    choices = founder.locator("#div_id_depends_on label.form-check:visible")
    expect(choices).to_have_count(1)
    expect(choices).to_contain_text("Label 24,000 dialogues")
    find.press("Enter")
    expect(find).to_be_focused()  # and nothing was saved
    find.fill("")
    expect(choices).not_to_have_count(1)
