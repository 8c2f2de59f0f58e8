"""An invitation from the owner's page to the guest's first look at the plan, as browsers go it:
what they send along with a form decides whether the server takes it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Product, new_plan, sign_in, sign_up

MENTOR = "mentor@example.com"


def invite(page: Any, product: Product, plan: str, email: str, role: str) -> str:
    """Ask somebody onto the plan; the link in the mail they get."""
    page.goto(f"{plan}people/")
    page.fill("[name=email]", email)
    page.check(f"[name=role][value={role}]")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text(f"The invitation to {email} is on its way").wait_for()
    mail = product.last_mail_to(email, "invites you")
    link = re.search(rf"{re.escape(product.url)}/plans/invitations/\S+", mail)
    assert link, mail
    return link.group()


@pytest.fixture
def guest(browser: Any, product: Product) -> Iterator[Any]:
    """A second browser, signed out."""
    context = browser.new_context(base_url=product.url)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_an_unknown_guest_signs_up_by_the_link_and_reads_the_plan(
    founder: Any, guest: Any, product: Product
) -> None:
    plan = new_plan(founder, "Open house")
    email = "guest@example.org"
    link = invite(founder, product, plan, email, "viewer")
    guest.goto(link)
    guest.get_by_text("invites you to the plan “Open house” as Viewer").wait_for()
    guest.get_by_role("link", name="Create an account").click()
    expect(guest.locator("[name=email]")).to_have_value(email)
    sign_up(guest, product, email)
    guest.wait_for_url(link)
    guest.get_by_text(f"You are signed in as {email}").wait_for()
    expect(guest.get_by_text("The invitation was sent to")).to_have_count(0)
    guest.get_by_role("button", name="Join the plan").click()
    guest.get_by_text("Welcome to the plan “Open house”.").wait_for()
    assert guest.url == plan
    # A viewer reads and does not write.
    assert guest.goto(f"{plan}market/").status == 200
    assert guest.goto(f"{plan}market/edit/").status == 403
    assert guest.goto(link).status == 404
    founder.goto(f"{plan}people/")
    expect(founder.locator("main")).to_contain_text("Ada Founder")
    assert link.split("/")[-2] not in (product.folder / "up.log").read_text()


def test_somebody_signed_in_accepts_a_link_sent_to_another_address(
    founder: Any, guest: Any, product: Product
) -> None:
    plan = new_plan(founder, "Two addresses")
    link = invite(founder, product, plan, "mei.at.work@example.org", "mentor")
    sign_in(guest, product, MENTOR)
    guest.goto(link)
    guest.get_by_text(f"You are signed in as {MENTOR}").wait_for()
    guest.get_by_text("The invitation was sent to mei.at.work@example.org").wait_for()
    guest.get_by_role("button", name="Join the plan").click()
    guest.get_by_text("Welcome to the plan “Two addresses”.").wait_for()
    assert guest.url == plan
