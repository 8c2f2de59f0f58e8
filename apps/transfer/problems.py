"""What checking a document finds: mistakes, notes, and what is left out, each with its place."""

from collections import Counter
from dataclasses import dataclass, field

from apps.plans.document import Document
from apps.transfer.reading import printable


@dataclass(frozen=True)
class Problem:
    """A mistake (or a note) with its place, each part of it as people read it."""

    message: str
    section: str = ""
    part: str = ""
    row: str = ""
    field: str = ""


@dataclass(frozen=True)
class Place:
    """Where in a document, each step as people read it."""

    section: str = ""
    part: str = ""
    row: str = ""

    def problem(self, message: str, field: str = "") -> Problem:
        return Problem(message, self.section, self.part, self.row, field)

    def left_out(self, name: str) -> str:
        return " · ".join(step for step in (self.section, self.part, printable(name)) if step)


@dataclass
class Checked:
    document: Document | None = None
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)  # place → how often

    @property
    def left_out_most(self) -> list[tuple[str, int]]:
        return self.left_out.most_common(100)
