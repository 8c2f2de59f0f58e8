"""What a thread's place held when it began and what it holds now, where the two differ. Used by
cards.py and outline.py. No query beyond the contents' own, one a part."""

from dataclasses import dataclass, replace

from apps.comments import places
from apps.comments.models import Thread
from apps.plans.contents import Contents
from apps.plans.derived import figure_label, is_figure
from apps.plans.display import show, show_stored
from apps.plans.document import dump_record
from apps.plans.labels import in_this_language
from apps.plans.models import DeletedRow, Record
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
    """``gone``: the row is no longer in the plan; ``last`` is what it read at last, (name, text) of
    the field or of the filled fields. ``more``: fields beyond those shown."""

    changes: tuple[Change, ...] = ()
    more: int = 0
    gone: bool = False
    last: tuple[tuple[str, str], ...] = ()


def since(thread: Thread, contents: Contents) -> Since:
    """Of a thread on the plan, a section or a table nothing is kept to compare."""
    if is_figure(thread.place) and thread.field:
        label = figure_label(thread.section, thread.field, thread.label)
        return worked_out(thread, label, contents, places.figure_text_at(contents, thread.place))
    part = places.part_of(thread.place)
    if part is None or (part.is_table and not thread.row):
        return Since()
    record = places.record_at(contents, thread.place, part)
    return compared(thread, part, record) if record is not None else Since(gone=True)


def of_deleted(threads: list[Thread], contents: Contents) -> dict[int, Since]:
    """{pk of the thread: what its deleted row read at last}; one query for all of them."""
    if not threads:
        return {}
    kept = DeletedRow.objects.filter(
        plan=contents.plan, row__in={thread.row for thread in threads}
    ).exclude(section__in=contents.hidden)
    rows = {(row.section, row.part, row.row): row for row in kept}
    found = {}
    for thread in threads:
        part, row = places.part_of(thread.place), rows.get(places.row_key(thread.place))
        if part is not None and row is not None:
            record = places.deleted_record(row, part, contents)
            read = places.texts(record, part, thread.place)
            found[thread.pk] = replace(compared(thread, part, record), gone=True, last=tuple(read))
    return found


def worked_out(thread: Thread, label: str, contents: Contents, now: str) -> Since:
    """A derived value. What it was rests on the whole plan, so that only who sees all of it reads
    it: it might tell of a hidden section."""
    then = in_this_language(thread.excerpt or {})
    if not then or then == now or contents.hidden:
        return Since()
    return Since((Change(label, then, now),))


def compared(thread: Thread, part: Part, record: Record) -> Since:
    """The thread's excerpt beside the record, which may be the last text of a deleted row."""
    if thread.field in part.derived:
        label, now = str(part.label(thread.field)), show(record, thread.field)
        return worked_out(thread, label, record.contents, now)
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
