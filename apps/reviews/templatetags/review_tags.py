"""What other pages show of reviews."""

from typing import Any

from django import template

from apps.reviews import desk

register = template.Library()


@register.simple_tag(takes_context=True)
def reviews_waiting(context: dict[str, Any]) -> int | None:
    """How many reviews wait for the signed-in person; None for who mentors no plan. One query."""
    return desk.waiting_count(context["user"])
