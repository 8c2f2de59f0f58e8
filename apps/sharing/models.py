"""Links that show a plan to somebody without an account, and who opened them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.plans.fields import new_uid
from apps.plans.models import Plan
from apps.versions.models import Version


class ShareLink(models.Model):
    """The link carries 256 random bits; the database keeps their SHA-256 only, and the passcode as
    a password hash. ``version`` None shows the plan as it stands; ``sections`` are those shown."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="share_links")
    recipient = models.CharField(_("for whom"), max_length=120)
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    sections = models.JSONField(default=list)
    may_comment = models.BooleanField(_("may comment"), default=False)
    may_download = models.BooleanField(_("may download the PDF"), default=False)
    language = models.CharField(_("language"), max_length=10, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    passcode_hash = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.recipient

    @property
    def state(self) -> str:
        """ "open", "expired" or "revoked"."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "open"


class Opening(models.Model):
    """A receipt: one visit by the link (not one page)."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField(default=timezone.now)
    pages = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link} {self.at:%Y-%m-%d %H:%M}"
