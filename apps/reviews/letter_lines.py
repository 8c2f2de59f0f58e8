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

from apps.versions.words import Piece

STATUS = {
    "resolved": pgettext_lazy("letter", "Resolved"),
    "fine": gettext_lazy("Nothing to do"),
    "both": gettext_lazy("Answered and changed"),
    "changed": gettext_lazy("Changed, not answered yet"),
    "answered": gettext_lazy("Answered, nothing changed"),
    "open": pgettext_lazy("letter", "Open"),
}
# What the summary counts, and which states make it up.
COUNTED = (
    (ngettext_lazy("%(count)s done", "%(count)s done", "count"), ("resolved", "fine", "both")),
    (ngettext_lazy("%(count)s answered", "%(count)s answered", "count"), ("answered",)),
    (
        ngettext_lazy(
            "%(count)s changed without an answer", "%(count)s changed without an answer", "count"
        ),
        ("changed",),
    ),
    (npgettext_lazy("letter", "%(count)s open", "%(count)s open", "count"), ("open",)),
)
# Points with nothing to tell of but what the mentor said stand together, at the end.
QUIET = {
    "open": gettext_lazy("Still open"),
    "resolved": gettext_lazy("Resolved without a further word"),
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
class Answer:
    by: str
    text: str


@dataclass(frozen=True)
class Line:
    """A verdict or a comment. ``status`` is a key of STATUS, ``state`` the same in words.

    ``about`` names what ``changes`` were looked for in; where an earlier point about the same shows
    them already, they are left out and ``same_as`` is that point's number.
    """

    by: str
    place: str
    grade: str
    said: str
    answers: list[Answer]
    changes: list[Change]
    more: int  # changes beyond those shown
    status: str
    state: str
    about: str
    number: int = 0
    same_as: int = 0

    @property
    def quiet(self) -> bool:
        return not (self.answers or self.changes)


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
        found = [line for line in lines if line.quiet and line.status == status]
        numbered = [replace(line, number=number + n) for n, line in enumerate(found, start=1)]
        number += len(numbered)
        if numbered:
            brief = not any(line.said for line in numbered)
            quiet.append(Group(str(title), numbered, brief))
    return Letter(summary=summed_up(lines), points=points, quiet=quiet, **about)


def summed_up(lines: Iterable[Line]) -> str:
    """14 points: 5 done, 3 answered, 6 open."""
    found = [line.status for line in lines]
    counts = [(words, sum(status in statuses for status in found)) for words, statuses in COUNTED]
    told = _(", ").join(str(words % {"count": count}) for words, count in counts if count)
    points = ngettext("%(count)s point", "%(count)s points", len(found)) % {"count": len(found)}
    return _("%(points)s: %(told)s.") % {"points": points, "told": told}
