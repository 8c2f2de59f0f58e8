"""A version: the whole plan as one document, frozen under a number. Used by other features."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.plans.models import Plan


class Reason(models.TextChoices):
    MANUAL = "manual", _("Saved by hand")
    REVIEW = "review", _("For a review")
    EXPORT = "export", _("For an export")
    GUEST = "guest", _("For a guest of a share link")
    RESTORE = "restore", _("Before bringing an earlier version back")
    RESTORED = "restored", _("An earlier version brought back")
    IMPORT = "import", _("Before an import")
    BULK = "bulk", _("Before many rows were changed at once")


class Version(models.Model):
    """Numbered from 1 within its plan; only its name may be given or changed later.

    ``document`` holds every section, also those kept from some roles: whoever shows it leaves
    those out (``restore(document, hidden)``). ``changes`` counts what differs from the version
    before, as diff.summary does, so that the list needs no document.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(pgettext_lazy("version", "name"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    restored_from = models.PositiveIntegerField(null=True)  # the number of the one brought back
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    document = models.JSONField()
    changes = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes of the document as JSON

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            # also the index of "newest first" and "the latest" of one plan
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_per_plan"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"v{self.number} {self.label}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version is never changed; take another one.")
        super().save(*args, **kwargs)

    @property
    def saved_by(self) -> str:
        """Who saved it, for people; a guest of a share link is nobody on the plan."""
        if self.author:
            return str(self.author)
        return gettext("A guest") if self.reason == Reason.GUEST else gettext("Somebody who left")

    @property
    def why(self) -> str:
        """The reason it was taken for, in words."""
        if self.restored_from:
            return str(_("Restored from version %(number)s") % {"number": self.restored_from})
        return str(self.get_reason_display())

    def changes_seen(self, hidden: frozenset[str]) -> dict[str, int]:
        """{section: number of changes} that a reader may know of; "" for the plan's settings."""
        seen = {
            section: sum(n for target, n in targets.items() if target not in hidden)
            for section, targets in self.changes.items()
            if section not in hidden
        }
        return {section: count for section, count in seen.items() if count}
