"""Every write of this app: a plan's whole content, or rows of one table. All or nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.plans.contents import Contents, load
from apps.plans.document import Document, content_hash, dump, dump_record, restore, to_json
from apps.plans.models import Plan, Record, RowRecord, SectionProgress, Verb
from apps.plans.sections import Part, Section, registry
from apps.plans.services import Conflict, difference, hold, log, refresh_progress, touch
from apps.transfer.writing import PartWriter
from apps.versions.models import Reason
from apps.versions.services import take_version


@transaction.atomic
def replace_content(
    *, plan: Plan, document: Document, base: str, by: Any, hidden: frozenset[str], label: str = ""
) -> None:
    """Make the plan read as ``document`` does, which names every section that is not ``hidden``.

    The present state becomes a version first. ``base``: content hash of what the person saw; raises
    ``Conflict``, and changes nothing, if the plan is another one by now. ``label``: of the file.
    """
    hold(plan)
    stored = Plan.objects.get(pk=plan.pk)
    now = load(stored, hidden)
    if content_hash(dump(now)) != base:
        raise Conflict(None)
    take_version(plan=stored, by=by, reason=Reason.IMPORT)
    wanted = restore(document, hidden)
    _replace_settings(plan=stored, wanted=wanted.plan, by=by)
    changed = [
        content.section
        for content in now.sections()
        if _replace_section(plan=stored, section=content.section, now=now, wanted=wanted, by=by)
    ]
    refresh_progress(plan=stored, sections=registry)
    names = [section.name for section in changed]
    SectionProgress.objects.filter(plan=stored, section__in=names).update(
        updated_at=timezone.now(), updated_by=by
    )
    log(plan=stored, by=by, verb=Verb.IMPORTED, label=label)


def _replace_settings(*, plan: Plan, wanted: Plan, by: Any) -> None:
    old, new = (
        {name: to_json(getattr(one, name)) for name in Plan.CONTENT} for one in (plan, wanted)
    )
    for name in Plan.CONTENT:
        setattr(plan, name, getattr(wanted, name))
    plan.updated_at, plan.updated_by = timezone.now(), by
    plan.save(update_fields=[*Plan.CONTENT, "updated_at", "updated_by"])
    if changes := difference(old, new):
        log(plan=plan, by=by, verb=Verb.CONFIGURED, label=plan.title, changes=changes)


def _replace_section(
    *, plan: Plan, section: Section, now: Contents, wanted: Contents, by: Any
) -> bool:
    """Whether anything of the section was changed."""
    changed = False
    for part in section.parts:
        path = f"{section.name}.{part.name}"
        writer = PartWriter(plan=plan, section=section, part=part, by=by)
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


@transaction.atomic
def save_rows(
    *,
    plan: Plan,
    section: Section,
    part: Part,
    changed: Iterable[tuple[Record, dict[str, Any]]],
    added: list[RowRecord],
    by: Any,
    label: str = "",
) -> None:
    """Save changed rows, each with what it held, and add new ones at the end of the table.

    Raises ``Conflict``, and changes nothing, if one of the rows has another revision by now.
    """
    hold(plan)
    changed = list(changed)
    rows = part.model._default_manager.filter(plan=plan)
    stored = {pk: (revision, position) for pk, revision, position in
              rows.values_list("pk", "revision", "position")}  # fmt: skip
    if any(stored.get(row.pk, (None,))[0] != row.revision for row, _held in changed):
        raise Conflict(None)
    last = max((position for _revision, position in stored.values()), default=-1)
    for place, row in enumerate(added, start=last + 1):
        row.position = place
    writer = PartWriter(plan=plan, section=section, part=part, by=by)
    writer.change([row for row, _held in changed], [held for _row, held in changed])
    writer.add(added)
    log(
        plan=plan, by=by, verb=Verb.IMPORTED, section=section.name, part=part.name, label=label
    )  # fmt: skip
    touch(plan=plan, section=section, by=by)
