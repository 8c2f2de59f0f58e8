"""Mail: one a notice or one a day, never twice, never lost to a server that is down."""

import re
import smtplib
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.notices import sending, services, tasks
from apps.notices.models import Mail, Notice
from apps.plans.models import Membership, Plan, Role
from tests.notices.conftest import NOON, Broken, subjects, tell

ASKED = {"kind": "review_requested"}


# --- At once --------------------------------------------------------------------------------------
def test_a_request_is_mailed_at_once_and_once(
    plan: Plan, cast: Any, at_once: Any, mailoutbox: Any
) -> None:
    (notice,) = at_once(plan, cast["mentor"], by=cast["owner"], text="Is the price <b>right</b>?",
                        **ASKED)  # fmt: skip
    (mail,) = mailoutbox
    assert mail.to == ["mei@example.com"]
    assert mail.subject == "Olivia asks you to review “Blank plan”"
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    link = f"https://plans.example/notices/{notice.uid}/"
    assert link in mail.body and f'href="{link}"' in html
    assert "Is the price <b>right</b>?" in mail.body
    assert "&lt;b&gt;right" in html
    tasks.send_notice(notice.pk)
    sending.sweep()
    assert len(mailoutbox) == 1


def test_the_mail_is_in_the_readers_language(
    plan: Plan, cast: Any, at_once: Any, mailoutbox: Any
) -> None:
    User.objects.filter(pk=cast["mentor"].pk).update(language="zh-hans")
    at_once(plan, cast["mentor"], by=cast["owner"], **ASKED)
    (mail,) = mailoutbox
    html = mail.alternatives[0][0]
    assert "Olivia" in mail.subject and "评审" in mail.subject
    assert '<html lang="zh-Hans">' in html
    for text in (mail.body, re.sub(r"<style>.*</style>|<[^>]+>", "", html, flags=re.DOTALL)):
        words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"https://\S+", "", text)))
        assert words == {"Olivia", "Blank", "plan"}


def test_one_review_with_twenty_comments_is_one_mail(
    plan: Plan, cast: Any, at_once: Any, mailoutbox: Any
) -> None:
    with time_machine.travel(NOON, tick=False):
        for _number in range(20):
            at_once(plan, cast["owner"], by=cast["mentor"], mail=False)
        at_once(plan, cast["owner"], by=cast["mentor"], kind="review_finished", outcome="approved")
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        sending.sweep()
    assert subjects(mailoutbox) == ["Mei finished the review of “Blank plan”: approved"]
    assert services.count_unread(cast["owner"]) == 21


def test_a_title_with_a_line_break_cannot_add_a_header(
    plan: Plan, cast: Any, at_once: Any, mailoutbox: Any
) -> None:
    Plan.objects.filter(pk=plan.pk).update(title="A\r\nBcc: all@example.com")
    plan.refresh_from_db()
    at_once(plan, cast["mentor"], by=cast["owner"], **ASKED)
    message = message_from_bytes(mailoutbox[0].message().as_bytes())
    assert message["Bcc"] is None and mailoutbox[0].bcc == []


def test_the_headers_say_what_it_is_and_how_to_end_it(
    plan: Plan, cast: Any, at_once: Any, mailoutbox: Any, client: Any
) -> None:
    (notice,) = at_once(plan, cast["mentor"], by=cast["owner"], **ASKED)
    message = mailoutbox[0].message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{notice.uid}@plans.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.fullmatch(r"<https://plans\.example(/\S+)>", message["List-Unsubscribe"]).group(1)
    assert stop in mailoutbox[0].body and stop in mailoutbox[0].alternatives[0][0]
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert services.preferences(cast["mentor"])["review_requested"] == Mail.NONE


@pytest.mark.parametrize("why", ["left", "hidden", "inactive", "demoted", "opted out"])
def test_who_may_not_read_it_any_more_gets_no_mail(
    why: str, plan: Plan, cast: Any, mailoutbox: Any
) -> None:
    mentor = cast["mentor"]
    (notice,) = tell(plan, mentor, founders_only=why == "demoted", **ASKED)
    if why == "left":
        Membership.objects.filter(user=mentor).delete()
    elif why == "hidden":
        plan.hidden_sections.create(section="market", role=Role.MENTOR)
    elif why == "inactive":
        User.objects.filter(pk=mentor.pk).update(is_active=False)
    elif why == "opted out":
        services.unsubscribe(user=mentor, scope="review_requested")
    tasks.send_notice(notice.pk)
    assert not mailoutbox


