"""Commenting inside a review: on its version, from its steps, told of by its one mail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Thread
from apps.notices import sending
from apps.notices.models import Mail, Notice
from apps.notices.services import choose_mail
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from apps.reviews import drafts, remarks, services
from apps.reviews.models import Request, Review, State
from tests.reviews.conftest import edit, finish, review_of, step

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def segment(plan: Plan, cast: dict[str, User]) -> Any:
    """Written before the version of the review is taken."""
    return edit(plan, "market.segment", cast["owner"], name="Shops by night")


@pytest.fixture
def review(segment: Any, ask: Callable[..., Request], cast: dict[str, User]) -> Review:
    found = review_of(ask(), cast["mentor"])
    services.accept(review=found)
    return found


def at(review: Review, segment: Any = None, field: str = "") -> str:
    query = f"?section=market&part=segment&row={segment.uid}&field={field}" if segment else ""
    return step(review, "remark") + query


def places(review: Review, section: str = "market") -> str:
    return step(review, "section", section) + "?view=places"


# --- On the version -------------------------------------------------------------------------------
def test_the_mentor_comments_beside_the_text_of_the_version(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    client = as_("mentor")
    page = client.get(places(review))
    assert "Shops by night" in page.text and "Three shops in Wuhan" not in page.text
    address = at(review, segment, "name")
    assert address.replace("&", "&amp;") in page.text
    form = client.get(address, **HTMX).text
    assert f'hx-post="{address.replace("&", "&amp;")}"' in form
    said = client.post(address, {"text": "Which shops?"}, **HTMX).text
    thread = Thread.objects.get()
    assert f'id="thread-{thread.uid}"' in said and "About version 1" in said
    assert (thread.version, thread.remark.review) == (review.request.version, review)
    assert thread.excerpt == "Shops by night"
    assert f'id="thread-{thread.uid}"' in client.get(places(review)).text


def test_without_htmx_a_page_leads_back_to_the_step(review: Review, segment: Any, as_: Any) -> None:
    client, address = as_("mentor"), at(review, segment, "name")
    page = client.get(address).text
    back = f"{places(review)}#at-market-segment-{segment.uid}-name"
    assert f'href="{back}"' in page and "What version 1 says" in page and "Shops by night" in page
    saved = client.post(address, {"text": "Which shops?"})
    assert saved["Location"] == f"{places(review)}#thread-{Thread.objects.get().uid}"
    assert "Which shops?" in client.get(saved["Location"]).text


def test_htmx_changes_the_paper_and_leaves_the_verdict(review: Review, as_: Any) -> None:
    paper = as_("mentor").get(places(review), **HTMX).text
    assert 'id="paper"' in paper and "<html" not in paper and 'name="grade"' not in paper


def test_founders_see_the_version_and_what_reads_otherwise_now(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    as_("mentor").post(at(review, segment, "name"), {"text": "Which shops?"})
    edit(plan, "market.segment", cast["owner"], name="Three shops in Wuhan")
    page = as_("owner").get(reverse("comments:list", args=[plan.uid])).text
    assert "About version 1" in page and "When this was written it read:" in page
    for text in ("Shops by night", "Three shops in Wuhan"):
        assert f'<q class="pre">{text}</q>' in page


def test_the_whole_plan_can_be_commented_on_from_the_last_step(review: Review, as_: Any) -> None:
    client, finish_step = as_("mentor"), step(review, "finish")
    assert at(review) in client.get(finish_step).text
    saved = client.post(at(review), {"text": "Too long."})
    thread = Thread.objects.get()
    assert saved["Location"] == f"{finish_step}#thread-{thread.uid}"
    assert "Too long." in client.get(finish_step).text and thread.remark.review == review


# --- Refused --------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["owner", "viewer", "stranger"])
def test_nobody_else_writes_in_the_review(
    who: str, review: Review, segment: Any, as_: Any, as_second: Any
) -> None:
    refused = as_(who).post(at(review, segment), {"text": "Hello"})
    assert refused.status_code == (404 if who == "stranger" else 403) and "Hello" in refused.text
    assert as_second.post(at(review, segment), {"text": "Hello"}).status_code == 404
    assert not Thread.objects.exists()


def test_a_place_the_version_does_not_have_is_none(
    review: Review, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    late = edit(plan, "team.role", cast["owner"], title="Seller")
    for query in (
        f"?section=team&part=role&row={late.uid}", "?section=market&part=segment&row=zzzzzzzzzzzz",
        "?section=nowhere", "?section=market&part=segment&field=name",
    ):  # fmt: skip
        refused = as_("mentor").post(step(review, "remark") + query, {"text": "An hour of work"})
        assert refused.status_code == 404 and "An hour of work" in refused.text, query
    HiddenSection.objects.create(plan=plan, section="market", role=Role.MENTOR)
    assert as_("mentor").get(step(review, "remark") + "?section=market").status_code == 404


def test_after_the_end_the_text_is_given_back(review: Review, segment: Any, as_: Any) -> None:
    services.withdraw(review=review, by=review.request.asked_by)
    refused = as_("mentor").post(at(review, segment), {"text": "An hour of work"})
    assert refused.status_code == 409 and "An hour of work" in refused.text
    assert as_("mentor").get(at(review, segment)).status_code == 302
    assert not Thread.objects.exists()


def test_sent_twice_it_is_written_once(review: Review, segment: Any, as_: Any) -> None:
    for _time in range(2):
        as_("mentor").post(at(review, segment), {"text": "Which?", "uid": "2" * 12})
    assert review.remarks.count() == 1


# --- Which are a review's -------------------------------------------------------------------------
def test_what_was_begun_elsewhere_meanwhile_belongs_to_it_too(
    review: Review, segment: Any, plan: Plan, cast: dict[str, User], ask: Callable[..., Request]
) -> None:
    mine = cast["mentor"]
    other = review_of(ask(), mine)
    services.accept(review=other)
    place = Place("market", "segment", segment.uid)
    beside = drafts.remark(review=other, place=place, text="Of the other.")
    elsewhere = comments.start_thread(plan=plan, place=place, text="Elsewhere.", by=mine)
    comments.start_thread(plan=plan, place=place, text="A founder's.", by=cast["owner"])
    from apps.plans.access import Access

    found = remarks.written(Access(plan, Role.OWNER), [review, other])
    assert found == {review.pk: [elsewhere], other.pk: [beside, elsewhere]}


# --- One mail -------------------------------------------------------------------------------------
def waiting(person: User) -> list[str]:
    """The kinds of what the person's next digest tells."""
    found = Notice.objects.filter(recipient=person, mail=Mail.DIGEST, mailed_at=None)
    return list(found.values_list("kind", flat=True))


