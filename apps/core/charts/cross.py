"""Pressures on a middle from four sides: the five forces.

For sections' pictures. The score stands in every box as number and as filled marks, and the
arrow is the thicker the stronger the pressure: nothing is told by colour alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import Picture
from .scales import MISSING, finite, plain_number

_HIGH = 66.0  # pixels, height of a box
_GAP = 54.0  # room for the upright arrows


@dataclass(frozen=True)
class Pressure:
    """A force and its score: `Pressure("Power of suppliers", 4)`; None is not scored yet.

    `strong` gives the box a bold frame (the strongest force).
    """

    label: str
    value: object
    strong: bool = False


def cross(
    *,
    id: str,
    title: str,
    middle: Pressure,
    around: Sequence[Pressure],
    maximum: int = 5,
    description: str = "",
    label_head: str = "",
    value_head: str = "",
    width: int = 640,
) -> Picture | None:
    """`middle`, and `around` it up to four pressures: above, right, below, left.

    None if nothing is scored. `cross(…, middle=Pressure("Rivalry", 3),
    around=[Pressure("New entrants", 4), Pressure("Power of buyers", 2), …])`
    """
    shown = [middle, *around[:4]]
    if all(finite(one.value) is None for one in shown) or maximum < 1:
        return None
    canvas = Canvas(id=id, width=width)
    wide = (width - 2 - 2 * _GAP) / 3
    lefts = [1 + step * (wide + _GAP) for step in range(3)]
    tops = [1 + step * (_HIGH + _GAP) for step in range(3)]
    places = [(1, 1), (1, 0), (2, 1), (1, 2), (0, 1)]  # (column, row) of middle, above, right, …
    centre = (lefts[1] + wide / 2, tops[1] + _HIGH / 2)
    for one, (column, row) in list(zip(shown, places, strict=False))[1:]:
        _arrow(canvas, one, centre, (column - 1, row - 1), wide, maximum)
    for one, (column, row) in zip(shown, places, strict=False):
        _box(canvas, one, lefts[column], tops[row], wide, maximum)
    table = [[label_head, value_head]]
    for one in shown:
        number = finite(one.value)
        table.append([one.label, MISSING if number is None else _score(number, maximum)])
    return canvas.finish(
        height=tops[2] + _HIGH + 1, title=title, description=description, table=table
    )


def _score(number: float, maximum: int) -> str:
    return f"{plain_number(number)} / {maximum}"


def _box(
    canvas: Canvas, one: Pressure, x: float, y: float, wide: float, maximum: int
) -> None:  # fmt: skip
    """The name, and below it the score as marks and as number."""
    stroke, line = ("ink", 2.4) if one.strong else ("axis", 1.2)
    canvas.rect(x, y, wide, _HIGH, "paper", stroke=stroke, line=line, radius=6)
    centre = x + wide / 2
    canvas.text(
        centre, y + 20, one.label, anchor="middle", bold=True, size=11.5, width=wide - 14, lines=2
    )
    number = finite(one.value)
    count = min(maximum, 10)
    step = min(18.0, (wide - 70) / count)
    filled = 0.0 if number is None else min(1.0, max(0.0, number / maximum)) * count
    start = centre - (count * step + 40) / 2
    for mark in range(count):
        fill = "1" if mark + 0.5 <= filled else "paper"
        canvas.rect(start + mark * step, y + 44, step - 3, 10, fill, stroke="1", radius=1.5)
    text = MISSING if number is None else _score(number, maximum)
    canvas.text(start + count * step + 4, y + 49, text, size=11, width=44)


def _arrow(
    canvas: Canvas,
    one: Pressure,
    centre: tuple[float, float],
    side: tuple[int, int],
    wide: float,
    maximum: int,
) -> None:
    """From the box on `side` (-1, 0 or 1 across and down) to the middle; dashed if not scored."""
    across, down = side
    reach = math.hypot(across * wide / 2, down * _HIGH / 2)
    near, far = reach + 4, reach + _GAP - 4
    tip = (centre[0] + across * near, centre[1] + down * near)
    tail = (centre[0] + across * far, centre[1] + down * far)
    number = finite(one.value)
    if number is None:
        canvas.line(*tail, *tip, stroke="axis", line=1.2, dash="3 3")
        return
    half = 1.5 + 5.5 * min(1.0, max(0.0, number / maximum))  # of the shaft
    head = half + 6
    neck = (tip[0] + across * 14, tip[1] + down * 14)

    def beside(point: tuple[float, float], distance: float) -> tuple[float, float]:
        return point[0] + abs(down) * distance, point[1] + abs(across) * distance

    canvas.polygon(
        [
            tip, beside(neck, head), beside(neck, half), beside(tail, half),
            beside(tail, -half), beside(neck, -half), beside(neck, -head),
        ],
        "heat-3",
        stroke="1",
    )  # fmt: skip
