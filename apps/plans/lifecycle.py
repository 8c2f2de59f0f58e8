"""A plan as a whole: settings, archive, copy, deletion. Used by views and commands; records are
services.py's."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.plans.contents import load
from apps.plans.document import dump, to_json
from apps.plans.models import Plan, Verb
from apps.plans.services import (
    Conflict,
    create_plan,
    difference,
    hold,
    log,
    refresh_all_progress,
)


@transaction.atomic
def set_archived(*, plan: Plan, archived: bool, by: Any) -> None:
    changed = Plan.objects.filter(pk=plan.pk, archived_at__isnull=archived).update(
        archived_at=timezone.now() if archived else None
    )
    if not changed:
        return
    log(plan=plan, by=by, verb=Verb.ARCHIVED if archived else Verb.UNARCHIVED, label=plan.title)


@transaction.atomic
def configure_plan(*, plan: Plan, base: str, by: Any) -> None:
    """Save changed settings and say which ones they were. ``base`` is ``settings_mark`` of what the
    person started from; raises ``Conflict`` if the settings are others by now."""
    hold(plan)
    stored = Plan.objects.get(pk=plan.pk)
    if settings_mark(stored) != base:
        raise Conflict(None)
    old, new = (
        {name: to_json(getattr(state, name)) for name in Plan.CONTENT} for state in (stored, plan)
    )
    plan.updated_at, plan.updated_by = timezone.now(), by
    plan.save(update_fields=[*Plan.CONTENT, "updated_at", "updated_by"])
    refresh_all_progress(plan=plan)  # the stage decides what is required, the language the labels
    log(
        plan=plan, by=by, verb=Verb.CONFIGURED, label=plan.title, changes=difference(old, new)
    )  # fmt: skip


@transaction.atomic
def own_figures(*, plan: Plan, by: Any) -> None:
    """Forget that the plan was made from a sample."""
    if Plan.objects.filter(pk=plan.pk).exclude(sample="").update(sample=""):
        log(plan=plan, by=by, verb=Verb.CONFIGURED, label=plan.title)


@transaction.atomic
def let_viewers_read_comments(*, plan: Plan, allowed: bool, by: Any) -> None:
    """Whether viewers read what mentors read of the comments."""
    others = Plan.objects.filter(pk=plan.pk).exclude(viewers_read_comments=allowed)
    if others.update(viewers_read_comments=allowed):
        log(
            plan=plan, by=by, verb=Verb.CONFIGURED, label=plan.title,
            changes={"viewers_read_comments": [not allowed, allowed]},
        )  # fmt: skip


def settings_mark(plan: Plan) -> str:
    """A short mark of the settings' values, to notice that somebody changed them."""
    values = json.dumps([to_json(getattr(plan, name)) for name in Plan.CONTENT])
    return hashlib.sha256(values.encode()).hexdigest()[:16]


def copy_plan(*, plan: Plan, by: Any, title: str, hidden: frozenset[str]) -> Plan:
    """A plan of ``by`` with the same content, without its people, activity and versions.
    Sections hidden from ``by`` stay out of the copy."""
    document = dump(load(plan, hidden))
    return create_plan(by=by, document=document, sample=plan.sample, title=title)


def delete_plan(*, plan: Plan) -> None:
    """Delete the plan with everything that belongs to it."""
    plan.delete()
