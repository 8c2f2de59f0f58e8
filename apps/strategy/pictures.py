"""The pictures of the strategy section. Used by section.py only."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core.charts import (
    Bubble,
    Picture,
    Pressure,
    Quarter,
    Series,
    bars,
    bubble_map,
    cross,
    quarters,
    radar,
)
from apps.strategy import rules
from apps.strategy.choices import ForceKind, SwotKind
from apps.strategy.models import Competitor, Factor, Force, PositioningMap, Swot


def factor_profile(factors: Sequence[Factor]) -> Picture | None:
    """The success factors today and in a year: a radar, or bars below three factors."""
    title = _("Key success factors, self-scored from 1 to 5")
    names = [factor.name for factor in factors]
    series = [
        Series(pgettext("self-score", "Today"), [factor.score for factor in factors]),
        Series(pgettext("self-score", "In a year"), [factor.target for factor in factors]),
    ]
    if len(names) < 3:
        return bars(id="strategy-factors", title=title, labels=names, series=series)
    return radar(
        id="strategy-factors", title=title, axes=names, series=series, axis_head=_("Success factor")
    )


def positioning(axes: PositioningMap, competitors: Sequence[Competitor]) -> Picture | None:
    """Where customers see the company and its competitors; large bubbles are large threats."""
    ours = axes.plan.company or _("Our company")
    bubbles = [Bubble(ours, axes.x, axes.y, size=5, strong=True)]
    bubbles += [Bubble(row.name, row.x, row.y, size=row.threat) for row in competitors]
    return bubble_map(
        id="strategy-positioning",
        title=_("Positioning map"),
        bubbles=bubbles,
        x_label=axes.x_axis or _("Horizontal axis"),
        y_label=axes.y_axis or _("Vertical axis"),
        low=0,
        high=10,
        description=_("The larger the bubble of a competitor, the larger the threat."),
        label_head=_("Company"),
        strong_label=ours,
    )


def five_forces(forces: Sequence[Force]) -> Picture | None:
    """The pressure of the five forces; of a force in two rows, the later row counts."""
    by_kind = {force.kind: force.pressure for force in forces}
    order = (
        ForceKind.RIVALRY, ForceKind.ENTRANTS, ForceKind.BUYERS, ForceKind.SUBSTITUTES,
        ForceKind.SUPPLIERS,
    )  # fmt: skip
    scores = [by_kind.get(kind) for kind in order]
    top = rules.strongest(scores)
    middle, *around = (
        Pressure(str(kind.label), score, strong=at in top)
        for at, (kind, score) in enumerate(zip(order, scores, strict=True))
    )
    return cross(
        id="strategy-forces",
        title=_("Five forces: pressure from 1 to 5"),
        middle=middle,
        around=around,
        description=_("The thicker the arrow, the stronger the pressure. Bold frame: strongest."),
        label_head=pgettext("five forces", "Force"),
        value_head=pgettext("five forces", "Pressure"),
    )


def swot(items: Sequence[Swot]) -> Picture | None:
    """The four fields, each with its heaviest items first."""
    fields = [
        (SwotKind.STRENGTH, pgettext("SWOT", "Strengths")),
        (SwotKind.WEAKNESS, pgettext("SWOT", "Weaknesses")),
        (SwotKind.OPPORTUNITY, pgettext("SWOT", "Opportunities")),
        (SwotKind.THREAT, pgettext("SWOT", "Threats")),
    ]
    return quarters(
        id="strategy-swot",
        title=_("SWOT: what helps and what harms, inside and outside"),
        fields=[
            Quarter(
                name,
                [
                    (item.text, item.weight)
                    for item in rules.heaviest_first([i for i in items if i.kind == kind])
                ],
            )
            for kind, name in fields
        ],
        columns=(pgettext("SWOT", "Helps"), pgettext("SWOT", "Harms")),
        rows=(pgettext("SWOT", "Inside"), pgettext("SWOT", "Outside")),
        item_head=pgettext("SWOT", "Item"),
        weight_head=pgettext("SWOT", "weight"),
    )
