"""Every write over several models, atomic and keyword-only. For views, commands and features."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone, translation

from apps.plans.contents import Contents, load
from apps.plans.document import Document, dump_record, restore, restore_record
from apps.plans.models import (
    Activity,
    DeletedRow,
    Membership,
    Plan,
    Record,
    Role,
    RowRecord,
    SectionProgress,
    Verb,
)
from apps.plans.progress import section_progress
from apps.plans.room import ensure_room
from apps.plans.sections import Part, Section, registry

Changes = dict[str, list[Any]]


class Conflict(Exception):
    """Somebody saved the record after this edit began. ``current`` is None if it was deleted."""

    def __init__(self, current: Record | None) -> None:
        super().__init__("stale revision")
        self.current = current


# --- Plans ---------------------------------------------------------------------------------------
@transaction.atomic
def create_plan(*, by: Any, document: Document | None = None, **settings: Any) -> Plan:
    """A new plan of ``by``, filled from ``document`` (a sample or another plan's) if one is given.
    ``settings`` win over the document's own."""
    contents = restore(document) if document else None
    plan = contents.plan if contents else Plan()
    for name, value in settings.items():
        setattr(plan, name, value)
    plan.updated_by, plan.updated_at = by, timezone.now()
    plan.save()
    Membership.objects.create(plan=plan, user=by, role=Role.OWNER)
    if contents:
        write_contents(plan=plan, contents=contents, by=by)
    refresh_all_progress(plan=plan, by=by if document else None)
    log(plan=plan, by=by, verb=Verb.CREATED, label=plan.title)
    return plan


def write_contents(*, plan: Plan, contents: Contents, by: Any) -> None:
    """Save restored (unsaved) records as the content of a plan that has none."""
    now = timezone.now()
    for content in contents.sections():
        for part in content.section.parts:
            value = content[part.name]
            records = value if part.is_table else [value]
            for record in records:
                record.plan, record.revision = plan, 1
                record.updated_by, record.updated_at = by, now
            part.model._default_manager.bulk_create(records)


def hold(plan: Plan) -> None:
    """Wait for who else is writing to this plan; they wait for us until the transaction ends. Every
    write of content begins with it, so that no two wait for each other. SQLite lets in one."""
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def log(*, plan: Plan, by: Any, verb: str, **fields: Any) -> Activity:
    label = str(fields.pop("label", ""))[:200]
    return Activity.objects.create(plan=plan, by=by, verb=verb, label=label, **fields)


# --- Records -------------------------------------------------------------------------------------
def refresh_progress(
    *, plan: Plan, sections: Iterable[Section], by: Any = None, edited: Collection[str] = ()
) -> None:
    """Count the progress of the sections again from one reading of the plan, and write down what
    moved. ``edited`` names the sections that ``by`` edited."""
    contents = load(plan)
    stored = {row.section: row for row in SectionProgress.objects.filter(plan=plan)}
    for section in sections:
        with translation.override(plan.language):  # the rows' labels stay, whoever edits or reads
            progress = section_progress(contents.section(section.name))
        row = stored.get(section.name) or SectionProgress(plan=plan, section=section.name)
        before = (row.done, row.total, row.missing, row.updated_at)
        row.done, row.total = progress.done, progress.total
        row.missing = [[gap.part, gap.row, gap.field, gap.label] for gap in progress.missing]
        if section.name in edited:
            row.updated_at, row.updated_by = timezone.now(), by
        if row.pk is None or before != (row.done, row.total, row.missing, row.updated_at):
            write_progress(row)


def write_progress(row: SectionProgress) -> None:
    """The first row of a section may be written by two people at once: the later one stands."""
    values = ["done", "total", "missing", "updated_at", "updated_by"]
    if row.pk:
        row.save(update_fields=values)
    else:
        SectionProgress.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["plan", "section"], update_fields=values
        )


