"""A review with three verdicts and a comment, to be answered by letter."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.comments import services as comments
from apps.core.money import day
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.reviews import services
from apps.reviews.models import Request, Review
from tests.reviews.conftest import edit, review_of, write


@pytest.fixture
def segment(plan: Plan, cast: dict[str, User]) -> Any:
    return edit(plan, "market.segment", cast["owner"], name="Shops by night")


@pytest.fixture
def review(segment: Any, ask: Callable[..., Request], plan: Plan, cast: dict[str, User]) -> Review:
    """Three verdicts, and a comment on the segment's name."""
    mei = review_of(ask(), cast["mentor"])
    write(mei, verdicts={
        "market": ("to_fix", "Name the shops."), "team": ("acceptable", ""),
        "risks": ("improvable", "Add one on the supplier."),
    })  # fmt: skip
    place = Place("market", "segment", segment.uid, "name")
    comments.start_thread(plan=plan, place=place, text="Which shops?", by=cast["mentor"])
    assert services.finish(review=mei, outcome="changes")
    return mei


def letter_of(client: Any, plan: Plan, query: str = "") -> Any:
    return client.get(reverse("reviews:letter", args=[plan.uid]) + query).context["letter"]


def told(change: Any) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in change.pieces]


def today() -> str:
    """As the letter writes it."""
    return day(timezone.now())
