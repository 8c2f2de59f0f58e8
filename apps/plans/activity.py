"""The activity log in words. Used by the activity page, its CSV file and a record's history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.money import UNKNOWN
from apps.plans.access import Access
from apps.plans.contents import Contents, load
from apps.plans.display import show_plain, show_stored, show_value
from apps.plans.labels import kept_label
from apps.plans.models import Activity, Plan, Role, Verb
from apps.plans.sections import registry


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """``section`` and ``part`` are titles, empty for the plan itself."""

    activity: Activity
    label: str
    section: str
    part: str
    changes: list[FieldChange]

    @property
    def place(self) -> str:
        return f"{self.section} · {self.part}" if self.part else self.section

    @property
    def person(self) -> str:
        """Who did it; a guest has no account but may have given a name."""
        if self.activity.by:
            return str(self.activity.by)
        guest = self.activity.changes.get("guest")
        if guest or self.activity.verb == Verb.OPENED:
            return _("%(name)s (guest)") % {"name": guest} if guest else _("A guest")
        return _("Somebody who left")


def entries(found: Iterable[Activity], access: Access) -> list[Entry]:
    """Each activity with its place and its changes as text. Queries: one per referenced table."""
    return list(told(found, access))


def told(found: Iterable[Activity], access: Access) -> Iterator[Entry]:
    """``entries`` one by one, for a list of any length."""
    contents = load(access.plan, access.hidden)
    for activity in found:
        known = registry.has(f"{activity.section}.{activity.part}")
        changes = (
            record_changes(activity, contents) if known else plan_changes(activity, access.plan)
        )
        yield Entry(activity, label(activity, access), *place(activity), changes)


def label(activity: Activity, access: Access) -> str:
    """What it was done to, without the name of a row that is hidden from the reader."""
    path = f"{activity.section}.{activity.part}"
    if not (activity.label and registry.has(path)):
        return activity.label
    return kept_label(registry.part(path)[1], activity.label, access.hidden)


def place(activity: Activity) -> tuple[str, str]:
    """The titles of its section and part, "" for what it has none of or is no longer installed."""
    if activity.section not in registry:
        return "", ""
    section = registry[activity.section]
    part = registry.has(f"{activity.section}.{activity.part}")
    return str(section.title), str(section.part(activity.part).title) if part else ""


def record_changes(activity: Activity, contents: Contents) -> list[FieldChange]:
    _section, part = registry.part(f"{activity.section}.{activity.part}")
    blank = part.model(plan=contents.plan)
    blank.contents = contents
    return [
        FieldChange(
            _("Evidence") if name == "evidence" else str(part.label(name)),
            *(show_stored(part, blank, name, value) for value in pair),
        )
        for name, pair in activity.changes.items()
        if name == "evidence" or name in part.fields
    ]


def plan_changes(activity: Activity, plan: Plan) -> list[FieldChange]:
    """What changed of the plan's settings, a person's role, or who sees a section."""
    shown = []
    for name, pair in activity.changes.items():
        if activity.verb == Verb.CONFIGURED and name in Plan.CONTENT:
            setting = Plan._meta.get_field(name)
            old, new = (show_value(setting, setting.to_python(value), plan) for value in pair)
            shown.append(FieldChange(capfirst(setting.verbose_name), old, new))
        elif name == "viewers_read_comments":
            label = _("Viewers read the comments that mentors read")
            shown.append(FieldChange(label, *(show_plain(value) for value in pair)))
        elif activity.verb == Verb.ROLE_CHANGED and name == "role":
            shown.append(FieldChange(_("Role"), *(roles([value]) for value in pair)))
        elif activity.verb == Verb.HID and name == "hidden_from":
            shown.append(FieldChange(_("Hidden from"), *(roles(value) for value in pair)))
    return shown


def roles(names: list[Any]) -> str:
    labels = dict(Role.choices)
    return _(", ").join(str(labels.get(name, name)) for name in names) or UNKNOWN
