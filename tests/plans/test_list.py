"""The plan list: searched, sorted, paged, in a constant number of queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.plans import lifecycle, services
from apps.plans.models import Membership, Plan, Role, SectionProgress
from apps.plans.sections import registry
from tests.plans.pages import text_of, url

LIST = "/plans/"


def make_plans(owner: Any, number: int, start: int = 0) -> None:
    """Plans as they stand after creation, made at once."""
    plans = Plan.objects.bulk_create(
        Plan(title=f"Plan {index:04}", company=f"Company {index % 7}", updated_by=owner)
        for index in range(start, start + number)
    )
    Membership.objects.bulk_create(Membership(plan=p, user=owner, role=Role.OWNER) for p in plans)
    SectionProgress.objects.bulk_create(
        SectionProgress(plan=plan, section=section.name, done=index % 10, total=10)
        for index, plan in enumerate(plans)
        for section in registry
    )


def titles(response: Any) -> list[str]:
    return [membership.plan.title for membership in response.context["object_list"]]


def test_ten_and_a_thousand_plans_cost_the_same_queries(as_: Any, owner: Any) -> None:
    client, counts = as_("owner"), []
    for number in (10, 990):
        make_plans(owner, number, start=Plan.objects.count())
        with CaptureQueriesContext(connection) as queries:
            response = client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
    assert len(titles(response)) == 20
    assert "Page 1 of 50" in text_of(response)


@pytest.mark.parametrize(
    ("page", "shown"),
    [("1", 1), ("3", 3), ("99", 3), ("0", 3), ("-1", 3), ("x", 1), ("", 1), ("1e3", 1),
     ("9" * 40, 3), ("\x00", 1), ("２", 2), ("1.5", 1)],
)  # fmt: skip
def test_a_page_that_is_not_there_shows_the_nearest(
    page: str, shown: int, as_: Any, owner: Any
) -> None:
    make_plans(owner, 45)
    response = as_("owner").get(LIST, {"page": page})
    assert response.status_code == 200
    assert response.context["page_obj"].number == shown


def test_pages_keep_the_search_and_the_order(as_: Any, owner: Any) -> None:
    make_plans(owner, 45)
    html = as_("owner").get(LIST, {"q": "plan", "sort": "title"}).content.decode()
    assert 'href="?q=plan&amp;sort=title&amp;page=2"' in html


def test_search_finds_title_company_and_pitch_in_any_case(as_: Any, owner: Any) -> None:
    services.create_plan(by=owner, title="Tea house")
    services.create_plan(by=owner, title="B", company="TEAM Works")
    services.create_plan(by=owner, title="C", pitch="Steady answers")
    services.create_plan(by=owner, title="D", pitch="客服机器人")
    client = as_("owner")
    assert sorted(titles(client.get(LIST, {"q": " tea "}))) == ["B", "C", "Tea house"]
    assert titles(client.get(LIST, {"q": "客服"})) == ["D"]
    for nothing in ("%", "_", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 5000, "\x00Q"):
        response = client.get(LIST, {"q": nothing})
        assert titles(response) == []
        assert "<script>alert" not in response.content.decode()
        assert "No plan matches" in text_of(response)


def test_plans_are_sorted_by_change_title_or_progress(as_: Any, owner: Any) -> None:
    for title in ("Beta", "Alpha", "Gamma"):
        services.create_plan(by=owner, title=title)
    done = {"Alpha": 1, "Beta": 2, "Gamma": 0}
    for title, number in done.items():
        SectionProgress.objects.filter(plan__title=title).update(done=number, total=4)
    client = as_("owner")
    assert titles(client.get(LIST)) == ["Gamma", "Alpha", "Beta"]
    assert titles(client.get(LIST, {"sort": "title"})) == ["Alpha", "Beta", "Gamma"]
    by_progress = client.get(LIST, {"sort": "progress"})
    assert titles(by_progress) == ["Beta", "Alpha", "Gamma"]
    assert [m.percent for m in by_progress.context["object_list"]] == [50, 25, 0]
    assert titles(client.get(LIST, {"sort": "plan__memberships__user__password"})) == titles(
        client.get(LIST)
    )


def test_archived_plans_stand_apart(as_: Any, owner: Any) -> None:
    kept, away = (services.create_plan(by=owner, title=title) for title in ("Kept", "Away"))
    lifecycle.set_archived(plan=away, archived=True, by=owner)
    client = as_("owner")
    assert titles(client.get(LIST)) == ["Kept"]
    assert titles(client.get(LIST, {"show": "archived"})) == ["Away"]
    lifecycle.set_archived(plan=kept, archived=True, by=owner)
    assert "No plan matches" in text_of(client.get(LIST))


def test_everybody_sees_their_own_plans_and_role_only(plan: Plan, as_: Any) -> None:
    assert titles(as_("mentor").get(LIST)) == ["Blank plan"]
    assert "Mentor" in text_of(as_("mentor").get(LIST))
    stranger = as_("stranger").get(LIST)
    assert titles(stranger) == [] and "Begin with a plan" in text_of(stranger)
    assert as_("nobody").get(LIST).url == "/accounts/login/?next=/plans/"


@pytest.mark.parametrize("name", ["page", "people"])
def test_a_page_of_the_plan_reads_no_table_twice_for_any_content(
    name: str, plan: Plan, sample_plan: Plan, as_: Any
) -> None:
    client = as_("owner")
    tables = {part.model._meta.db_table for section in registry for part in section.parts}
    for shown in (plan, sample_plan):
        client.get(url(name, shown))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name, shown)).status_code == 200
        read = [table for query in queries for table in tables if f'FROM "{table}"' in query["sql"]]
        assert len(read) == len(set(read))
        assert len(queries) - len(read) <= {"page": 12, "people": 12}[name]
