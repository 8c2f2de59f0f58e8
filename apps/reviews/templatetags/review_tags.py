"""What other pages show of reviews."""

from typing import Any

from django import template

from apps.comments import places
from apps.comments.models import Thread
from apps.reviews import desk
from apps.reviews.card import card

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_count(context: dict[str, Any]) -> int:
    """How many things wait on the signed-in person's desk. One query."""
    return desk.count(context["user"])


@register.inclusion_tag("reviews/_card.html", takes_context=True)
def review_card(context: dict[str, Any]) -> dict[str, Any]:
    """The card of the plan's page; nothing for a role that reads no reviews."""
    access, user = context["access"], context["user"]
    shown = card(access, user, context["contents"]) if access.may("review.read") else None
    return {"plan": access.plan, "access": access, "user": user, "card": shown}


@register.filter
def thread_place(thread: Thread) -> str:
    """Market · segment “Hospitals” · Size"""
    return places.words(thread.place, thread.label)
