"""Several mentors side by side: what they say of each section and of each criterion. Used by the
pages of a request, the board and the letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from apps.plans.access import Access
from apps.plans.contents import load
from apps.plans.document import Document, dump
from apps.plans.models import Plan
from apps.plans.sections import Section, registry
from apps.reviews import rules, visibility
from apps.reviews.models import Criterion, Review, Score, SecondOpinion, Verdict
from apps.versions.diff import changed_sections, diff
from apps.versions.figures import figure_changes, sections_moved
from apps.versions.models import Version


def in_full(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With all they say; four queries for any number of them."""
    return reviews.order_by("ended_at", "pk").prefetch_related(
        Prefetch("verdicts", Verdict.objects.select_related("replied_by")),
        Prefetch("scores", Score.objects.select_related("criterion")),
        Prefetch("opinions", SecondOpinion.objects.select_related("mentor").order_by("at", "pk")),
    )


def document_now(plan: Plan) -> Document:
    """The whole plan as it stands: one query a part."""
    return dump(load(plan))


def changed_since(document: Document, now: Document, access: Access) -> set[str]:
    """The sections that the reader sees and that differ: verdicts on them are stale."""
    return {name for name in changed_sections(document, now) if access.sees(name)}


def figures_moved(document: Document, now: Document, access: Access) -> set[str]:
    """The sections in which the reader sees nothing new but the key figures: verdicts on them may
    be stale."""
    found = diff(document, now, access.hidden)
    return sections_moved(found, figure_changes(found))


def stale_versions(access: Access, versions: Any) -> set[int]:
    """Of the versions (a queryset of their pks), those since which the reader sees a change. The
    plan is read only where there is one."""
    documents = dict(Version.objects.filter(pk__in=versions).values_list("pk", "document"))
    now = document_now(access.plan) if documents else {}
    return {pk for pk, document in documents.items() if changed_since(document, now, access)}


@dataclass(frozen=True)
class SectionRow:
    """``verdicts`` stand in the order of the reviews; None where one says nothing."""

    section: Section
    verdicts: list[Verdict | None]
    stale: bool
    moved: bool = False  # not stale, but its key figures read otherwise

    @property
    def conflict(self) -> bool:
        return rules.grades_conflict([said.grade for said in self.verdicts if said and said.grade])


def section_rows(
    reviews: Sequence[Review], access: Access, changed: Iterable[str], moved: Iterable[str] = ()
) -> list[SectionRow]:
    said = [{verdict.section: verdict for verdict in review.verdicts.all()} for review in reviews]
    changed, moved = set(changed), set(moved)
    return [
        SectionRow(
            section, [one.get(section.name) for one in said],
            section.name in changed, section.name in moved,
        )
        for section in registry
        if access.sees(section.name) and any(section.name in one for one in said)
    ]  # fmt: skip


@dataclass(frozen=True)
class CriterionRow:
    """``scores`` stand in the order of the reviews; None where one says nothing."""

    criterion: Criterion
    scores: list[Score | None]

    @property
    def points(self) -> list[int | None]:
        return [score.points for score in self.scores if score]

    @property
    def mean(self) -> rules.Mean:
        return rules.mean(self.points)

    @property
    def conflict(self) -> bool:
        return rules.scores_conflict(self.points)


def criterion_rows(reviews: Sequence[Review], access: Access) -> list[CriterionRow]:
    """Of every rubric that the reviews used, in the rubrics' own order."""
    said = [{score.criterion_id: score for score in review.scores.all()} for review in reviews]
    criteria = {score.criterion_id: score.criterion for one in said for score in one.values()}
    ordered = sorted(criteria.values(), key=lambda item: (item.rubric_id, item.order, item.pk))
    return [
        CriterionRow(criterion, [one.get(criterion.pk) for one in said])
        for criterion in visibility.seen_criteria(access, ordered)
    ]


def overall(rows: Iterable[CriterionRow]) -> rules.Mean:
    return rules.overall((row.points, row.criterion.weight) for row in rows)


def review_mean(review: Review, access: Access) -> rules.Mean:
    """One mentor's weighted mean over the criteria that the reader sees."""
    scores: list[Any] = visibility.seen_scores(access, review.scores.all())
    return rules.weighted_mean((score.points, score.criterion.weight) for score in scores)
