"""Shares of a whole as a ring.

For sections' pictures. Amounts and percentages stand in the key, so nobody compares angles.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import Picture, num
from .scales import finite, plain_number
from .tones import SERIES, series_fill


@dataclass(frozen=True)
class Share:
    """A part of the whole, an amount above zero: `Share("Payroll", 120_000)`."""

    label: str
    value: object


def donut(
    *,
    id: str,
    title: str,
    shares: Sequence[Share],
    centre: str = "",
    format_value: Callable[[object], str] = plain_number,
    label_head: str = "",
    value_head: str = "",
    description: str = "",
    width: int = 400,
) -> Picture | None:
    """A ring parted by amount, with the key beside it; `centre` is written in the middle.

    Parts without an amount above zero are left out. More than six parts repeat their patterns:
    sum up the small ones before calling.

    `donut(id="funds", title=_("…"), shares=[Share("People", 3e5), Share("GPUs", 2e5)])`
    """
    parts = [(one, value) for one in shares if (value := finite(one.value)) and value > 0]
    if not parts:
        return None
    canvas = Canvas(id=id, width=width)
    total = sum(value for _one, value in parts)
    outer, inner = min(90.0, width * 0.2), min(52.0, width * 0.115)
    rows = max(46.0 * len(parts), 2 * outer + 8)
    cx, cy = outer + 4, rows / 2
    start = 0.0
    table = [[label_head, value_head]]
    for k, (one, value) in enumerate(parts):
        share = value / total
        if share > 0.9999:
            canvas.circle(cx, cy, (outer + inner) / 2, "none", stroke="1", line=outer - inner)
        else:
            canvas.path(
                _ring_part(cx, cy, outer, inner, start, start + share),
                fill=series_fill(k),
                stroke="paper",
                line=1.5,
            )
        start += share
        x, y = 2 * outer + 36, rows * (k + 0.5) / len(parts)
        canvas.rect(x, y - 7, 20, 14, series_fill(k % SERIES), stroke="axis", line=0.8)
        room = width - x - 30
        canvas.text(x + 28, y + 7, one.label, width=room, size=11.5, lines=2, valign="bottom")
        amount = f"{format_value(one.value)} · {share:.0%}"
        canvas.text(x + 28, y + 7, amount, width=room, size=11, bold=True, valign="top")
        table.append([one.label, amount])
    canvas.text(cx, cy, centre, anchor="middle", bold=True, width=inner * 1.7, lines=2)
    return canvas.finish(height=rows, title=title, description=description, table=table)


def _ring_part(cx: float, cy: float, outer: float, inner: float, start: float, end: float) -> str:
    """The path of a part from share `start` to `end`, clockwise from the top."""
    a, b = 2 * math.pi * start, 2 * math.pi * end
    large = int(end - start > 0.5)

    def at(radius: float, angle: float) -> str:
        return f"{num(cx + radius * math.sin(angle))},{num(cy - radius * math.cos(angle))}"

    return (
        f"M{at(outer, a)}A{num(outer)},{num(outer)} 0 {large} 1 {at(outer, b)}"
        f"L{at(inner, b)}A{num(inner)},{num(inner)} 0 {large} 0 {at(inner, a)}Z"
    )
