"""What a thread's place held when it began and what it holds now, where the two differ. Used by
cards.py and outline.py. No query beyond the contents' own, one a part."""

from dataclasses import dataclass

from apps.comments import places
from apps.comments.models import Thread
from apps.plans.contents import Contents
from apps.plans.display import show_stored
from apps.plans.document import dump_record
from apps.plans.models import Record
from apps.plans.sections import Part

MOST = 6  # fields shown of a row that changed; the rest is counted


@dataclass(frozen=True)
class Change:
    """A field that reads otherwise by now, both texts as people read them."""

    label: str
    then: str
    now: str


@dataclass(frozen=True)
class Since:
    """``gone``: the row is no longer in the plan. ``more``: changed fields beyond those shown."""

    changes: tuple[Change, ...] = ()
    more: int = 0
    gone: bool = False


def since(thread: Thread, contents: Contents) -> Since:
    """Of a thread on the plan, a section or a table nothing is kept to compare."""
    part = places.part_of(thread.place)
    if part is None or (part.is_table and not thread.row):
        return Since()
    record = places.record_at(contents, thread.place, part)
    return compared(thread, part, record) if record is not None else Since(gone=True)


def compared(thread: Thread, part: Part, record: Record) -> Since:
    """The thread's excerpt beside the record, which may be the last text of a deleted row."""
    now = dump_record(part, record)
    then = {thread.field: thread.excerpt} if thread.field else thread.excerpt or {}
    found = [
        Change(
            str(part.label(name)),
            show_stored(part, record, name, then[name]),
            show_stored(part, record, name, now[name]),
        )
        for name in part.fields
        if name in then and then[name] != now[name]
    ]
    differ = [one for one in found if one.then != one.now]
    return Since(tuple(differ[:MOST]), len(differ[MOST:]))
