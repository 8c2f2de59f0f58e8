"""The mails to people who are added to a plan or invited. Used by views/people.py, and through its
``tell`` by whoever adds people.

They are sent while the owner waits, and not by a worker: the token of the link is kept nowhere, so
that it must not wait in a queue, and the owner is shown the link to pass on if the mail fails.
"""

import logging
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.plans.access import YOU_MAY
from apps.plans.models import Invitation, Plan, Role
from apps.plans.people import Added

logger = logging.getLogger(__name__)


def send(*, added: Added, plan: Plan, by: User, link: str, asked: Any = None) -> bool:
    """Mail the person in their language, naming the inviter and, if they are ``asked`` for a review
    in the same step, that request. False if the mail could not go out; the link still works and can
    be passed on by hand, and the invitation is marked."""
    language = added.membership.user.language if added.membership else added.invitation.language
    with translation.override(language):
        if asked:
            subject = _("%(inviter)s asks you to review the plan “%(plan)s”")
        elif added.membership:
            subject = _("%(inviter)s added you to the plan “%(plan)s”")
        else:
            subject = _("%(inviter)s invites you to the plan “%(plan)s”")
        mail = written(
            "invitation", subject, to=added.email, plan=plan, by=by,
            role=(added.membership or added.invitation).role, link=link, added=added, asked=asked,
        )  # fmt: skip
    sent = delivered(mail)
    if added.invitation:
        failed_at = None if sent else timezone.now()
        Invitation.objects.filter(pk=added.invitation.pk).update(mail_failed_at=failed_at)
    return sent


def send_new_role(*, invitation: Invitation, by: User) -> bool:
    """Tell who was mailed an invitation that its role is another one now. Their link stays."""
    with translation.override(invitation.language):
        subject = _("Your role on the plan “%(plan)s” will be another one")
        mail = written(
            "new_role", subject, to=invitation.email, plan=invitation.plan, by=by,
            role=invitation.role, invitation=invitation,
        )  # fmt: skip
    return delivered(mail)


def written(
    template: str, subject: str, *, to: str, plan: Plan, by: User, role: str, **context: Any
) -> EmailMultiAlternatives:
    """In the language now active."""
    subject %= {"inviter": str(by), "plan": plan.title}
    context |= {
        "plan": plan, "inviter": by, "role": Role(role).label, "you_may": YOU_MAY[Role(role)],
    }  # fmt: skip
    text = render_to_string(f"plans/mail/{template}.txt", context)
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to])
    html = render_to_string(f"plans/mail/{template}.html", context)
    mail.attach_alternative(html, "text/html")
    return mail


def delivered(mail: EmailMultiAlternatives) -> bool:
    """Whether the mail server took it."""
    try:
        mail.send()
    except OSError:  # SMTPException is one: no server, refused, timed out
        logger.exception("A mail to somebody invited could not be sent")
        return False
    return True
