"""The activity log in words. Used by the activity page, its CSV file and a record's history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.money import UNKNOWN
from apps.plans.access import Access
from apps.plans.activity_words import counted, place, sentence, what
from apps.plans.checks import Place
from apps.plans.contents import Contents, load
from apps.plans.display import show_plain, show_stored, show_value
from apps.plans.labels import place_words
from apps.plans.models import Activity, Plan, Role, Verb
from apps.plans.sections import registry


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Inner:
    """What a restore or an import did in one part of a section."""

    place: str
    counts: str


@dataclass(frozen=True)
class Entry:
    """``what``, ``section`` and ``part`` for a table, "" for what it has none of; ``sentence`` and
    ``place`` for a page. ``inner``: what it consists of, ``count`` edits in all."""

    activity: Activity
    sentence: SafeString
    what: str
    place: str
    section: str
    part: str
    changes: list[FieldChange]
    inner: list[Inner]
    count: int

    @property
    def person(self) -> str:
        """Who did it; a guest has no account but may have given a name."""
        if self.activity.by:
            return str(self.activity.by)
        guest = self.activity.changes.get("guest")
        if guest or self.activity.verb in (Verb.OPENED, Verb.REFUSED):
            return _("%(name)s (guest)") % {"name": guest} if guest else _("A guest")
        return _("Somebody who left")


def entries(found: Iterable[Activity], access: Access) -> list[Entry]:
    """Each activity as a sentence with its changes as text. Queries: one per referenced table."""
    listed = list(found)
    whole = [one.pk for one in listed if one.verb in (Verb.ROLLED_BACK, Verb.IMPORTED)]
    return list(told(listed, access, parts_of(whole, access)))


def told(
    found: Iterable[Activity], access: Access, parts: dict[int, list[Any]] | None = None
) -> Iterator[Entry]:
    """``entries`` one by one, for a list of any length."""
    contents = load(access.plan, access.hidden)
    for activity in found:
        known = registry.has(f"{activity.section}.{activity.part}")
        changes = (
            record_changes(activity, contents) if known else plan_changes(activity, access.plan)
        )
        inner = (parts or {}).get(activity.pk, [])
        yield Entry(
            activity, sentence(activity, access), what(activity, access), place(activity),
            *titles(activity), changes, [one for one, _count in inner],
            sum(count for _one, count in inner),
        )  # fmt: skip


def parts_of(whole: list[int], access: Access) -> dict[int, list[tuple[Inner, int]]]:
    """{restore or import: what it did part by part}, in the order of the plan. One query."""
    rows = Activity.objects.filter(within__in=whole).exclude(section__in=access.hidden)
    counts: dict[int, dict[tuple[str, str], dict[str, int]]] = {}
    for pk, section, part, verb, count in rows.values_list(
        "within", "section", "part", "verb"
    ).annotate(Count("pk")).order_by():  # fmt: skip
        counts.setdefault(pk, {}).setdefault((section, part), {})[verb] = count
    order = [(section.name, part.name) for section in registry for part in section.parts]
    return {
        pk: [
            (Inner(place_words(Place(*one)), counted(found[one])), sum(found[one].values()))
            for one in order
            if one in found
        ]
        for pk, found in counts.items()
    }


def titles(activity: Activity) -> tuple[str, str]:
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
        elif activity.verb in (Verb.ROLE_CHANGED, Verb.INVITED) and name == "role":
            shown.append(FieldChange(_("Role"), *(roles([value]) for value in pair)))
        elif activity.verb == Verb.HID and name == "hidden_from":
            shown.append(FieldChange(_("Hidden from"), *(roles(value) for value in pair)))
    return shown


def roles(names: list[Any]) -> str:
    labels = dict(Role.choices)
    return _(", ").join(str(labels.get(name, name)) for name in names) or UNKNOWN
