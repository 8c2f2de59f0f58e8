"""What guests write. A link's guests see the threads begun by that link and no others; everybody on
the plan who reads comments reads them too."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.comments.models import Thread
from apps.comments.services import reply, start_thread
from apps.comments.threads import in_full
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.sections import Section
from apps.sharing.models import ShareLink
from apps.sharing.visits import Visit

Choices = list[tuple[str, Any]]  # as a form takes them, also in groups


def threads_at(link: ShareLink, section: Section | None) -> QuerySet[Thread]:
    """The link's threads on the section, or on the plan as a whole."""
    name = section.name if section else ""
    return in_full(link.threads.filter(section=name).order_by("created_at", "pk"))


def places(contents: Contents, section: Section | None) -> Choices:
    """What can be commented on here: the whole, each part, each row."""
    if section is None:
        return [("", _("The whole plan"))]
    return [("", _("The whole section")), *_parts(contents, section)]


def _parts(contents: Contents, section: Section) -> Iterator[tuple[str, Any]]:
    content = contents.section(section.name)
    for part in section.parts:
        rows = content[part.name] if part.is_table else []
        named = [(f"{part.name}.{row.uid}", str(row)[:80]) for row in rows]
        if named:
            everything = (part.name, _("%(part)s as a whole") % {"part": part.title})
            yield str(part.title), [everything, *named]
        else:
            yield part.name, str(part.title)


def place_of(section: Section | None, chosen: str) -> Place:
    """The place that a choice of ``places`` stands for."""
    part, _dot, row = chosen.partition(".")
    return Place(section.name if section else "", part, row)


def comment_uid(visit: Visit, form_uid: str) -> str:
    """The same form of the same visit makes the same comment, and nobody else's."""
    return hashlib.sha256(f"{visit.key}:{form_uid}".encode()).hexdigest()[:12] if form_uid else ""


@transaction.atomic
def begin_thread(
    *, link: ShareLink, visit: Visit, place: Place, name: str, text: str, uid: str
) -> Thread:
    thread = start_thread(
        plan=link.plan, place=place, text=text, guest_name=name, version=link.version,
        uid=comment_uid(visit, uid),
    )  # fmt: skip
    link.threads.add(thread)
    return thread


def answer(*, thread: Thread, visit: Visit, name: str, text: str, uid: str) -> None:
    reply(thread=thread, text=text, guest_name=name, uid=comment_uid(visit, uid))
