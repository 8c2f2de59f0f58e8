"""A guest's first pages at once, on real PostgreSQL: one opening, every page counted."""

from collections.abc import Callable

import pytest

from apps.accounts.models import User
from apps.plans.models import Verb
from apps.plans.services import create_plan
from apps.sharing import services, visits
from apps.sharing.models import Opening
from tests.services.test_conflict_race import TIMES, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_first_pages_at_once_are_one_opening() -> None:
    owner = User.objects.create_user("a@example.com", "x", name="a")
    plan = create_plan(by=owner, title="Race")
    made = services.make_link(
        plan=plan, by=owner, recipient="b", sections=[], days=1, language="en"
    )

    def reading(turn: int) -> Callable[[], None]:
        visit = visits.Visit(f"visit {turn}", since=0, passed=True)
        return lambda: visits._count(made.link, visit, "pages")

    for turn in range(TIMES):
        results = at_once(reading(turn), reading(turn))
        assert results == [None, None]
    pages = list(Opening.objects.values_list("pages", flat=True))
    assert pages == [2] * TIMES
    assert plan.activity.filter(verb=Verb.OPENED).count() == TIMES
