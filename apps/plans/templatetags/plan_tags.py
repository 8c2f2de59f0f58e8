"""What plan and section templates need to print values. Showing only, no decisions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import money as numbers
from apps.plans import display, evidence
from apps.plans.access import Access
from apps.plans.checks import Place
from apps.plans.choices import Stage
from apps.plans.contents import Content
from apps.plans.derived import is_figure
from apps.plans.evidence import Basis
from apps.plans.forms import MANY
from apps.plans.making import Making, makings
from apps.plans.models import Plan, Record, RowRecord
from apps.plans.navigation import Gap
from apps.plans.path import Step
from apps.plans.progress import asks_nothing, is_filled, record_progress
from apps.plans.references import GroupedCheckboxes, ScoresWidget
from apps.plans.sections import Part, Section, Table, registry
from apps.plans.stages import from_stage

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: dict[str, Any], record: Record, name: str) -> str:
    """{% show risk "owner" %}: a field or property as text, "—" if unknown; in print, what points
    at a row leads there."""
    pointed = display.references(record, name) if context.get("printed") else []
    if not any(one.row for one in pointed):
        return display.show(record, name)
    shown = [page_reference(one, one.row.uid) if one.row else escape(one) for one in pointed]
    return mark_safe(escape(_(", ")).join(shown))


@register.simple_tag
def page_reference(label: Any, *places: str) -> str:
    """{% page_reference label row "chapter-risks" %}: in print, the label as a link to the first of
    these anchors that is printed, and its page; see apps/exports/references.py."""
    return format_html(
        '<a class="ref" href="{}">{}<span class="ref__page">{}</span></a>',
        "".join(f"#{place}" for place in places if place),
        label,
        pgettext("in print", "(p. {number})"),
    )


@register.simple_tag
def label(record: Record, name: str) -> str:
    """{% label risk "owner" %}: the field's name as a heading."""
    return str(record._meta.get_field(name).verbose_name)


@register.filter
def money(amount: Any, plan: Plan) -> str:
    """{{ total|money:plan }}"""
    return numbers.money(amount, plan.currency)


@register.filter
def short_money(amount: Any, plan: Plan) -> str:
    return numbers.short_money(amount, plan.currency)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    return numbers.number(value, places)


@register.filter
def percent(value: Any, places: int | None = None) -> str:
    return numbers.percent(value, places)


@register.filter
def month(value: Any) -> str:
    return numbers.month(value)


@register.filter
def day(value: Any) -> str:
    return numbers.day(value)


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """{{ context|get:name }}: a value under a key that is itself a variable."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def record_url(context: dict[str, Any], section: Any, part: Any, row: str = "") -> str:
    """The editor of a sheet's record or of a row."""
    plan = context["plan"].uid
    if part.is_table:
        return reverse("plans:row", args=[plan, section, part.name, row])
    return reverse("plans:sheet", args=[plan, section, part.name])


@register.simple_tag
def place_url(plan: Plan, place: Place, edit: bool = False) -> str:
    """Where a figure comes from: the section's page, or with ``edit`` the record in its editor.
    Empty where there is no page: a version, the PDF."""
    if plan.pk is None or place.section not in registry:
        return ""
    section = registry[place.section]
    if not edit or is_figure(place):
        return reverse("plans:section", args=[plan.uid, section])
    if not place.part or (section.part(place.part).is_table and not place.row):
        url = reverse("plans:edit", args=[plan.uid, section])
        return f"{url}?part={place.part}" if place.part else url
    kind, row = ("row", [place.row]) if place.row else ("sheet", [])
    url = reverse(f"plans:{kind}", args=[plan.uid, section, place.part, *row])
    return f"{url}#id_{place.field}" if place.field else url


@register.simple_tag
def section_title(name: str) -> str:
    """A section's title by its name, "" where it is not installed."""
    return str(registry[name].title) if name in registry else ""


@register.filter
def may(access: Access, action: str) -> bool:
    """{% if access|may:"section.edit" %}: asks the one table in access.py."""
    return access.may(action)


