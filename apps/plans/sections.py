"""The section registry. Each section app's section.py registers exactly one ``Section``.

A section is a list of parts; a part is a model with its form and is a ``Sheet`` (one record a plan)
or a ``Table`` (rows). The form's ``Meta.fields`` is the one list of what is content. Features ask
the registry and never name a section.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from apps.plans.checks import FIGURES
from apps.plans.choices import Stage
from apps.plans.evidence import label as evidence_label
from apps.plans.stages import from_stage, reached

if TYPE_CHECKING:
    from apps.plans.bulk import BulkForm
    from apps.plans.contents import Content
    from apps.plans.forms import RecordForm
    from apps.plans.models import Plan, Record
    from apps.plans.workbook import Workbook

Needs = tuple[str, ...] | Callable[["Record"], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class MakeRow:
    """A button in a table: the row becomes a row of another part as well (a challenge a risk).

    ``link`` is the row's RowRef field that keeps what it became; its target says where the new row
    goes. ``values(row)`` are the new row's first fields.
    """

    link: str
    label: Any
    values: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class BulkChange:
    """A button of a table that changes many rows at once, also of the section's other parts; the
    plan is kept as a version first. ``form`` asks what must be known. ``apply(form, content,
    today)`` changes the records of ``content``, a copy of the plan's, and returns how many; what it
    writes is in the language of the plan."""

    name: str
    label: Any
    form: type["BulkForm"]
    apply: Callable[[Any, "Content", date], int]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What sheets and tables share.

    ``needs``: the fields that count as required for progress (saving never requires them); a
    function of the record where that depends on its other answers or on the plan's stage. A need
    such as "churn__basis" is an answer of a quantified field's evidence.
    ``since``: the stage from which the part counts at all; before it nothing in it is required.
    ``quantified``: the fields that can carry evidence. ``pictures``: keys of the section's context
    shown beside the part's editor.
    ``panel``: a template shown below the part's rows, with the section's context as ``shown``:
    figures that every save moves.
    """

    name: str
    form: type["RecordForm"]
    title: Any
    intro: Any = ""
    needs: Needs = ()
    since: str = Stage.IDEA
    quantified: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    panel: str = ""

    is_table = False
    derived: ClassVar[tuple[str, ...]] = ()  # what a record of it works out; see Table

    @property
    def model(self) -> type["Record"]:
        return self.form._meta.model

    @property
    def fields(self) -> tuple[str, ...]:
        return self.form._meta.fields

    def model_field(self, name: str) -> models.Field:
        return self.model._meta.get_field(name)

    def label(self, name: str) -> Any:
        field, _dunder, key = name.partition("__")
        if key:
            return f"{self.form.label_of(field)}: {evidence_label(key)}"
        return self.form.label_of(name)

    def required(self, record: "Record") -> tuple[str, ...]:
        if not reached(self.since, record):
            return ()
        return self.needs(record) if callable(self.needs) else self.needs


@dataclass(frozen=True, kw_only=True)
class Sheet(Part):
    """One record per plan."""


