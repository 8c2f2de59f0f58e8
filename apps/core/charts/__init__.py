"""Pictures of plan data as inline SVG: one source for the page, dark mode and the PDF.

Any app may use it. Pure functions of plain values: no model, no request, no query. All take
keywords only, among them `id` (unique on the page), `title` and `description` (translated), and
give a `Picture`, or None when there is nothing to draw. Print it with `{{ picture }}`; offer
`picture.table`, whose first row is the head, as the text alternative. Labels come translated
from the caller; a `format_…` callable turns numbers into text.

    from apps.core import charts
    charts.bars(id="budget", title=_("Budget by route"), labels=["Press", "Events"],
                series=[charts.Series(_("Per month"), [900, 1200])], format_value=money)
"""

from .bars import bars, share_bars
from .bubbles import Bubble, Zone, bubble_map
from .compare import Change, Swing, dumbbell, tornado
from .cross import Pressure, cross
from .donut import Share, donut
from .grid import Cell, grid
from .levels import LevelItem, level_map
from .lines import Curve, Mark, curves
from .nested import Layer, nested_circles
from .panels import Panel, panels
from .picture import Picture, Series
from .quarters import Quarter, quarters
from .radar import radar
from .scales import MISSING, finite, plain_number
from .timeline import Span, calendar
from .tree import Post, organisation

__all__ = [
    "MISSING", "Bubble", "Cell", "Change", "Curve", "Layer", "LevelItem", "Mark",
    "Panel", "Picture", "Post", "Pressure", "Quarter", "Series", "Share", "Span", "Swing", "Zone",
    "bars", "bubble_map", "calendar", "cross", "curves", "donut", "dumbbell", "finite", "grid",
    "level_map", "nested_circles", "organisation", "panels", "plain_number", "quarters", "radar",
    "share_bars", "tornado",
]  # fmt: skip
