"""What other pages show of reviews."""

from typing import Any

from django import template

from apps.comments import places
from apps.comments.models import Thread
from apps.reviews import desk

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_count(context: dict[str, Any]) -> int:
    """How many things wait on the signed-in person's desk. One query."""
    return desk.count(context["user"])


@register.filter
def thread_place(thread: Thread) -> str:
    """Market · segment “Hospitals” · Size"""
    return places.words(thread.place, thread.label)