@register.filter
def moment(value: datetime | None) -> str:
    """A day with the time of day: the server's zone, named; the page turns it into the reader's."""
    if value is None:
        return numbers.UNKNOWN
    local = timezone.localtime(value)
    text = f"{formats.date_format(local, 'DATETIME_FORMAT')} {local:%Z}"
    return format_html('<time datetime="{}" data-moment>{}</time>', local.isoformat(), text)


@register.simple_tag
def gap_url(plan: Plan, section: Section, gap: Gap) -> str:
    """Where a missing field or row is filled in: the record's page at that very field."""
    missing = gap.missing
    part = section.part(missing.part)
    if not part.is_table:
        url = reverse("plans:sheet", args=[plan.uid, section, part.name])
    elif missing.row:
        url = reverse("plans:row", args=[plan.uid, section, part.name, missing.row])
    else:
        url = reverse("plans:new_row", args=[plan.uid, section, part.name])
    return f"{url}#id_{missing.field}" if missing.field else url


@register.simple_tag
def step_url(plan: Plan, step: Step) -> str:
    """Where a step of the plan's path begins: at its first gap, or where usual rows are offered."""
    if step.chosen:
        return f"{reverse('plans:edit', args=[plan.uid, step.section])}?part={step.part.name}"
    return gap_url(plan, step.section, step.first)


@dataclass(frozen=True)
class ShownField:
    name: str
    label: str
    text: str = ""


@register.filter
def filled(part: Part, record: Record) -> list[ShownField]:
    """The record's fields that hold something, as text."""
    return [
        ShownField(name, str(part.label(name)), display.show(record, name))
        for name in part.fields
        if is_filled(getattr(record, name))
    ]


@register.filter
def open_fields(part: Part, record: Record) -> list[ShownField]:
    """The required fields that are still empty."""
    _needed, gaps = record_progress(part, record)
    return [ShownField(gap.field, str(part.label(gap.field))) for gap in gaps]


@register.filter
def can_become(part: Table, row: RowRecord) -> list[Making]:
    """What the row can be made into, or has become, in other parts."""
    return makings(part, row)


@register.filter
def rows_needed(part: Table, plan: Plan) -> int:
    """{{ part|rows_needed:plan }}: at least so many rows at the plan's stage."""
    return part.rows_needed(plan)


@register.filter
def later_stage(part: Part, plan: Plan) -> str:
    """{{ part|later_stage:plan }}: the stage from which the part counts; "" once it does."""
    return "" if from_stage(part.since, plan.stage) else str(Stage(part.since).label)


@register.filter
def nothing_needed(part: Part, content: Content) -> bool:
    """{{ part|nothing_needed:content }}: neither asked for at this stage nor written."""
    return asks_nothing(content, part)


@register.simple_tag
def column_label(part: Table, name: str) -> str:
    """A column's heading: the field's label, or what the section calls the property."""
    return str(part.headings[name] if name in part.headings else part.label(name))


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is several inputs under one legend."""
    return isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect | ScoresWidget)


@register.filter
def draws_itself(field: BoundField) -> bool:
    """Whether the widget's own template arranges its inputs."""
    return isinstance(field.field.widget, ScoresWidget | GroupedCheckboxes)


@register.filter
def is_long(field: BoundField) -> bool:
    """Whether the field offers more ticks than are found at a glance."""
    if not isinstance(field.field.widget, CheckboxSelectMultiple):
        return False
    offered = (len(label) if isinstance(label, list | tuple) else 1
               for _value, label in field.field.choices)  # fmt: skip
    return sum(offered) > MANY


@register.filter
def basis(given: dict[str, str]) -> str:
    return str(dict(Basis.choices).get(given.get("basis", ""), _("given")))


@register.filter
def evidence_doubt(record: Record, name: str) -> str:
    """{{ record|evidence_doubt:"price" }}: asks whether evidence of an older figure still holds."""
    return display.evidence_doubt(record, name)


@register.filter
def evidence_text(given: dict[str, str]) -> str:
    """Estimated · report X · 1 March 2026 · confidence medium."""
    return evidence.sentence(given)
