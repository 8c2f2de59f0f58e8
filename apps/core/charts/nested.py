"""Amounts that contain one another, as nested circles: TAM, SAM and SOM.

For sections' pictures. Area is proportional to the amount; a circle too small to see is drawn at
its smallest visible size, and the caller's note says so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import PHONE, Picture, also_for_phones
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


@also_for_phones
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
    """Up to five circles inside one another, labels beside them with a leader line, on a phone
    below them with the colour of their circle.

    An amount larger than the one around it is drawn at the size of that one. `scale_note` is
    shown when a circle had to be enlarged to be seen. None when no amount is above zero.
    """
    shown = layers[:5]
    values = [finite(layer.value) for layer in shown]
    if not any(value is not None and value > 0 for value in values):
        return None
    canvas = Canvas(id=id, width=width)
    below = width <= PHONE
    circles = _draw(canvas, values, middle=below)
    labels = _labels_below if below else _labels_beside
    height = labels(canvas, shown, circles)
    if circles.enlarged and scale_note:
        height += 4 + canvas.text(
            2, height + 4, scale_note, size=10, tone="muted", lines=2, width=width - 4, valign="top"
        )
    table = [[label_head, value_head]]
    table += [
        [clean(layer.label), f"{clean(layer.text) or MISSING} {clean(layer.note)}"]
        for layer in shown
    ]
    return canvas.finish(height=height, title=title, description=description, table=table)


@dataclass(frozen=True)
class _Circles:
    """Where the circles stand: on one line, all touching ``bottom``."""

    centre: float
    bottom: float
    outer: float
    drawn: list[tuple[int, float]]  # index of the amount, radius
    enlarged: bool


def _draw(canvas: Canvas, values: Sequence[float | None], *, middle: bool) -> _Circles:
    outer = min(canvas.width * 0.25, 130.0)
    centre, bottom = (canvas.width / 2 if middle else outer + 2), 2 * outer + 6
    limit, enlarged = outer, False
    drawn: list[tuple[int, float]] = []
    largest = max(value for value in values if value is not None)
    for index, value in enumerate(values):
        if value is None or value <= 0:
            continue
        true_size = outer * math.sqrt(value / largest)
        radius = min(limit, max(SMALLEST, true_size))
        enlarged = enlarged or true_size < SMALLEST
        limit = radius
        drawn.append((index, radius))
        canvas.circle(centre, bottom - radius - 2, radius, _fill(index), stroke="1", line=1.5)
    return _Circles(centre, bottom, outer, drawn, enlarged)


def _fill(index: int) -> str:
    return _FILLS[min(index, 2)]


def _labels_beside(canvas: Canvas, layers: Sequence[Layer], circles: _Circles) -> float:
    """The labels at the right of the circles; gives the height of the drawing."""
    width, bottom = canvas.width, circles.bottom
    label_x = 2 * circles.outer + 40
    slot = max(70.0, (bottom - 6) / max(3, len(layers)))
    for index, radius in circles.drawn:
        y = slot * (index + 0.5)
        # Leave each circle high on its right, where the next one inside does not reach.
        cx, cy = circles.centre, bottom - radius - 2
        angle = math.radians(-62 if radius > 2 * SMALLEST else 0)
        from_x, from_y = cx + radius * math.cos(angle), cy + radius * math.sin(angle)
        canvas.path(
            f"M{from_x:.1f},{from_y:.1f}L{label_x - 24:.1f},{y:.1f}H{label_x - 6:.1f}",
            stroke="muted",
        )
        canvas.circle(from_x, from_y, 2.4, "ink", stroke="paper", line=0.8)
    for index, layer in enumerate(layers):
        y = slot * (index + 0.5)
        room = width - label_x - 2
        shown = clean(layer.text) or MISSING
        canvas.text(label_x, y - 3, layer.label, tone="muted", width=room, lines=2, valign="bottom")
        canvas.text(label_x, y + 6, shown, size=15, bold=True, width=room)
        canvas.text(label_x, y + 22, layer.note, size=11, tone="muted", width=room)
    return max(bottom, slot * len(layers)) + 4


def _labels_below(canvas: Canvas, layers: Sequence[Layer], circles: _Circles) -> float:
    """The labels under the circles, each with a dot in the colour of its own; gives the height."""
    y = circles.bottom + 12
    visible = {index for index, _radius in circles.drawn}
    for index, layer in enumerate(layers):
        if index in visible:
            canvas.circle(7, y + 8, 6, _fill(index), stroke="1", line=1.2)
        room = canvas.width - 22
        y += canvas.text(20, y, layer.label, tone="muted", width=room, lines=2, valign="top") + 2
        shown = clean(layer.text) or MISSING
        y += canvas.text(20, y, shown, size=15, bold=True, width=room, valign="top") + 2
        if layer.note:
            y += canvas.text(20, y, layer.note, size=11, tone="muted", width=room, valign="top")
        y += 10
    return y