def comment_twice(review: Review, segment: Any, cast: dict[str, User]) -> None:
    """One comment from a step, and one from the comments' own page."""
    place = Place("market", "segment", segment.uid)
    drafts.remark(review=review, place=place, text="Which? @Olivia", notify=[cast["viewer"]])
    comments.start_thread(
        plan=review.request.plan, place=place, text="And where?", by=review.mentor
    )


def test_the_review_s_mail_tells_of_its_comments_and_the_digest_does_not(
    review: Review, segment: Any, cast: dict[str, User], mailoutbox: Any
) -> None:
    comment_twice(review, segment, cast)
    for role in ("owner", "cofounder"):
        assert waiting(cast[role]) == ["comment_added"]  # of the one from elsewhere, until the end
    finish(review)
    for role in ("owner", "cofounder"):
        assert waiting(cast[role]) == []
        assert not sending.send_digest(cast[role].pk)
        assert Notice.objects.filter(recipient=cast[role]).count() == 3  # in the product all
    assert mailoutbox == []


def test_who_is_mentioned_and_no_founder_hears_of_it_in_the_digest(
    review: Review, segment: Any, cast: dict[str, User], second: User
) -> None:
    place = Place("market", "segment", segment.uid)
    drafts.remark(review=review, place=place, text="What do you think, @Noor?")
    finish(review)
    assert waiting(second) == ["comment_mention"]


def test_of_a_review_that_is_withdrawn_the_digest_tells(
    review: Review, segment: Any, cast: dict[str, User]
) -> None:
    choose_mail(user=cast["cofounder"], chosen={"comment_added": Mail.NONE})
    drafts.remark(review=review, place=Place("market", "segment", segment.uid), text="Which?")
    assert waiting(cast["owner"]) == []
    services.withdraw(review=review, by=cast["cofounder"])
    assert waiting(cast["owner"]) == ["comment_added"]
    assert waiting(cast["cofounder"]) == []


def test_who_wants_no_mail_of_reviews_has_the_comments_in_the_digest(
    review: Review, segment: Any, cast: dict[str, User]
) -> None:
    choose_mail(user=cast["owner"], chosen={"review_finished": Mail.NONE})
    comment_twice(review, segment, cast)
    finish(review, outcome=State.APPROVED)
    assert sorted(waiting(cast["owner"])) == ["comment_added", "comment_mention"]
    assert waiting(cast["cofounder"]) == []
