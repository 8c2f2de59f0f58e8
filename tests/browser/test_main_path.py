"""Sign up → create a plan → fill a section → see progress and a picture → export → download → the
PDF holds the text."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Product, new_plan, sign_up


def add_segment(page: Any, name: str) -> None:
    page.get_by_role("link", name="Segments", exact=True).click()
    page.get_by_role("link", name=re.compile("^Add segment")).click()
    page.fill("[name=name]", name)
    page.select_option("[name=industry]", "retail")
    page.select_option("[name=scenario]", index=1)
    page.fill("[name=accounts]", "42000")
    page.fill("[name=acv]", "96000")
    page.fill("[name=reachable]", "50")
    page.fill("[name=fit]", "60")
    page.fill("[name=obtainable]", "5")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(f"Saved: {name}").wait_for()


def overall(page: Any) -> int:
    """The plan's progress in per cent, as its page shows it."""
    return int(page.locator("main .progress__value").first.inner_text().removesuffix("%"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_sign_up_to_the_printed_plan(
    page: Any, product: Product, tmp_path: Path, language: str
) -> None:
    page.goto("/accounts/signup/")
    sign_up(page, product, f"ada-{language}@example.com")
    page.wait_for_url("**/plans/")
    url = new_plan(page, "Lighthouse 灯塔计划")
    before = overall(page)
    page.locator("#main").get_by_role("link", name="Market", exact=True).click()
    name = "Lighthouse keepers 灯塔看守人"
    add_segment(page, name)
    assert page.locator("#part-segment figure.picture svg").count() >= 1
    page.goto(url)
    after = overall(page)
    assert after > before

    page.locator("#main").get_by_role("link", name="Export", exact=True).click()
    page.locator(f"input[name=language][value={language}]").check()
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download(timeout=90_000) as download:
        page.get_by_role("link", name="Download the file").click(timeout=90_000)
    file = tmp_path / "plan.pdf"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(".pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "灯塔看守人" in text
    assert "Lighthouse" in text
    assert ("目录" if language == "zh-hans" else "Contents") in text
    assert "\x00" not in text
