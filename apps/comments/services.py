"""Every write of a comment, atomic and keyword-only. Used by this app's views, by reviews (a
mentor's remarks on a version) and by sharing (``by=None`` with a ``guest_name``).

Who may do it is the caller's question (plans.access); that the place exists is this module's.
``mail=False`` tells people in the product only: a review in progress sends one mail at its end.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.comments import places, telling
from apps.comments.mentions import mentioned
from apps.comments.models import Comment, CommentEdit, Reading, Thread, Visibility
from apps.comments.threads import people, readers
from apps.plans.checks import Place
from apps.plans.fields import new_uid
from apps.plans.models import Plan, Verb
from apps.plans.services import hold, log
from apps.versions.models import Version


@transaction.atomic
def start_thread(
    *,
    plan: Plan,
    place: Place,
    text: str,
    by: Any = None,
    guest_name: str = "",
    visibility: str = Visibility.EVERYONE,
    version: Version | None = None,
    notify: Iterable[Any] = (),
    uid: str = "",
    mail: bool = True,
) -> Thread:
    """A thread with its first comment. Raises ``places.NoSuchPlace``.

    ``uid`` names the first comment: a form posted twice starts one thread. ``notify`` are people
    to tell beside those whom the text mentions; who may not read the thread is left out.
    """
    hold(plan)
    if posted := _posted(plan, uid, by):
        return posted.thread
    found = places.look_up(plan, place, version)
    thread = Thread.objects.create(
        plan=plan, section=place.section, part=place.part, row=place.row, field=place.field,
        label=found.label, excerpt=found.excerpt, version=version, visibility=visibility,
        created_by=by,
    )  # fmt: skip
    _add(thread, text=text, by=by, guest_name=guest_name, notify=notify, uid=uid, mail=mail)
    _log(thread, Verb.COMMENTED, by, guest_name)
    return thread


@transaction.atomic
def reply(
    *,
    thread: Thread,
    text: str,
    by: Any = None,
    guest_name: str = "",
    notify: Iterable[Any] = (),
    uid: str = "",
    mail: bool = True,
) -> Comment:
    """Answer in a thread. An answer to a resolved thread opens it again."""
    hold(thread.plan)
    if posted := _posted(thread.plan, uid, by):
        return posted
    was_resolved = _open_again(thread)
    comment = _add(
        thread, text=text, by=by, guest_name=guest_name, notify=notify, uid=uid, mail=mail
    )
    _log(thread, Verb.REPLIED, by, guest_name)
    if was_resolved:
        _log(thread, Verb.OPENED_AGAIN, by, guest_name)
    return comment


@transaction.atomic
def edit(*, comment: Comment, text: str, mail: bool = True) -> None:
    """Change a comment; what it said before is kept. Only people newly mentioned are told."""
    if text == comment.text:
        return
    CommentEdit.objects.create(comment=comment, text=comment.text)
    comment.text, comment.edited_at = text, timezone.now()
    comment.save(update_fields=["text", "edited_at"])
    thread, by = comment.thread, comment.author
    called = mentioned(text, readers(people(thread.plan), thread.section, thread.visibility))
    comment.mentions.add(*called)
    _log(thread, Verb.REWORDED, by)
    telling.mention(comment=comment, to=called, by=by, mail=mail)


@transaction.atomic
def resolve(*, thread: Thread, by: Any) -> None:
    """Done once, however many ask for it at the same moment."""
    now = timezone.now()
    open_thread = Thread.objects.filter(pk=thread.pk, resolved_at=None)
    if open_thread.update(resolved_at=now, resolved_by=by, updated_at=now):
        _log(thread, Verb.RESOLVED, by)
        telling.resolved(thread=thread, by=by, at=now)


@transaction.atomic
def reopen(*, thread: Thread, by: Any) -> None:
    if _open_again(thread):
        _log(thread, Verb.OPENED_AGAIN, by)


@transaction.atomic
def assign(*, thread: Thread, assignee: Any, by: Any) -> None:
    """Give the thread to somebody who reads it (see threads.assignable), or to nobody."""
    now = timezone.now()
    others = Thread.objects.filter(pk=thread.pk).exclude(assignee=assignee)
    if not others.update(assignee=assignee, updated_at=now):
        return
    _log(thread, Verb.ASSIGNED, by, people=[str(assignee)] if assignee else [])
    if assignee is not None:
        telling.assigned(thread=thread, assignee=assignee, by=by, at=now)


@transaction.atomic
def mark_read(*, user: Any, threads: Iterable[Thread], at: datetime | None = None) -> None:
    """The person has read the threads as they were at that moment; two queries at most."""
    at = at or timezone.now()
    Reading.objects.bulk_create(
        [Reading(user=user, thread=thread, read_at=at) for thread in threads],
        update_conflicts=True,
        unique_fields=["user", "thread"],
        update_fields=["read_at"],
    )


def _posted(plan: Plan, uid: str, by: Any) -> Comment | None:
    """The comment that the same form made before."""
    if not uid:
        return None
    mine = Comment.objects.filter(uid=uid, thread__plan=plan, author=by)
    return mine.select_related("thread").first()


def _open_again(thread: Thread) -> bool:
    """Whether it was resolved."""
    closed = Thread.objects.filter(pk=thread.pk).exclude(resolved_at=None)
    return bool(closed.update(resolved_at=None, resolved_by=None, updated_at=timezone.now()))


def _add(
    thread: Thread,
    *,
    text: str,
    by: Any,
    guest_name: str,
    notify: Iterable[Any],
    uid: str,
    mail: bool,
) -> Comment:
    if not uid or Comment.objects.filter(uid=uid).exists():
        uid = new_uid()
    comment = Comment.objects.create(
        uid=uid, thread=thread, author=by, guest_name=guest_name, text=text
    )
    Thread.objects.filter(pk=thread.pk).update(updated_at=comment.created_at)
    thread.refresh_from_db(fields=["resolved_at", "resolved_by", "updated_at"])
    everybody = people(thread.plan)
    may_read = readers(everybody, thread.section, thread.visibility)
    called = {person.pk: person for person in mentioned(text, may_read)}
    chosen = {person.pk for person in notify}
    called |= {person.pk: person for person in may_read if person.pk in chosen}
    comment.mentions.set(called.values())
    telling.mention(comment=comment, to=called.values(), by=by, mail=mail)
    telling.added(comment=comment, everybody=everybody, by=by, mail=mail)
    if by is not None:
        mark_read(user=by, threads=[thread], at=comment.created_at)
    return comment


def _log(thread: Thread, verb: str, by: Any, guest_name: str = "", **facts: Any) -> None:
    """Into the plan's activity; what founders keep to themselves is marked so, for mentors read
    that, too (plans/activity_filter.py)."""
    facts["field"] = thread.field
    if thread.visibility == Visibility.FOUNDERS:
        facts["founders_only"] = True
    log(
        plan=thread.plan, by=by, verb=verb, section=thread.section, part=thread.part,
        row=thread.row, label=thread.label, facts=facts,
        changes={"guest": guest_name} if guest_name else {},
    )  # fmt: skip
