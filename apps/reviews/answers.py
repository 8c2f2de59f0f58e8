"""What people write about a finished review: the founders' answers, other mentors' opinions. Used
by the views of this app."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.plans.services import Conflict
from apps.reviews.models import Review, SecondOpinion, Verdict


@transaction.atomic
def reply(*, verdict: Verdict, text: str, base: int, by: Any) -> None:
    """Answer a verdict. Raises ``Conflict`` if another founder answered since revision ``base``."""
    at = timezone.now()
    saved = Verdict.objects.filter(pk=verdict.pk, revision=base).update(
        reply=text, replied_by=by, replied_at=at, revision=F("revision") + 1
    )
    if not saved and Verdict.objects.get(pk=verdict.pk).reply != text:
        raise Conflict(None)


@transaction.atomic
def give_opinion(*, review: Review, mentor: Any, opinion: str, text: str) -> SecondOpinion:
    """Agree or disagree with a review; a mentor has one opinion of it, and may change it."""
    given, _created = SecondOpinion.objects.update_or_create(
        review=review, mentor=mentor,
        defaults={"opinion": opinion, "text": text, "at": timezone.now()},
    )  # fmt: skip
    return given
