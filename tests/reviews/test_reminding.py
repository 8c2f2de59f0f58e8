"""A review that is due soon: one reminder, in the reader's language, to whom it still concerns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.notices import composing
from apps.notices.models import Mail, Notice
from apps.plans import lifecycle
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.reviews import reminding, services, tasks
from apps.reviews.models import Request
from tests.reviews.conftest import edit, finish, review_of


@pytest.fixture
def asked(ask: Callable[..., Request], cast: dict[str, User]) -> Request:
    """Due in five days, to Mei alone."""
    due = timezone.localdate() + timedelta(days=5)
    return ask(mentors=[cast["mentor"]], due=due, question="Too dear?", sections=["market", "team"])


def in_days(days: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def reminders() -> list[Notice]:
    return list(Notice.objects.filter(kind="review_due"))


def test_a_mentor_is_reminded_once_before_the_day(asked: Request, cast: dict[str, User]) -> None:
    tasks.remind()
    with in_days(2):
        assert reminding.remind() == 0
    with in_days(3):
        assert reminding.remind() == 1 and reminding.remind() == 0
    with in_days(4):
        tasks.remind()
    [told] = reminders()
    assert (told.recipient, told.by, told.mail) == (cast["mentor"], cast["owner"], Mail.NOW)


def test_who_was_just_asked_and_what_is_overdue_is_left_alone(
    asked: Request, ask: Callable[..., Request], cast: dict[str, User]
) -> None:
    ask(mentors=[cast["mentor"]], due=timezone.localdate())
    assert reminding.remind() == 0
    with in_days(6):
        assert reminding.remind() == 0


@pytest.mark.parametrize("over", ["withdrawn", "declined", "archived", "left", "demoted"])
def test_whom_it_no_longer_concerns_is_not_reminded(
    over: str, asked: Request, plan: Plan, cast: dict[str, User]
) -> None:
    review = review_of(asked, cast["mentor"])
    mentor = Membership.objects.filter(user=cast["mentor"])
    {
        "withdrawn": lambda: services.withdraw(review=review, by=cast["owner"]),
        "declined": lambda: services.decline(review=review, reason="No time"),
        "archived": lambda: lifecycle.set_archived(plan=plan, archived=True, by=cast["owner"]),
        "left": mentor.delete,
        "demoted": lambda: mentor.update(role=Role.VIEWER),
    }[over]()
    with in_days(4):
        assert reminding.remind() == 0


def test_a_request_waiting_for_an_invitation_reminds_nobody(
    plan: Plan, cast: dict[str, User]
) -> None:
    services.request_review(
        plan=plan, by=cast["owner"], mentors=[], invited=["nina@example.com"],
        due=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    with in_days(2):
        assert reminding.remind() == 0


def test_the_mail_says_what_was_asked_until_when_and_by_whom(
    asked: Request, plan: Plan, cast: dict[str, User]
) -> None:
    User.objects.filter(pk=cast["mentor"].pk).update(language="zh-hans")
    HiddenSection.objects.create(plan=plan, section="team", role=Role.MENTOR)
    with in_days(4):
        reminding.remind()
    for notice in Notice.objects.filter(recipient=cast["mentor"]).order_by("pk"):
        mail = composing.single(notice)
        for text in (mail.body, mail.alternatives[0][0]):
            assert "Olivia" in text and "Too dear?" in text and "市场" in text
            assert "投资人" in text and f"{asked.due.day}日" in text.replace(" ", "")
        assert ("团队" in mail.body.split("--")[0]) == (notice.kind == "review_requested")


def test_who_reviewed_before_reads_which_round_it_is(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User
) -> None:
    finish(ask(mentors=[cast["mentor"]]).reviews.get())
    edit(plan, "market.segment", cast["owner"], name="Three shops")
    asked = ask()
    mails = {
        notice.recipient: composing.single(notice).body
        for notice in Notice.objects.filter(kind="review_requested").order_by("pk")
    }
    assert "2: what changed since your last review" in mails[cast["mentor"]]
    assert "Round" not in mails[second]
    assert asked.version.number == 2