@dataclass(frozen=True, kw_only=True)
class Table(Part):
    """Rows. ``columns``: what the list shows of a row (fields or properties of the model), the
    first one leads to the row; ``headings`` name the properties among them. ``singular`` names one
    row in a sentence ("segment", without article).
    ``min_rows``: fewer rows leave the section incomplete; ``more_rows``: {stage: how many it takes
    from then on}. ``starters``: a usual first set of rows ({field: value}), offered while the table
    is empty. ``makes``: what a row can be made into. ``bulk``: what can be done to all of it.
    """

    singular: Any
    columns: tuple[str, ...]
    headings: dict[str, Any] = field(default_factory=dict)
    min_rows: int = 0
    more_rows: dict[str, int] = field(default_factory=dict)
    starters: Callable[[], list[dict[str, Any]]] | None = None
    makes: tuple[MakeRow, ...] = ()
    bulk: tuple[BulkChange, ...] = ()

    is_table = True

    @property
    def derived(self) -> tuple[str, ...]:  # type: ignore[override]
        """The columns that a row works out. The first one is its name."""
        return tuple(name for name in self.columns[1:] if name not in self.fields)

    def label(self, name: str) -> Any:
        return self.headings[name] if name in self.headings else super().label(name)

    def rows_needed(self, plan: "Plan") -> int:
        """How many rows a complete plan has at its stage."""
        if not from_stage(self.since, plan.stage):
            return 0
        later = (rows for first, rows in self.more_rows.items() if from_stage(first, plan.stage))
        return max(self.min_rows, *later, 0)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of the plan.

    ``context(content)`` returns what the section's template shows beyond its records: figures and
    pictures. ``checks(contents)``, ``monthly_costs(content)`` and ``figures(content)`` serve the
    whole plan (see checks.py). ``workbook(content, told)`` describes what the section calculates as
    a spreadsheet (see workbook.py); rows of a section that is not in ``told`` appear in sums alone.
    All are pure functions: no request, no query. ``lead`` says in one sentence what the section is
    for. ``summary_pictures``: keys of the context's pictures that the one-page summary shows.
    ``consequences(contents)``: those of its checks that a save anywhere in the plan tells at once.
    ``path``: the parts that a founder thinks of first, in that order, where it is not theirs.
    """

    name: str
    title: Any
    lead: Any
    order: int
    parts: tuple[Part, ...]
    context: Callable[["Content"], dict[str, Any]] = lambda content: {}
    checks: Callable[[Any], list[Any]] = lambda contents: []
    consequences: Callable[[Any], list[Any]] = lambda contents: []
    monthly_costs: Callable[["Content"], list[Any]] = lambda content: []
    figures: Callable[["Content"], list[Any]] = lambda content: []
    workbook: Callable[["Content", Collection[str]], "Workbook"] | None = None
    summary_pictures: tuple[str, ...] = ()
    path: tuple[str, ...] = ()

    def in_thought(self) -> list[Part]:
        """The parts in the order in which they are thought of: those of the path, then the rest."""
        first = [self.part(name) for name in self.path]
        return first + [part for part in self.parts if part not in first]

    @property
    def template(self) -> str:
        return f"{self.name}/section.html"

    def part(self, name: str) -> Part:
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(f"{self.name} has no part {name!r}")

    def __str__(self) -> str:
        return str(self.title)


class Registry:
    def __init__(self) -> None:
        self._sections: dict[str, Section] = {}

    def register(self, section: Section) -> None:
        if section.name in self._sections:
            raise ImproperlyConfigured(f"Section {section.name!r} is registered twice.")
        if any(part.name == FIGURES for part in section.parts):
            raise ImproperlyConfigured(f"{FIGURES!r} stands for the key figures of a section.")
        self._sections[section.name] = section

    def __iter__(self) -> Iterator[Section]:
        return iter(sorted(self._sections.values(), key=lambda section: section.order))

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def __getitem__(self, name: str) -> Section:
        return self._sections[name]

    def part(self, path: str) -> tuple[Section, Part]:
        """The section and part of "section.part"; KeyError if there is none."""
        section_name, _dot, part_name = path.partition(".")
        section = self._sections[section_name]
        return section, section.part(part_name)

    def dependents(self, section: Section) -> list[Section]:
        """The other sections whose progress may hang on this one's rows: a required reference to
        them, or computed needs beside any reference."""
        prefix = f"{section.name}."
        return [
            other
            for other in self
            if other.name != section.name
            and any(
                getattr(part.model_field(name), "target", "").startswith(prefix)
                for part in other.parts
                for name in (part.fields if callable(part.needs) else part.needs)
            )
        ]

    def has(self, path: str) -> bool:
        try:
            self.part(path)
        except KeyError:
            return False
        return True


registry = Registry()
register = registry.register
