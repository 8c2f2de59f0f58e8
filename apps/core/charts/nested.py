"""Amounts that contain one another, as nested circles: TAM, SAM and SOM.

For sections' pictures. Area is proportional to the amount; a circle too small to see is drawn at
its smallest visible size, and the caller's note says so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import Picture
from .scales import MISSING, finite
from .text import clean

SMALLEST = 4.0  # radius in pixels
_FILLS = ("tint-1", "heat-3", "1")


@dataclass(frozen=True)
class Layer:
    """One amount, the largest first: `Layer("SAM", 2_400_000, text="$2.4 M", note="12 %")`."""

    label: str
    value: object
    text: str = ""
    note: str = ""


def nested_circles(
    *,
    id: str,
    title: str,
    layers: Sequence[Layer],
    description: str = "",
    scale_note: str = "",
    label_head: str = "",
    value_head: str = "",
    width: int = 400,
) -> Picture | None:
    """Up to five circles inside one another, labels beside them with a leader line.

    An amount larger than the one around it is drawn at the size of that one. `scale_note` is
    shown when a circle had to be enlarged to be seen. None when no amount is above zero.
    """
    values = [finite(layer.value) for layer in layers[:5]]
    largest = max((value for value in values if value is not None), default=0.0)
    if largest <= 0:
        return None
    canvas = Canvas(id=id, width=width)
    outer = min(width * 0.25, 130.0)
    centre, bottom = outer + 2, 2 * outer + 6
    label_x = 2 * outer + 40
    slot = max(70.0, (bottom - 6) / max(3, len(values)))
    height = max(bottom, slot * len(values)) + 4
    limit, enlarged = outer, False
    drawn: list[tuple[int, float]] = []
    for index, value in enumerate(values):
        if value is None or value <= 0:
            continue
        true_size = outer * math.sqrt(value / largest)
        radius = min(limit, max(SMALLEST, true_size))
        enlarged = enlarged or true_size < SMALLEST
        limit = radius
        drawn.append((index, radius))
        canvas.circle(
            centre, bottom - radius - 2, radius, _FILLS[min(index, 2)], stroke="1", line=1.5
        )
    for index, radius in drawn:
        y = slot * (index + 0.5)
        # Leave each circle high on its right, where the next one inside does not reach.
        cx, cy = centre, bottom - radius - 2
        angle = math.radians(-62 if radius > 2 * SMALLEST else 0)
        from_x, from_y = cx + radius * math.cos(angle), cy + radius * math.sin(angle)
        canvas.path(
            f"M{from_x:.1f},{from_y:.1f}L{label_x - 24:.1f},{y:.1f}H{label_x - 6:.1f}",
            stroke="muted",
        )
        canvas.circle(from_x, from_y, 2.4, "ink", stroke="paper", line=0.8)
    for index, layer in enumerate(layers[:5]):
        y = slot * (index + 0.5)
        room = width - label_x - 2
        shown = clean(layer.text) or MISSING
        canvas.text(label_x, y - 3, layer.label, tone="muted", width=room, lines=2, valign="bottom")
        canvas.text(label_x, y + 6, shown, size=15, bold=True, width=room)
        canvas.text(label_x, y + 22, layer.note, size=11, tone="muted", width=room)
    if enlarged and scale_note:
        height += 4 + canvas.text(
            2, height + 4, scale_note, size=10, tone="muted", lines=2, width=width - 4, valign="top"
        )
    table = [[label_head, value_head]]
    table += [
        [clean(layer.label), f"{clean(layer.text) or MISSING} {clean(layer.note)}"]
        for layer in layers[:5]
    ]
    return canvas.finish(height=height, title=title, description=description, table=table)
