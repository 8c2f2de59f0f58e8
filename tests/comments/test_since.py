"""What a place held when a thread began, and holds now; what one sees while writing about it."""

import html
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services
from apps.comments.models import Thread
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.plans.services import delete_row
from apps.versions.models import Reason
from apps.versions.services import take_version
from tests.comments.conftest import FIELD, PATH, SECTION, TABLE, row_of


def pages(plan: Plan) -> list[str]:
    return [
        reverse("comments:list", args=[plan.uid]),
        reverse("comments:section", args=[plan.uid, SECTION]),
        reverse("plans:row", args=[plan.uid, SECTION, TABLE, row_of(plan).uid]),
    ]


def change(plan: Plan, **values: Any) -> None:
    row = row_of(plan)
    type(row).objects.filter(pk=row.pk).update(**values)


def test_every_page_shows_both_texts_of_a_field(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    change(sample_plan, **{FIELD: "Allowed since May."})
    for page in pages(sample_plan):
        text = as_("owner").get(page).text
        assert thread.excerpt[:60] in text and '<q class="pre">Allowed since May.</q>' in text


def test_of_a_row_the_fields_that_changed_are_shown(
    sample_plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    place = Place(SECTION, TABLE, row_of(sample_plan).uid)
    services.start_thread(plan=sample_plan, place=place, text="Too many.", by=cast["mentor"])
    said = "When this was written it read:"
    assert said not in as_("owner").get(pages(sample_plan)[0]).text
    change(sample_plan, name="Shops by night")
    for page in pages(sample_plan):
        text = as_("owner").get(page).text
        assert text.count(said) == 1 and '<q class="pre">Shops by night</q>' in text


@pytest.mark.parametrize("of_row", [False, True])
@pytest.mark.parametrize("changed", [False, True])
def test_of_a_deleted_row_the_list_shows_the_last_text(
    of_row: bool, changed: bool, sample_plan: Plan, thread: Thread, cast: dict[str, User], as_: Any
) -> None:
    section, part = registry.part(PATH)
    if of_row:
        place = Place(SECTION, TABLE, row_of(sample_plan).uid)
        thread.delete()
        services.start_thread(plan=sample_plan, place=place, text="Many.", by=cast["mentor"])
    if changed:
        change(sample_plan, **{FIELD: "The last word on it"})
    row = row_of(sample_plan)
    row.plan, last = sample_plan, getattr(row, FIELD)[:50]
    delete_row(section=section, part=part, row=row, by=cast["owner"])
    text = html.unescape(as_("owner").get(pages(sample_plan)[0]).text)
    assert "The row is no longer in the plan." in text and last in text
    assert ("When this was written it read:" in text) == changed


def test_the_version_it_is_about_is_a_link_for_who_reads_versions(
    sample_plan: Plan, field: Place, cast: dict[str, User], as_: Any
) -> None:
    version = take_version(plan=sample_plan, by=cast["owner"], reason=Reason.MANUAL)
    services.start_thread(
        plan=sample_plan, place=field, text="Of then.", by=cast["mentor"], version=version
    )
    link = reverse("versions:read", args=[sample_plan.uid, 1, registry[SECTION]])
    page = as_("owner").get(pages(sample_plan)[1]).text
    assert "About version 1" in page and f'href="{link}"' in page
    Plan.objects.filter(pk=sample_plan.pk).update(viewers_read_comments=True)
    page = as_("viewer").get(pages(sample_plan)[1]).text
    assert "About version 1" in page and f'href="{link}"' not in page


@pytest.mark.parametrize("field_name", [FIELD, ""])
def test_what_stands_there_is_seen_while_one_writes(
    field_name: str, sample_plan: Plan, as_: Any
) -> None:
    row = row_of(sample_plan)
    query = f"section={SECTION}&part={TABLE}&row={row.uid}&field={field_name}"
    address = reverse("comments:start", args=[sample_plan.uid]) + f"?{query}"
    page = as_("mentor").get(address).text
    held = page.index(getattr(row, FIELD)[:60])
    assert "What stands there now" in page and held < page.index("<textarea")
    assert (row.name in page.partition("<textarea")[0].partition('class="held"')[2]) is (
        not field_name
    )
