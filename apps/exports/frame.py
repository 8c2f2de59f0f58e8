"""What every printed document takes from its order: the contents it may know, and the texts around
them. Pure; used by render.py and onepage.py."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.exports import look
from apps.exports.choices import Paper
from apps.exports.printable import clean
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.sections import registry

HTML_LANG = {"en": "en", "zh-hans": "zh-Hans"}


def contents_of(order: dict[str, Any]) -> Contents:
    """Chapters that are not printed still count in the figures of those that are; sections hidden
    from whoever asked do not."""
    hidden = frozenset(section.name for section in registry) - set(order["counted"])
    return restore(clean(order["document"]), hidden=hidden)


def frame(order: dict[str, Any]) -> dict[str, Any]:
    """The context of the templates' heads, covers and feet. Within the order's language."""
    taken_at = datetime.fromisoformat(order["taken_at"])
    return {
        "paper": Paper(order["paper"]),
        "look": look.printed(order),
        "lang": HTML_LANG[order["language"]],
        "number": order["number"],
        "hash": order["hash"],
        "watermark": clean(order.get("watermark", "")),
        "illustrative": order["illustrative"],
        "taken_on": timezone.localtime(taken_at),
        "created": taken_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
