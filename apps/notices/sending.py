"""Which mail goes now, and that it goes once. Used by tasks.py.

A notice's ``mailed_at`` is its claim: set by a conditional update before the mail leaves, so that
of two workers one sends; taken back if sending failed, so that the sweep tries again, less and less
often. A worker that dies in between leaves the claim: the notice still stands in the product, and
a mail is rather not sent than sent twice.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.notices import composing
from apps.notices.models import Mail, Notice
from apps.notices.services import wake
from apps.notices.visibility import visible

logger = logging.getLogger(__name__)

LOST = timedelta(seconds=30)  # a wake-up call that has not done its work by then got lost
WAKE_AGAIN = timedelta(minutes=5)
GIVE_UP = timedelta(days=3)  # nobody waits for an "at once" of last week
AT_ONCE = 50  # woken by one sweep: a mail server that is down must not keep all workers waiting


# --- A mail of its own ----------------------------------------------------------------------------
def send_single(pk: int) -> bool:
    """Mail one notice if it is still to be mailed; whether it went."""
    claimed_at = timezone.now()
    waiting = Notice.objects.filter(pk=pk, mail=Mail.NOW, mailed_at=None)
    if not waiting.update(mailed_at=claimed_at):
        return False
    claimed = Notice.objects.filter(pk=pk, mailed_at=claimed_at)
    notice = to_be_told(claimed).first()
    return notice is not None and send(claimed, lambda: composing.single(notice))


def to_be_told(claimed: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those the reader may see now, whatever was so when it happened."""
    found = visible(claimed).filter(recipient__is_active=True)
    return found.select_related("plan", "recipient").order_by("created_at", "pk")


def send(claimed: QuerySet[Notice], compose: Callable[[], EmailMessage]) -> bool:
    """Send, or give the claim back. A mail that the other side will never take is not repeated."""
    try:
        compose().send()
    except OSError as error:  # SMTPException is one
        if is_final(error):
            logger.error("A mail was refused for good: %s", error)
            return False
        logger.warning("A mail could not be sent and will be tried again: %s", error)
        release(claimed)
        return False
    except Exception:
        release(claimed)
        raise
    return True


def is_final(error: OSError) -> bool:
    """The mailbox or the message is refused for good; anything else may be better in a while."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def release(claimed: QuerySet[Notice]) -> None:
    """Take the claim back; the older the notice, the longer until the next attempt."""
    now = timezone.now()
    oldest = claimed.order_by("created_at").values_list("created_at", flat=True).first() or now
    pause = max(timedelta(minutes=1), (now - oldest) / 2)
    claimed.update(mailed_at=None, mail_after=now + pause)


# --- The daily digest -----------------------------------------------------------------------------
def digest_time(now: datetime) -> datetime:
    """When the digest of ``now``'s day was due: the last time the clock struck the hour."""
    local = timezone.localtime(now)
    due = local.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return due if due <= local else due - timedelta(days=1)


def send_digest(user_pk: int) -> bool:
    """Mail a person all that waits for the digest, unless today's has gone; whether one went."""
    claimed_at = timezone.now()
    if not claim_digest(user_pk, claimed_at):
        return False
    claimed = Notice.objects.filter(
        recipient=user_pk, mail=Mail.DIGEST, mailed_at=claimed_at
    )  # fmt: skip
    notices = list(to_be_told(claimed))
    return bool(notices) and send(claimed, lambda: composing.digest(notices[0].recipient, notices))


@transaction.atomic
def claim_digest(user_pk: int, now: datetime) -> int:
    """How many notices are ours to mail. The person's row is held meanwhile: what is told between
    two workers' claims must not become a second digest."""
    User.objects.select_for_update(no_key=True).filter(pk=user_pk).first()
    told = Notice.objects.filter(recipient=user_pk, mail=Mail.DIGEST)
    if told.filter(mailed_at__gte=digest_time(now)).exists():
        return 0
    return told.filter(mailed_at=None).update(mailed_at=now)


# --- Sweeping -------------------------------------------------------------------------------------
def sweep() -> None:
    """Wake a worker for every digest that is due and every mail whose wake-up call got lost."""
    from apps.notices.tasks import send_digest, send_notice  # tasks need this module

    now = timezone.now()
    due = Notice.objects.filter(mailed_at=None, mail_after__lte=now)
    lost = due.filter(mail=Mail.NOW, created_at__gt=now - GIVE_UP, mail_after__lte=now - LOST)
    notices = list(lost.order_by("mail_after").values_list("pk", flat=True)[:AT_ONCE])
    Notice.objects.filter(pk__in=notices).update(mail_after=now + WAKE_AGAIN)
    wake(send_notice.delay, notices)

    waiting = due.filter(mail=Mail.DIGEST, created_at__lt=digest_time(now))
    readers = list(waiting.order_by().values_list("recipient", flat=True).distinct()[:AT_ONCE])
    waiting.filter(recipient__in=readers).update(mail_after=now + WAKE_AGAIN)
    wake(send_digest.delay, readers)
