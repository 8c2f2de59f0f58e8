"""The pictures of the market section, drawn from records and figures. For overview.py."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core import money
from apps.core.charts import (
    Bubble,
    Cell,
    Layer,
    Picture,
    Series,
    Zone,
    bubble_map,
    grid,
    nested_circles,
    radar,
)
from apps.market import rules
from apps.market.models import Group, Scenario, Segment
from apps.plans.models import Industry

GROUPS_PER_RADAR = 5


def segment_grid(segments: Sequence[Segment]) -> Picture | None:
    """How many segments lie where industry and scenario cross; the primary one is framed."""
    industries, scenarios = list(Industry), list(Scenario)
    crossed: dict[tuple[int, int], list[Segment]] = {}
    for segment in segments:
        if segment.industry in industries and segment.scenario in scenarios:
            place = (industries.index(segment.industry), scenarios.index(segment.scenario))
            crossed.setdefault(place, []).append(segment)
    return grid(
        id="market-grid",
        title=_("Segments by industry and application scenario"),
        rows=[str(industry.label) for industry in industries],
        columns=[str(scenario.label) for scenario in scenarios],
        cells={
            place: Cell(len(found), strong=any(segment.is_primary for segment in found))
            for place, found in crossed.items()
        },
        corner=_("Industry"),
        strong_label=_("Holds the primary segment"),
    )


def market_size(total: rules.Sizing, currency: str) -> Picture | None:
    """TAM, SAM and SOM inside one another."""
    layers = (
        (_("TAM today: everybody who could buy"), total.tam, None),
        (_("SAM today: reachable and fitting"), total.sam, total.tam),
        (_("SOM today: what we can win"), total.som, total.sam),
    )
    return nested_circles(
        id="market-sizing",
        title=_("Market size per year, today"),
        layers=[
            Layer(label, value, text=money.short_money(value, currency), note=_share(value, whole))
            for label, value, whole in layers
        ],
        scale_note=_("The smallest circle is drawn larger than it is."),
        label_head=_("Market view"),
        value_head=_("Size"),
    )


def _share(part: object, whole: object) -> str:
    if part is None or not whole:
        return ""
    return _("%(share)s of the view above") % {"share": money.percent(part / whole * 100, 1)}


def standing_map(segments: Sequence[Segment]) -> Picture | None:
    """GE–McKinsey: attractiveness over strength, bubbles as large as the segment's SAM."""
    zones = {
        "invest": Zone(_("Invest"), 1),
        "selective": Zone(_("Selective"), 2),
        "harvest": Zone(_("Harvest or leave"), 3),
    }
    return bubble_map(
        id="market-standing",
        title=_("Attractiveness and strength of the segments"),
        bubbles=[
            Bubble(segment.name, segment.standing.strength, segment.standing.attractiveness,
                   size=segment.sam, strong=segment.is_primary)
            for segment in segments
        ],
        x_label=_("Our strength"),
        y_label=_("Market attractiveness"),
        cuts=(float(rules.LOW_CUT), float(rules.HIGH_CUT)),
        bands=(_("Low"), _("Medium"), _("High")),
        zones=[[zones[rules.stance(row, column)] for column in range(3)] for row in range(3)],
        description=_("The larger the bubble, the larger the serviceable market (SAM)."),
        label_head=_("Segment"),
        strong_label=_("Primary segment"),
    )  # fmt: skip


def need_profiles(groups: Sequence[Group]) -> list[Picture]:
    """What the groups weigh, at most five profiles in one radar."""
    axes = [capfirst(Group._meta.get_field(name).verbose_name) for name in Group.NEEDS]
    pictures = [
        radar(
            id=f"market-needs-{start // GROUPS_PER_RADAR + 1}",
            title=_("What the customer groups weigh, from 0 to 5"),
            axes=axes,
            series=[
                Series(group.name, group.need_profile)
                for group in groups[start : start + GROUPS_PER_RADAR]
            ],
            axis_head=_("Need"),
        )
        for start in range(0, len(groups), GROUPS_PER_RADAR)
    ]
    return [picture for picture in pictures if picture]
