"""Giving a plan the content of a document, and saving many rows at once. For features that bring a
version back or take a file in, inside their transaction and holding the plan.

As with a single save, the revision of a changed record grows and the activity keeps old and new
values, from which the page of a conflict rebuilds what somebody else was editing. A removed row
leaves its text in a ``DeletedRow``. The number of queries does not depend on the number of rows,
but for batches.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.plans.contents import Contents
from apps.plans.document import dump_record, to_json
from apps.plans.models import Activity, DeletedRow, Plan, Record, RowRecord, Verb
from apps.plans.sections import Part, Section, registry
from apps.plans.services import Changes, difference, refresh_progress

BATCH = 50


@dataclass(frozen=True)
class Replaced:
    """What a replacement changed: settings {name: [old, new]}, and sections by name."""

    settings: Changes
    sections: list[str]

    def __bool__(self) -> bool:
        return bool(self.settings or self.sections)


def replace_content(
    *, plan: Plan, now: Contents, wanted: Contents, by: Any, within: Activity | None = None
) -> Replaced:
    """Give the plan, which reads as ``now``, the settings of ``wanted`` and the content of the
    sections that ``now`` shows; ``wanted`` names all of them. The edits are logged as parts of
    ``within``, if of any; the settings by the caller."""
    settings = _replace_settings(plan=plan, wanted=wanted.plan)
    sections = [
        content.section.name
        for content in now.sections()
        if _replace_section(
            plan=plan, section=content.section, now=now, wanted=wanted, by=by, within=within
        )
    ]
    if settings or sections:
        Plan.objects.filter(pk=plan.pk).update(updated_at=timezone.now(), updated_by=by)
        refresh_progress(plan=plan, sections=registry, by=by, edited=sections)
    return Replaced(settings, sections)


def _replace_settings(*, plan: Plan, wanted: Plan) -> Changes:
    old, new = (
        {name: to_json(getattr(one, name)) for name in Plan.CONTENT} for one in (plan, wanted)
    )
    changes = difference(old, new)
    for name in changes:
        setattr(plan, name, getattr(wanted, name))
    if changes:
        plan.save(update_fields=list(changes))
    return changes


def _replace_section(
    *,
    plan: Plan,
    section: Section,
    now: Contents,
    wanted: Contents,
    by: Any,
    within: Activity | None,
) -> bool:
    """Whether anything of the section was changed."""
    changed = False
    for part in section.parts:
        path = f"{section.name}.{part.name}"
        writer = PartWriter(plan=plan, section=section, part=part, by=by, within=within)
        old, new = _records(part, now.part(path)), _records(part, wanted.part(path))
        written, before, added, order = [], [], [], []
        for uid, record in new.items():
            held = old.get(uid)
            if held is None or held.pk is None:
                if part.is_table or dump_record(part, record) != dump_record(part, held):
                    added.append(record)
                order.append(record)
                continue
            was = dump_record(part, held)
            if was != dump_record(part, record):
                for name in (*part.fields, "evidence"):
                    setattr(held, name, getattr(record, name))
                held.contents = wanted  # so that it is called as it will be
                written.append(held)
                before.append(was)
            order.append(held)
        removed = [row for uid, row in old.items() if uid not in new]
        moved = part.is_table and list(old) != list(new)
        writer.remove(removed)
        writer.change(written, before)
        writer.add(added)
        if moved:
            writer.arrange(order)
        changed = changed or bool(removed or written or added or moved)
    return changed


def _records(part: Part, value: Any) -> dict[str, Any]:
    return {record.uid: record for record in (value if part.is_table else [value])}


class PartWriter:
    """Writes to one part of one plan as one person, as parts of the activity ``within``."""

    def __init__(
        self, *, plan: Plan, section: Section, part: Part, by: Any, within: Activity | None
    ) -> None:
        self.plan, self.section, self.part, self.by = plan, section, part, by
        self.within = within
        self.at = timezone.now()
        self.objects = part.model._default_manager

    def change(self, records: list[Record], before: list[dict[str, Any]]) -> None:
        """Save records that hold new values; ``before`` is what each held, in document form."""
        for record in records:
            record.revision += 1
            record.updated_at, record.updated_by = self.at, self.by
        names = [*self.part.fields, "evidence", "revision", "updated_at", "updated_by"]
        self.objects.bulk_update(records, names, batch_size=BATCH)
        self.log(Verb.EDITED, records, before)

    def add(self, records: list[Record]) -> None:
        """Save new records. One whose uid was deleted here goes on from there."""
        gone = self.deleted(record.uid for record in records)
        for record in records:
            record.plan = self.plan
            record.revision = gone[record.uid].revision + 1 if record.uid in gone else 1
            record.updated_at, record.updated_by = self.at, self.by
        self.objects.bulk_create(records, batch_size=BATCH)
        DeletedRow.objects.filter(pk__in=[row.pk for row in gone.values()]).delete()
        blank = dump_record(self.part, self.part.model(plan=self.plan))
        self.log(Verb.ADDED if self.part.is_table else Verb.EDITED, records, [blank] * len(records))

    def remove(self, rows: list[RowRecord]) -> None:
        kept = [
            DeletedRow(
                plan=self.plan, section=self.section.name, part=self.part.name, row=row.uid,
                position=row.position, revision=row.revision, label=str(row)[:200],
                document={"uid": row.uid, **dump_record(self.part, row)},
                deleted_at=self.at, deleted_by=self.by,
            )
            for row in rows
        ]  # fmt: skip
        DeletedRow.objects.bulk_create(
            kept,
            update_conflicts=True,
            unique_fields=["plan", "section", "part", "row"],
            update_fields=[
                "position", "revision", "label", "document", "deleted_at", "deleted_by",
            ],
        )  # fmt: skip
        self.log(Verb.DELETED, rows, [dump_record(self.part, row) for row in rows])
        self.objects.filter(pk__in=[row.pk for row in rows]).delete()

    def arrange(self, rows: list[RowRecord]) -> None:
        """Give stored rows the places they have in the list."""
        moved = [row for place, row in enumerate(rows) if row.position != place]
        for place, row in enumerate(rows):
            row.position = place
        self.objects.bulk_update(moved, ["position"], batch_size=BATCH)

    def deleted(self, uids: Iterable[str]) -> dict[str, DeletedRow]:
        found = DeletedRow.objects.filter(
            plan=self.plan, section=self.section.name, part=self.part.name, row__in=list(uids)
        )
        return {row.row: row for row in found}

    def log(self, verb: str, records: Collection[Record], before: Iterable[dict[str, Any]]) -> None:
        Activity.objects.bulk_create(
            Activity(
                plan=self.plan, at=self.at, by=self.by, verb=verb, section=self.section.name,
                part=self.part.name, row=record.uid, label=str(record)[:200], within=self.within,
                revision=None if verb == Verb.DELETED else record.revision,
                changes={} if verb == Verb.DELETED
                else difference(held, dump_record(self.part, record)),
            )
            for record, held in zip(records, before, strict=True)
        )  # fmt: skip
