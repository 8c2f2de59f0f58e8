"""A plan's content, wherever it comes from: the database or a document.

``Contents`` is the whole plan, ``Content`` one section of it: ``content["segment"]`` is a list of
records, ``content["analysis"]`` a record. Nothing downstream (templates, pictures, progress,
checks, PDF) can tell a live plan from a version. Live parts are fetched when first asked for, one
query each; documents need none.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.plans.fields import Ref
from apps.plans.models import Plan, Record
from apps.plans.sections import Part, Section, registry

Fetch = Callable[[Section, Part], list[Record]]


class Contents:
    """``hidden``: sections that the reader may not see; references into them give no label away."""

    def __init__(self, plan: Plan, fetch: Fetch, hidden: frozenset[str] = frozenset()) -> None:
        self.plan = plan
        self.hidden = hidden
        self._fetch = fetch
        self._parts: dict[str, Any] = {}
        self._rows: dict[str, dict[str, Any]] = {}

    def section(self, name: str) -> "Content":
        return Content(self, registry[name])

    def sections(self) -> list["Content"]:
        """Every section the reader may see, in order."""
        return [Content(self, section) for section in registry if section.name not in self.hidden]

    def part(self, path: str) -> Any:
        """The record of a sheet, or the list of a table's rows, in order."""
        if path not in self._parts:
            section, part = registry.part(path)
            records = self._fetch(section, part)
            for record in records:
                record.contents = self
            if part.is_table:
                self._parts[path] = records
            elif records:
                self._parts[path] = records[0]
            else:
                blank = part.model(plan=self.plan)
                blank.contents = self
                self._parts[path] = blank
        return self._parts[path]

    def find(self, path: str, uid: str) -> Any:
        """The row, or None."""
        if path not in self._rows:
            rows = self.part(path) if registry.has(path) else []
            self._rows[path] = {row.uid: row for row in rows}
        return self._rows[path].get(uid)

    def ref(self, path: str, uid: str) -> Ref:
        if path.partition(".")[0] in self.hidden:
            return Ref("hidden", _("hidden"))
        row = self.find(path, uid)
        if row is None:
            return Ref("removed", _("removed"))
        return Ref("found", str(row), row)


class Content(Mapping[str, Any]):
    """One section's parts by name."""

    def __init__(self, contents: Contents, section: Section) -> None:
        self.contents, self.section, self.plan = contents, section, contents.plan

    def __getitem__(self, name: str) -> Any:
        return self.contents.part(f"{self.section.name}.{self.section.part(name).name}")

    def __iter__(self) -> Iterator[str]:
        return iter(part.name for part in self.section.parts)

    def __len__(self) -> int:
        return len(self.section.parts)

    def records(self) -> Iterator[tuple[Part, Record]]:
        """Every record with its part; a sheet's record also where nothing is written yet."""
        for part in self.section.parts:
            value = self[part.name]
            for record in value if part.is_table else [value]:
                yield part, record

    def context(self) -> dict[str, Any]:
        """What the section's template gets; computed once."""
        if not hasattr(self, "_context"):
            self._context = self.section.context(self)
        return self._context


def load(plan: Plan, hidden: frozenset[str] = frozenset()) -> Contents:
    """The plan as it stands in the database."""

    def fetch(section: Section, part: Part) -> list[Record]:
        records = part.model._default_manager.filter(plan=plan).select_related("updated_by")
        for place, record in enumerate(records, start=1):
            record.plan = plan  # or every amount would ask the database for its currency
            record.number = place  # positions have gaps where rows were deleted
        return list(records)

    return Contents(plan, fetch, hidden)


def reread(before: Contents, section: Section) -> Contents:
    """The plan after a write to ``section``, which alone is read again. The records of the others
    are those of ``before``, made anew: what they had worked out may rest on the section."""
    live = load(before.plan, before.hidden)

    def fetch(other: Section, part: Part) -> list[Record]:
        if other.name == section.name:
            return live._fetch(other, part)
        value = before.part(f"{other.name}.{part.name}")
        records = value if part.is_table else [value] if value.pk else []
        return [renewed(record) for record in records]

    return Contents(before.plan, fetch, before.hidden)


def renewed(record: Record) -> Record:
    """The same record without anything it had worked out."""
    names = [field.attname for field in record._meta.concrete_fields]
    fresh = type(record).from_db(record._state.db, names, [getattr(record, name) for name in names])
    fresh.plan, fresh.number = record.plan, record.number
    return fresh


def figure(contents: Contents, section: str, key: str) -> Any:
    """The value of another section's key figure; None if unknown, hidden or not there."""
    if section not in registry or section in contents.hidden:
        return None
    found = registry[section].figures(contents.section(section))
    return next((figure.value for figure in found if figure.key == key), None)
