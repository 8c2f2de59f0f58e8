"""What founders ask of mentors, and each mentor's answer.

The states of a review (moved only by services.py, each a conditional update):

    requested ──accept──▶ in review ──finish──▶ approved | changes requested
        └──decline──▶ declined          any open state ──withdraw──▶ withdrawn
"""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.comments.models import Thread
from apps.plans.fields import new_uid
from apps.plans.models import Plan
from apps.reviews.models.rubrics import Criterion, Rubric
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
    """One mentor's answer to a request. ``mentor`` is None once the account is deleted, and as long
    as whoever is asked has not joined: then ``invited`` is their address; see inviting.py."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="reviews")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reviews"
    )
    mentor_name = models.CharField(max_length=120, blank=True)  # stays when the account goes
    invited = models.EmailField(max_length=254, blank=True)  # "" as soon as there is a mentor
    state = models.CharField(max_length=12, choices=State, default=State.REQUESTED)
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation, blank=True
    )
    summary = models.TextField(_("in short"), max_length=5000, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)  # of declining
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # finished, declined or withdrawn

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "mentor"], name="review_once_per_mentor"),
            models.UniqueConstraint(
                fields=["request", "invited"],
                condition=~Q(invited=""),
                name="review_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(invited="") | Q(mentor=None), name="review_invited_or_joined"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="review_state_known"),
        ]
        indexes = [
            # a mentor's desk: what waits for me
            models.Index(fields=["mentor", "state"], name="review_by_mentor"),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.get_state_display()}"

    @property
    def by(self) -> str:
        return str(self.mentor) if self.mentor else self.mentor_name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def awaited(self) -> bool:
        """Asked of somebody who has not joined yet."""
        return bool(self.invited) and self.is_open

    @property
    def overdue(self) -> bool:
        due = self.request.due
        return self.is_open and due is not None and due < timezone.localdate()


class Verdict(models.Model):
    """What a review says of one section, and what the founders answer. While the review is a draft
    there may be an action without a grade."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="verdicts")
    section = models.CharField(max_length=40)
    grade = models.CharField(_("verdict"), max_length=12, choices=Grade, blank=True)
    action = models.TextField(_("what to do"), max_length=3000, blank=True)
    reply = models.TextField(_("answer"), max_length=3000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)  # of the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "section"], name="verdict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.get_grade_display()}"


class Remark(models.Model):
    """A thread that the mentor began beside the version while writing the review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="remark")

    def __str__(self) -> str:
        return f"{self.review} · {self.thread}"


class Settled(models.TextChoices):
    YES = "settled", pgettext_lazy("point", "Settled")
    NO = "open", pgettext_lazy("point", "Still open")


class Settlement(models.Model):
    """A mentor's word, in a later review, on a point of an earlier one of theirs: the verdict that
    made it, or a thread. While the review is a draft there may be words without a choice."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="settlements")
    verdict = models.ForeignKey(
        Verdict, null=True, on_delete=models.CASCADE, related_name="settlements"
    )
    thread = models.ForeignKey(
        Thread, null=True, on_delete=models.CASCADE, related_name="settlements"
    )
    state = models.CharField(_("settled?"), max_length=10, choices=Settled, blank=True)
    text = models.TextField(_("your words"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "verdict"], name="settled_verdict_once"),
            models.UniqueConstraint(fields=["review", "thread"], name="settled_thread_once"),
            models.CheckConstraint(
                condition=Q(verdict=None, thread__isnull=False)
                | Q(verdict__isnull=False, thread=None),
                name="settles_one_point",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict or self.thread}: {self.get_state_display()}"

    @property
    def about(self) -> Verdict | Thread:
        return self.verdict or self.thread

    @property
    def section(self) -> str:
        return self.about.section

    @property
    def said(self) -> str:
        """What the point was made with."""
        return self.verdict.action if self.verdict else self.thread.comments.all()[0].text

    @property
    def version(self) -> Version | None:
        """The one it was made on."""
        return self.verdict.review.request.version if self.verdict else self.thread.version


class Score(models.Model):
    """0–5 points, or "need more information" (``needs_more``, no points): left out of the mean and
    counted. While the review is a draft there may be a note with neither."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    needs_more = models.BooleanField(_("need more information"), default=False)
    note = models.TextField(_("why"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=5, needs_more=False), name="score_0_to_5"
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
