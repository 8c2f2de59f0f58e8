"""Who gets in: every state of a link × every address, and nothing of the plan for anybody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.plans import lifecycle
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.sharing import services
from apps.sharing.models import Opening, ShareLink
from apps.sharing.services import Made
from tests.sharing.conftest import assert_private, at, enter, pages

CHANGING = re.compile(r"hx-headers=\'[^\']*\'")  # the one thing that differs from visit to visit


def body(response: Any) -> str:
    return CHANGING.sub("", response.content.decode())


def assert_gone(response: Any, made: Made, title: str) -> None:
    assert response.status_code == 404
    assert_private(response)
    text = response.content.decode() + str(response.headers)
    assert "There is nothing to show by this link" in text
    for secret in (title, "Lingda", made.link.recipient, made.link.uid, made.token):
        assert secret not in text


def expire(link: ShareLink) -> None:
    past = timezone.now() - timedelta(days=1)
    ShareLink.objects.filter(pk=link.pk).update(created_at=past - timedelta(1), expires_at=past)


CLOSED: dict[str, Callable[[ShareLink, User], Any]] = {
    "expired": lambda link, owner: expire(link),
    "revoked": lambda link, owner: services.revoke_link(link=link, by=owner),
    "archived": lambda link, owner: lifecycle.set_archived(plan=link.plan, archived=True, by=owner),
    "deleted": lambda link, owner: lifecycle.delete_plan(plan=link.plan),
}


def test_every_public_address_is_tried(link: ShareLink) -> None:
    (shared,) = (found for found in get_resolver().url_patterns if str(found.pattern) == "shared/")
    names = {pattern.name for pattern in shared.url_patterns}
    assert names == {"page", "passcode", "request_copy", "copy", "file", "section", "enter"}
    assert len(pages(link)) == len(names) - 2 + len(list(registry))


def test_an_open_link_shows_the_plan(made: Made, guest: Client, sample_plan: Plan) -> None:
    for url in [at("page", made.link), *(at("section", made.link, one) for one in registry)]:
        response = guest.get(url)
        assert response.status_code == 200, url
        assert_private(response)
        assert sample_plan.title in response.text
        assert '<meta name="robots" content="noindex' in response.text
        assert made.token not in response.text


@pytest.mark.parametrize("why", CLOSED)
def test_a_closed_link_ends_visits_at_once(
    why: str, made: Made, guest: Client, owner: User, sample_plan: Plan
) -> None:
    assert guest.get(at("page", made.link)).status_code == 200
    addresses, title = pages(made.link), sample_plan.title
    CLOSED[why](made.link, owner)
    for url in [*addresses, reverse("shared:enter", args=[made.token])]:
        for method in ("get", "head", "post"):
            if url.endswith(f"{made.token}/") and method == "post":
                continue
            response = getattr(guest, method)(url)
            assert response.status_code == 404, (method, url)
            assert_private(response)
            if method != "head":
                assert_gone(response, made, title)


def test_a_link_to_the_summary_shows_no_section_by_any_address(
    make: Any, sample_plan: Plan, as_: Any
) -> None:
    made = make(summary_only=True)
    client, allowed = enter(made), {at("page", made.link)}
    assert client.get(at("page", made.link)).status_code == 200
    for who in (client, enter(made, as_("owner")), enter(made, as_("stranger"))):
        for url in pages(made.link):
            if url in allowed | {at("passcode", made.link)}:
                continue
            for method in ("get", "head", "post"):
                if (method, url) == ("post", at("request_copy", made.link)):
                    continue  # the page itself as a PDF
                response = getattr(who, method)(url)
                assert response.status_code in {404, 405}, (method, url)
                assert_private(response)
                assert sample_plan.title not in response.text
    written = {"name": "Anna", "text": "Where does this come from?", "place": "analysis"}
    assert client.post(at("section", made.link, "market"), written).status_code == 404
    assert not made.link.threads.exists()


def close(made: Made, why: str, owner: User) -> None:
    made.link.plan = Plan.objects.get(pk=made.link.plan_id)
    CLOSED[why](made.link, owner)


def by_token(made: Made) -> str:
    response = Client().get(reverse("shared:enter", args=[made.token]))
    assert response.status_code == 404
    return body(response)


def test_whatever_is_not_open_looks_the_same(make: Any, owner: User) -> None:
    seen = {body(Client().get(reverse("shared:enter", args=["x" * 43])))}
    for why in ("revoked", "archived", "deleted"):  # a link that names nobody
        made = make()
        close(made, why, owner)
        seen.add(by_token(made))
    seen.add(body(Client().get(reverse("shared:page", args=["notthere"]))))
    assert len(seen) == 1


def test_who_had_the_link_is_told_whom_to_ask_and_not_why_it_is_closed(
    make: Any, owner: User
) -> None:
    seen = set()
    for why in ("revoked", "archived"):
        made = make(sender="Olivia Berg")
        guest = enter(made)
        close(made, why, owner)
        seen.add(by_token(made))
        seen.add(body(guest.get(at("page", made.link))))
        stranger = Client().get(at("page", made.link))
        assert stranger.status_code == 404 and "Olivia" not in stranger.text
        lifecycle.set_archived(plan=made.link.plan, archived=False, by=owner)
    (page,) = seen
    assert "It is not open any more." in page and "Ask Olivia Berg for a new one." in page


def test_a_link_whose_time_is_over_says_so(make: Any, owner: User) -> None:
    made = make(sender="Olivia Berg")
    close(made, "expired", owner)
    page = by_token(made)
    assert "Its time was over on" in page and "Ask Olivia Berg for a new one." in page
    services.revoke_link(link=made.link, by=owner)
    assert "Its time was over on" not in by_token(made)


def test_an_address_that_only_a_button_uses_is_a_page_that_says_so(
    made: Made, guest: Client
) -> None:
    response = guest.get(at("request_copy", made.link))
    assert response.status_code == 405 and response["Allow"] == "POST, OPTIONS"
    assert_private(response)
    assert f'href="{at("page", made.link)}"' in response.text


def test_without_the_token_there_is_nothing(made: Made, sample_plan: Plan, as_: Any) -> None:
    for client in (Client(), as_("stranger"), as_("mentor"), as_("owner")):
        for url in pages(made.link):
            assert_gone(client.get(url), made, sample_plan.title)


def test_a_visit_by_one_link_opens_no_other(make: Any, sample_plan: Plan) -> None:
    one, other = make(), make(recipient="Somebody else")
    client = enter(one)
    for url in pages(other.link):
        assert_gone(client.get(url), other, sample_plan.title)
    enter(other, client)
    assert client.get(at("page", one.link)).status_code == 200
    assert client.get(at("page", other.link)).status_code == 200


def test_a_visit_ends_after_a_day_and_begins_again_by_the_link(made: Made) -> None:
    now = timezone.now()
    with time_machine.travel(now):
        client = enter(made)
    with time_machine.travel(now + timedelta(hours=25)):
        assert client.get(at("page", made.link)).status_code == 404
        enter(made, client)
        assert client.get(at("page", made.link)).status_code == 200


def test_the_token_is_left_behind(made: Made, caplog: Any) -> None:
    client = Client()
    response = client.get(reverse("shared:enter", args=[made.token]))
    assert response["Location"] == at("page", made.link)
    assert response["Referrer-Policy"] == "no-referrer"
    assert_private(response)
    assert made.token not in response.content.decode() + str(response.headers)
    assert made.token not in str(dict(client.session))
    assert made.token not in caplog.text
    assert made.link.token_hash != made.token and len(made.token) >= 43


def test_nothing_is_sent_to_the_address_with_the_token(made: Made) -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("shared:enter", args=[made.token]))
    assert response.status_code == 405
    assert made.token not in response.text


def test_a_robot_uses_nothing_up(made: Made) -> None:
    address = reverse("shared:enter", args=[made.token])
    assert Client().head(address).status_code == 200
    for _again in range(3):
        robot = Client()
        robot.cookies.clear()
        assert robot.get(address).status_code == 302
        assert Client().get(at("page", made.link)).status_code == 404  # it keeps no cookies
    assert not Opening.objects.exists()
    assert enter(made).get(at("page", made.link)).status_code == 200


@pytest.mark.parametrize(
    "agent",
    ["Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "WhatsApp/2.23.20.0",
     "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; Discordbot/2.0)", "SkypeUriPreview"],
)  # fmt: skip
def test_a_preview_of_the_link_is_no_opening_also_where_it_keeps_cookies(
    agent: str, made: Made
) -> None:
    robot = enter(made, Client(headers={"User-Agent": agent}))
    assert robot.get(at("page", made.link)).status_code == 200
    assert not Opening.objects.exists()
    phone = "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8.0"
    enter(made, Client(headers={"User-Agent": phone})).get(at("page", made.link))
    assert Opening.objects.count() == 1


def test_the_page_opens_in_the_language_of_the_link(make: Any) -> None:
    made = make(language="zh-hans")
    client = enter(made)
    assert 'lang="zh-Hans"' in client.get(at("page", made.link)).text
    client.post(reverse("set_language"), {"language": "en", "next": at("page", made.link)})
    enter(made, client)
    assert 'lang="en"' in client.get(at("page", made.link)).text, "the reader has switched"
