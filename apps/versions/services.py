"""Taking, naming and restoring versions. Used by the views of this app, by exports and reviews."""

import json
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from apps.notices.services import notify
from apps.plans.access import FOUNDERS
from apps.plans.bulk import BulkForm
from apps.plans.contents import load
from apps.plans.document import content_hash, dump, restore
from apps.plans.models import Membership, Plan, Verb
from apps.plans.replacing import replace_content
from apps.plans.sections import BulkChange, Section, registry
from apps.plans.services import hold, log
from apps.versions.diff import diff, summary
from apps.versions.models import Reason, Version


class Changed(Exception):
    """Somebody changed the plan after the person looked at what a restore would do."""


@transaction.atomic
def take_version(
    *, plan: Plan, by: Any, reason: str, label: str = "", restored_from: int | None = None
) -> Version:
    """The plan as it stands now, under the next number.

    If nothing changed since the latest version, that one is returned and nothing is stored.
    """
    # Every edit begins by holding the plan's row: no piece of a half-finished edit gets into the
    # document, and numbers do not clash.
    hold(plan)
    # Read anew: the caller's plan may be older than the lock.
    document = dump(load(Plan.objects.get(pk=plan.pk)))
    digest = content_hash(document)
    latest = plan.versions.order_by("-number").first()
    if latest is not None and latest.content_hash == digest:
        return latest
    version = Version.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        label=label,
        reason=reason,
        restored_from=restored_from,
        author=by,
        document=document,
        changes=summary(diff(latest.document, document)) if latest else {},
        content_hash=digest,
        size=len(json.dumps(document, ensure_ascii=False).encode()),
    )
    if reason == Reason.MANUAL:
        log(plan=plan, by=by, verb=Verb.VERSIONED, label=label, facts={"version": version.number})
    return version


@transaction.atomic
def name_version(*, version: Version, label: str, by: Any) -> None:
    """Give the version a name, or another one. Its content stays as it is."""
    named = Version.objects.filter(pk=version.pk).exclude(label=label).update(label=label)
    version.label = label
    if named:
        facts = {"version": version.number}
        log(plan=version.plan, by=by, verb=Verb.VERSIONED, label=label, facts=facts)


@transaction.atomic
def restore_version(
    *, plan: Plan, number: int, by: Any, hidden: frozenset[str] = frozenset(), seen: str = ""
) -> Version | None:
    """Give the plan the content of an earlier version, and return the version of the result; None
    if the plan reads like that already.

    Nothing is deleted: the present state becomes a version first. Sections ``hidden`` from the
    person stay as they are.
    ``seen`` is the content hash of the plan the person looked at, if they did; raises ``Changed``
    if it is another one by now.
    """
    hold(plan)
    target = plan.versions.get(number=number)
    before = take_version(plan=plan, by=by, reason=Reason.RESTORE)
    if seen and seen != before.content_hash:
        raise Changed
    stored = Plan.objects.get(pk=plan.pk)
    left = hidden | ({section.name for section in registry} - set(target.document["sections"]))
    # First, since the edits it consists of are logged as parts of it.
    said = log(
        plan=plan, by=by, verb=Verb.ROLLED_BACK, label=target.label, facts={"version": number}
    )  # fmt: skip
    replaced = replace_content(
        plan=stored, now=load(stored, left), wanted=restore(target.document, left), by=by,
        within=said,
    )  # fmt: skip
    if not replaced:
        said.delete()
        return None
    result = take_version(plan=stored, by=by, reason=Reason.RESTORED, restored_from=number)
    said.changes = replaced.settings
    said.facts |= {"before": before.number, "after": result.number}
    said.save(update_fields=["changes", "facts"])
    tell_founders(before=before, result=result, number=number, by=by)
    return result


@transaction.atomic
def change_in_bulk(
    *,
    plan: Plan,
    section: Section,
    change: BulkChange,
    form: BulkForm,
    by: Any,
    hidden: frozenset[str] = frozenset(),
) -> tuple[int, Version | None]:
    """Make the change that the valid ``form`` asks for. How many rows were changed, and the version
    that keeps the plan as it was before; (0, None), and nothing is kept, if there was nothing to
    do."""
    hold(plan)
    stored = Plan.objects.get(pk=plan.pk)
    now = load(stored, hidden)
    wanted = restore(dump(now), hidden)
    with translation.override(stored.language):  # what it writes into the plan
        changed = change.apply(form, wanted.section(section.name), timezone.localdate())
    if not changed:
        return 0, None
    before = take_version(plan=stored, by=by, reason=Reason.BULK)
    replace_content(plan=stored, now=now, wanted=wanted, by=by)
    return changed, before


def tell_founders(*, before: Version, result: Version, number: int, by: Any) -> None:
    """The other founders, with the way to what the restore changed."""
    plan = result.plan
    founders = Membership.objects.filter(plan=plan, role__in=FOUNDERS).select_related("user")
    notify(
        kind="version_restored",
        plan=plan,
        to=[membership.user for membership in founders],
        by=by,
        key=f"restored:{result.pk}",
        url=reverse("versions:compare", args=[plan.uid, before.number, result.number]),
        number=number,
    )
