"""One list of the people of a plan: who is on it and who is asked to be. For views/people.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from apps.plans.models import Invitation, Membership


class Standing(TextChoices):
    MEMBER = "member", pgettext_lazy("person", "On the plan")
    PENDING = "pending", pgettext_lazy("person", "Invited")
    EXPIRED = "expired", pgettext_lazy("person", "Invitation expired")
    REVOKED = "revoked", pgettext_lazy("person", "Invitation withdrawn")
    ACCEPTED = "accepted", pgettext_lazy("person", "Invitation accepted")


@dataclass(frozen=True)
class PersonRow:
    """``at`` is when the standing began; for a pending invitation, when it ends. A member's
    ``invitation`` is the one they accepted, if it was sent to their address."""

    name: str
    email: str
    role: str
    standing: Standing
    at: datetime
    membership: Membership | None = None
    invitation: Invitation | None = None

    @property
    def open(self) -> bool:
        """Whether the invitation can be sent again or withdrawn."""
        return self.standing in {Standing.PENDING, Standing.EXPIRED}

    @property
    def undelivered(self) -> bool:
        """Whether the newest mail of an invitation that still waits could not be sent."""
        return self.standing == Standing.PENDING and bool(self.invitation.mail_failed_at)


def roster(members: Iterable[Membership], invitations: Iterable[Invitation]) -> list[PersonRow]:
    """Members as they came, then the newest invitation of every other address, newest first."""
    newest: dict[str, Invitation] = {}
    for invitation in sorted(invitations, key=lambda one: (one.created_at, one.pk)):
        newest[invitation.email] = invitation
    rows = [member_row(member, newest.pop(member.user.email, None)) for member in members]
    return rows + [invitation_row(one) for one in reversed(list(newest.values()))]


def split(rows: Iterable[PersonRow]) -> tuple[list[PersonRow], list[PersonRow]]:
    """Who is on the plan or about to be; and the invitations that are over."""
    now: list[PersonRow] = []
    earlier: list[PersonRow] = []
    for row in rows:
        (now if row.standing in {Standing.MEMBER, Standing.PENDING} else earlier).append(row)
    return now, earlier


def member_row(member: Membership, invitation: Invitation | None) -> PersonRow:
    accepted = invitation if invitation and invitation.accepted_at else None
    return PersonRow(
        str(member.user), member.user.email, member.get_role_display(), Standing.MEMBER,
        member.created_at, member, accepted,
    )  # fmt: skip


def invitation_row(invitation: Invitation) -> PersonRow:
    standing = Standing(invitation.state)
    at: Any = {
        Standing.ACCEPTED: invitation.accepted_at,
        Standing.REVOKED: invitation.revoked_at,
    }.get(standing, invitation.expires_at)
    return PersonRow(
        invitation.email, invitation.email, invitation.get_role_display(), standing, at,
        invitation=invitation,
    )  # fmt: skip
