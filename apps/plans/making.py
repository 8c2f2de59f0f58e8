"""Making a row into a row of another part too, as parts declare it by ``MakeRow``.

Used by the row views and the list of rows. Goes through the registry: neither section knows the
other.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.plans import services
from apps.plans.document import dump_record
from apps.plans.models import RowRecord
from apps.plans.references import Ref
from apps.plans.sections import MakeRow, Part, Section, registry


@dataclass(frozen=True)
class Making:
    """What one row can become, or has become: ``ref`` is the row that its link points at."""

    make: MakeRow
    section: Section
    part: Part
    ref: Ref


def target_of(part: Part, make: MakeRow) -> str:
    """Where the new row goes, as "section.part"."""
    return part.model_field(make.link).target


def makings(part: Part, row: RowRecord) -> list[Making]:
    """What the row can become for this reader: hidden and missing sections are left out."""
    found = []
    for make in getattr(part, "makes", ()):
        path = target_of(part, make)
        if registry.has(path):
            section, target = registry.part(path)
            if row.contents is None or section.name not in row.contents.hidden:
                ref = row.resolve(path, getattr(row, make.link))
                found.append(Making(make, section, target, ref))
    return found


@transaction.atomic
def make_row(
    *, section: Section, part: Part, row: RowRecord, make: MakeRow, by: Any
) -> tuple[RowRecord, bool]:
    """The row that ``row`` has become, and whether it was made now; once made it is only found.

    Both records are saved and logged like any edit. Raises ``services.Conflict``, and makes
    nothing, if ``row`` was saved by somebody else meanwhile.
    """
    target_section, target = registry.part(target_of(part, make))
    held = getattr(row, make.link)
    made = services.find_record(plan=row.plan, part=target, row=held) if held else None
    if made is not None:
        return made, False
    blank = dump_record(target, target.model(plan=row.plan))
    made = target.model(plan=row.plan, **make.values(row))
    services.save_record(
        section=target_section, part=target, record=made, before=blank, base=0, by=by
    )
    before = dump_record(part, row)
    setattr(row, make.link, made.uid)
    services.save_record(
        section=section, part=part, record=row, before=before, base=row.revision, by=by
    )
    return made, True
