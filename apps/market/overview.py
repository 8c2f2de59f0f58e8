"""What the section's template shows beyond its records: totals, scores, warnings, pictures."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import money
from apps.market import pictures, rules
from apps.market.checks import checks
from apps.market.models import Factor, Rating, Segment
from apps.market.standing import by_pair, open_pairs, standing
from apps.plans.contents import Content
from apps.plans.models import Record
from apps.plans.progress import is_filled
from apps.plans.sections import Part

STANCES = {
    "invest": _("Invest"),
    "selective": _("Selective"),
    "harvest": _("Harvest or leave"),
}


def context(content: Content) -> dict[str, Any]:
    """Pure; the content may be empty, half filled or hold references to rows that are gone."""
    segments = content["segment"]
    counted = [segment for segment in segments if not segment.is_rejected]
    total = rules.total(segment.sizing for segment in counted)
    pairs = by_pair(content["rating"])
    standings = [standing(segment, content["factor"], pairs) for segment in segments]
    profiles = [
        _profile(segment, where, content["factor"], pairs)
        for segment, where in zip(segments, standings, strict=True)
    ]
    shown = {row.uid for profile in profiles for row in profile["ratings"]}
    radars = pictures.need_profiles(content["group"])
    return {
        "empty": not any(_is_written(part, record) for part, record in content.records()),
        "total": total,
        "som_in_year_3": rules.known_sum(segment.som_in_year_3 for segment in counted),
        "unsized": [segment for segment in counted if segment.som is None],
        "gap": _times(rules.gap(content["analysis"].top_down, total.tam)),
        "profiles": profiles,
        # Ratings of a row that is gone, or of a pair rated again: of no effect, yet written.
        "idle_ratings": [row for row in content["rating"] if row.uid not in shown],
        "open_ratings": len(open_pairs(segments, content["factor"], content["rating"])),
        "warnings": [finding.message for finding in checks(content.contents)],
        "more_needs": radars[1:],
        "pictures": {
            "grid": pictures.segment_grid(segments),
            "sizing": pictures.market_size(total, content.plan.currency),
            "standing": pictures.standing_map(segments, standings),
            "needs": radars[0] if radars else None,
        },
    }


def _is_written(part: Part, record: Record) -> bool:
    return any(is_filled(getattr(record, name)) for name in part.fields)


def _times(ratio: Decimal | None) -> str:
    return "" if ratio is None else money.short_number(ratio)


def _profile(
    segment: Segment,
    where: rules.Standing,
    factors: list[Factor],
    pairs: dict[tuple[str, str], Rating],
) -> dict[str, Any]:
    """A segment with its scores and the ratings behind them, in the order of the factors."""
    rows = [pairs.get((segment.uid, factor.uid)) for factor in factors]
    return {
        "segment": segment,
        "standing": where,
        "stance": STANCES.get(where.stance, ""),
        "ratings": [row for row in rows if row is not None],
    }
