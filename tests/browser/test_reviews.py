"""Founder asks → mentor reads, judges, scores, asks for changes → founder answers and edits →
mentor sees the difference only → approves → the letter is printed."""

import re
import subprocess
from pathlib import Path
from typing import Any

from tests.browser.conftest import Product, sign_in

PLAN = "Intelligent customer service for online retail"


def become(page: Any, product: Product, who: str) -> None:
    page.context.clear_cookies()
    sign_in(page, product, f"{who}@example.com")


def open_reviews(page: Any) -> None:
    page.goto("/plans/")
    page.get_by_role("link", name=PLAN).click()
    page.locator("#plan-nav").get_by_role("link", name="Reviews").click()


def ask(page: Any, question: str) -> None:
    open_reviews(page)
    page.locator("#main").get_by_role("link", name="Ask for a review").first.click()
    page.get_by_label("Maria Keller").check()
    page.fill("[name=question]", question)
    page.select_option("[name=rubric]", label="Investor")
    page.get_by_role("button", name="Ask for the review").click()
    page.get_by_text("You can go on writing.").wait_for()


def take_on(page: Any, question: str) -> None:
    page.get_by_role("link", name="My desk").first.click()
    page.get_by_text(question).wait_for()
    page.get_by_role("link", name=re.compile("^Answer the request")).first.click()
    page.get_by_role("button", name="Start the review").click()
    page.get_by_role("link", name="Go on reviewing").click()


def accept_the_rest(page: Any) -> None:
    """Every step from here to the scores."""
    page.get_by_text("Saved as a draft.").wait_for()
    while page.locator("[name=grade]").count():
        page.get_by_label("Acceptable").check()
        page.get_by_role("button", name="Save and go on").click()
        page.get_by_text("Saved as a draft.").wait_for()


def score(page: Any) -> None:
    page.get_by_role("navigation", name="Steps of the review").get_by_text("Scores").click()
    for criterion in page.locator(".criterion").all():
        criterion.get_by_label("4", exact=True).check(force=True)
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("Saved as a draft.").wait_for()


def end(page: Any, how: str) -> None:
    page.get_by_role("navigation", name="Steps of the review").get_by_text("Finish").click()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name=how).click()
    page.get_by_text("Your review is finished.").wait_for()


def test_two_rounds_and_the_letter(page: Any, product: Product, tmp_path: Path) -> None:
    become(page, product, "founder")
    ask(page, "Would you pay for it?")

    become(page, product, "mentor")
    take_on(page, "Would you pay for it?")
    page.locator("#main .reading").wait_for()
    page.get_by_label("To fix").check()
    page.fill("[name=action]", "Name the shops you spoke to.")
    page.get_by_role("button", name="Save and go on").click()
    accept_the_rest(page)
    score(page)
    end(page, "Finish: changes are needed")

    become(page, product, "founder")
    open_reviews(page)
    page.get_by_role("link", name="Round 1").click()
    page.get_by_text("Name the shops you spoke to.").wait_for()
    page.get_by_role("link", name="Answer Market").click()
    page.fill("[name=reply]", "They stand in the first segment now.")
    page.get_by_role("button", name="Save the answer").click()
    page.locator("#plan-nav").get_by_role("link", name="Market").click()
    page.goto(page.url + "?part=segment")
    page.locator("#part-segment th[scope=row] a").first.click()
    page.fill("[name=name]", "Twelve shops in Wuhan")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved: Twelve shops in Wuhan").wait_for()
    ask(page, "Is it clear now?")

    become(page, product, "mentor")
    take_on(page, "Is it clear now?")
    for text in ("Name the shops you spoke to.", "They stand in the first segment now."):
        page.get_by_text(text).wait_for()
    page.locator("ins", has_text="Twelve shops in Wuhan").first.wait_for()
    assert not page.locator("#main .reading").is_visible()
    page.get_by_label("Acceptable").check()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("Saved as a draft.").wait_for()
    score(page)
    end(page, "Finish: approve version")
    page.get_by_text("The plan has not changed since.").first.wait_for()

    become(page, product, "founder")
    open_reviews(page)
    page.get_by_role("link", name="Reply to the reviewers").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    page.locator(".letter__state", has_text="Settled").first.wait_for()
    page.get_by_role("link", name="Print as PDF").click()
    assert page.get_by_label("Annex: reply to the reviewers").is_checked()
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("link", name="Download the file").click(timeout=120_000)
    file = tmp_path / "letter.pdf"
    download.value.save_as(file)
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    printed = " ".join(text.stdout.split())
    for part in ("Reply to the reviewers", "They stand in the first segment now."):
        assert part in printed
