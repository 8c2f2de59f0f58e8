"""The export row: the one truth about a job. The broker only wakes a worker."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from apps.exports.choices import (
    Edition,
    Failure,
    Format,
    Paper,
    Stage,
    Standard,
    State,
    edition_label,
    selected,
    withheld,
)
from apps.plans.access import Access
from apps.plans.fields import new_uid
from apps.plans.models import Plan
from apps.versions.models import Version

ATTEMPTS = 3
# A worker that dies silently loses its lease after this long; it renews every HEARTBEAT.
LEASE = timedelta(seconds=15)
HEARTBEAT = timedelta(seconds=2)


class ExportQuerySet(models.QuerySet):
    def visible_to(self, access: Access) -> "ExportQuerySet":
        """Those that count no section hidden from the person now, with all that pages show of them:
        a total of a printed chapter tells something of every section in it. Nor those with an annex
        that the person may not read. Not what share links made."""
        of_members = self.filter(plan=access.plan, watermark="")
        exports = of_members.select_related("plan", "version", "requested_by")
        exports = exports.defer("version__document")
        if kept_back := withheld(access):
            exports = exports.annotate(extras=Cast("annexes", TextField()))
            for annex in kept_back:
                exports = exports.exclude(extras__contains=f'"{annex}"')
        if access.hidden:
            exports = exports.annotate(names=Cast("counted", TextField()))
            for section in access.hidden:
                exports = exports.exclude(names__contains=f'"{section}"')
        return exports

    def last_pages(self) -> dict[str, int]:
        """How many pages the last one of each edition had, annexes and all. One query."""
        done = self.filter(state=State.DONE).order_by("pk")
        return dict(done.values_list("edition", "pages"))


class Export(models.Model):
    """One file of one version, for one person, in one language.

    The state machine; every arrow is one conditional UPDATE in services.py, so that of two
    processes only one can take it:

        queued ──claim──▶ running ──finish──▶ done
          ▲ │                │ │
          │ └─broker refuses─┼─┴─error──────▶ failed ──retry (a person)──▶ queued
          │                  │                  ▲
          └──lease expired───┤                  │
             (sweep)         └─lease expired, no attempt left (sweep)

    While running, ``worker`` is the token of the one attempt that may write; it renews
    ``lease_until``. ``attempt`` counts up for ever and names the attempt's file;
    ``attempts_allowed`` grows by ATTEMPTS with each retry.
    """

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="exports")
    # RESTRICT: a version goes only together with its plan, never from under an export.
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="exports")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(
        _("language"), max_length=10, choices=[("en", "English"), ("zh-hans", "简体中文")]
    )
    edition = models.CharField(_("edition"), max_length=10, choices=Edition, default=Edition.FULL)
    format = models.CharField(_("format"), max_length=5, choices=Format, default=Format.PDF)
    paper = models.CharField(_("paper"), max_length=6, choices=Paper, default=Paper.A4)
    standard = models.CharField(
        _("PDF standard"), max_length=10, choices=Standard, default=Standard.ACCESS
    )
    # Whether the PDF carries the version's document, so that it can be imported again.
    attached = models.BooleanField(default=False)
    sections = models.JSONField(default=list)  # the names of the sections it prints
    # … and of those that its figures count: whatever its asker could see, printed or not
    counted = models.JSONField(default=list)
    annexes = models.JSONField(default=list)  # the names of the annexes after them
    # For whom it is, at the foot of each page: a copy that a share link made for its recipient.
    watermark = models.CharField(max_length=120, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    attempts_allowed = models.PositiveIntegerField(default=ATTEMPTS)
    worker = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, choices=Failure, blank=True)
    detail = models.TextField(blank=True)  # for the operator; never shown to members

    file = models.FileField(max_length=200, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    missing_glyphs = models.CharField(max_length=200, blank=True)  # left out: no font has them

    created_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now)  # its place in the queue
    woken_at = models.DateTimeField(default=timezone.now)  # when a worker was last told
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="export_state_known"),
            models.CheckConstraint(
                condition=Q(edition__in=Edition.values), name="export_edition_known"
            ),
            models.CheckConstraint(
                condition=Q(format__in=Format.values), name="export_format_known"
            ),
            models.CheckConstraint(condition=Q(paper__in=Paper.values), name="export_paper_known"),
            models.CheckConstraint(
                condition=Q(standard__in=Standard.values), name="export_standard_known"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="export_percent_lte_100"),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | ~Q(file=""), name="export_done_has_file"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING) | Q(lease_until__isnull=False),
                name="export_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(attempt__lte=F("attempts_allowed")), name="export_attempts_bounded"
            ),
        ]
        indexes = [
            # the export page: one plan's newest first
            models.Index(fields=["plan", "-created_at"], name="export_by_plan"),
            # the page that checks a file
            models.Index(fields=["sha256"], condition=Q(state=State.DONE), name="export_by_file"),
            # the sweeper and the queue place: what is unfinished, oldest first
            models.Index(
                fields=["queued_at"],
                condition=Q(state__in=[State.QUEUED, State.RUNNING]),
                name="export_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state in {State.DONE, State.FAILED}

    @property
    def reason(self) -> Any:
        """Why it failed, in words."""
        return self.get_failure_display() if self.failure else ""

    def place(self) -> int | None:
        """1 for the next in the queue; None once it left the queue. One query."""
        if self.state != State.QUEUED:
            return None
        ahead = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lt=self.pk)
        return Export.objects.filter(ahead, state=State.QUEUED).count() + 1

    @property
    def download_name(self) -> str:
        title = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "-", self.plan.title).strip(" .-")
        name = f"{title or self.plan.uid} v{self.version.number}"
        if self.format != Format.XLSX and selected(self.edition, self.sections):
            with translation.override(self.language):
                name += f" ({_('selected chapters')})"
        return f"{name}.{self.format}"

    @property
    def edition_label(self) -> str:
        return edition_label(self.edition, self.sections)

    def file_name(self, attempt: int) -> str:
        """Where an attempt stores its file: by number, so that a later one can clear it away."""
        return f"exports/{self.plan.uid}/{self.uid}-{attempt}.{self.format}"


class Look(models.Model):
    """How the documents of a plan look: the company's logo and colour. No row: as we ship it.

    Belongs to no version: an old version is printed with today's logo.
    """

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="look")
    accent = models.CharField(_("accent colour"), max_length=7, blank=True)  # "#rrggbb"
    # In the row and not in the storage: small, written anew by us (look.py), gone with the plan.
    logo = models.BinaryField(null=True)  # a PNG of at most look.LOGO_BOX

    class Meta:
        verbose_name = _("look of the documents")
        verbose_name_plural = _("looks of the documents")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.accent}"
