"""Who is told of what happens in a thread.

Only those who may read the thread. A person mentioned gets that one notice, and no second one of
the same comment (notices keep one notice a person and key).
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.urls import reverse

from apps.comments.models import Comment, Thread, Visibility
from apps.comments.threads import Person, people, readers
from apps.notices.services import notify


def comment_key(comment: Comment) -> str:
    """The event of its being written, as notices know it."""
    return f"comment:{comment.uid}"


def mention(*, comment: Comment, to: Iterable[Any], by: Any, mail: bool) -> None:
    _tell(
        comment.thread, "comment_mention", to, key=comment_key(comment), by=by,
        guest=comment.guest_name, mail=mail, text=comment.text,
    )  # fmt: skip


def added(*, comment: Comment, everybody: list[Person], by: Any, mail: bool) -> None:
    """Those who take part in the thread; of a new one and of what guests write, the founders."""
    thread = comment.thread
    involved = participants(thread)
    if comment.guest_name or not thread.comments.exclude(pk=comment.pk).exists():
        involved |= {one.user.pk for one in everybody if one.access.founder}
    may_read = readers(everybody, thread.section, thread.visibility)
    _tell(
        thread, "comment_added", [one for one in may_read if one.pk in involved],
        key=comment_key(comment), by=by, guest=comment.guest_name, mail=mail,
        text=comment.text,
    )  # fmt: skip


def assigned(*, thread: Thread, assignee: Any, by: Any, at: datetime) -> None:
    key = f"assigned:{thread.uid}:{at.isoformat()}"
    _tell(thread, "thread_assigned", [assignee], key=key, by=by)


def resolved(*, thread: Thread, by: Any, at: datetime) -> None:
    involved = participants(thread)
    may_read = readers(people(thread.plan), thread.section, thread.visibility)
    to = [one for one in may_read if one.pk in involved]
    _tell(thread, "thread_resolved", to, key=f"resolved:{thread.uid}:{at.isoformat()}", by=by)


def participants(thread: Thread) -> set[int | None]:
    """Who wrote, was mentioned, or is to answer."""
    wrote = thread.comments.values_list("author", flat=True)
    called = thread.comments.values_list("mentions", flat=True)
    return {*wrote, *called, thread.created_by_id, thread.assignee_id}


def _tell(
    thread: Thread, kind: str, to: Iterable[Any], *, key: str, guest: str = "", **told: Any
) -> None:
    """``guest`` is the name somebody without an account gave: it cannot pass for a member's. The
    place is kept in names, since each reader has it in their own language."""
    notify(
        kind=kind, plan=thread.plan, to=to, key=key, section=thread.section,
        founders_only=thread.visibility == Visibility.FOUNDERS,
        url=reverse("comments:thread", args=[thread.plan.uid, thread.uid]),
        place={**asdict(thread.place), "label": thread.label}, guest=guest, **told,
    )  # fmt: skip
