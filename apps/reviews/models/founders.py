"""What founders set beside the reviews: their own scores, and decisions where mentors disagree."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.plans.models import Plan
from apps.reviews.models.rubrics import Criterion
from apps.versions.models import Version


class SelfAssessment(models.Model):
    """The founders' own score of a criterion, on one version."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="self_assessments")
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "criterion"], name="self_score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Decision(models.Model):
    """What the founders decided where mentors disagree, on one version: on a criterion or on what
    to think of a section."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="+")
    criterion = models.ForeignKey(Criterion, null=True, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=40, blank=True)
    decision = models.TextField(_("decision"), max_length=2000)
    reason = models.TextField(_("reason"), max_length=2000)
    would_change = models.TextField(_("what evidence would change it"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "criterion"], name="decision_once_per_criterion"
            ),
            models.UniqueConstraint(
                fields=["version", "section"],
                condition=~Q(section=""),
                name="decision_once_per_section",
            ),
            models.CheckConstraint(
                condition=(Q(criterion=None) & ~Q(section=""))
                | (Q(criterion__isnull=False) & Q(section="")),
                name="decision_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.decision[:80]


class Visit(models.Model):
    """When a person last looked at a plan (``at``), when the visit before that one ended
    (``before``), and when they last looked at what had changed (``caught_up``: at first the first
    visit); see visits.py. The desk shows what is new since."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(default=timezone.now)
    before = models.DateTimeField(null=True)
    caught_up = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "plan"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.plan}"
