"""Taking a version of a plan. Used by the views of this app, by exports and other features."""

import json
from typing import Any

from django.db import transaction

from apps.plans.contents import load
from apps.plans.document import content_hash, dump
from apps.plans.models import Plan, Verb
from apps.plans.services import log
from apps.versions.models import Reason, Version


@transaction.atomic
def take_version(*, plan: Plan, by: Any, reason: str, label: str = "") -> Version:
    """The plan as it stands now, under the next number.

    If nothing changed since the latest version, that one is returned and nothing is stored.
    """
    # Every edit of a plan ends by writing the plan's row (plans.services.touch). Holding that row
    # keeps the pieces of a half-finished edit out of the document, and numbers from clashing.
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    # Read anew: the caller's plan may be older than the lock.
    document = dump(load(Plan.objects.get(pk=plan.pk)))
    digest = content_hash(document)
    latest = plan.versions.defer("document").order_by("-number").first()
    if latest is not None and latest.content_hash == digest:
        return latest
    version = Version.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        label=label,
        reason=reason,
        author=by,
        document=document,
        content_hash=digest,
        size=len(json.dumps(document, ensure_ascii=False).encode()),
    )
    if reason == Reason.MANUAL:
        log(plan=plan, by=by, verb=Verb.VERSIONED, label=str(version))
    return version
