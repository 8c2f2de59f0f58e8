"""Links that show a plan to somebody without an account, and who opened them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.comments.models import Thread
from apps.exports.models import Export
from apps.plans.fields import new_uid
from apps.plans.models import Plan
from apps.versions.models import Version


class State(models.TextChoices):
    OPEN = "open", _("Open")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Closed")


class ShareLink(models.Model):
    """The link carries 256 random bits; the database keeps their SHA-256 only, and the passcode as
    a password hash. ``version`` None shows the plan as it stands.

    What it shows and to whom never changes: whoever has it was told what they would see, and the
    PDFs made by it (``exports``) bear the recipient's name. ``threads`` are those begun by it.
    """

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="share_links")
    recipient = models.CharField(_("for whom"), max_length=120)
    sender = models.CharField(_("from whom"), max_length=120, blank=True)  # as guests read it
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    sections = models.JSONField(_("sections"), default=list)  # the names of those it draws on
    # Without their chapters: figures, texts and pictures of the sections on one page.
    summary_only = models.BooleanField(_("the one-page summary alone"), default=False)
    may_comment = models.BooleanField(_("may comment"), default=False)
    may_download = models.BooleanField(_("may download the PDF"), default=False)
    language = models.CharField(_("language"), max_length=10, choices=Plan.LANGUAGES, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    passcode_hash = models.CharField(max_length=200, blank=True)
    wrong_passcodes = models.PositiveIntegerField(default=0)
    wrong_passcode_at = models.DateTimeField(null=True)  # the last of them
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    threads = models.ManyToManyField(Thread, related_name="+")
    exports = models.ManyToManyField(Export, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="share_link_expires_later"
            ),
        ]
        indexes = [
            # the page of a plan's links: newest first
            models.Index(fields=["plan", "-created_at"], name="share_link_by_plan"),
        ]

    def __str__(self) -> str:
        return self.recipient

    @property
    def state(self) -> State:
        if self.revoked_at:
            return State.REVOKED
        return State.EXPIRED if self.expires_at <= timezone.now() else State.OPEN

    @property
    def is_open(self) -> bool:
        """Whether it shows anything: a plan in the archive is closed to guests."""
        return self.state == State.OPEN and self.plan.archived_at is None


class Opening(models.Model):
    """A receipt: one visit by the link (not one page), named by the guest's session."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="openings")
    visit = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(default=timezone.now)
    guest_name = models.CharField(max_length=80, blank=True)  # if they commented
    pages = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # a link's receipts, newest first
            models.Index(fields=["link", "-at"], name="opening_by_link"),
        ]

    def __str__(self) -> str:
        return f"{self.link} {self.at:%Y-%m-%d %H:%M}"
