"""Telling people of an event, and what they say about it. Features call ``notify`` inside the
transaction of what happened; the rest is this app's own."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.notices.kinds import KINDS
from apps.notices.models import Mail, Notice, Preference
from apps.notices.visibility import visible
from apps.plans.models import Plan

logger = logging.getLogger(__name__)

DIGEST = "digest"  # what one can unsubscribe from beside a kind: everything in the daily mail


# --- Telling --------------------------------------------------------------------------------------
@transaction.atomic
def notify(
    *,
    kind: str,
    plan: Plan,
    to: Iterable[User],
    key: str,
    url: str,
    by: User | None = None,
    by_name: str = "",
    section: str = "",
    founders_only: bool = False,
    mail: bool = True,
    **params: Any,
) -> list[Notice]:
    """Tell each of ``to`` but ``by`` of the event ``key``, once; mails go out after the commit.
    Returns the notices of who had not been told before.

    ``mail=False``: in the product only (a comment whose review's one mail tells of it).
    ``params`` fill the kind's sentence; ``text`` among them is quoted in the mail. They are kept as
    they are: a word of a fixed set goes in as its key, a place in names; see sentences.py.
    """
    people = {person.pk: person for person in to if by is None or person.pk != by.pk}
    default = KINDS[kind].mail if mail else Mail.NONE
    chosen = dict(Preference.objects.filter(user__in=people, kind=kind).values_list("user", "mail"))
    new = [
        Notice(
            recipient=person, plan=plan, kind=kind, by=by, by_name=by_name or str(by or ""),
            section=section, founders_only=founders_only, params=params, url=url, key=key,
            mail=chosen.get(person.pk, default) if mail else Mail.NONE,
        )
        for person in people.values()
    ]  # fmt: skip
    # Told before, or by another process just now: the database keeps one a person and key.
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    told = list(Notice.objects.filter(uid__in=[notice.uid for notice in new]))
    urgent = [notice.pk for notice in told if notice.mail == Mail.NOW]
    if urgent:
        transaction.on_commit(lambda: wake_for(urgent))
    return told


def no_mail(*, keys: Iterable[str], to: Iterable[User]) -> None:
    """Another mail tells these people of the events; they stand in the product."""
    waiting = Notice.objects.filter(recipient__in=to, key__in=keys, mailed_at=None)
    waiting.update(mail=Mail.NONE)


def mail_after_all(*, keys: Iterable[str], to: Iterable[User]) -> None:
    """That other mail does not come: the events go into the digest of who wants mail of them."""
    unwanted = Preference.objects.filter(
        user=OuterRef("recipient"), kind=OuterRef("kind"), mail=Mail.NONE
    )
    silent = Notice.objects.filter(
        ~Exists(unwanted), recipient__in=to, key__in=keys, mailed_at=None, mail=Mail.NONE
    )
    silent.update(mail=Mail.DIGEST)


def wake_for(notices: Iterable[int]) -> None:
    from apps.notices.tasks import send_notice  # tasks need this module

    wake(send_notice.delay, notices)


def wake(delay: Callable[[int], Any], keys: Iterable[int]) -> None:
    """Tell a worker of each. A broker that refuses is no concern of the person whose click this
    was: the sweep finds what is not mailed."""
    try:
        for key in keys:
            delay(key)
    except Exception as error:  # whatever kombu, redis or the socket raise
        logger.warning("The broker refused a wake-up for mail: %s", error)


# --- Reading --------------------------------------------------------------------------------------
def inbox(user: User) -> QuerySet[Notice]:
    """What the person may see of what they were told, newest first."""
    mine = visible(Notice.objects.filter(recipient=user))
    return mine.select_related("plan").order_by("-created_at", "-pk")


def count_unread(user: User) -> int:
    return visible(Notice.objects.filter(recipient=user, read_at=None)).count()


def mark_read(*, user: User, upto: Notice | None = None, only: Notice | None = None) -> int:
    """``only`` this one, or all that were there when ``upto`` was the newest; how many were new."""
    unread = Notice.objects.filter(recipient=user, read_at=None)
    if only is not None:
        unread = unread.filter(pk=only.pk)
    if upto is not None:
        unread = unread.filter(created_at__lte=upto.created_at)
    return unread.update(read_at=timezone.now())


# --- Which mail one wants -------------------------------------------------------------------------
def preferences(user: User) -> dict[str, str]:
    """{kind: mail} for every kind."""
    chosen = dict(user.notice_preferences.values_list("kind", "mail"))
    return {name: chosen.get(name, kind.mail) for name, kind in KINDS.items()}


@transaction.atomic
def choose_mail(*, user: User, chosen: Mapping[str, str]) -> None:
    """Keep what differs from the defaults. What waits to be mailed follows, but does not suddenly
    leave one by one."""
    before = preferences(user)
    for name, mail in chosen.items():
        if mail == before[name]:
            continue
        if mail == KINDS[name].mail:
            user.notice_preferences.filter(kind=name).delete()
        else:
            Preference.objects.update_or_create(user=user, kind=name, defaults={"mail": mail})
        if mail != Mail.NOW:
            waiting = Notice.objects.filter(recipient=user, kind=name, mailed_at=None)
            waiting.exclude(mail=Mail.NONE).update(mail=mail)


def unsubscribe(*, user: User, scope: str) -> None:
    """No more mail of one kind, or none of what comes in the daily digest."""
    wanted = preferences(user)
    stopped = (
        [scope] if scope in KINDS else [k for k, mail in wanted.items() if mail == Mail.DIGEST]
    )
    choose_mail(user=user, chosen=dict.fromkeys(stopped, Mail.NONE))
