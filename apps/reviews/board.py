"""The disagreement board: where mentors' words on one version conflict, what they commented there,
and what the founders decided. Used by the board's pages and by the pages of a later round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.comments.models import Thread
from apps.plans.access import Access
from apps.plans.labels import in_each_language
from apps.plans.models import Plan, Verb
from apps.plans.sections import Section, registry
from apps.plans.services import Conflict, log
from apps.reviews import remarks, tables, telling, visibility
from apps.reviews.models import FINISHED, Criterion, Decision, Request, Review, Score, Verdict
from apps.versions.models import Version

SHOWN = 5  # comments of one mentor beside a disagreement; the others are counted


@dataclass(frozen=True)
class Side:
    """One mentor's word on it: the score or verdict, if there is one, and the comments on what it
    is about; ``more`` counts those not shown."""

    review: Review
    said: Score | Verdict | None
    comments: list[Thread]
    more: int = 0


@dataclass(frozen=True)
class Disagreement:
    """One thing that mentors see differently: a criterion with scores, or a section with verdicts.
    ``conflict`` is False where several only commented on the section. ``sides`` stand in the order
    of the reviews; who says nothing of it at all is left out."""

    criterion: Criterion | None
    section: Section | None
    sides: list[Side]
    decision: Decision | None
    conflict: bool = True

    @property
    def title(self) -> str:
        return str(self.criterion or self.section)

    @property
    def heading(self) -> str:
        """Criteria and sections may bear the same name."""
        words = _("Criterion: %(title)s") if self.criterion else _("Section: %(title)s")
        return words % {"title": self.title}

    @property
    def version(self) -> Version:
        """The one on which they disagreed."""
        return self.sides[0].review.request.version

    @property
    def anchor(self) -> str:
        return self.criterion.uid if self.criterion else self.section.name  # type: ignore[union-attr]


def disagreements(
    reviews: list[Review], access: Access, decisions: Iterable[Decision]
) -> list[Disagreement]:
    """Criteria with conflicting scores, then sections with conflicting verdicts, then sections on
    which several mentors commented."""
    decided = {(one.criterion_id, one.section): one for one in decisions}
    written = remarks.written(access, reviews)
    found = []
    for row in tables.criterion_rows(reviews, access):
        if row.conflict:
            sides = _sides(reviews, row.scores, written, row.criterion.sections)
            decision = decided.get((row.criterion.pk, ""))
            found.append(Disagreement(row.criterion, None, sides, decision))
    lines = {line.section.name: line for line in tables.section_rows(reviews, access, ())}
    for section in registry:
        line = lines.get(section.name)
        verdicts = line.verdicts if line else [None] * len(reviews)
        sides = _sides(reviews, verdicts, written, [section.name])
        conflict = line is not None and line.conflict
        if conflict or sum(bool(side.comments) for side in sides) > 1:
            decision = decided.get((None, section.name))
            found.append(Disagreement(None, section, sides, decision, conflict))
    return sorted(found, key=lambda one: not one.conflict)


def _sides(
    reviews: list[Review],
    said: Sequence[Score | Verdict | None],
    written: dict[int, list[Thread]],
    sections: Iterable[str],
) -> list[Side]:
    found = []
    for review, word in zip(reviews, said, strict=True):
        threads = [one for one in written[review.pk] if one.section in sections]
        if word or threads:
            found.append(Side(review, word, threads[:SHOWN], len(threads[SHOWN:])))
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


def is_about(decision: Decision, section: str) -> bool:
    """Whether it is on the section, or on a criterion that looks at it."""
    sections = decision.criterion.sections if decision.criterion else [decision.section]
    return section in sections


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
