"""The disagreement board: where mentors' words on one version conflict, and what the founders
decided. Used by the board's pages and by the pages of a later round."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from apps.plans.access import Access
from apps.plans.labels import in_each_language
from apps.plans.models import Plan, Verb
from apps.plans.sections import Section, registry
from apps.plans.services import Conflict, log
from apps.reviews import tables, telling, visibility
from apps.reviews.models import FINISHED, Criterion, Decision, Request, Review, Score, Verdict
from apps.versions.models import Version


@dataclass(frozen=True)
class Disagreement:
    """One thing that mentors see differently: a criterion with scores, or a section with verdicts.
    ``said`` stands in the order of the reviews; who says nothing of it is left out."""

    criterion: Criterion | None
    section: Section | None
    said: list[tuple[Review, Score | Verdict]]
    decision: Decision | None

    @property
    def title(self) -> str:
        return str(self.criterion or self.section)

    @property
    def anchor(self) -> str:
        return self.criterion.uid if self.criterion else self.section.name  # type: ignore[union-attr]


def disagreements(
    reviews: list[Review], access: Access, decisions: Iterable[Decision]
) -> list[Disagreement]:
    decided = {(one.criterion_id, one.section): one for one in decisions}
    found = []
    for row in tables.criterion_rows(reviews, access):
        if row.conflict:
            said = [(by, one) for by, one in zip(reviews, row.scores, strict=True) if one]
            decision = decided.get((row.criterion.pk, ""))
            found.append(Disagreement(row.criterion, None, said, decision))
    for line in tables.section_rows(reviews, access, ()):
        if line.conflict:
            judged = [(by, one) for by, one in zip(reviews, line.verdicts, strict=True) if one]
            decision = decided.get((None, line.section.name))
            found.append(Disagreement(None, line.section, judged, decision))
    return found


def readable_rounds(access: Access, user: Any) -> list[int]:
    """The numbers of the versions of which the person reads finished reviews, newest first."""
    numbers = visibility.readable(access, user).order_by("-request__version__number")
    return list(dict.fromkeys(numbers.values_list("request__version__number", flat=True)))


def decisions(access: Access, user: Any) -> QuerySet[Decision]:
    """Founders see all; mentors those on versions whose reviews they read, and, from the next round
    on, those of the rounds before."""
    found = Decision.objects.filter(plan=access.plan).exclude(section__in=access.hidden)
    if not access.founder:
        asked = Request.objects.filter(plan=access.plan)
        newest = asked.aggregate(newest=Max("version__number"))["newest"] or 0
        finished = visibility.own_finished_number(access, user)
        found = found.filter(
            Q(version__number__lt=newest) | Q(version__number__lte=finished)
        )  # fmt: skip
    return found.select_related("criterion", "version", "by").defer("version__document")


def seen(access: Access, found: Iterable[Decision]) -> list[Decision]:
    """Those about nothing hidden from the reader."""
    return [
        one
        for one in found
        if one.criterion is None or visibility.sees_criterion(access, one.criterion)
    ]


def decided_before(review: Review, access: Access) -> list[Decision]:
    """What the founders decided in the rounds before a mentor's, newest first."""
    number = review.request.version.number
    found = decisions(access, review.mentor).filter(version__number__lt=number)
    return seen(access, found.order_by("-version__number", "pk"))


@transaction.atomic
def decide(
    *, plan: Plan, version: Version, criterion: Criterion | None = None, section: str = "",
    base: int, by: Any, **texts: str,
) -> Decision:  # fmt: skip
    """Record a decision, or change it if nobody did since revision ``base`` (0: none yet); else
    ``Conflict``. The same text saved twice changes nothing."""
    about = {"plan": plan, "version": version, "criterion": criterion, "section": section}
    given = {**texts, "by": by, "at": timezone.now()}
    if base == 0:
        try:
            with transaction.atomic():
                decision = Decision.objects.create(**about, **given, revision=1)
        except IntegrityError:
            return _unchanged(about, texts)
    else:
        rows = Decision.objects.filter(**about, revision=base)
        if not rows.update(**given, revision=F("revision") + 1):
            return _unchanged(about, texts)
        decision = Decision.objects.get(**about)
    name = in_each_language(lambda: criterion or registry[section].title)
    about_sections = criterion.sections if criterion else [section]
    # Named only where hiding its one section hides the entry as well.
    only = about_sections[0] if len(about_sections) == 1 else ""
    facts = {"version": version.number, **({"name": name} if only else {})}
    log(plan=plan, by=by, verb=Verb.DECIDED, label=version.label, section=only, facts=facts)
    finished = Review.objects.filter(request__version=version, state__in=FINISHED)
    telling.decided(
        plan=plan, about=about_sections, name=name,
        to=[one.mentor for one in finished.select_related("mentor") if one.mentor],
        by=by, key=f"decision {decision.pk} {decision.revision}",
        url=reverse("reviews:board", args=[plan.uid]) + f"?version={version.number}",
    )  # fmt: skip
    return decision


def _unchanged(about: dict[str, Any], texts: dict[str, str]) -> Decision:
    decision = Decision.objects.get(**about)
    if any(getattr(decision, name) != text for name, text in texts.items()):
        raise Conflict(None)
    return decision
