"""Profiles on common axes: the radar.

For sections' pictures. Every series has its own dash and marker besides its colour.
"""

import math
from collections.abc import Sequence

from .canvas import Canvas
from .picture import Key, Picture, Series, num
from .scales import MISSING, finites, plain_number
from .text import clean
from .tones import DASHES, MARKERS, SERIES


def radar(
    *,
    id: str,
    title: str,
    axes: Sequence[str],
    series: Sequence[Series],
    maximum: float = 5,
    description: str = "",
    axis_head: str = "",
    width: int = 400,
) -> Picture | None:
    """Series of 0 … `maximum` on three or more axes; a missing value leaves a gap.

    None when there are fewer than three axes (use bars) or no value. More than five series are
    hard to read: split them into several pictures.

    `radar(id="needs", title=_("…"), axes=["Price", "Speed", "Safety"],
    series=[Series("Hospitals", [2, 4, 5])])`
    """
    count = len(axes)
    rows = [(one.name, finites(one.values)[:count]) for one in series]
    rows = [(name, values + [None] * (count - len(values))) for name, values in rows]
    rows = [(name, values) for name, values in rows if any(v is not None for v in values)]
    if count < 3 or not rows or maximum <= 0:
        return None
    canvas = Canvas(id=id, width=width)
    radius = width * 0.27
    cx, cy = width / 2, radius + 38
    spokes = [
        (math.sin(2 * math.pi * i / count), -math.cos(2 * math.pi * i / count))
        for i in range(count)
    ]

    def corner(axis: int, value: float) -> tuple[float, float]:
        reach = radius * min(1.0, max(0.0, value / maximum))
        return cx + spokes[axis][0] * reach, cy + spokes[axis][1] * reach

    rings = min(5, max(1, round(maximum)))
    for ring in range(1, rings + 1):
        level = maximum * ring / rings
        canvas.polygon(
            [corner(i, level) for i in range(count)],
            "none",
            stroke="axis" if ring == rings else "grid",
        )
    for i, name in enumerate(axes):
        canvas.line(cx, cy, *corner(i, maximum), stroke="grid")
        _axis_name(canvas, name, cx, cy, radius, spokes[i])
    for ring in range(1, rings + 1):
        level = maximum * ring / rings
        canvas.text(
            cx - 4,
            cy - radius * ring / rings + 6,
            plain_number(level),
            size=9,
            tone="muted",
            anchor="end",
        )
    for index, (_name, values) in enumerate(rows):
        style = index % SERIES
        _profile(canvas, [None if v is None else corner(i, v) for i, v in enumerate(values)], style)
    height = cy + radius + 40
    keys = [
        Key(
            name,
            tone=str(i % SERIES + 1),
            dash=DASHES[i % SERIES],
            edge="line",
            marker=MARKERS[i % SERIES],
        )
        for i, (name, _values) in enumerate(rows)
    ]
    height += canvas.legend(height, keys)
    table = [[axis_head, *(name for name, _values in rows)]]
    for i, axis in enumerate(axes):
        found = [values[i] for _name, values in rows]
        table.append([axis, *(MISSING if v is None else plain_number(v) for v in found)])
    return canvas.finish(height=height, title=title, description=description, table=table)


def _axis_name(
    canvas: Canvas, name: str, cx: float, cy: float, radius: float, spoke: tuple[float, float]
) -> None:
    x, y = cx + spoke[0] * (radius + 10), cy + spoke[1] * (radius + 10)
    if abs(spoke[0]) < 0.2:  # above or below: centred
        canvas.text(
            x,
            y,
            name,
            size=11,
            anchor="middle",
            width=150,
            lines=2,
            valign="bottom" if spoke[1] < 0 else "top",
        )
    else:
        canvas.text(x, y, clean(name), size=11, lines=3, anchor="start" if spoke[0] > 0 else "end")


def _profile(canvas: Canvas, corners: list[tuple[float, float] | None], style: int) -> None:
    """One closed line with markers; open where a value is missing."""
    tone = str(style + 1)
    pen = "".join(
        f"M{num(here[0])},{num(here[1])}L{num(after[0])},{num(after[1])}"
        for here, after in zip(corners, [*corners[1:], corners[0]], strict=True)
        if here and after
    )
    if all(corners):
        pen = "M" + "L".join(f"{num(c[0])},{num(c[1])}" for c in corners if c) + "Z"
    if pen:
        canvas.path(pen, stroke=tone, line=2, dash=DASHES[style])
    for spot in corners:
        if spot:
            canvas.marker(MARKERS[style], *spot, tone)
