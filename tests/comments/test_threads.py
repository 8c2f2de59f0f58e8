"""Who reads which thread, and what is new to whom."""

from itertools import product
from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.services import delete_account
from apps.comments import services, threads
from apps.comments.models import Thread, Visibility
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from tests.comments.conftest import SECTION, access_of

ROLES = [role.value for role in Role]


@pytest.mark.parametrize("viewers", [False, True])
@pytest.mark.parametrize("who", ROLES)
def test_the_query_and_the_rule_agree(who: str, viewers: bool, plan: Plan, cast: Any) -> None:
    plan.viewers_read_comments = viewers
    plan.save()
    for hidden, visibility, section in product((False, True), Visibility.values, ("", SECTION)):
        if hidden and who != Role.OWNER:
            HiddenSection.objects.get_or_create(plan=plan, section=SECTION, role=who)
        started = services.start_thread(
            plan=plan, place=Place(section), text="x", by=cast["owner"], visibility=visibility
        )
        access = access_of(cast[who], plan)
        reader = who in {"owner", "cofounder"} or (
            visibility == Visibility.EVERYONE and (who == "mentor" or (who == "viewer" and viewers))
        )
        expected = reader and not (hidden and section and who != "owner")
        assert (started in threads.visible(access)) == expected
        assert threads.reads(access, section, visibility) == expected
        may_read = threads.readers(threads.people(plan), section, visibility)
        assert (cast[who] in may_read) == expected
        assert cast["stranger"] not in may_read


def test_a_thread_of_another_plan_is_not_seen(thread: Thread, plan: Plan, cast: Any) -> None:
    assert thread not in threads.visible(access_of(cast["owner"], plan))


def test_what_a_share_link_may_show(sample_plan: Plan, thread: Thread, cast: Any) -> None:
    services.start_thread(
        plan=sample_plan, place=Place(""), text="ours", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    assert list(threads.for_everyone(sample_plan)) == [thread]
    assert not threads.for_everyone(sample_plan, frozenset({SECTION})).exists()


def unread_by(plan: Plan, person: User) -> list[Thread]:
    return list(threads.unread(access_of(person, plan), person))


def test_new_is_what_others_wrote_since_one_last_read(
    sample_plan: Plan, thread: Thread, cast: dict[str, User]
) -> None:
    owner, mentor = cast["owner"], cast["mentor"]
    assert unread_by(sample_plan, owner) == [thread]
    assert unread_by(sample_plan, mentor) == []  # wrote it
    services.mark_read(user=owner, threads=[thread])
    assert unread_by(sample_plan, owner) == []
    assert unread_by(sample_plan, cast["cofounder"]) == [thread]
    services.reply(thread=thread, text="We asked them.", by=owner)
    assert unread_by(sample_plan, owner) == []
    assert unread_by(sample_plan, mentor) == [thread]
    services.reply(thread=thread, text="A word from outside", guest_name="Gu Wen")
    assert unread_by(sample_plan, owner) == [thread]
    services.mark_read(user=owner, threads=[thread])
    services.mark_read(user=owner, threads=[thread])
    assert unread_by(sample_plan, owner) == []


def test_what_came_while_the_page_was_made_stays_new(
    sample_plan: Plan, thread: Thread, cast: dict[str, User]
) -> None:
    before = thread.created_at
    services.reply(thread=thread, text="Meanwhile", by=cast["mentor"])
    services.mark_read(user=cast["owner"], threads=[thread], at=before)
    assert unread_by(sample_plan, cast["owner"]) == [thread]


def test_only_who_can_answer_is_offered_a_thread(
    sample_plan: Plan, thread: Thread, cast: dict[str, User]
) -> None:
    sample_plan.viewers_read_comments = True
    offered = threads.assignable(threads.people(sample_plan), thread)
    assert set(offered) == {cast["owner"], cast["cofounder"], cast["mentor"]}


@pytest.fixture
def many(sample_plan: Plan, thread: Thread, cast: dict[str, User]) -> Any:
    def make(count: int) -> None:
        for number in range(count):
            made = services.start_thread(
                plan=sample_plan, place=thread.place, text=f"Remark {number}", by=cast["mentor"]
            )
            services.reply(thread=made, text="Answer", by=cast["cofounder"])

    return make


def test_reading_threads_in_full_takes_as_many_queries_for_any_number(
    sample_plan: Plan, many: Any, cast: dict[str, User], django_assert_num_queries: Any
) -> None:
    for more in (5, 45):
        many(more)
        access = access_of(cast["owner"], sample_plan)
        found = threads.in_full(threads.with_unread(threads.visible(access), cast["owner"]))
        with django_assert_num_queries(3):
            texts = [
                (one.unread, comment.text, str(comment.author), list(comment.edits.all()))
                for one in found
                for comment in one.comments.all()
            ]
    assert len(texts) == 101


def test_deleting_an_account_keeps_the_comments_without_the_name(
    sample_plan: Plan, thread: Thread, cast: dict[str, User]
) -> None:
    services.resolve(thread=thread, by=cast["mentor"])
    delete_account(user=cast["mentor"])
    thread.refresh_from_db()
    comment = thread.comments.get()
    assert (comment.text, comment.author, thread.created_by) == ("Who says so?", None, None)
    assert thread.resolved and thread.resolved_by is None
    assert unread_by(sample_plan, cast["owner"]) == [thread]
