"""What the reply to the reviewers consists of: its points, in order, and how many are done. Made by
letter.py; plain data, so that it can be frozen with an export.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import (
    gettext_lazy,
    ngettext,
    ngettext_lazy,
    npgettext_lazy,
    pgettext_lazy,
)

from apps.reviews.points import ANSWERED, OPEN, SETTLED, WITHDRAWN
from apps.versions.words import Piece

STATUS = {
    SETTLED: pgettext_lazy("point", "Settled"),
    ANSWERED: gettext_lazy("Answered, waiting for the mentor"),
    OPEN: pgettext_lazy("letter", "Open"),
    WITHDRAWN: gettext_lazy("Withdrawn by decision"),
}
# What the summary counts.
COUNTED = {
    SETTLED: ngettext_lazy("%(count)s settled", "%(count)s settled", "count"),
    WITHDRAWN: ngettext_lazy(
        "%(count)s withdrawn by decision", "%(count)s withdrawn by decision", "count"
    ),
    ANSWERED: ngettext_lazy(
        "%(count)s answered, waiting for the mentor",
        "%(count)s answered, waiting for the mentor",
        "count",
    ),
    OPEN: npgettext_lazy("letter", "%(count)s open", "%(count)s open", "count"),
}
# Points with nothing to tell of but what the mentor said stand together, at the end.
QUIET = {
    OPEN: gettext_lazy("Open, neither answered nor changed"),
    SETTLED: gettext_lazy("Settled without a further word"),
    "fine": gettext_lazy("Nothing to do"),
}


@dataclass(frozen=True)
class Change:
    """What differs since. ``kind``: "added" or "removed" for a whole row, which ``label`` names;
    "text" and "items" are told by their pieces, "value" by ``old`` and ``new`` with the ``step``
    between them."""

    kind: str
    label: str
    old: str = ""
    new: str = ""
    step: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One thing said of the point, in turn: ``head`` names the round, the person and what it is.
    ``kind`` is that of points.Turn."""

    kind: str
    head: str
    text: str


@dataclass(frozen=True)
class Line:
    """One point through all rounds: ``steps`` before what changed, ``closing`` those that settle or
    withdraw it. ``status`` is a key of STATUS, ``state`` the same in words.

    ``changed`` says what the ``changes`` are changes of, ``about`` what they were looked for in;
    where an earlier point about the same shows them already, they are left out and ``same_as`` is
    that point's number. The addresses are for the page alone: "" in print.
    """

    by: str
    place: str
    grade: str
    said: str
    steps: list[Step]
    closing: list[Step]
    changed: str
    changes: list[Change]
    more: int  # changes beyond those shown
    status: str
    state: str
    about: str
    fine: bool = False
    answer_url: str = ""
    field_url: str = ""
    field_words: str = ""
    number: int = 0
    same_as: int = 0

    @property
    def quiet(self) -> bool:
        """Nothing is told but what the mentor said at first."""
        return len(self.steps) == 1 and not (self.closing or self.changes)

    @property
    def group(self) -> str:
        return "fine" if self.fine else self.status


@dataclass(frozen=True)
class Group:
    """``brief``: no mentor wrote a word on any of them."""

    title: str
    lines: list[Line]
    brief: bool


@dataclass(frozen=True)
class Letter:
    """``number`` is the reviewed version, None where no review is finished; ``since`` the one
    compared with it, None for now. ``points`` are told one by one, the ``quiet`` ones in short."""

    number: int | None
    since: int | None
    reviewers: list[str]
    summary: str
    points: list[Line]
    quiet: list[Group]

    @property
    def lines(self) -> list[Line]:
        return [*self.points, *(line for group in self.quiet for line in group.lines)]


def arranged(lines: list[Line], **about: Any) -> Letter:
    """The letter of these lines, numbered as they stand in it."""
    points: list[Line] = []
    shown: dict[str, int] = {}
    for number, line in enumerate((one for one in lines if not one.quiet), start=1):
        line = replace(line, number=number)
        if line.changes and line.about in shown:
            line = replace(line, changes=[], more=0, same_as=shown[line.about])
        elif line.changes:
            shown[line.about] = number
        points.append(line)
    quiet, number = [], len(points)
    for status, title in QUIET.items():
        found = [line for line in lines if line.quiet and line.group == status]
        numbered = [replace(line, number=number + n) for n, line in enumerate(found, start=1)]
        number += len(numbered)
        if numbered:
            brief = not any(line.said for line in numbered)
            quiet.append(Group(str(title), numbered, brief))
    return Letter(summary=summed_up(lines), points=points, quiet=quiet, **about)


def summed_up(lines: Iterable[Line]) -> str:
    """14 points: 5 settled, 3 answered, waiting for the mentor, 6 open."""
    found = [line.status for line in lines]
    counts = [(words, found.count(status)) for status, words in COUNTED.items()]
    told = _("; ").join(str(words % {"count": count}) for words, count in counts if count)
    points = ngettext("%(count)s point", "%(count)s points", len(found)) % {"count": len(found)}
    return _("%(points)s: %(told)s.") % {"points": points, "told": told}
