"""The reply to the reviewers: what they said of a version → the answer → what changed since, old →
new → where it stands. A page of this app, and an annex of the PDF (``freeze``).

Gathered in the language now active; showing it makes no query. See letter_lines.py for its form.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from apps.comments import places
from apps.comments.models import Thread
from apps.comments.threads import for_everyone, in_full
from apps.plans.access import Access, Role
from apps.plans.checks import Place
from apps.plans.document import Document
from apps.plans.models import Plan
from apps.plans.sections import Part, registry
from apps.reviews import tables
from apps.reviews.letter_lines import STATUS, Answer, Change, Letter, Line, arranged
from apps.reviews.models import FINISHED, Grade, Review, Verdict
from apps.versions.diff import PlanDiff, changes_at, diff
from apps.versions.models import Version
from apps.versions.shown import ShownField, ShownRow, shown_row
from apps.versions.words import excerpt

CHANGES = 8  # told of one point; the rest is counted
TEXT = 240  # characters shown of what a text lost, and of what it got
CONTEXT = 40  # characters shown beside a change of a text


@dataclass
class _Writer:
    """Compares what was said on each version with the document of now."""

    access: Access
    now: Document
    sections: frozenset[str] | None = None  # those it tells of; None: of all that are seen

    def tells_of(self, section: str) -> bool:
        """Of the plan as a whole, always."""
        chosen = self.sections is None or section in self.sections
        return not section or (chosen and self.access.sees(section))

    @cached_property
    def diffs(self) -> dict[int, PlanDiff]:
        return {}

    def diff(self, version: Version) -> PlanDiff:
        if version.pk not in self.diffs:
            self.diffs[version.pk] = diff(version.document, self.now, self.access.hidden)
        return self.diffs[version.pk]

    def changes(self, version: Version, place: Place) -> list[Change]:
        """A row that came or went is one change, whatever it says; so is each changed field."""
        found = self.diff(version)
        told: list[Change] = []
        for name, part_name, row in changes_at(found, place):
            section, part = registry.part(f"{name}.{part_name}")
            told += told_row(part, shown_row(found, section, part, row, CONTEXT))
        return told

    def line(
        self, version: Version, place: Place, *, by: str, where: str, said: str,
        answers: list[Answer], grade: str = "", settled: str = "",
    ) -> Line:  # fmt: skip
        # What is said of the whole plan no single edit answers.
        found = self.changes(version, place) if place.section else []
        status = settled or status_of(bool(found), bool(answers))
        return Line(
            by=by, place=where, grade=grade, said=said, answers=answers, changes=found[:CHANGES],
            more=max(0, len(found) - CHANGES), status=status, state=str(STATUS[status]),
            about=f"{version.number} {places.key(place)}",
        )  # fmt: skip

    def verdict(self, review: Review, verdict: Verdict) -> Line:
        fine = verdict.grade == Grade.ACCEPTABLE and not verdict.reply
        by = str(verdict.replied_by or _("The founders"))
        return self.line(
            review.request.version, Place(verdict.section), by=review.by,
            where=str(registry[verdict.section].title), grade=verdict.get_grade_display(),
            said=verdict.action, settled="fine" if fine else "",
            answers=[Answer(by, verdict.reply)] if verdict.reply else [],
        )  # fmt: skip

    def thread(self, review: Review, thread: Thread) -> Line:
        first, *others = thread.comments.all()
        answers = [Answer(str(one.author or one.guest_name), one.text) for one in others]
        return self.line(
            thread.version or review.request.version, thread.place, by=review.by,
            where=places.words(thread.place, thread.label), said=first.text, answers=answers,
            settled="resolved" if thread.resolved else "",
        )  # fmt: skip


def told_row(part: Part, row: ShownRow) -> list[Change]:
    if row.kind != "changed":
        return [Change(row.kind, f"{part.title} · {row.title}")]
    return [told_field(one, row.title) for one in row.fields]


def told_field(shown: ShownField, row: str = "") -> Change:
    label = f"{row} · {shown.label}" if row else shown.label
    if shown.evidence:
        label = f"{label} · {_('Evidence')}"
    if shown.kind == "value":
        return Change("value", label, shown.old, shown.new, shown.step)
    pieces = shown.pieces
    if shown.kind == "items":  # those that stayed are no news
        pieces = [one for one in pieces if one.kind != "same"]
    return Change(shown.kind, label, pieces=excerpt(pieces, TEXT))


def status_of(changed: bool, answered: bool) -> str:
    if changed and answered:
        return "both"
    return "changed" if changed else "answered" if answered else "open"


def write(
    access: Access, reviews: Iterable[Review], now: Document, since: int | None = None,
    earlier: Iterable[Review] = (), sections: frozenset[str] | None = None,
) -> Letter:  # fmt: skip
    """The letter to the mentors of finished reviews of one version, in the order they finished:
    verdicts in the order of sections, then comments in the order they were written. Behind them
    stands what is still open of ``earlier`` rounds (newest first)."""
    writer, lines = _Writer(access, now, sections), []
    written, before = list(reviews), list(earlier)
    threads = _comments([*written, *before], writer)
    for review in written:
        lines += [writer.verdict(review, said) for said in _verdicts(review, writer)]
        lines += [writer.thread(review, one) for one in threads[review.pk]]
    judged = {(one.mentor_id, said.section) for one in written for said in one.verdicts.all()}
    for review in before:
        lines += _still_open(writer, review, threads[review.pk], judged)
        judged |= {(review.mentor_id, said.section) for said in review.verdicts.all()}
    number = written[0].request.version.number if written else None
    by = [review.by for review in written]
    return arranged(lines, number=number, since=since, reviewers=by)


def _still_open(
    writer: _Writer, review: Review, threads: list[Thread], judged: set[tuple[int | None, str]]
) -> list[Line]:
    """The points of a section that the mentor has not judged again, unless they are settled."""
    lines = [
        writer.verdict(review, said)
        for said in _verdicts(review, writer)
        if said.grade != Grade.ACCEPTABLE and (review.mentor_id, said.section) not in judged
    ]
    lines += [
        writer.thread(review, one)
        for one in threads
        if not one.resolved and (review.mentor_id, one.section) not in judged
    ]
    version = _("Version %(number)s") % {"number": review.request.version.number}
    return [replace(line, place=f"{line.place} · {version}") for line in lines]


def _verdicts(review: Review, writer: _Writer) -> list[Verdict]:
    order = [section.name for section in registry if writer.tells_of(section.name)]
    verdicts = [said for said in review.verdicts.all() if said.section in order]
    return sorted(verdicts, key=lambda said: order.index(said.section))


def _comments(reviews: list[Review], writer: _Writer) -> dict[int, list[Thread]]:
    """What each mentor began while reviewing. Founders' own threads are no part of any letter."""
    found: dict[int, list[Thread]] = {review.pk: [] for review in reviews}
    by_mentors = [review for review in reviews if review.mentor_id]
    if not by_mentors:
        return found
    spans = Q()
    for one in by_mentors:
        spans |= Q(created_by=one.mentor_id, created_at__range=(one.accepted_at, one.ended_at))
    written = for_everyone(writer.access.plan, writer.access.hidden).filter(spans)
    for thread in in_full(written).defer(None).order_by("created_at", "pk"):
        for one in by_mentors if writer.tells_of(thread.section) else ():
            if (
                thread.created_by_id == one.mentor_id
                and one.accepted_at <= thread.created_at <= one.ended_at
                and len(thread.comments.all())
            ):
                found[one.pk].append(thread)
    return found


