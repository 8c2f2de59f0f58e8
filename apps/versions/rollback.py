"""Giving a plan the content of a document. Used by services.restore_version, inside its
transaction.

Rows keep their uids; rows that go leave their text in a ``DeletedRow``. The revision of every
record grows, so that whoever is editing one meets the page with both texts; the activity keeps the
old and new values from which that page rebuilds what they started from.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from apps.plans.contents import Contents, load
from apps.plans.document import Document, dump, dump_record, restore
from apps.plans.models import Activity, DeletedRow, Plan, Record, RowRecord, Verb
from apps.plans.sections import Part, Section, registry
from apps.plans.services import difference
from apps.versions.diff import PartDiff, PlanDiff, diff
from apps.versions.models import Version


def roll_back(*, plan: Plan, target: Version, hidden: frozenset[str], by: Any) -> PlanDiff:
    """Make the plan read as ``target`` does, but for the sections in ``hidden`` and those that the
    version does not know. Returns what was changed."""
    now = load(Plan.objects.get(pk=plan.pk))
    left = hidden | ({section.name for section in registry} - set(target.document["sections"]))
    wanted = without(target.document, left)
    changes = diff(without(dump(now), left), wanted)
    then = restore(wanted)
    if changes.settings:
        values = {c.place.field: getattr(then.plan, c.place.field) for c in changes.settings}
        Plan.objects.filter(pk=plan.pk).update(**values)
    if changes:
        for content in then.sections():
            found = changes.sections.get(content.section.name)
            parts = {part.name: part for part in found.parts} if found else {}
            for part in content.section.parts:
                rollback = Rollback(plan, content.section, part, now, then, by, str(target))
                rollback.run(parts.get(part.name))
    return changes


def without(document: Document, names: Collection[str]) -> Document:
    sections = document["sections"].items()
    return {**document, "sections": {name: s for name, s in sections if name not in names}}


@dataclass(frozen=True)
class Rollback:
    """One part of the plan, from the records it has ``now`` to those of ``then``."""

    plan: Plan
    section: Section
    part: Part
    now: Contents
    then: Contents
    by: Any
    label: str  # of the version, for the activity

    def run(self, found: PartDiff | None) -> None:
        at = timezone.now()
        objects = self.part.model._default_manager.filter(plan=self.plan)
        objects.update(revision=F("revision") + 1, updated_at=at, updated_by=self.by)
        if found is None:
            return
        now, then = self.records(self.now), self.records(self.then)
        written: dict[str, Record] = {}
        log = []
        for row in found.rows:
            if row.kind == "removed":
                log.append(self.remove(now[row.uid]))
            elif row.kind == "added" or now[row.uid].pk is None:
                log.append(self.add(then[row.uid]))
            else:
                log.append(self.rewrite(now[row.uid], then[row.uid]))
                written[row.uid] = now[row.uid]
        names = [*self.part.fields, "evidence"]
        if self.part.is_table:
            names.append("position")
            for uid, row in now.items():
                if uid in then and row.position != then[uid].position:
                    row.position = then[uid].position
                    written[uid] = row
        objects.bulk_update(written.values(), names, batch_size=50)
        Activity.objects.bulk_create(log)

    def records(self, contents: Contents) -> dict[str, Any]:
        value = contents.part(f"{self.section.name}.{self.part.name}")
        return {record.uid: record for record in (value if self.part.is_table else [value])}

    def rewrite(self, record: Record, wanted: Record) -> Activity:
        before = dump_record(self.part, record)
        for name in (*self.part.fields, "evidence"):
            setattr(record, name, getattr(wanted, name))
        changes = difference(before, dump_record(self.part, record))
        verb = Verb.ROLLED_BACK if changes else Verb.MOVED
        label = self.label if changes else str(record)
        return self.entry(record, verb, record.revision + 1, label, changes)

    def remove(self, row: RowRecord) -> Activity:
        """The row goes; its text stays, to be brought back."""
        document = {"uid": row.uid, **dump_record(self.part, row)}
        DeletedRow.objects.update_or_create(
            **self.place(row),
            defaults={
                "position": row.position, "revision": row.revision + 1, "document": document,
                "label": str(row)[:200], "deleted_at": timezone.now(), "deleted_by": self.by,
            },
        )  # fmt: skip
        self.part.model._default_manager.filter(pk=row.pk).delete()
        return self.entry(row, Verb.DELETED, row.revision + 1, str(row), {})

    def add(self, record: Record) -> Activity:
        """A row that was deleted since, or a sheet that nobody had written yet."""
        gone = DeletedRow.objects.filter(**self.place(record)).first()
        last = gone.document if gone else {}
        record.plan, record.revision = self.plan, gone.revision + 1 if gone else 1
        record.updated_by, record.updated_at = self.by, timezone.now()
        record.save(force_insert=True)
        if gone:
            gone.delete()
        changes = difference(last, dump_record(self.part, record))
        verb = Verb.RESTORED if self.part.is_table else Verb.ROLLED_BACK
        label = str(record) if self.part.is_table else self.label
        return self.entry(record, verb, record.revision, label, changes)

    def place(self, record: Record) -> dict[str, Any]:
        where = {"section": self.section.name, "part": self.part.name, "row": record.uid}
        return {"plan": self.plan, **where}

    def entry(
        self, record: Record, verb: str, revision: int, label: str, changes: dict[str, Any]
    ) -> Activity:
        return Activity(
            **self.place(record), by=self.by, verb=verb, revision=revision, label=label[:200],
            changes=changes,
        )  # fmt: skip
