"""The activity log in words. Used by the activity page and a record's history."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.plans.access import Access
from apps.plans.contents import load
from apps.plans.display import show_stored
from apps.plans.labels import kept_label
from apps.plans.models import Activity
from apps.plans.sections import registry


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """``place`` is "Section · Part", empty for the plan itself."""

    activity: Activity
    label: str
    place: str
    changes: list[FieldChange]


def entries(found: Iterable[Activity], access: Access) -> list[Entry]:
    """Each activity with its place and its changes as text. Queries: one per referenced table."""
    contents = load(access.plan, access.hidden)
    shown = []
    for activity in found:
        path = f"{activity.section}.{activity.part}"
        if not registry.has(path):
            shown.append(Entry(activity, activity.label, "", []))
            continue
        section, part = registry.part(path)
        blank = part.model(plan=access.plan)
        blank.contents = contents
        changes = [
            FieldChange(
                _("Evidence") if name == "evidence" else str(part.label(name)),
                show_stored(part, blank, name, old),
                show_stored(part, blank, name, new),
            )
            for name, (old, new) in activity.changes.items()
            if name == "evidence" or name in part.fields
        ]
        label = kept_label(part, activity.label, access.hidden) if activity.label else ""
        shown.append(Entry(activity, label, f"{section.title} · {part.title}", changes))
    return shown
