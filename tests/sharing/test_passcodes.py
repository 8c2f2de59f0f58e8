"""The passcode of a link: asked before anything is shown, throttled, and told to the owner."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.plans.models import Plan, Verb
from apps.sharing.models import Opening, ShareLink
from apps.sharing.services import Made
from tests.sharing.conftest import PASSCODE, assert_private, at, enter, pages


@pytest.fixture
def locked(make: Any) -> Made:
    return make(passcode=PASSCODE)


def test_a_passcode_is_asked_for_before_anything_is_shown(locked: Made, sample_plan: Plan) -> None:
    client = enter(locked)
    asked = at("passcode", locked.link)
    for url in pages(locked.link):
        response = client.get(url)
        assert_private(response)
        assert (response.status_code, response.get("Location")) in {(302, asked), (200, None)}
        for secret in (sample_plan.title, "Lingda", locked.link.recipient):
            assert secret not in response.text
    assert not Opening.objects.exists()


def test_the_right_passcode_opens_for_this_visit(locked: Made) -> None:
    client, url = enter(locked), at("passcode", locked.link)
    wrong = client.post(url, {"password": "blue whale 8"})
    assert wrong.status_code == 422
    assert "blue whale" not in wrong.text
    right = client.post(url, {"password": f" {PASSCODE} "})
    assert right["Location"] == at("page", locked.link)
    assert client.get(at("page", locked.link)).status_code == 200
    assert client.get(url).status_code == 302
    assert enter(locked).get(at("page", locked.link)).status_code == 302
    assert PASSCODE not in locked.link.passcode_hash


@pytest.mark.parametrize("typed", ["", "x" * 5000, "a\x00b", "字🐋", "' OR 1=1 --"])
def test_whatever_is_typed_as_passcode_is_refused(typed: str, locked: Made) -> None:
    response = enter(locked).post(at("passcode", locked.link), {"password": typed})
    assert response.status_code == 422


def test_wrong_passcodes_are_throttled_by_address_and_the_right_one_waits_too(
    locked: Made, make: Any
) -> None:
    url = at("passcode", locked.link)
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        for _try in range(10):
            assert enter(locked).post(url, {"password": "wrong"}).status_code == 422
        client = enter(locked)
        refused = client.post(url, {"password": PASSCODE})
        assert refused.status_code == 429
        assert "Too many tries" in refused.text
        assert "Wait 15 minutes, until 10:15 UTC" in refused.text
        other = make(passcode=PASSCODE)
        also = enter(other).post(at("passcode", other.link), {"password": "wrong"})
        assert also.status_code == 429, "the same address, another link"
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")
        assert enter(locked, elsewhere).post(url, {"password": PASSCODE}).status_code == 302
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        assert client.post(url, {"password": PASSCODE}).status_code == 302


def test_how_many_tries_are_left_is_said_before_there_are_none(locked: Made) -> None:
    client, url = enter(locked), at("passcode", locked.link)
    with time_machine.travel(datetime(2026, 11, 24, 10, 5, tzinfo=UTC), tick=False):
        said = [client.post(url, {"password": "wrong"}).text for _try in range(10)]
    assert "9 more tries, then you have to wait." in said[0]
    assert "1 more try, then you have to wait." in said[8]
    assert "Wait 10 minutes, until 10:15 UTC" in said[9]


def test_an_empty_passcode_uses_nothing_up(locked: Made) -> None:
    client, url = enter(locked), at("passcode", locked.link)
    for _try in range(12):
        assert client.post(url, {"password": " "}).status_code == 422
    assert ShareLink.objects.get().wrong_passcodes == 0


def test_the_owner_reads_of_wrong_passcodes(locked: Made, sample_plan: Plan, as_: Any) -> None:
    url, now = at("passcode", locked.link), timezone.now()
    for minutes in (0, 10, 65, 130):  # the last after more than an hour of silence
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            enter(locked).post(url, {"password": "wrong"})
    link = ShareLink.objects.get()
    assert link.wrong_passcodes == 4
    assert link.wrong_passcode_at == now + timedelta(minutes=130)
    told = sample_plan.activity.filter(verb=Verb.REFUSED)
    assert [(one.by, one.label) for one in told] == [(None, link.recipient)] * 2
    owner, plan = as_("owner"), sample_plan.uid
    for page in (
        reverse("sharing:list", args=[plan]),
        reverse("sharing:link", args=[plan, link.uid]),
    ):
        assert "4 wrong passcodes" in owner.get(page).text
    activity = reverse("plans:activity", args=[plan])
    line = "gave a wrong passcode for the share link for Northern Ventures"
    again = "gave 3 wrong passcodes for the share link for Northern Ventures"
    read = owner.get(activity).text
    assert read.count(line) == read.count(again) == 1
    assert "Northern Ventures" not in as_("mentor").get(activity).text


def test_many_addresses_do_not_help_to_guess(locked: Made) -> None:
    url, codes = at("passcode", locked.link), []
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(31):
            client = enter(locked, Client(REMOTE_ADDR=f"203.0.113.{number}"))
            codes.append(client.post(url, {"password": "wrong"}).status_code)
    assert codes == [422] * 30 + [429]


def test_right_passcodes_do_not_count(locked: Made) -> None:
    for _visitor in range(12):
        response = enter(locked).post(at("passcode", locked.link), {"password": PASSCODE})
        assert response.status_code == 302


def test_a_cache_that_fails_lets_nobody_guess(locked: Made, monkeypatch: Any) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError("no cache")

    client = enter(locked)
    monkeypatch.setattr("apps.sharing.throttle.cache.incr", fail)
    response = client.post(at("passcode", locked.link), {"password": PASSCODE})
    assert response.status_code == 429
