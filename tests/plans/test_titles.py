"""The tab of every page under a plan names the page, the plan and the product."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.plans.models import Plan

PAGES = {
    "plans:page": "Overview",
    "plans:summary": "One-page summary",
    "plans:people": "People",
    "plans:activity": "Activity",
    "plans:settings": "Settings",
    "plans:copy": "Make a copy",
    "plans:archive": "Archive",
    "plans:delete": "Delete the plan",
    "checks:list": "Checks",
    "exports:list": "Export the plan",
    "versions:list": "Versions",
    "comments:list": "Comments",
    "reviews:list": "Reviews",
    "sharing:list": "Share links",
}


def title(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize(("page", "name"), PAGES.items())
def test_a_tab_names_page_plan_and_product(
    page: str, name: str, as_: Callable[[str], Client], plan: Plan
) -> None:
    shown = title(as_("owner"), reverse(page, args=[plan.uid]))
    assert shown.split(" · ") == [name, plan.title, "VenturePlan"]


def test_a_member_who_leaves_and_a_record_too(as_: Callable[[str], Client], plan: Plan) -> None:
    assert title(as_("mentor"), reverse("plans:leave", args=[plan.uid])).startswith(
        "Leave the plan"
    )
    sheet = reverse("plans:sheet", args=[plan.uid, "market", "analysis"])
    shown = title(as_("owner"), sheet).split(" · ")
    assert shown[1:] == ["Market", plan.title, "VenturePlan"]
