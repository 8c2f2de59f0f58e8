"""Rounds: the requests on one version are one round. What a mentor said in the round before, and
what changed since. Used by the views and services of this app."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from apps.plans.access import Access, access_for
from apps.plans.document import Document
from apps.plans.models import Plan
from apps.plans.sections import Section, registry
from apps.reviews.models import FINISHED, Criterion, Request, Review, Score, Verdict
from apps.versions.diff import PlanDiff, changed_sections, diff
from apps.versions.figures import FigureChange, figure_changes, sections_moved


def numbers(plan: Plan) -> dict[int, int]:
    """{pk of a version: its round}, counted from 1 in the order of versions."""
    asked = Request.objects.filter(plan=plan).order_by("version__number")
    versions = dict.fromkeys(asked.values_list("version", flat=True))
    return {pk: number for number, pk in enumerate(versions, start=1)}


def asked_sections(request: Request, access: Access) -> list[Section]:
    """Those that the founders ask about and the reader sees, in order."""
    return [
        section
        for section in registry
        if access.sees(section.name) and (not request.sections or section.name in request.sections)
    ]


def is_asked(criterion: Criterion, request: Request) -> bool:
    """Whether the request wants it scored: where it names sections, only what is about one of them
    or about the plan as a whole. The others may be scored."""
    named = not request.sections or not criterion.sections
    return named or bool(set(criterion.sections).intersection(request.sections))


def before(review: Review) -> Review | None:
    """The same mentor's last finished review of an earlier version."""
    return (
        Review.objects.filter(
            mentor=review.mentor,
            state__in=FINISHED,
            request__plan=review.request.plan_id,
            request__version__number__lt=review.request.version.number,
        )
        .select_related("request__version")
        .order_by("-request__version__number", "-ended_at")
        .first()
    )


def carry_over(review: Review) -> None:
    """Begin a later round with what the mentor said of sections that did not change since, nor
    their key figures: the verdicts, and the scores of criteria that are about such sections only.
    """
    access = access_for(review.mentor, review.request.plan.uid)
    found = earlier_round(review, access) if access else None
    if found is None:
        return
    earlier = found.review
    changed = changed_sections(found.version.document, found.document) | found.moved
    Verdict.objects.bulk_create(
        Verdict(review=review, section=said.section, grade=said.grade, action=said.action)
        for said in earlier.verdicts.exclude(section__in=changed)
    )
    Score.objects.bulk_create(
        Score(
            review=review, criterion=said.criterion, points=said.points,
            needs_more=said.needs_more, note=said.note,
        )
        for said in earlier.scores.filter(
            criterion__rubric=review.request.rubric_id
        ).select_related("criterion")
        if said.criterion.sections and not changed.intersection(said.criterion.sections)
    )  # fmt: skip


def section_diff(old: Document, new: Document, access: Access, section: str) -> PlanDiff:
    """What changed in one section, as the reader may see it."""
    found = diff(old, new, access.hidden)
    only = {name: part for name, part in found.sections.items() if name == section}
    return replace(found, settings=(), sections=only)


@dataclass
class Earlier:
    """The round before, as the mentor of the new one sees it."""

    review: Review
    access: Access
    document: Document = field(repr=False)  # of the new round's version

    @property
    def version(self) -> Any:
        return self.review.request.version

    @cached_property
    def diff(self) -> PlanDiff:
        return diff(self.version.document, self.document, self.access.hidden)

    @cached_property
    def figures(self) -> list[FigureChange]:
        """The key figures that moved since, of every section the mentor sees."""
        return [moved for moved in figure_changes(self.diff) if not moved.told]

    @cached_property
    def moved(self) -> set[str]:
        """Sections in which nothing was written, but whose key figures moved."""
        return sections_moved(self.diff, self.figures)

    def section_diff(self, name: str) -> PlanDiff:
        return section_diff(self.version.document, self.document, self.access, name)

    def section_figures(self, name: str) -> list[FigureChange]:
        return [moved for moved in self.figures if moved.section.name == name]


def earlier_round(review: Review, access: Access) -> Earlier | None:
    found = before(review)
    return Earlier(found, access, review.request.version.document) if found else None
