"""Threads and their comments. Used by the pages of this app and, through threads.py and
services.py, by reviews, sharing and exports."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Place
from apps.plans.fields import new_uid
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.versions.models import Version


class Visibility(models.TextChoices):
    FOUNDERS = "founders", _("Founders only")
    EVERYONE = "everyone", _("Founders and mentors")


class Thread(models.Model):
    """A talk about one place: the plan, a section, a row or a field.

    The place is words and uids, never a key: it survives edits, reordering and restoring. ``label``
    is what the row was called and ``excerpt`` what the place held, in document form, when the
    thread began; ``version`` is the version the first comment was written on, if there was one.
    """

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="threads")
    section = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=40, blank=True)
    row = models.CharField(max_length=32, blank=True)
    field = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200, blank=True)
    excerpt = models.JSONField(null=True)
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    visibility = models.CharField(
        _("who reads it"), max_length=10, choices=Visibility, default=Visibility.EVERYONE
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)  # of the newest comment or change
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="assigned_threads",
    )  # fmt: skip
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            # A field has a part, a part a section.
            models.CheckConstraint(
                condition=(Q(part="") | ~Q(section="")) & (Q(field="") | ~Q(part="")),
                name="thread_place_nested",
            ),
        ]
        indexes = [
            # the threads of a plan, of one section and of one record
            models.Index(fields=["plan", "section", "part", "row"], name="thread_by_place"),
        ]

    def __str__(self) -> str:
        return self.label or self.section or self.uid

    @property
    def place(self) -> Place:
        return Place(self.section, self.part, self.row, self.field)

    @property
    def resolved(self) -> bool:
        return self.resolved_at is not None

    @property
    def address(self) -> str:
        """Where the thread stands among the others, at its place; the page shows it whatever
        else there is to show."""
        args, page = [self.plan.uid], "comments:list"
        if self.section in registry:
            args, page = [self.plan.uid, registry[self.section]], "comments:section"
        return f"{reverse(page, args=args)}?thread={self.uid}#thread-{self.uid}"


class Comment(models.Model):
    """``author`` is None for a guest of a share link (``guest_name``) or a deleted account."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    guest_name = models.CharField(_("your name"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=5000)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def writer(self) -> str:
        """Who wrote it, for people."""
        if self.author:
            return str(self.author)
        if self.guest_name:
            return gettext("%(name)s (guest)") % {"name": self.guest_name}
        return gettext("deleted account")


class CommentEdit(models.Model):
    """What a comment said before its author changed it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Reading(models.Model):
    """When a person last read a thread; what came after it is unread."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "thread"], name="reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.thread}"
