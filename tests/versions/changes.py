"""Edits of a stored plan, for tests and the benchmark."""

from typing import Any

from apps.plans import services
from apps.plans.contents import load
from apps.plans.document import dump_record
from apps.plans.fields import LongText, ShortText
from apps.plans.models import Plan, RowRecord
from apps.plans.sections import Part, Section, registry


def long_table(plan: Plan) -> tuple[Section, Part, list[RowRecord]]:
    """A table of at least three rows whose first field is a text."""
    contents = load(plan)
    for section in registry:
        for part in section.parts:
            if part.is_table and isinstance(part.model_field(part.fields[0]), ShortText):
                rows = contents.part(f"{section.name}.{part.name}")
                if len(rows) >= 3:
                    return section, part, rows
    raise AssertionError("the plan has no table of three rows")


def texts(part: Part, text: str) -> dict[str, str]:
    """A value for every text of the part."""
    kinds = ShortText | LongText
    return {name: text for name in part.fields if isinstance(part.model_field(name), kinds)}


def change_fields(plan: Plan, count: int, *, by: Any) -> int:
    """Rewrite up to ``count`` texts of the plan, ``long_table`` first; how many it were."""
    contents, done = load(plan), 0
    first, table, _rows = long_table(plan)
    everything = [(first, table, row) for row in contents.part(f"{first.name}.{table.name}")]
    everything += [
        (content.section, part, record)
        for content in contents.sections()
        for part, record in content.records()
        if part is not table
    ]
    for section, part, record in everything:
        names = list(texts(part, ""))[: count - done]
        if not names or record.pk is None:
            continue
        before = dump_record(part, record)
        for name in names:
            setattr(record, name, f"Changed {done} {name}")
            done += 1
        services.save_record(
            section=section, part=part, record=record, before=before, base=record.revision, by=by
        )
        if done == count:
            break
    return done
