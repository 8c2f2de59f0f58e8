"""What the library has to say beside a section and a finding, and offers to a field. Sections,
checks and kinds of resources are given by name."""

from collections import defaultdict
from typing import Any

from django import template
from django.forms import BoundField

from apps.library.models import Lesson, Resource

register = template.Library()


@register.inclusion_tag("library/_beside.html")
def library_beside(section: str) -> dict[str, Any]:
    """{% library_beside section.name %}: lessons and resources for a section. Two queries."""
    lessons = Lesson.objects.filter(section=section, case__shown=True).select_related("case")
    return {
        "lessons": lessons.order_by("case__position", "position"),
        "resources": Resource.objects.filter(section=section, shown=True),
    }


@register.inclusion_tag("library/_shelf.html")
def library_shelf(field: BoundField, kinds: tuple[str, ...]) -> dict[str, Any]:
    """{% library_shelf field kinds %}: the names that the field's input offers, and what each is
    for. One query."""
    return {"field": field, "resources": Resource.objects.filter(kind__in=kinds, shown=True)}


@register.simple_tag
def lessons_by_check() -> dict[str, list[Lesson]]:
    """{% lessons_by_check as lessons %}: the lessons that each check guards against. One query."""
    found: dict[str, list[Lesson]] = defaultdict(list)
    lessons = Lesson.objects.exclude(check_key="").filter(case__shown=True).select_related("case")
    for lesson in lessons:
        found[lesson.check_key].append(lesson)
    return dict(found)
