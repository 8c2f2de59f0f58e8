"""Every write of this app: a plan's whole content, or rows of one table. All or nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from apps.plans import replacing
from apps.plans.contents import load
from apps.plans.document import Document, content_hash, dump, restore
from apps.plans.models import Plan, Record, RowRecord, Verb
from apps.plans.sections import Part, Section
from apps.plans.services import Conflict, hold, log, touch
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
    imported = log(plan=stored, by=by, verb=Verb.IMPORTED, label=label)
    replaced = replacing.replace_content(
        plan=stored, now=now, wanted=restore(document, hidden), by=by, within=imported
    )
    if changes := replaced.settings:
        log(plan=stored, by=by, verb=Verb.CONFIGURED, label=stored.title, changes=changes)


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
    imported = log(
        plan=plan, by=by, verb=Verb.IMPORTED, section=section.name, part=part.name, label=label
    )  # fmt: skip
    writer = replacing.PartWriter(
        plan=plan, section=section, part=part, by=by, within=imported
    )  # fmt: skip
    writer.change([row for row, _held in changed], [held for _row, held in changed])
    writer.add(added)
    touch(plan=plan, section=section, by=by)
