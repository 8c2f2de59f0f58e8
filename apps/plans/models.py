"""What a plan is made of, apart from its sections: people, progress, deletions, activity.

``SheetRecord`` and ``RowRecord`` are the bases of every section app's models. Section rows refer to
each other by uid only (see fields.RowRef).
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.plans.choices import Currency, Industry, Role, Stage, Verb
from apps.plans.fields import Month, Ref, new_uid

if TYPE_CHECKING:
    from apps.plans.contents import Contents

__all__ = [
    "Activity", "Currency", "DeletedRow", "HiddenSection", "Industry", "Invitation", "Membership",
    "Plan", "Record", "Role", "RowRecord", "SectionProgress", "SheetRecord", "Stage", "Verb",
]  # fmt: skip


def this_month() -> Any:
    return timezone.localdate().replace(day=1)


class Plan(models.Model):
    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    title = models.CharField(_("title"), max_length=120)
    company = models.CharField(_("company"), max_length=120, blank=True)
    pitch = models.CharField(_("one-line pitch"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.IDEA)
    industry = models.CharField(
        _("industry"), max_length=30, choices=Industry, default=Industry.OTHER
    )
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency, default=Currency.CNY,
        validators=[RegexValidator(r"^[A-Z]{3}$")],
    )  # fmt: skip
    language = models.CharField(
        _("plan language"), max_length=10, default="en",
        choices=[("en", "English"), ("zh-hans", "简体中文")],
    )  # fmt: skip
    start_month = Month(_("start month"), null=False, blank=False, default=this_month)
    viewers_read_comments = models.BooleanField(default=False, editable=False)
    sample = models.CharField(max_length=40, blank=True, editable=False)  # made from this sample
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    LANGUAGES = (("en", "English"), ("zh-hans", "简体中文"))
    # The settings of a plan that belong to its document.
    CONTENT = (
        "title", "company", "pitch", "stage", "industry", "currency", "language", "start_month",
    )  # fmt: skip

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """One person's one role on one plan. ``opens`` is set on who has just joined: the page of what
    waited for them (joining.py)."""

    opens = ""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "user"], name="membership_one_role"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(role=Role.OWNER), name="membership_one_owner"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]
        indexes = [
            # the plan list: every plan of one person
            models.Index(fields=["user", "plan"], name="membership_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Invitation(models.Model):
    """An e-mail address asked to join. The link's token is kept as a hash only."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(
        _("role"), max_length=20, choices=[c for c in Role.choices if c[0] != Role.OWNER]
    )
    language = models.CharField(max_length=10, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(default=timezone.now)
    mail_failed_at = models.DateTimeField(null=True, blank=True)  # the newest mail; people_mail.py
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> str:
        """ "accepted", "revoked", "expired" or "pending"."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "pending"


class HiddenSection(models.Model):
    """A section that the owner keeps from one role."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="hidden_sections")
    section = models.CharField(max_length=40)
    role = models.CharField(max_length=20, choices=[c for c in Role.choices if c[0] != Role.OWNER])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "section", "role"], name="hidden_section_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} × {self.role}"


class SectionProgress(models.Model):
    """How far a section is, as services.refresh_progress last counted it; see progress.py."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="progress")
    section = models.CharField(max_length=40)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)  # [[part, row uid, field, row label], …], "" for none
    updated_at = models.DateTimeField(null=True)  # the last edit of the section by a person
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "section"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="progress_done_lte_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.done}/{self.total}"


class DeletedRow(models.Model):
    """A deleted row's last text: what Undo brings back and what old references still show."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="deleted_rows")
    section = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    row = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    document = models.JSONField()
    label = models.CharField(max_length=200, blank=True)
    deleted_at = models.DateTimeField(default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "section", "part", "row"], name="deleted_row_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.row


class Activity(models.Model):
    """Who did what and when; for edits also each field's old and new value.

    ``changes`` is {field: [old, new]} in document form, "evidence" included; ``revision`` is the
    record's revision after the change, so that the text a person started from can be rebuilt.
    ``label`` is what somebody called it; ``facts`` are what activity_words.py names beside that, in
    no language. ``within`` is the restore or import that an edit was a part of.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activity")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    verb = models.CharField(max_length=20, choices=Verb)
    section = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=40, blank=True)
    row = models.CharField(max_length=32, blank=True)
    revision = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    within = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="inner")

    class Meta:
        verbose_name_plural = _("activity")
        indexes = [
            # the activity page: one plan's newest first
            models.Index(fields=["plan", "-at"], name="activity_by_plan"),
            # one record's history, and the base text of a stale save
            models.Index(fields=["plan", "section", "part", "row"], name="activity_by_record"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.verb} {self.label}"


class Record(models.Model):
    """Anything a founder writes: knows its plan, its revision and its last editor.

    ``evidence`` is {field: {basis, source, date, confidence, note}} for the quantified fields that
    the section's part names; see evidence.py. ``contents`` is set by whoever loaded the record.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+", editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    evidence = models.JSONField(default=dict, editable=False, blank=True)
    updated_at = models.DateTimeField(null=True, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    contents: "Contents | None" = None

    class Meta:
        abstract = True

    def resolve(self, target: str, uid: str) -> Ref:
        if not uid:
            return Ref("empty")
        if self.contents is None:
            return Ref("removed", _("removed"))
        return self.contents.ref(target, uid)


class SheetRecord(Record):
    """The one record of a sheet."""

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="%(app_label)s_%(class)s_one_per_plan")
        ]

    uid = ""

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class RowRecord(Record):
    """One row of a table: a stable public id within its plan, and a place in the order.

    ``named_after``: the RowRef fields whose row may give this one its name; see labels.py.
    """

    named_after: tuple[str, ...] = ()

    uid = models.CharField(max_length=32, default=new_uid, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "uid"], name="%(app_label)s_%(class)s_uid_per_plan"
            )
        ]

    @cached_property
    def number(self) -> int:
        return self.position + 1
