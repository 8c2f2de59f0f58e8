"""Reminding mentors of a review that is due soon: once, by a notice and its mail. Used by tasks.py.

Who was asked less than a day ago has just been told.
"""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone

from apps.notices.models import Notice
from apps.plans.models import Role
from apps.reviews import telling
from apps.reviews.models import OPEN, Review

AHEAD = timedelta(days=2)
TOLD_BEFORE = timedelta(days=1)


def remind() -> int:
    """Tell every mentor whose open review is due within AHEAD and who was not told; how many."""
    today, now = timezone.localdate(), timezone.now()
    key = Concat(Value("review "), OuterRef("uid"), Value(" due"))  # as telling.due names it
    told = Notice.objects.filter(recipient=OuterRef("mentor"), key=key)
    due = Review.objects.filter(
        ~Exists(told),
        state__in=OPEN,
        request__due__range=(today, today + AHEAD),
        request__created_at__lt=now - TOLD_BEFORE,
        request__plan__archived_at=None,
        request__plan__memberships__user=F("mentor"),
        request__plan__memberships__role=Role.MENTOR,
    )
    related = due.select_related("mentor", "request__plan", "request__rubric", "request__asked_by")
    reviews = list(related)
    for review in reviews:
        telling.due(review=review)
    return len(reviews)
