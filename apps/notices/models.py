"""What a person is told: one row a person and event; and which mails they want. Used by features
through services.notify."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.plans.fields import new_uid
from apps.plans.models import Plan


class Mail(models.TextChoices):
    """How a notice leaves by mail: in a mail of its own, in the daily digest, or not at all."""

    NOW = "now", _("At once")
    DIGEST = "digest", _("Once a day")
    NONE = "none", _("No mail")


class Notice(models.Model):
    """One event told to one person, in the words of its kind (kinds.py) and the reader's language.

    ``key`` names the event: the same event is never told, and so never mailed, twice. ``section``
    is the section it is about ("" for the plan): hidden from the reader, the notice does not exist.
    ``founders_only`` keeps it from whoever is no founder any more; see visibility.py.
    ``mail`` says how it leaves. ``mailed_at`` is set by a conditional update before the mail goes
    and taken back if it did not go; ``mail_after`` is when the sweep looks at it (again).
    """

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(
        max_length=120, blank=True
    )  # the person's name at the time, a guest's
    section = models.CharField(max_length=40, blank=True)
    founders_only = models.BooleanField(default=False)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300)  # path on this site, with fragment
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NONE)
    mailed_at = models.DateTimeField(null=True)
    mail_after = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once"),
        ]
        indexes = [
            # the notices page: one person's newest first
            models.Index(fields=["recipient", "-created_at"], name="notice_by_recipient"),
            # the bell: how many one person has not read
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            # the sweep: what is still to be mailed
            models.Index(
                fields=["mail", "mail_after"],
                condition=Q(mailed_at=None) & ~Q(mail=Mail.NONE),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"


class Preference(models.Model):
    """A kind of notice whose mail a person changed from its default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=40)
    mail = models.CharField(max_length=10, choices=Mail)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.mail}"
