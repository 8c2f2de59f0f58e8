"""The bell of every page, and a notice in words."""

from typing import Any

from django import template

from apps.notices import sentences, services
from apps.notices.models import Notice

register = template.Library()

MOST = 99  # counted out on the bell


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> str:
    """How many notices the signed-in person has not read: "", "3", "99+". One query."""
    count = services.count_unread(context["user"])
    return f"{MOST}+" if count > MOST else str(count or "")


@register.filter
def sentence(notice: Notice) -> str:
    return sentences.sentence(notice)


@register.filter
def facts(notice: Notice) -> str:
    return sentences.facts(notice)
