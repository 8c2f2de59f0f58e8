"""What other pages show of reviews."""

from typing import Any

from django import template
from django.urls import reverse

from apps.comments import places
from apps.comments.models import Thread
from apps.plans.sections import registry
from apps.reviews import desk
from apps.reviews.card import card
from apps.reviews.models import Review

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


@register.simple_tag
def remark_url(review: Review, thread: Thread, to: str = "thread") -> str:
    """The step of the review where the thread's place stands; ``to`` "at" the place, where the
    thread itself is of another round."""
    uids = [review.request.plan.uid, review.uid]
    anchor = f"#thread-{thread.uid}" if to == "thread" else f"#at-{places.key(thread.place)}"
    if thread.section not in registry:
        return reverse("reviews:finish", args=uids) + anchor
    step = reverse("reviews:section", args=[*uids, registry[thread.section]])
    return f"{step}?view=places{anchor}"
