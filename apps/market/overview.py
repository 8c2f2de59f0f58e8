"""What the section's template shows beyond its records: totals, scores, warnings, pictures."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import money
from apps.market import pictures, rules
from apps.market.checks import checks
from apps.market.models import Axis, Factor, Segment
from apps.plans.contents import Content
from apps.plans.models import Record
from apps.plans.progress import is_filled
from apps.plans.sections import Part

SEGMENTS_PER_TABLE = 5  # beside the factor: what fits across a printed page
MOST_RATED = 60  # segments in the picture and the tables of ratings; the rest is counted

ASSUMPTIONS = ("accounts", "acv", "reachable", "fit", "obtainable", "growth")

STANCES = {
    "invest": _("Invest"),
    "selective": _("Selective"),
    "harvest": _("Harvest or leave"),
}


def context(content: Content) -> dict[str, Any]:
    """Pure; the content may be empty, half filled or hold references to rows that are gone."""
    segments = content["segment"]
    rated = segments[:MOST_RATED]
    counted = [segment for segment in segments if not segment.is_rejected]
    total = rules.total(segment.sizing for segment in counted)
    radars = pictures.need_profiles(content["group"])
    return {
        "empty": not any(_is_written(part, record) for part, record in content.records()),
        "total": total,
        "som_in_year_3": rules.known_sum(segment.som_in_year_3 for segment in counted),
        "unsized": [segment for segment in counted if segment.som is None],
        "gap": _times(rules.gap(content["analysis"].top_down, total.tam)),
        "sourced": [
            (segment, names)
            for segment in segments
            if (names := [name for name in ASSUMPTIONS if segment.evidence.get(name)])
        ],
        "standings": [(segment, STANCES.get(segment.standing.stance, "")) for segment in segments],
        "rating_tables": [
            _rating_table(content["factor"], rated[start : start + SEGMENTS_PER_TABLE])
            for start in range(0, max(1, len(rated)), SEGMENTS_PER_TABLE)
        ],
        "more_rated": len(segments) - len(rated),
        "reasoned": [segment for segment in segments if is_filled(segment.rating_reasons)],
        "open_ratings": sum(len(segment.unrated) for segment in segments),
        "warnings": [finding.message for finding in checks(content.contents)],
        "more_needs": radars[1:],
        "pictures": {
            "grid": pictures.segment_grid(segments),
            "sizing": pictures.market_size(total, content.plan.currency),
            "standing": pictures.standing_map(rated),
            "needs": radars[0] if radars else None,
        },
    }


def _is_written(part: Part, record: Record) -> bool:
    return any(is_filled(getattr(record, name)) for name in part.fields)


def _times(ratio: Decimal | None) -> str:
    return "" if ratio is None else money.short_number(ratio)


def _rating_table(factors: list[Factor], segments: list[Segment]) -> dict[str, Any]:
    """The factors of each axis down, segments across; a cell is the segment with its rating or
    None, below them the score that the ratings come to."""
    axes = []
    for axis, label in [*Axis.choices, ("", _("Axis not chosen yet"))]:
        rows = [
            (factor, [(segment, (segment.ratings or {}).get(factor.uid)) for segment in segments])
            for factor in factors
            if factor.axis == axis
        ]
        scores = [(segment, getattr(segment.standing, axis, None)) for segment in segments]
        if rows:
            axes.append({"label": label, "rows": rows, "scores": scores if axis else []})
    return {"segments": segments, "axes": axes}
