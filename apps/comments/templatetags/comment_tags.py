"""The comments of a plan on other pages: counts in the navigation, a section's open threads, a
record's threads beside its form."""

from typing import Any

from django import template
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.comments import places, threads
from apps.comments.cards import Card, Deck
from apps.comments.models import Comment, Thread
from apps.comments.outline import Spot
from apps.plans.access import Access
from apps.plans.checks import FIGURES, Place
from apps.plans.derived import is_figure
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.plans.templatetags.plan_tags import place_url

register = template.Library()
SHOWN = 8  # of a section's open threads, above its text


@register.simple_tag(takes_context=True)
def start_url(context: dict[str, Any], plan: Plan, place: Place) -> str:
    """Where a thread on the place begins: at the page's ``comment_start``, if it has an address of
    its own for that, as a review does, whose comments are of its version."""
    query = places.query(place)
    start = context.get("comment_start") or reverse("comments:start", args=[plan.uid])
    return start + (f"?{query}" if query else "")


@register.simple_tag
def threads_url(plan: Plan, place: Place) -> str:
    """The list of every thread on the place."""
    return reverse("comments:list", args=[plan.uid]) + f"?show=all&{places.query(place)}"


@register.simple_tag
def field_url(access: Access, card: Card) -> str:
    """The place of a thread: to who edits the plan its editor, at the very field; to the others,
    and where a row is gone, the section's comments with what it last held."""
    place = card.thread.place
    edits = access.may("section.edit") and not is_figure(place)
    if edits and not card.since.gone and places.well_formed(place):
        return place_url(access.plan, place, edit=True)
    return places.url(access.plan, place)


@register.simple_tag
def version_url(plan: Plan, thread: Thread) -> str:
    """The section, or the plan, in the version that the thread is about."""
    at = [registry[thread.section]] if thread.section in registry else []
    return reverse("versions:read", args=[plan.uid, thread.version.number, *at])


@register.simple_tag(takes_context=True)
def figure_threads(context: dict[str, Any]) -> dict[Place, int]:
    """How many open threads each key figure has. One query."""
    found = threads.visible(context["access"]).filter(part=FIGURES, resolved_at=None)
    counted = found.order_by().values_list("section", "field").annotate(count=Count("pk"))
    return {Place(section, FIGURES, "", key): count for section, key, count in counted}


@register.simple_tag
def plan_spot() -> Spot:
    """The plan as a whole, as a place to comment on."""
    place = Place("")
    return Spot(place, places.words(place))


@register.inclusion_tag("comments/_count.html", takes_context=True)
def comment_count(context: dict[str, Any]) -> dict[str, Any]:
    """How many threads are new to the person, beside "Comments" in the navigation."""
    user = context["request"].user
    return {"count": threads.unread(context["access"], user).count()}


@register.inclusion_tag("comments/_section_threads.html", takes_context=True)
def section_threads(context: dict[str, Any], in_place: bool = False) -> dict[str, Any]:
    """The open threads of the section in short; ``in_place`` where they stand on the same page."""
    access, section = context["access"], context["section"]
    comments = Comment.objects.filter(thread=OuterRef("pk")).order_by("created_at", "pk")
    found = threads.visible(access).filter(section=section.name, resolved_at=None)
    found = threads.with_unread(found, context["request"].user).annotate(
        text=Subquery(comments.values("text")[:1]), answers=Count("comments") - 1
    )
    shown = list(found.order_by("-updated_at", "-pk")[:SHOWN])
    here = {card.thread.pk for card in context.get("cards", ())} if in_place else set()
    for thread in shown:
        within = places.words(thread.place, thread.label).partition(" · ")[2]
        thread.title = within or _("The whole section")
        thread.here = thread.pk in here
    return {
        "threads": shown,
        "more": found.count() - len(shown),
        "in_place": in_place,
        "plan": access.plan,
        "section": section,
        "may_write": access.may("comment.write"),
    }


@register.inclusion_tag("comments/_panel.html", takes_context=True)
def record_threads(context: dict[str, Any]) -> dict[str, Any]:
    """The open threads of the record in hand, each with the field it is about."""
    access, record, part = context["access"], context["record"], context["part"]
    request = context["request"]
    if record.pk is None:
        return {"placed": []}
    found = threads.visible(access).filter(
        section=context["section"].name, part=part.name, row=record.uid, resolved_at=None
    )
    cards = Deck(access, request.user).cards(found.order_by("-updated_at", "-pk")[:SHOWN])
    count = found.count()
    place = Place(context["section"].name, part.name, record.uid)
    placed = []
    for card in cards:
        name = card.thread.field
        known = name in part.fields
        whole = str(record if part.is_table else part.title)
        title = str(part.label(name)) if known or name in part.derived else whole
        placed.append((card, title, f"#id_{name}" if known else ""))
    return {
        "count": count,
        "more": count - len(cards),
        "place_query": places.query(place),
        "placed": placed,
        "plan": access.plan,
        "access": access,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