def refresh_all_progress(*, plan: Plan, by: Any = None) -> None:
    edited = [section.name for section in registry] if by is not None else []
    refresh_progress(plan=plan, sections=registry, by=by, edited=edited)


def touch(*, plan: Plan, section: Section, by: Any) -> None:
    """After an edit: the plan's and the section's "last changed", and the progress, also of the
    sections whose needs may depend on this one's rows."""
    Plan.objects.filter(pk=plan.pk).update(updated_at=timezone.now(), updated_by=by)
    sections = [section, *registry.dependents(section)]
    refresh_progress(plan=plan, sections=sections, by=by, edited=[section.name])


def save_record(
    *, section: Section, part: Part, record: Record, before: dict[str, Any], base: int, by: Any
) -> Record:
    """Save an edited or new record that was based on revision ``base`` (0: new).

    ``before`` is its document form when it was loaded. Raises ``Conflict`` and changes nothing if
    the record has another revision by now, ``FullTable`` likewise for a row too many. A new row
    whose uid is there already was posted twice and is returned as it is.
    """
    try:
        with transaction.atomic():
            return _write_record(
                section=section, part=part, record=record, before=before, base=base, by=by
            )
    except IntegrityError:
        current = find_record(plan=record.plan, part=part, row=record.uid)
        if current is None:
            raise
        if part.is_table and dump_record(part, current) == dump_record(part, record):
            return current
        raise Conflict(current) from None


def _write_record(
    *, section: Section, part: Part, record: Record, before: dict[str, Any], base: int, by: Any
) -> Record:
    objects, plan = part.model._default_manager, record.plan
    hold(plan)
    record.updated_at, record.updated_by = timezone.now(), by
    record.revision = base + 1
    verb = Verb.EDITED
    if record.pk is None:
        if isinstance(record, RowRecord):
            verb = Verb.ADDED
            ensure_room(objects.filter(plan=plan))
            last = objects.filter(plan=plan).aggregate(last=Max("position"))["last"]
            record.position = 0 if last is None else last + 1
        record.save(force_insert=True)
    else:
        values = {name: getattr(record, name) for name in part.fields}
        saved = objects.filter(pk=record.pk, revision=base).update(
            **values,
            evidence=record.evidence,
            revision=F("revision") + 1,
            updated_at=record.updated_at,
            updated_by=by,
        )
        if not saved:
            raise Conflict(find_record(plan=plan, part=part, row=record.uid))
    after = dump_record(part, record)
    log(
        plan=plan, by=by, verb=verb, section=section.name, part=part.name, row=record.uid,
        revision=record.revision, label=str(record), changes=difference(before, after),
    )  # fmt: skip
    touch(plan=plan, section=section, by=by)
    return record


def find_record(*, plan: Plan, part: Part, row: str) -> Record | None:
    """The record as it stands now, or None. ``row`` is empty for a sheet."""
    rows = part.model._default_manager.filter(plan=plan).select_related("updated_by")
    record = rows.filter(uid=row).first() if part.is_table else rows.first()
    if record is not None:
        record.plan = plan
    return record


