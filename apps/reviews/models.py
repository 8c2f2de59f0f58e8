"""Rubrics, requests for review, and each mentor's review. Used by the pages of this app and,
through letter.py, by exports.

The states of a review (moved only by services.py, each a conditional update):

    requested ──accept──▶ in review ──finish──▶ approved | changes requested
        └──decline──▶ declined          any open state ──withdraw──▶ withdrawn
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.plans.fields import new_uid
from apps.plans.models import Plan
from apps.versions.models import Version


class State(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("review", "Waiting for the mentor")
    IN_REVIEW = "in_review", pgettext_lazy("review", "In review")
    CHANGES = "changes", pgettext_lazy("review", "Changes requested")
    APPROVED = "approved", pgettext_lazy("review", "Approved")
    DECLINED = "declined", pgettext_lazy("review", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "Withdrawn")


OPEN = (State.REQUESTED, State.IN_REVIEW)
FINISHED = (State.CHANGES, State.APPROVED)


class Grade(models.TextChoices):
    TO_FIX = "to_fix", _("To fix")
    IMPROVABLE = "improvable", _("Improvable")
    ACCEPTABLE = "acceptable", _("Acceptable")


class Recommendation(models.TextChoices):
    YES = "yes", pgettext_lazy("recommendation", "Yes")
    MAYBE = "maybe", pgettext_lazy("recommendation", "Maybe")
    NO = "no", pgettext_lazy("recommendation", "No")


class Opinion(models.TextChoices):
    AGREE = "agree", _("Agree")
    DISAGREE = "disagree", _("Disagree")


def in_two_languages(record: models.Model, name: str) -> str:
    """The text of ``name`` in the active language, in the other one where it has none."""
    chinese = (get_language() or "en").startswith("zh")
    first, second = ("zh", "en") if chinese else ("en", "zh")
    return getattr(record, f"{name}_{first}") or getattr(record, f"{name}_{second}")


class Rubric(models.Model):
    """A set of weighted criteria. Edited by administrators, in both languages."""

    uid = models.CharField(max_length=40, unique=True, default=new_uid)
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_zh = models.CharField(_("name (Chinese)"), max_length=80, blank=True)
    order = models.PositiveIntegerField(default=0)
    active = models.BooleanField(_("offered for new requests"), default=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self) -> str:
        return in_two_languages(self, "name")


class Criterion(models.Model):
    """``sections`` are the names of the sections it is about; ``anchors`` say what 0, 1, 3 and 5
    points mean: {"0": {"en": …, "zh": …}, …}."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    uid = models.CharField(max_length=40, default=new_uid)
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120, blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=2, default=Decimal(1),
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    sections = models.JSONField(default=list, blank=True)
    anchors = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "uid"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="criterion_weight_positive"),
        ]

    def __str__(self) -> str:
        return in_two_languages(self, "name")


class Request(models.Model):
    """What the founders ask, of one version, from one or several mentors. A round is the requests
    on one version. ``sections`` are those asked about, [] for all."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="review_requests")
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="review_requests")
    rubric = models.ForeignKey(
        Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    question = models.TextField(_("question"), max_length=2000, blank=True)
    sections = models.JSONField(default=list)
    due = models.DateField(_("due date"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan} {self.version}"


class Review(models.Model):
    """One mentor's answer to a request. ``mentor`` is None once the account is deleted."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="reviews")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reviews"
    )
    mentor_name = models.CharField(max_length=120, blank=True)  # stays when the account goes
    state = models.CharField(max_length=12, choices=State, default=State.REQUESTED)
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation, blank=True
    )
    summary = models.TextField(_("in short"), max_length=5000, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)  # of declining
    revision = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "mentor"], name="review_once_per_mentor"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="review_state_known"),
        ]
        indexes = [
            # a mentor's desk: what waits for me
            models.Index(fields=["mentor", "state"], name="review_by_mentor"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_name or self.mentor}: {self.get_state_display()}"


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


class Verdict(models.Model):
    """What a review says of one section, and what the founders answer."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="verdicts")
    section = models.CharField(max_length=40)
    grade = models.CharField(_("verdict"), max_length=12, choices=Grade)
    action = models.TextField(_("what to do"), max_length=3000, blank=True)
    reply = models.TextField(_("answer"), max_length=3000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "section"], name="verdict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.get_grade_display()}"


class Score(models.Model):
    """0–5 points, or None for "need more information": left out of the mean and counted."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    note = models.TextField(_("why"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=5), name="score_0_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class SecondOpinion(models.Model):
    """Another mentor's word on a finished review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="opinions")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opinion = models.CharField(_("second opinion"), max_length=10, choices=Opinion)
    text = models.TextField(_("why"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "mentor"], name="opinion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}: {self.get_opinion_display()}"


class Decision(models.Model):
    """What the founders decided where mentors disagree on one criterion, on one version."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
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
            models.UniqueConstraint(fields=["plan", "version", "criterion"], name="decision_once"),
        ]

    def __str__(self) -> str:
        return self.decision[:80]


class Visit(models.Model):
    """When a person last looked at a plan: the desk shows what changed since."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "plan"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.plan}"
