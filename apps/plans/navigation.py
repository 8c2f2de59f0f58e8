"""The plan's own navigation: its visible sections and how far each one is. One query."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.functional import cached_property

from apps.plans.access import Access
from apps.plans.labels import kept_label
from apps.plans.models import SectionProgress
from apps.plans.progress import Missing
from apps.plans.sections import Section, registry


@dataclass(frozen=True)
class Gap:
    """A missing field, or ``count`` missing rows, in words, with the place to fill it in."""

    part_title: str
    field_label: str
    missing: Missing
    count: int = 1


@dataclass
class NavItem:
    section: Section
    progress: SectionProgress
    hidden: frozenset[str] = frozenset()  # from the reader

    @property
    def done(self) -> int:
        return self.progress.done

    @property
    def total(self) -> int:
        return self.progress.total

    @property
    def complete(self) -> bool:
        return not self.progress.missing

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is missing, without gaps of parts or fields that the section no longer has."""
        parts = {part.name: part for part in self.section.parts}
        missing = [Missing(*gap) for gap in self.progress.missing]
        rows = Counter(gap.part for gap in missing if not gap.field)
        found = []
        for gap in dict.fromkeys(missing):
            part = parts.get(gap.part)
            if part is None or (gap.field and gap.field not in part.fields):
                continue
            label = str(part.label(gap.field)) if gap.field else ""
            if gap.label:
                gap = replace(gap, label=kept_label(part, gap.label, self.hidden))
            found.append(Gap(str(part.title), label, gap, 1 if gap.field else rows[gap.part]))
        return found


@dataclass(frozen=True)
class Navigation:
    items: list[NavItem]

    @property
    def done(self) -> int:
        return sum(item.done for item in self.items)

    @property
    def total(self) -> int:
        return sum(item.total for item in self.items)

    @property
    def missing(self) -> int:
        """How many gaps the sections list between them."""
        return sum(len(item.gaps) for item in self.items)

    @property
    def complete(self) -> bool:
        return all(item.complete for item in self.items)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


def navigation(access: Access) -> Navigation:
    """The sections this person sees, in order."""
    rows = SectionProgress.objects.filter(plan=access.plan).select_related("updated_by")
    progress = {row.section: row for row in rows}
    return Navigation(
        [
            NavItem(
                section,
                progress.get(section.name) or SectionProgress(section=section.name),
                access.hidden,
            )
            for section in registry
            if access.sees(section.name)
        ]
    )
