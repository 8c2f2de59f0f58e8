"""The reply to the reviewers: what they said of a version → the answer → what changed since, old →
new → where it stands. A page of this app, and an annex of the PDF (``freeze``).

Gathered in the language now active; showing it makes no query.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.comments import places
from apps.comments.models import Thread
from apps.comments.threads import for_everyone, in_full
from apps.plans.access import Access, Role
from apps.plans.checks import Place
from apps.plans.document import Document
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.reviews import tables
from apps.reviews.models import FINISHED, Grade, Review, Verdict
from apps.versions.diff import FieldDiff, PlanDiff, diff, field_changes
from apps.versions.models import Version
from apps.versions.shown import record_of, shown_field

CHANGES = 12  # fields shown of one line; the rest is counted
TEXT = 240  # characters shown of an old or a new text

STATUS = {
    "resolved": pgettext_lazy("letter", "Resolved"),
    "fine": gettext_lazy("Nothing to do"),
    "both": gettext_lazy("Answered and changed"),
    "changed": gettext_lazy("Changed, not answered yet"),
    "answered": gettext_lazy("Answered, nothing changed"),
    "open": pgettext_lazy("letter", "Open"),
}


@dataclass(frozen=True)
class Change:
    """A field that differs since: where, and both texts."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Answer:
    by: str
    text: str


@dataclass(frozen=True)
class Line:
    """A verdict or a comment. ``status`` is a key of STATUS, ``state`` the same in words."""

    by: str
    place: str
    grade: str
    said: str
    answers: list[Answer]
    changes: list[Change]
    more: int  # changed fields beyond those shown
    status: str
    state: str


@dataclass(frozen=True)
class Letter:
    """``number`` is the reviewed version, None where no review is finished; ``since`` the one
    compared with it, None for now."""

    number: int | None
    since: int | None
    reviewers: list[str]
    lines: list[Line]

    @property
    def counts(self) -> dict[str, int]:
        """{state in words: lines}, in the order of STATUS."""
        found = {
            str(word): sum(line.status == key for line in self.lines)
            for key, word in STATUS.items()
        }
        return {word: count for word, count in found.items() if count}


@dataclass
class _Writer:
    """Compares what was said on each version with the document of now."""

    access: Access
    now: Document

    @cached_property
    def diffs(self) -> dict[int, PlanDiff]:
        return {}

    def diff(self, version: Version) -> PlanDiff:
        if version.pk not in self.diffs:
            self.diffs[version.pk] = diff(version.document, self.now, self.access.hidden)
        return self.diffs[version.pk]

    def changes(self, version: Version, place: Place) -> list[FieldDiff]:
        return field_changes(version.document, self.now, place, self.access.hidden)

    def line(
        self, version: Version, place: Place, *, by: str, where: str, said: str,
        answers: list[Answer], grade: str = "", settled: str = "",
    ) -> Line:  # fmt: skip
        # What is said of the whole plan no single edit answers.
        found = self.changes(version, place) if place.section else []
        status = settled or status_of(bool(found), bool(answers))
        shown = [self.change(version, one) for one in found[:CHANGES]]
        return Line(
            by=by, place=where, grade=grade, said=said, answers=answers, changes=shown,
            more=max(0, len(found) - CHANGES), status=status, state=str(STATUS[status]),
        )  # fmt: skip

    def change(self, version: Version, one: FieldDiff) -> Change:
        compared = self.diff(version)
        field = shown_field(compared, one)
        label = field.label
        if one.place.row:
            section, part = registry.part(f"{one.place.section}.{one.place.part}")
            sides = compared.contents
            there = sides[1].find(f"{section.name}.{part.name}", one.place.row)
            row = record_of(sides[1] if there else sides[0], section.name, part, one.place.row)
            label = f"{row} · {label}"
        if field.evidence:
            label = f"{label} · {_('Evidence')}"
        return Change(label, *(Truncator(text).chars(TEXT) for text in (field.old, field.new)))

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


