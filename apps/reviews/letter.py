"""The reply to the reviewers: what they said of a version → the answer → what changed since, old →
new → where it stands. A page of this app, and an annex of the PDF (``freeze``).

Gathered in the language now active; showing it makes no query.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

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
        found = self.changes(version, place)
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
    access: Access, reviews: Iterable[Review], now: Document, since: int | None = None
) -> Letter:
    """The letter to the mentors of finished reviews of one version, in the order they finished:
    verdicts in the order of sections, then comments in the order they were written."""
    writer, lines, written = _Writer(access, now), [], list(reviews)
    order = [section.name for section in registry]
    for review in written:
        verdicts = [said for said in review.verdicts.all() if access.sees(said.section)]
        verdicts = [said for said in verdicts if said.section in order]
        verdicts.sort(key=lambda said: order.index(said.section))
        lines += [writer.verdict(review, said) for said in verdicts]
        lines += [writer.thread(review, one) for one in comments_of(review, access)]
    number = written[0].request.version.number if written else None
    return Letter(number, since, [review.by for review in written], lines)


def comments_of(review: Review, access: Access) -> list[Thread]:
    """What the mentor began while reviewing. Founders' own threads are no part of any letter."""
    if review.mentor is None:
        return []
    written = for_everyone(access.plan, access.hidden).filter(
        created_by=review.mentor, created_at__range=(review.accepted_at, review.ended_at)
    )
    threads = in_full(written).defer(None).order_by("created_at", "pk")
    return [thread for thread in threads if len(thread.comments.all())]


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
    with translation.override(language):
        letter = write(access, reviews, version.document, since=version.number)
        return asdict(letter) | {"counts": letter.counts}
