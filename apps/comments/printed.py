"""The threads of a plan as plain JSON, for the annex of a printed plan (``freeze``).

What the person who asked may read when the file is made, of the sections that it prints; in the
language of the document, so that printing makes no query. Used by exports.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.text import capfirst

from apps.comments import places
from apps.comments.models import Comment, Thread, Visibility
from apps.comments.since import since
from apps.comments.threads import in_full, visible
from apps.core import money
from apps.plans.access import Access
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.sections import registry
from apps.versions.models import Version

MOST = 300  # threads of one annex: the open ones first, then the newest; the rest is counted


def freeze(
    *, access: Access, visibility: Visibility, version: Version, sections: Iterable[str],
    language: str,
) -> dict[str, Any]:  # fmt: skip
    """{"groups": [{"title", "threads"}], "more"}: of the whole plan, then section by section in the
    order of what each thread is about. Four queries for any number of threads."""
    printed = set(sections)
    found = visible(access).filter(visibility=visibility, section__in=["", *printed])
    threads = sorted(
        in_full(found).order_by("-updated_at", "-pk"), key=lambda thread: thread.resolved
    )
    contents = restore(version.document, hidden=access.hidden)
    with translation.override(language):
        groups = [
            {"title": title, "threads": [told(one, contents) for one in ordered(mine, contents)]}
            for name, title in [
                ("", capfirst(places.words(Place("")))),
                *((section.name, str(section.title)) for section in registry),
            ]
            if (mine := [one for one in threads[:MOST] if one.section == name])
        ]
    return {"groups": groups, "more": len(threads[MOST:])}


def ordered(threads: list[Thread], contents: Contents) -> list[Thread]:
    """As what they are about stands in the section; what is gone from there comes last."""

    def position(thread: Thread) -> tuple[int, int, int]:
        part = places.part_of(thread.place)
        if part is None:
            return (len(registry[thread.section].parts) if thread.part else -1, 0, 0)
        rows = contents.part(f"{thread.section}.{part.name}") if part.is_table else []
        return (
            registry[thread.section].parts.index(part),
            index(thread.row, [row.uid for row in rows]) if thread.row else -1,
            index(thread.field, part.fields) if thread.field else -1,
        )

    threads = sorted(threads, key=lambda thread: thread.created_at)
    return sorted(threads, key=position)


def index(name: str, names: Sequence[str]) -> int:
    return names.index(name) if name in names else len(names)


def told(thread: Thread, contents: Contents) -> dict[str, Any]:
    """``then``: what the place read when the thread began, where it reads otherwise now."""
    differs = since(thread, contents)
    return {
        "place": capfirst(places.words(thread.place, thread.label)),
        "resolved": thread.resolved,
        "resolved_by": str(thread.resolved_by or ""),
        "resolved_on": money.day(thread.resolved_at),
        "assignee": "" if thread.resolved else str(thread.assignee or ""),
        "version": thread.version and thread.version.number,
        "gone": differs.gone,
        "then": [[capfirst(one.label), one.then] for one in differs.changes],
        "comments": [told_comment(one) for one in thread.comments.all()],
    }


def told_comment(comment: Comment) -> dict[str, str]:
    return {
        "by": comment.writer,
        "on": money.day(comment.created_at),
        "changed_on": money.day(comment.edited_at) if comment.edited_at else "",
        "text": comment.text,
    }