def status_of(changed: bool, answered: bool) -> str:
    if changed and answered:
        return "both"
    return "changed" if changed else "answered" if answered else "open"


def write(
    access: Access, reviews: Iterable[Review], now: Document, since: int | None = None,
    earlier: Iterable[Review] = (),
) -> Letter:  # fmt: skip
    """The letter to the mentors of finished reviews of one version, in the order they finished:
    verdicts in the order of sections, then comments in the order they were written. Behind them
    stands what is still open of ``earlier`` rounds (newest first)."""
    writer, lines, written, before = _Writer(access, now), [], list(reviews), list(earlier)
    threads = _comments([*written, *before], access)
    for review in written:
        lines += [writer.verdict(review, said) for said in _verdicts(review, access)]
        lines += [writer.thread(review, one) for one in threads[review.pk]]
    judged = {(one.mentor_id, said.section) for one in written for said in one.verdicts.all()}
    for review in before:
        lines += _still_open(writer, review, threads[review.pk], judged)
        judged |= {(review.mentor_id, said.section) for said in review.verdicts.all()}
    number = written[0].request.version.number if written else None
    return Letter(number, since, [review.by for review in written], lines)


def _still_open(
    writer: _Writer, review: Review, threads: list[Thread], judged: set[tuple[int | None, str]]
) -> list[Line]:
    """The points of a section that the mentor has not judged again, unless they are settled."""
    lines = [
        writer.verdict(review, said)
        for said in _verdicts(review, writer.access)
        if said.grade != Grade.ACCEPTABLE and (review.mentor_id, said.section) not in judged
    ]
    lines += [
        writer.thread(review, one)
        for one in threads
        if not one.resolved and (review.mentor_id, one.section) not in judged
    ]
    version = _("Version %(number)s") % {"number": review.request.version.number}
    return [replace(line, place=f"{line.place} · {version}") for line in lines]


def _verdicts(review: Review, access: Access) -> list[Verdict]:
    order = [section.name for section in registry if access.sees(section.name)]
    verdicts = [said for said in review.verdicts.all() if said.section in order]
    return sorted(verdicts, key=lambda said: order.index(said.section))


def _comments(reviews: list[Review], access: Access) -> dict[int, list[Thread]]:
    """What each mentor began while reviewing. Founders' own threads are no part of any letter."""
    found: dict[int, list[Thread]] = {review.pk: [] for review in reviews}
    by_mentors = [review for review in reviews if review.mentor_id]
    if not by_mentors:
        return found
    spans = Q()
    for one in by_mentors:
        spans |= Q(created_by=one.mentor_id, created_at__range=(one.accepted_at, one.ended_at))
    written = for_everyone(access.plan, access.hidden).filter(spans)
    for thread in in_full(written).defer(None).order_by("created_at", "pk"):
        for one in by_mentors:
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
    *, plan: Plan, version: Version, sections: Iterable[str], language: str
) -> dict[str, Any]:
    """The letter that goes with ``version``, as plain JSON in that language and without what is
    about other sections: it answers the newest round on an earlier version, or, where there is
    none, the round on this very one."""
    hidden = frozenset(section.name for section in registry) - set(sections)
    access = Access(plan, Role.OWNER, hidden)
    found = Review.objects.filter(
        request__plan=plan, state__in=FINISHED, request__version__number__lte=version.number
    ).select_related("mentor", "request__version")
    newest = found.order_by("-request__version__number")
    answered = newest.exclude(request__version=version).first() or newest.first()
    round_ = answered.request.version_id if answered else None
    reviews = tables.in_full(found.filter(request__version=round_))
    earlier = rounds_before(found, answered.request.version.number) if answered else ()
    with translation.override(language):
        letter = write(access, reviews, version.document, since=version.number, earlier=earlier)
        return asdict(letter) | {"counts": letter.counts}