def test_a_broker_that_is_down_is_not_the_persons_trouble(
    plan: Plan, cast: Any, at_once: Any, mailoutbox: Any, clock: Any, monkeypatch: Any
) -> None:
    def refuse(*_args: Any) -> None:
        raise OSError("no route to the broker")

    with monkeypatch.context() as broken:
        broken.setattr(tasks.send_notice, "delay", refuse)
        at_once(plan, cast["mentor"], by=cast["owner"], **ASKED)
    assert not mailoutbox
    sending.sweep()
    assert not mailoutbox  # the call may still be on its way
    clock.shift(sending.LOST)
    sending.sweep()
    assert len(mailoutbox) == 1


def test_an_event_that_is_rolled_back_is_told_to_nobody(
    plan: Plan, cast: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        tell(plan, cast["mentor"], **ASKED)
        transaction.set_rollback(True)
    assert not callbacks and not mailoutbox and not Notice.objects.exists()


# --- When sending fails ---------------------------------------------------------------------------
TRANSIENT = [
    ConnectionRefusedError("no mail server"),
    TimeoutError("slow"),
    smtplib.SMTPServerDisconnected("gone"),
    smtplib.SMTPRecipientsRefused({"mei@example.com": (450, b"greylisted")}),
    smtplib.SMTPDataError(451, b"try again"),
    smtplib.SMTPAuthenticationError(535, b"the operator's password"),
]
FINAL = [
    smtplib.SMTPRecipientsRefused({"mei@example.com": (550, b"no such mailbox")}),
    smtplib.SMTPDataError(554, b"looks like spam"),
]


@pytest.mark.parametrize("error", TRANSIENT, ids=repr)
def test_what_may_pass_is_tried_again_and_then_sent_once(
    error: Exception, plan: Plan, cast: Any, broken: Any, mailoutbox: Any, clock: Any
) -> None:
    Broken.error = error
    (notice,) = tell(plan, cast["mentor"], **ASKED)
    tasks.send_notice(notice.pk)
    notice.refresh_from_db()
    assert notice.mailed_at is None
    broken.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sending.sweep()
    assert not mailoutbox  # not at once
    clock.shift(timedelta(minutes=2))
    sending.sweep()
    clock.shift(timedelta(minutes=30))
    sending.sweep()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("error", FINAL, ids=repr)
def test_what_is_refused_for_good_is_not_repeated(
    error: Exception, plan: Plan, cast: Any, broken: Any, clock: Any
) -> None:
    Broken.error = error
    (notice,) = tell(plan, cast["mentor"], **ASKED)
    tasks.send_notice(notice.pk)
    clock.shift(timedelta(hours=1))
    sending.sweep()
    assert Broken.tried == 1


def test_a_server_that_stays_down_is_asked_less_and_less_and_then_not_at_all(
    plan: Plan, cast: Any, broken: Any, clock: Any
) -> None:
    tell(plan, cast["mentor"], **ASKED)
    for _minute in range(60):
        clock.shift(timedelta(minutes=1))
        sending.sweep()
    in_the_first_hour = Broken.tried
    assert 5 <= in_the_first_hour <= 15
    clock.shift(sending.GIVE_UP)
    sending.sweep()
    assert Broken.tried == in_the_first_hour


def test_a_mistake_of_ours_loses_no_mail(
    plan: Plan, cast: Any, mailoutbox: Any, clock: Any, monkeypatch: Any
) -> None:
    (notice,) = tell(plan, cast["mentor"], **ASKED)
    with monkeypatch.context() as wrong, pytest.raises(KeyError):
        wrong.setattr(sending.composing, "single", lambda notice: {}["no such"])
        tasks.send_notice(notice.pk)
    clock.shift(timedelta(minutes=5))
    sending.sweep()
    assert len(mailoutbox) == 1
