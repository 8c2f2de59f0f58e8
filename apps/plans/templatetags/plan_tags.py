"""What plan and section templates need to print values. Showing only, no decisions."""

from typing import Any

from django import template
from django.urls import reverse

from apps.core import money as numbers
from apps.plans import display
from apps.plans.models import Plan, Record

register = template.Library()


@register.simple_tag
def show(record: Record, name: str) -> str:
    """{% show risk "owner" %}: a field or property as text, "—" if unknown."""
    return display.show(record, name)


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
