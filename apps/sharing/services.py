"""Making, extending and closing share links, and finding the link that a guest came by. Used by the
views of this app.

Whoever holds the link holds the right: 256 random bits, of which the database has the SHA-256 only.
A link that is not open shows nothing of the plan. Who comes with its token is told whom to ask, the
name chosen for that when it was made; an unknown link and one of a deleted plan are the same: none.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from apps.plans.fields import new_uid
from apps.plans.models import Plan, Verb
from apps.plans.people import hash_token
from apps.plans.services import log
from apps.sharing.models import ShareLink
from apps.versions.models import Version

IN_A_ROW = timedelta(hours=1)  # wrong passcodes that follow each other within it belong together


@dataclass(frozen=True)
class Made:
    """A new link with its token, which is nowhere else and never shown again."""

    link: ShareLink
    token: str


@transaction.atomic
def make_link(
    *,
    plan: Plan,
    by: Any,
    recipient: str,
    sections: Sequence[str],
    days: int,
    language: str,
    sender: str = "",
    version: Version | None = None,
    summary_only: bool = False,
    may_comment: bool = False,
    may_download: bool = False,
    passcode: str = "",
    uid: str = "",
) -> Made:
    """``uid`` names the link before it is there, so that a form posted twice can be told."""
    token = secrets.token_urlsafe(32)
    link = ShareLink.objects.create(
        uid=uid or new_uid(), plan=plan, recipient=recipient, sender=sender, version=version,
        sections=list(sections), summary_only=summary_only, may_comment=may_comment,
        may_download=may_download, language=language, token_hash=hash_token(token), created_by=by,
        passcode_hash=make_password(passcode) if passcode else "",
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    log(plan=plan, by=by, verb=Verb.SHARED, label=recipient)
    return Made(link, token)


@transaction.atomic
def extend_link(*, link: ShareLink, days: int, by: Any) -> bool:
    """Valid for so many days from now, also if it had expired. False if it was closed."""
    until = timezone.now() + timedelta(days=days)
    extended = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(expires_at=until)
    if extended:
        facts = {"until": timezone.localdate(until).isoformat()}
        log(plan=link.plan, by=by, verb=Verb.SHARED, label=link.recipient, facts=facts)
    return bool(extended)


@transaction.atomic
def revoke_link(*, link: ShareLink, by: Any) -> None:
    """Close it for good, also to whoever is reading by it."""
    closed = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if closed:
        log(plan=link.plan, by=by, verb=Verb.UNSHARED, label=link.recipient)


@transaction.atomic
def note_wrong_passcode(*, link: ShareLink) -> None:
    """Counted, and told in the activity: somebody who goes on guessing within an hour is one line,
    which says how often."""
    now = timezone.now()
    of_link = ShareLink.objects.filter(pk=link.pk)
    counted = {"wrong_passcodes": F("wrong_passcodes") + 1, "wrong_passcode_at": now}
    first = of_link.exclude(wrong_passcode_at__gt=now - IN_A_ROW).update(**counted)
    if first:
        facts = {"link": link.uid, "times": 1}
        log(plan=link.plan, by=None, verb=Verb.REFUSED, label=link.recipient, facts=facts)
        return
    of_link.update(**counted)  # holds the link's row: nobody else counts in the line meanwhile
    told = link.plan.activity.filter(verb=Verb.REFUSED, facts__link=link.uid).order_by("pk").last()
    if told:
        told.facts["times"] += 1
        told.save(update_fields=["facts"])


# --- Finding --------------------------------------------------------------------------------------
def _links() -> QuerySet[ShareLink]:
    return ShareLink.objects.select_related("plan", "version").defer("version__document")


def find_by_token(token: str) -> ShareLink | None:
    """The link of an address, whether it is open or not."""
    digest = hash_token(token)
    link = _links().filter(token_hash=digest).first()
    if link is None or not constant_time_compare(link.token_hash, digest):
        return None
    return link


def find_by_uid(uid: str) -> ShareLink | None:
    """The link of a guest's visit. Asked at every page, so that closing it ends the visit."""
    return _links().filter(uid=uid).first()
