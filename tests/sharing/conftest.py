"""A link to the sample plan, a guest who came by it, and what they see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.exports import services as exports
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.sharing import services
from apps.sharing.models import ShareLink
from apps.sharing.services import Made

EVERY = [section.name for section in registry]
PASSCODE = "blue whale 7"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def make(sample_plan: Plan, cast: dict[str, User]) -> Callable[..., Made]:
    def made(**changes: Any) -> Made:
        given = {
            "plan": sample_plan, "by": cast["owner"], "recipient": "Northern Ventures",
            "sections": EVERY, "days": 14, "language": "en", "may_comment": True,
            "may_download": True,
        }  # fmt: skip
        return services.make_link(**{**given, **changes})

    return made


@pytest.fixture
def made(make: Callable[..., Made]) -> Made:
    return make()


@pytest.fixture
def link(made: Made) -> ShareLink:
    return made.link


def enter(made: Made, client: Client | None = None) -> Client:
    """A guest's client after following the link."""
    client = client or Client()
    response = client.get(reverse("shared:enter", args=[made.token]))
    assert response.status_code == 302
    return client


@pytest.fixture
def guest(made: Made) -> Client:
    return enter(made)


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the exports that a worker would have been told about."""
    ids: list[int] = []
    monkeypatch.setattr(exports, "wake", ids.append)
    return ids


def at(name: str, link: ShareLink, *args: Any) -> str:
    return reverse(f"shared:{name}", args=[link.uid, *args])


def pages(link: ShareLink) -> list[str]:
    """Every address a guest can have, with something that is or could be there in every place."""
    return [
        at("page", link), at("passcode", link), at("request_copy", link),
        at("copy", link, "notthere"), at("file", link, "notthere"),
        *(at("section", link, section) for section in registry),
    ]  # fmt: skip


def assert_private(response: Any) -> None:
    assert response["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "private, no-store"
