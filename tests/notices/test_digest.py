"""The daily digest: one mail a person and day, whatever happened, of what they may see."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.notices import sending, tasks
from apps.plans.models import Membership, Plan, Role
from tests.notices.conftest import NOON, Broken, subjects, tell


def test_a_day_with_thirty_events_is_one_digest_grouped_by_plan(
    plan: Plan, sample_plan: Plan, cast: Any, at_once: Any, mailoutbox: Any
) -> None:
    start = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        for number in range(30):
            at_once(plan if number % 3 else sample_plan, cast["owner"], by=cast["mentor"])
            clock.shift(timedelta(minutes=20))
            sending.sweep()
        assert not mailoutbox  # the day's hour has passed
        clock.move_to(start + timedelta(hours=23))  # 08:00 of the next day
        for _sweep in range(5):
            sending.sweep()
            clock.shift(timedelta(minutes=1))
    (mail,) = mailoutbox
    assert mail.to == ["olivia@example.com"]
    assert mail.subject == "30 things are new on 2 plans"
    assert mail.body.count("/notices/") >= 30
    for text in (mail.body, mail.alternatives[0][0]):
        assert text.count("Mei commented on Market in “Blank plan”") == 20
        assert text.count(f"Mei commented on Market in “{sample_plan.title}”") == 10


def test_a_digest_of_one_plan_names_it_in_the_subject(
    plan: Plan, cast: Any, mailoutbox: Any
) -> None:
    tell(plan, cast["owner"], by=cast["mentor"])
    tasks.send_digest(cast["owner"].pk)
    assert subjects(mailoutbox) == ["1 thing is new in “Blank plan”"]


def test_a_long_digest_is_cut_and_leads_to_the_rest(plan: Plan, cast: Any, mailoutbox: Any) -> None:
    for _number in range(25):
        tell(plan, cast["owner"], by=cast["mentor"])
    tasks.send_digest(cast["owner"].pk)
    (mail,) = mailoutbox
    assert mail.body.count("Mei commented") == 20
    assert "5 earlier" in mail.body and "https://plans.example/notices/\n" in mail.body


def test_two_workers_send_one_digest(plan: Plan, cast: Any, mailoutbox: Any) -> None:
    owner = cast["owner"]
    tell(plan, owner)
    tasks.send_digest(owner.pk)
    tell(plan, owner)  # told between the two
    tasks.send_digest(owner.pk)
    assert len(mailoutbox) == 1


def test_every_day_has_its_digest_and_a_quiet_day_none(
    plan: Plan, cast: Any, mailoutbox: Any, clock: Any
) -> None:
    for events in (1, 2, 0, 3):
        for _number in range(events):
            tell(plan, cast["owner"])
        clock.shift(timedelta(days=1))
        sending.sweep()
    assert [mail.subject.split()[0] for mail in mailoutbox] == ["1", "2", "3"]


def test_the_hour_is_the_sites_choice(
    plan: Plan, cast: Any, mailoutbox: Any, settings: Any
) -> None:
    settings.DIGEST_HOUR, settings.TIME_ZONE = 18, "Asia/Shanghai"
    with time_machine.travel(NOON - timedelta(hours=3), tick=False) as clock:  # 17:00 there
        tell(plan, cast["owner"])
        clock.shift(timedelta(minutes=59))
        sending.sweep()
        assert not mailoutbox
        clock.shift(timedelta(minutes=1))
        sending.sweep()
    assert len(mailoutbox) == 1


def test_a_digest_that_could_not_be_sent_comes_later_whole(
    plan: Plan, cast: Any, broken: Any, mailoutbox: Any, clock: Any
) -> None:
    for _number in range(3):
        tell(plan, cast["owner"])
    clock.move_to(NOON.replace(hour=8) + timedelta(days=1))
    sending.sweep()
    assert Broken.tried == 1
    broken.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tell(plan, cast["owner"])
    clock.shift(timedelta(hours=13))
    for _sweep in range(3):
        sending.sweep()
    assert [mail.subject.split()[0] for mail in mailoutbox] == ["4"]


def test_what_the_reader_may_not_see_is_left_out_of_the_digest(
    plan: Plan, sample_plan: Plan, cast: Any, mailoutbox: Any
) -> None:
    mentor = cast["mentor"]
    tell(plan, mentor, section="market", place="Zebra")
    tell(plan, mentor, section="team", place="Team")
    tell(sample_plan, mentor, section="market", place="Zebra")
    plan.hidden_sections.create(section="market", role=Role.MENTOR)
    Membership.objects.filter(plan=sample_plan, user=mentor).delete()
    tasks.send_digest(mentor.pk)
    (mail,) = mailoutbox
    assert mail.subject == "1 thing is new in “Blank plan”"
    for text in (mail.body, mail.alternatives[0][0]):
        assert "Zebra" not in text and sample_plan.title not in text


def test_a_digest_of_nothing_visible_is_not_sent(plan: Plan, cast: Any, mailoutbox: Any) -> None:
    tell(plan, cast["mentor"])
    Membership.objects.filter(user=cast["mentor"]).delete()
    tasks.send_digest(cast["mentor"].pk)
    assert not mailoutbox


def test_a_digest_costs_the_same_queries_for_any_number_of_events(
    plan: Plan, cast: Any, clock: Any, mailoutbox: Any
) -> None:
    counts = []
    for events in (2, 40):
        for _number in range(events):
            tell(plan, cast["owner"])
        with CaptureQueriesContext(connection) as queries:
            tasks.send_digest(cast["owner"].pk)
        counts.append(len(queries))
        clock.shift(timedelta(days=1))
    assert counts[0] == counts[1] and len(mailoutbox) == 2


def test_the_time_of_the_digest(settings: Any) -> None:
    settings.DIGEST_HOUR = 8
    assert sending.digest_time(NOON) == NOON.replace(hour=8)
    early = NOON.replace(hour=7, minute=59)
    assert sending.digest_time(early) == NOON.replace(hour=8) - timedelta(days=1)
    assert sending.digest_time(NOON.replace(hour=8)) == NOON.replace(hour=8)
    assert timezone.is_aware(sending.digest_time(NOON))
