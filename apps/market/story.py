"""What the market tells the executive summary: who hurts, where we begin, what is proven. Used by
figures.py only."""

from typing import Any

from django.utils.translation import gettext as _

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content

PROOFS = ("interviews", "letters", "pilots", "paying")


def story(content: Content) -> list[Figure]:
    counted = [segment for segment in content["segment"] if not segment.is_rejected]
    primary = next((segment for segment in counted if segment.is_primary), None)
    return [*problem(content, primary), *beginning(primary), *traction(counted)]


def problem(content: Content, primary: Any) -> list[Figure]:
    """The pains of the first group of the primary segment."""
    groups = [group for group in content["group"] if primary and group.segment == primary.uid]
    group = next((group for group in groups if group.pains.strip()), None)
    if group is None:
        return []
    place = Place("market", "group", group.uid, "pains")
    return [Figure("problem", _("Problem"), group.pains, "text", place, Topic.PROBLEM)]


def beginning(primary: Any) -> list[Figure]:
    if primary is None:
        return []
    text = _("We begin with: %(segment)s. %(reason)s") % {
        "segment": primary,
        "reason": primary.targeting_reason.strip(),
    }
    place = Place("market", "segment", primary.uid, "targeting_reason")
    return [Figure("beginning", _("First segment"), text, "text", place, Topic.MARKET)]


def traction(segments: list[Any]) -> list[Figure]:
    labels = (_("Interviews held"), _("Letters of intent"), _("Pilots"), _("Paying customers"))
    place = Place("market", "segment")
    found = []
    for name, label in zip(PROOFS, labels, strict=True):
        known = [value for row in segments if (value := getattr(row, name)) is not None]
        count = sum(known) if known else None
        found.append(Figure(name, label, count, "number", place, Topic.TRACTION))
    return found
