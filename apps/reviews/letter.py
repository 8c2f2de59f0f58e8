"""The reply to the reviewers: point by point what they said → the answer → what changed since →
what became of it, over all rounds. A page of this app, and an annex of the PDF (``freeze``).

Gathered in the language now active; showing it makes no query. See points.py for how a point is
followed over the rounds, letter_lines.py for the letter's form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from apps.comments import places
from apps.core.money import day
from apps.plans.access import Access, Role
from apps.plans.checks import Place
from apps.plans.document import Document
from apps.plans.models import Plan
from apps.plans.sections import Part, registry
from apps.plans.templatetags.plan_tags import place_url
from apps.reviews import board, points, rounds, visibility
from apps.reviews.letter_lines import STATUS, Change, Letter, Line, Step, arranged
from apps.reviews.models import FINISHED, Decision, Review, Settled
from apps.reviews.points import Point, Turn
from apps.versions.diff import PlanDiff, changes_at, diff
from apps.versions.models import Version
from apps.versions.shown import ShownField, ShownRow, shown_row
from apps.versions.words import excerpt

CHANGES = 8  # told of one point; the rest is counted
NOW = 0  # stands where the number of a version does
TEXT = 240  # characters shown of what a text lost, and of what it got
CONTEXT = 40  # characters shown beside a change of a text
SAID = {"settled": Settled.YES.label, "still": Settled.NO.label}


def write(
    access: Access, reviews: Sequence[Review], number: int, now: Document, *,
    since: int | None = None, decisions: Iterable[Decision] = (),
    sections: frozenset[str] | None = None, links: bool = False,
) -> Letter:  # fmt: skip
    """The letter to the mentors of the round on version ``number``: the points they made, and those
    that earlier rounds left open. ``reviews`` come from points.in_rounds; ``now`` is compared with
    what they judged. ``sections`` are those it tells of, None for all that are seen."""
    followed = points.follow(access, reviews, decisions)
    told = [one for one in followed if _belongs(one, number)]
    told.sort(key=lambda one: -one.review.request.version.number)
    if sections is not None:
        told = [one for one in told if one.place.section in {"", *sections}]
    by = [one.by for one in reviews if one.request.version.number == number]
    found = lines(access, told, now, links)
    return arranged(found, number=number if by else None, since=since, reviewers=by)


def lines(access: Access, told: Iterable[Point], now: Document, links: bool = False) -> list[Line]:
    """Each point with its history and what changed since; one query, and that of the rounds."""
    told = list(told)
    needed = {number for one in told for number in span(one)}
    versions = Version.objects.filter(plan=access.plan, number__in=needed)
    documents = {**dict(versions.values_list("number", "document")), NOW: now}
    writer = _Writer(access, documents, rounds.numbers(access.plan), links)
    return [writer.line(one) for one in told]


def unanswered(access: Access, user: Any) -> list[tuple[str, str, str, str]]:
    """(mentor, place, what was said, where to answer) of each point that no founder answered."""
    reviews = list(points.in_rounds(visibility.readable(access, user)))
    followed = points.follow(access, reviews, board.seen(access, board.decisions(access, user)))
    return [
        (one.review.by, place_of(one), one.turns[0].text, answer_url(access.plan, one))
        for one in followed
        if one.status == points.OPEN
    ]


def place_of(point: Point) -> str:
    return places.words(point.place, point.thread.label if point.thread else "")


def _belongs(point: Point, number: int) -> bool:
    """Whether it was made in that round, or was still to be settled when it began."""
    made = point.review.request.version.number
    if made >= number or not point.settled:
        return made <= number
    return point.settled_in is not None and point.settled_in.request.version.number >= number


def span(point: Point) -> tuple[int, int]:
    """The versions between which it was dealt with: what was acceptable at once stays so, whatever
    changes."""
    settled = point.settled_later
    last = settled.request.version.number if settled else NOW
    return point.review.request.version.number, last


@dataclass
class _Writer:
    """Compares what was said on each version with the document of now."""

    access: Access
    documents: dict[int, Document]  # by the number of the version
    rounds: dict[int, int]
    links: bool

    def line(self, point: Point) -> Line:
        found = self.changes(point)
        ends = [one for one in point.turns if one.kind == "decided" or _settles(point, one)]
        begun = [one for one in point.turns if one not in ends]
        verdict = point.verdicts[-1] if point.verdicts else None
        return Line(
            by=point.review.by, place=place_of(point),
            grade=str(verdict.get_grade_display()) if verdict else "", said=point.turns[0].text,
            steps=[self.step(one) for one in begun], closing=[self.step(one) for one in ends],
            changed=self.changed(point), changes=found[:CHANGES],
            more=max(0, len(found) - CHANGES), status=point.status,
            state=str(STATUS[point.status]), fine=point.fine,
            about=f"{span(point)} {places.key(point.place)}", **self.addresses(point),
        )  # fmt: skip

    # --- What was said ----------------------------------------------------------------------------
    def step(self, turn: Turn) -> Step:
        by = str(turn.by or _("The founders"))
        return Step(turn.kind, self.head(turn, by), turn.text)

    def head(self, turn: Turn, by: str) -> str:
        if turn.review:
            version = turn.review.request.version
            words = {"round": self.rounds.get(version.pk, 1), "number": version.number}
            parts = [_("Round %(round)s (version %(number)s)") % words, by]
            parts += [str(one) for one in (turn.grade, SAID.get(turn.kind)) if one]
            return " · ".join(parts)
        if turn.kind == "answer":
            said = _("%(person)s answered") if turn.text else _("%(person)s marked it as resolved")
        elif turn.kind == "decided":
            said = _("%(person)s decided")
        else:
            said = _("%(person)s wrote")
        return " · ".join([said % {"person": by}, *([day(turn.at)] if turn.dated else [])])

    # --- What changed -----------------------------------------------------------------------------
    @cached_property
    def diffs(self) -> dict[tuple[int, int], PlanDiff]:
        return {}

    def changes(self, point: Point) -> list[Change]:
        """A row that came or went is one change, whatever it says; so is each changed field. What
        is said of the whole plan is about no edit in particular."""
        first, last = span(point)
        if not point.place.section or point.fine:
            return []
        if (first, last) not in self.diffs:
            old, new = self.documents[first], self.documents[last]
            self.diffs[first, last] = diff(old, new, self.access.hidden)
        found, told = self.diffs[first, last], []
        for name, part_name, row in changes_at(found, point.place):
            section, part = registry.part(f"{name}.{part_name}")
            told += told_row(part, shown_row(found, section, part, row, CONTEXT))
        return told

    def changed(self, point: Point) -> str:
        first, last = span(point)
        place, words = point.place, {"first": str(first), "last": str(last)}
        if not place.part:
            what = _("Changes anywhere in this section")
        else:
            what = _("Changes in this field") if place.field else _("Changes at this place")
        words["what"] = what
        if last:
            return _("%(what)s, version %(first)s to %(last)s") % words
        return _("%(what)s since version %(first)s") % words

    # --- Where to go ------------------------------------------------------------------------------
    def addresses(self, point: Point) -> dict[str, str]:
        if not self.links:
            return {}
        plan, place, found = self.access.plan, self._still_there(point.place), {}
        if place.section:
            found["field_url"] = place_url(plan, place, edit=self.access.may("section.edit"))
            found["field_words"] = _("Go to the field") if place.field else _("Go to the section")
            if place.part and not place.field:
                found["field_words"] = _("Go to the row") if place.row else _("Go to the table")
        if point.status == points.OPEN and self.access.may("review.decide"):
            found["answer_url"] = answer_url(plan, point)
        return found

    def _still_there(self, place: Place) -> Place:
        """The place, or the part of a row that was deleted."""
        part = places.part_of(place)
        rows = self.documents[NOW]["sections"][place.section].get(place.part, []) if part else []
        if place.row and not any(row["uid"] == place.row for row in rows):
            return replace(place, row="", field="")
        return place


def _settles(point: Point, turn: Turn) -> bool:
    """The word by which a later round settled it."""
    return point.settled_later is not None and turn.review is point.settled_later


def answer_url(plan: Plan, point: Point) -> str:
    """Where founders answer it."""
    if point.thread:
        return reverse("comments:thread", args=[plan.uid, point.thread.uid])
    verdict = point.verdicts[-1]
    return reverse("reviews:reply", args=[plan.uid, verdict.review.uid, verdict.section])


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
    )
    reviews = list(points.in_rounds(found))
    numbers = sorted({one.request.version.number for one in reviews}, reverse=True)
    number = next((one for one in numbers if one < version.number), (numbers or [0])[0])
    decisions = board.decisions(access, None).filter(version__number__lte=version.number)
    with translation.override(language):
        letter = write(
            access, reviews, number, version.document, since=version.number, decisions=decisions,
            sections=frozenset(sections) or None,
        )  # fmt: skip
        return asdict(letter)