def difference(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """{field: [old, new]} of what differs between two document records."""
    return {
        name: [before.get(name), after.get(name)]
        for name in {**before, **after}
        if name != "uid" and before.get(name) != after.get(name)
    }


@transaction.atomic
def delete_row(*, section: Section, part: Part, row: RowRecord, by: Any) -> DeletedRow:
    """Delete a row; what it said stays in a DeletedRow, from which ``undelete_row`` rebuilds it."""
    hold(row.plan)
    deleted, _created = DeletedRow.objects.update_or_create(
        plan=row.plan,
        section=section.name,
        part=part.name,
        row=row.uid,
        defaults={
            "position": row.position,
            "revision": row.revision,
            "document": {"uid": row.uid, **dump_record(part, row)},
            "label": str(row)[:200],
            "deleted_at": timezone.now(),
            "deleted_by": by,
        },
    )
    part.model._default_manager.filter(pk=row.pk).delete()
    log(
        plan=row.plan, by=by, verb=Verb.DELETED, section=section.name, part=part.name,
        row=row.uid, label=str(row),
    )  # fmt: skip
    touch(plan=row.plan, section=section, by=by)
    return deleted


@transaction.atomic
def undelete_row(*, deleted: DeletedRow, by: Any) -> None:
    """Bring a deleted row back: the same uid, the same place, the next revision. Done once only,
    however often it is asked for."""
    section, part = registry.part(f"{deleted.section}.{deleted.part}")
    objects, plan = part.model._default_manager, deleted.plan
    hold(plan)
    claimed, _models = DeletedRow.objects.filter(pk=deleted.pk).delete()
    if not claimed:
        return
    ensure_room(objects.filter(plan=plan))
    row = restore_record(part, plan, deleted.document)
    row.position, row.revision = deleted.position, deleted.revision + 1
    row.updated_at, row.updated_by = timezone.now(), by
    row.contents = load(plan)
    if objects.filter(plan=plan, position=row.position).exists():
        objects.filter(plan=plan, position__gte=row.position).update(position=F("position") + 1)
    row.save(force_insert=True)
    log(
        plan=plan, by=by, verb=Verb.RESTORED, section=section.name, part=part.name, row=row.uid,
        revision=row.revision, label=str(row),
    )  # fmt: skip
    touch(plan=plan, section=section, by=by)


@transaction.atomic
def move_row(*, section: Section, part: Part, row: RowRecord, to: int, by: Any) -> None:
    """Put the row at index ``to`` (0 first) of its table."""
    hold(row.plan)
    objects = part.model._default_manager
    rows = list(objects.filter(plan=row.plan).only("pk", "position"))
    order = [item.pk for item in rows if item.pk != row.pk]
    order.insert(max(0, min(to, len(order))), row.pk)
    position = {pk: index for index, pk in enumerate(order)}
    moved = [item for item in rows if item.position != position[item.pk]]
    for item in moved:
        item.position = position[item.pk]
    objects.bulk_update(moved, ["position"])
    if moved:
        log(
            plan=row.plan, by=by, verb=Verb.MOVED, section=section.name, part=part.name,
            row=row.uid, label=str(row),
        )  # fmt: skip
        Plan.objects.filter(pk=row.plan_id).update(updated_at=timezone.now(), updated_by=by)


@transaction.atomic
def add_starters(*, plan: Plan, section: Section, part: Part, by: Any) -> int:
    """Add the part's usual first rows to an empty table; how many were added."""
    objects = part.model._default_manager
    hold(plan)
    if part.starters is None or objects.filter(plan=plan).exists():
        return 0
    now = timezone.now()
    rows = [
        part.model(
            plan=plan, position=position, revision=1, updated_at=now, updated_by=by, **values
        )
        for position, values in enumerate(part.starters())
    ]
    objects.bulk_create(rows)
    for row in rows:
        log(
            plan=plan, by=by, verb=Verb.ADDED, section=section.name, part=part.name, row=row.uid,
            revision=1, label=str(row),
        )  # fmt: skip
    touch(plan=plan, section=section, by=by)
    return len(rows)


def count_references(
    *, plan: Plan, section: Section, part: Part, row: str, hidden: Collection[str] = ()
) -> int:
    """How many records of the sections not ``hidden`` refer to a row. One query for each part that
    may."""
    target = f"{section.name}.{part.name}"
    found = 0
    for other in registry:
        if other.name in hidden:
            continue
        for holder in other.parts:
            names = [
                name
                for name in holder.fields
                if getattr(holder.model_field(name), "target", "") == target
            ]
            if names:
                records = holder.model._default_manager.filter(plan=plan).values_list(*names)
                found += sum(any(row in (value or "") for value in values) for values in records)
    return found