def rounds_before(reviews: QuerySet[Review], number: int) -> QuerySet[Review]:
    """Of the finished reviews given, those of earlier versions than this, newest first."""
    earlier = tables.in_full(reviews.filter(request__version__number__lt=number))
    return earlier.order_by("-request__version__number", "ended_at", "pk")


def freeze(
    *, plan: Plan, version: Version, sections: Iterable[str], counted: Iterable[str], language: str
) -> dict[str, Any]:
    """The letter that goes with ``version``, as plain JSON in that language: it answers the newest
    round on an earlier version, or, where there is none, the round on this very one. It tells of
    the printed ``sections``; where none is printed, the letter stands alone and tells of all that
    are ``counted``. Rows of the others are hidden even where a printed one names them."""
    names = {section.name for section in registry}
    counted = set(counted)
    access = Access(plan, Role.OWNER, frozenset(names - counted))
    found = Review.objects.filter(
        request__plan=plan, state__in=FINISHED, request__version__number__lte=version.number
    ).select_related("mentor", "request__version")
    newest = found.order_by("-request__version__number")
    answered = newest.exclude(request__version=version).first() or newest.first()
    round_ = answered.request.version_id if answered else None
    reviews = tables.in_full(found.filter(request__version=round_))
    earlier = rounds_before(found, answered.request.version.number) if answered else ()
    with translation.override(language):
        letter = write(
            access, reviews, version.document, since=version.number, earlier=earlier,
            sections=frozenset(sections) or None,
        )  # fmt: skip
        return asdict(letter)
