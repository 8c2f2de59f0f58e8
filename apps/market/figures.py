"""The market's key figures, for the summary and for other sections. Used by section.py only."""

from django.utils.translation import gettext_lazy as _

from apps.market import rules
from apps.market.story import story
from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content


def figures(content: Content) -> list[Figure]:
    """Sizes are those of the segments that are not rejected, as on the section's page."""
    counted = [segment for segment in content["segment"] if not segment.is_rejected]
    total = rules.total(segment.sizing for segment in counted)
    year_3 = rules.known_sum(segment.som_in_year_3 for segment in counted)
    primary = next((segment for segment in counted if segment.is_primary), None)
    segments = Place("market", "segment")
    return [
        Figure("tam", _("TAM per year, today"), total.tam, "money", segments, Topic.MARKET),
        Figure("sam", _("SAM per year, today"), total.sam, "money", segments, Topic.MARKET),
        Figure("som", _("SOM per year, today"), total.som, "money", segments, Topic.MARKET),
        Figure(
            "som_year_3", _("SOM in year 3, with growth"), year_3, "money", segments, Topic.MARKET
        ),
        Figure(
            "top_down_gap",
            _("Top-down figure and TAM, times apart"),
            rules.gap(content["analysis"].top_down, total.tam),
            "number",
            Place("market", "analysis", field="top_down"),
        ),
        Figure(
            "primary_segment",
            _("Primary segment"),
            str(primary) if primary else None,
            "text",
            Place("market", "segment", primary.uid, "targeting") if primary else segments,
        ),
        *story(content),
    ]
