"""Findings put aside, and the counts of the last run. The findings themselves are never stored:
they follow from the plan (see report.py)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.models import Plan


class Dismissal(models.Model):
    """A finding that the founders have looked at and leave as it is, with their reason.

    It holds for one ``signature``: the rule, its places and what stands there. Whoever changes one
    of them brings the finding back.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="dismissals")
    key = models.CharField(max_length=80)
    signature = models.CharField(max_length=64)
    reason = models.CharField(pgettext_lazy("of a dismissal", "reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("dismissal")
        verbose_name_plural = _("dismissals")
        constraints = [
            # also the index of "all of one plan"
            models.UniqueConstraint(fields=["plan", "signature"], name="dismissal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class Run(models.Model):
    """How many findings were open when the checks last ran, for the readers who may not see the
    sections in ``hidden`` (their names, sorted, with commas). Spares every page the whole run."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="check_runs")
    hidden = models.CharField(max_length=400, blank=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    hints = models.PositiveIntegerField(default=0)
    plan_updated_at = models.DateTimeField()
    day = models.DateField()  # some checks ask what is overdue today

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "hidden"], name="check_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.errors} / {self.warnings} / {self.hints}"

    @property
    def open(self) -> int:
        return self.errors + self.warnings + self.hints
