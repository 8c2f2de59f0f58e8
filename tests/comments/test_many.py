"""Many threads in one section: the foremost are shown, the rest is one link away."""

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services
from apps.comments.cards import MOST
from apps.comments.models import Reading, Thread
from apps.plans.checks import Place
from apps.plans.models import Plan
from tests.comments.conftest import SECTION, SHEET, TABLE


@pytest.fixture
def many(sample_plan: Plan, cast: dict[str, User], field: Place) -> list[Thread]:
    """More than a page shows; the oldest ten are resolved."""
    made = [
        services.start_thread(
            plan=sample_plan, place=field, text=f"Remark {number}.", by=cast["mentor"]
        )
        for number in range(MOST + 15)
    ]
    for thread in made[:10]:
        services.resolve(thread=thread, by=cast["mentor"])
    return made


def section(plan: Plan) -> str:
    return reverse("comments:section", args=[plan.uid, SECTION])


def shown(page: Any) -> set[str]:
    return {card.thread.uid for card in page.context["cards"]}


def test_the_new_and_the_open_are_shown_and_the_rest_is_counted(
    many: list[Thread], sample_plan: Plan, field: Place, cast: dict[str, User], as_: Any
) -> None:
    services.mark_read(user=cast["owner"], threads=many[1:])  # the first, resolved, is new to her
    page = as_("owner").get(section(sample_plan))
    newest = {thread.uid for thread in many[-(MOST - 1) :]}
    assert shown(page) == {many[0].uid} | newest
    assert "15 more threads here" in page.text
    link = f"?show=all&amp;section={SECTION}&amp;part={TABLE}&amp;row={field.row}"
    assert link in page.text


def test_what_is_not_shown_is_not_read(
    many: list[Thread], sample_plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    as_("owner").get(section(sample_plan))
    assert Reading.objects.filter(user=cast["owner"]).count() == MOST
    as_("owner").get(section(sample_plan))  # the others come first now
    assert Reading.objects.filter(user=cast["owner"]).count() == len(many)


def test_a_link_leads_to_any_of_them(many: list[Thread], sample_plan: Plan, as_: Any) -> None:
    oldest = many[0]
    there = as_("owner").get(reverse("comments:thread", args=[sample_plan.uid, oldest.uid]))
    page = as_("owner").get(there["Location"])
    assert oldest.uid in shown(page) and f'id="thread-{oldest.uid}"' in page.text


def test_the_list_has_all_of_one_place(
    many: list[Thread], sample_plan: Plan, field: Place, cast: dict[str, User], as_: Any
) -> None:
    services.start_thread(
        plan=sample_plan, place=Place(SECTION, SHEET), text="Elsewhere.", by=cast["mentor"]
    )
    place = f"section={field.section}&part={field.part}&row={field.row}&field={field.field}"
    address = reverse("comments:list", args=[sample_plan.uid]) + f"?show=all&{place}"
    page = as_("owner").get(address)
    assert page.context["counts"]["all"] == len(many)
    assert "Only what is said about Market" in page.text and "Elsewhere." not in page.text
    assert f"#at-{SECTION}-{TABLE}-{field.row}" in page.context["back"]
    forged = as_("owner").get(address.replace(TABLE, "nothing"))
    assert forged.status_code == 200 and forged.context["place"] is None


def test_the_page_weighs_as_much_for_any_number(
    many: list[Thread], sample_plan: Plan, field: Place, cast: dict[str, User], as_: Any
) -> None:
    before = len(as_("owner").get(section(sample_plan)).content)
    for number in range(40):
        services.start_thread(
            plan=sample_plan, place=field, text=f"Another {number}.", by=cast["mentor"]
        )
    assert len(as_("owner").get(section(sample_plan)).content) < before * 1.05


def test_a_thread_on_the_plan_is_shown_by_its_link_however_old(
    sample_plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    first, *_others = [
        services.start_thread(
            plan=sample_plan, place=Place(""), text=f"Of it all {number}.", by=cast["mentor"]
        )
        for number in range(25)
    ]
    there = as_("owner").get(reverse("comments:thread", args=[sample_plan.uid, first.uid]))
    page = as_("owner").get(there["Location"])
    assert [card.thread.uid for card in page.context["asked"]] == [first.uid]
    assert page.text.count(f'id="thread-{first.uid}"') == 1


def test_the_list_is_paged_with_its_filters_and_a_link_leads_to_any_thread(
    many: list[Thread], sample_plan: Plan, as_: Any
) -> None:
    client, listed = as_("owner"), reverse("comments:list", args=[sample_plan.uid])
    first = client.get(f"{listed}?show=all&section={SECTION}")
    assert len(first.context["cards"]) == 25
    assert f"Threads 1 to 25 of {len(many)}" in first.text
    assert f"?show=all&amp;section={SECTION}&amp;page=2" in first.text
    second = client.get(f"{listed}?show=all&section={SECTION}&page=2")
    assert shown(first) | shown(second) == {thread.uid for thread in many}
    oldest = services.start_thread(plan=sample_plan, place=Place(""), text="Of it all", by=None)
    Thread.objects.filter(pk=oldest.pk).update(updated_at=oldest.created_at.replace(year=2000))
    there = client.get(reverse("comments:thread", args=[sample_plan.uid, oldest.uid]), follow=True)
    assert f'id="thread-{oldest.uid}"' in there.text
