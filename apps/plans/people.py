"""Adding, changing and removing the people of a plan. Used by views/people.py.

An invitation's link carries 256 random bits; the database keeps their SHA-256 only. A used, expired
or revoked link opens one and the same page. The mails are in people_mail.py.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.plans import joining
from apps.plans.models import HiddenSection, Invitation, Membership, Plan, Role, Verb
from apps.plans.services import hold, log

LIFETIME = timedelta(days=14)


@dataclass(frozen=True)
class Added:
    """What came of adding a person: a member at once, or an invitation with its link's token."""

    email: str
    membership: Membership | None = None
    invitation: Invitation | None = None
    token: str = ""


class AlreadyThere(Exception):
    """The person is a member already."""


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def has_proved(user: User, email: str) -> bool:
    """Whether the account has confirmed that this address is its own."""
    return user.emailaddress_set.filter(email__iexact=email, verified=True).exists()


@transaction.atomic
def add_person(*, plan: Plan, email: str, role: str, by: User) -> Added:
    """Make the owner of a confirmed address a member; anybody else gets an invitation. An open
    invitation to the same address is replaced: its old link stops working."""
    hold(plan)
    user = User.objects.filter(email=email, is_active=True).first()
    if user and plan.memberships.filter(user=user).exists():
        raise AlreadyThere
    if user and has_proved(user, email):
        membership = Membership.objects.create(plan=plan, user=user, role=role)
        plan.invitations.filter(email=email, accepted_at=None, revoked_at=None).update(
            accepted_at=timezone.now()
        )
        log(plan=plan, by=by, verb=Verb.INVITED, label=str(user))
        joining.hand_over(membership, email)
        return Added(email, membership=membership)
    plan.invitations.filter(email=email, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        plan=plan,
        email=email,
        role=role,
        language=user.language if user else translation.get_language() or "en",
        token_hash=hash_token(token),
        invited_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    log(plan=plan, by=by, verb=Verb.INVITED, label=email)
    return Added(email, invitation=invitation, token=token)


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: User) -> Added:
    """A fresh link and term; the link sent before stops working."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_token(token)
    invitation.sent_at = timezone.now()
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    log(plan=invitation.plan, by=by, verb=Verb.INVITED, label=invitation.email)
    return Added(invitation.email, invitation=invitation, token=token)


@transaction.atomic
def change_invited_role(*, invitation: Invitation, role: str, by: User) -> bool:
    """The link that was sent stays as it is and gives the new role. False if nothing changed: it is
    the role already, or the invitation was used or withdrawn in the meantime."""
    open_one = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not open_one.exclude(role=role).update(role=role):
        return False
    log(
        plan=invitation.plan, by=by, verb=Verb.INVITED, label=invitation.email,
        changes={"role": [invitation.role, role]},
    )  # fmt: skip
    invitation.role = role
    return True


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    revoked = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if revoked:
        log(plan=invitation.plan, by=by, verb=Verb.REVOKED, label=invitation.email)


def find_invitation(token: str) -> Invitation | None:
    """The open invitation of a link, or None whatever the reason."""
    invitation = (
        Invitation.objects.select_related("plan", "invited_by")
        .filter(token_hash=hash_token(token))
        .first()
    )
    return invitation if invitation and invitation.state == "pending" else None


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership | None:
    """Join the plan. None if the invitation was used or withdrawn in the meantime. Somebody who is
    a member keeps their role and leaves the invitation to whom it was sent. What waited for the
    address is handed over; the membership's ``opens`` is the page of it."""
    member = Membership.objects.filter(plan=invitation.plan, user=user).first()
    if member is not None:
        return member
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    ).update(accepted_at=timezone.now())
    if not taken:
        return None
    invitation.refresh_from_db(fields=["role"])  # it may have been changed since the page was read
    membership, created = Membership.objects.get_or_create(
        plan=invitation.plan, user=user, defaults={"role": invitation.role}
    )
    if created:
        log(plan=invitation.plan, by=user, verb=Verb.JOINED, label=str(user))
        membership.opens = joining.hand_over(membership, invitation.email, invitation.sent_at)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> bool:
    """False if nothing changed, and then nothing is told."""
    old = membership.role
    others = Membership.objects.filter(pk=membership.pk).exclude(role__in=[Role.OWNER, role])
    if not others.update(role=role):
        return False
    log(
        plan=membership.plan, by=by, verb=Verb.ROLE_CHANGED, label=str(membership.user),
        changes={"role": [old, role]},
    )  # fmt: skip
    return True


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """Take a member off the plan; the owner cannot be taken off."""
    removed, _models = Membership.objects.filter(pk=membership.pk).exclude(role=Role.OWNER).delete()
    if removed:
        verb = Verb.LEFT if membership.user_id == by.pk else Verb.REMOVED
        log(plan=membership.plan, by=by, verb=verb, label=str(membership.user))


@transaction.atomic
def set_hidden(*, plan: Plan, hidden: set[tuple[str, str]], by: User) -> None:
    """Keep exactly these (section, role) pairs from being seen."""
    hold(plan)
    stored = set(plan.hidden_sections.values_list("section", "role"))
    for section, role in stored - hidden:
        plan.hidden_sections.filter(section=section, role=role).delete()
    HiddenSection.objects.bulk_create(
        HiddenSection(plan=plan, section=section, role=role) for section, role in hidden - stored
    )
    for section in sorted({section for section, _role in stored ^ hidden}):
        before, after = (
            sorted(role for name, role in pairs if name == section) for pairs in (stored, hidden)
        )
        # An entry a section, so that whom it is hidden from does not read of it.
        log(
            plan=plan, by=by, verb=Verb.HID, section=section,
            changes={"hidden_from": [before, after]},
        )  # fmt: skip
