"""What is hidden, forged, gone or not allowed any more: no leak, and no text lost."""

from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services
from apps.comments.models import Thread, Visibility
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.plans.sections import registry
from tests.comments.conftest import FIELD, SECTION, SHEET, TABLE
from tests.comments.urls import at, pages, url

Cast = dict[str, User]


def test_a_hidden_section_hides_its_threads_counts_and_places(
    sample_plan: Plan, thread: Thread, field: Place, as_: Any
) -> None:
    HiddenSection.objects.create(plan=sample_plan, section=SECTION, role=Role.MENTOR)
    client = as_("mentor")
    for page in (pages(sample_plan)[0], pages(sample_plan)[3]):
        assert "Who says so?" not in client.get(page).text
    assert client.get(url("list", sample_plan)).context["counts"]["open"] == 0
    assert client.get(url("section", sample_plan, SECTION)).status_code == 404
    assert client.get(url("thread", sample_plan, thread.uid)).status_code == 404
    start = url("start", sample_plan, **at(field))
    refused = client.post(start, {"text": "Twenty minutes of thought"})
    assert refused.status_code == 404
    assert "Twenty minutes of thought" in refused.text and thread.label not in refused.text
    for name in ("reply", "resolve", "reopen", "assign"):
        assert client.post(url(name, sample_plan, thread.uid), {"text": "x"}).status_code == 404
    assert thread.comments.count() == 1


def test_founders_keep_their_own_from_mentors(
    sample_plan: Plan, field: Place, as_: Any, cast: Cast
) -> None:
    kept = services.start_thread(
        plan=sample_plan, place=field, text="Between us", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    for page in pages(sample_plan):
        assert "Between us" not in as_("mentor").get(page).text
    assert as_("mentor").get(url("thread", sample_plan, kept.uid)).status_code == 404
    refused = as_("mentor").post(url("reply", sample_plan, kept.uid), {"text": "I saw it"})
    assert refused.status_code == 404 and "I saw it" in refused.text
    assert as_("mentor").get(url("edit", sample_plan, kept.comments.get().uid)).status_code == 404
    assert "Between us" in as_("cofounder").get(url("section", sample_plan, SECTION)).text


def test_viewers_read_what_mentors_do_where_the_owner_says_so(
    sample_plan: Plan, thread: Thread, as_: Any, cast: Cast
) -> None:
    client = as_("viewer")
    for page in (url("list", sample_plan), url("section", sample_plan, SECTION)):
        assert client.get(page).status_code == 404
    for page in pages(sample_plan)[2:]:
        html = client.get(page).text
        assert "/comments/" not in html and "Who says so?" not in html
    owner = as_("owner")
    boxes = {f"{s.name}.{r}": "on" for s in registry for r in Role if r != Role.OWNER}
    owner.post(
        reverse("plans:visibility", args=[sample_plan.uid]),
        {**boxes, "viewers_read_comments": "on"},
    )
    html = client.get(url("section", sample_plan, SECTION)).text
    assert "Who says so?" in html and "<form" not in html.partition("outline")[2]
    assert client.get(url("start", sample_plan)).status_code == 403
    refused = client.post(url("reply", sample_plan, thread.uid), {"text": "May I?"})
    assert refused.status_code == 403 and "May I?" in refused.text
    owner.post(reverse("plans:visibility", args=[sample_plan.uid]), boxes)
    assert client.get(url("list", sample_plan)).status_code == 404


FORGED = [
    {"section": "nowhere"},
    {"section": SECTION, "part": "nothing"},
    {"section": SECTION, "part": TABLE, "row": "of-nobody"},
    {"section": SECTION, "part": TABLE, "field": FIELD},
    {"section": SECTION, "part": SHEET, "field": "plan"},
    {"row": "x"},
    {"section": SECTION, "part": TABLE, "row": "%00"},
]


@pytest.mark.parametrize("place", FORGED, ids=str)
def test_a_forged_place_is_not_found_and_keeps_the_text(
    place: dict[str, str], sample_plan: Plan, as_: Any
) -> None:
    start = url("start", sample_plan, **place)
    assert as_("owner").get(start).status_code == 404
    refused = as_("owner").post(start, {"text": "My remark"})
    assert refused.status_code == 404 and "My remark" in refused.text
    assert not Thread.objects.exists()


def test_another_plans_row_and_thread_are_not_found(
    plan: Plan, thread: Thread, field: Place, as_: Any
) -> None:
    client = as_("owner")
    assert client.post(url("start", plan, **at(field)), {"text": "x"}).status_code == 404
    for name in ("reply", "resolve", "reopen", "assign"):
        response = client.post(url(name, plan, thread.uid), {"text": "x"})
        assert response.status_code == 404 and thread.label not in response.text
    assert client.get(url("thread", plan, thread.uid)).status_code == 404
    comment = thread.comments.get()
    assert client.post(url("edit", plan, comment.uid), {"text": "x"}).status_code == 404


def test_a_right_lost_in_the_middle_of_a_form_keeps_the_text(
    sample_plan: Plan, thread: Thread, field: Place, as_: Any, cast: Cast
) -> None:
    client = as_("mentor")
    mine = Membership.objects.filter(plan=sample_plan, user=cast["mentor"])
    mine.update(role=Role.VIEWER)
    for address in (
        url("start", sample_plan, **at(field)),
        url("reply", sample_plan, thread.uid),
        url("edit", sample_plan, thread.comments.get().uid),
    ):
        refused = client.post(address, {"text": "An hour of work"})
        assert refused.status_code == 403 and "An hour of work" in refused.text
    mine.delete()
    refused = client.post(url("reply", sample_plan, thread.uid), {"text": "An hour of work"})
    assert refused.status_code == 404 and "An hour of work" in refused.text
    assert sample_plan.title not in refused.text and thread.label not in refused.text
    assert thread.comments.get().text == "Who says so?"


def test_signed_out_meanwhile_one_comes_back_to_the_same_place(
    sample_plan: Plan, field: Place, as_: Any
) -> None:
    start = url("start", sample_plan, **at(field))
    sent = {"text": "Typed for long", "uid": "2" * 12, "notify": "7", "visibility": "everyone"}
    refused = as_("nobody").post(start, sent)
    assert refused.status_code == 401 and "Typed for long" in refused.text
    assert quote(start) in refused.text
    assert [entry["name"] for entry in refused.context["texts"]] == ["text"]
