"""Curves over a number axis, and panels by month that share one time axis.

For sections' pictures: the exceedance curve; headcount and payroll; cash with scenarios. Two
measures stand in two panels, never on two axes of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .axes import Format, axis_width, x_labels, y_axis
from .canvas import Canvas
from .picture import Key, Picture
from .scales import MISSING, Scale, finite, nice_ticks, plain_number
from .text import clean, text_width
from .tones import DASHES, MARKERS, SERIES

Spots = list[tuple[float, float]]


@dataclass(frozen=True)
class Curve:
    """A named curve of (x, y) points in order of x: `Curve("Loss", [(0, 1.0), (5e5, 0.2)])`."""

    name: str
    points: Sequence[tuple[object, object]]


@dataclass(frozen=True)
class Mark:
    """An upright line at `x` with a name on top: `Mark(420_000, "P80")`."""

    x: object
    label: str


def curves(
    *,
    id: str,
    title: str,
    curves: Sequence[Curve],
    marks: Sequence[Mark] = (),
    kind: Literal["line", "step", "area"] = "line",
    x_label: str = "",
    y_label: str = "",
    format_x: Format = plain_number,
    format_y: Format = plain_number,
    y_range: tuple[float, float] | None = None,
    description: str = "",
    width: int = 640,
    height: int = 300,
) -> Picture | None:
    """Curves over a number axis; points with a missing coordinate interrupt the line.

    `kind` joins points directly, in steps, or directly with the surface below filled.

    `curves(id="loss", title=_("…"), curves=[Curve("…", [(0, 1), (9e5, 0.05)])],
    marks=[Mark(4e5, "P80")], y_range=(0, 1), format_y=lambda v: f"{v:.0%}")`
    """
    found = [[(finite(x), finite(y)) for x, y in one.points] for one in curves]
    spots = [(x, y) for run in found for x, y in run if x is not None and y is not None]
    if not spots:
        return None
    canvas = Canvas(id=id, width=width)
    marked = [(mark, x) for mark in marks if (x := finite(mark.x)) is not None]
    xs = [x for x, _y in spots] + [x for _mark, x in marked]
    x_ticks = nice_ticks(min(xs), max(xs), 5)
    y_values = list(y_range) if y_range else [0.0, *(y for _x, y in spots)]
    y_ticks = nice_ticks(min(y_values), max(y_values), 5)
    left = axis_width(y_ticks, format_y) + (18 if y_label else 0)
    last_label = text_width(clean(format_x(x_ticks[-1])), 10) / 2 + 2
    across = Scale(x_ticks[0], x_ticks[-1], left, width - min(60.0, max(16.0, last_label)))
    up = Scale(y_ticks[0], y_ticks[-1], height - 40.0, 26.0 if marked else 10.0)
    y_axis(canvas, y_ticks, up, across, format_y, y_label)
    for tick in x_ticks:
        canvas.line(across(tick), up.start, across(tick), up.start + 4, "axis")
    x_labels(canvas, [(across(t), clean(format_x(t))) for t in x_ticks], up.start + 14)
    canvas.text((across.start + across.end) / 2, up.start + 31, x_label, size=11, anchor="middle")
    for k, run in enumerate(found):
        for piece in pieces(run):
            places = [(across(x), up(y)) for x, y in piece]
            draw_run(
                canvas,
                stairs(places) if kind == "step" else places,
                k,
                up(0.0),
                filled=kind == "area",
            )
    free_from = 0.0
    for mark, x in sorted(marked, key=lambda pair: pair[1]):
        canvas.line(across(x), 20, across(x), up.start, "ink", dash="3 3")
        half = text_width(clean(mark.label), 11, True) / 2 + 3
        # Marks close together take turns with the place on top.
        lane = 9 if across(x) - half >= free_from else 24
        canvas.text(
            across(x), lane, mark.label, size=11, bold=True, anchor="middle", backed=lane > 9
        )
        free_from = across(x) + half if lane == 9 else free_from
    total = float(height)
    if len(curves) > 1:
        total += canvas.legend(total, [line_key(c.name, k) for k, c in enumerate(curves)], x=left)
    table = [
        [x_label, *(one.name or y_label for one in curves)],
        *_curve_rows(found, format_x, format_y),
        *([f"{clean(m.label)} {format_x(m.x)}", *("" for _one in curves)] for m, _x in marked),
    ]
    return canvas.finish(height=total, title=title, description=description, table=table)


def pieces(run: Sequence[tuple[float | None, float | None]]) -> list[Spots]:
    """The run cut where a value is missing."""
    pieces: list[Spots] = [[]]
    for x, y in run:
        if x is None or y is None:
            pieces.append([])
        else:
            pieces[-1].append((x, y))
    return [piece for piece in pieces if piece]


def stairs(spots: Spots) -> Spots:
    steps = spots[:1]
    for (_x, y), (x_next, y_next) in pairwise(spots):
        steps += [(x_next, y), (x_next, y_next)]
    return steps


def draw_run(canvas: Canvas, spots: Spots, k: int, zero: float, *, filled: bool) -> None:
    style = k % SERIES
    tone = str(style + 1)
    if len(spots) == 1:
        canvas.marker(MARKERS[style], *spots[0], tone)
        return
    if filled:
        canvas.polygon([(spots[0][0], zero), *spots, (spots[-1][0], zero)], f"tint-{tone}")
    canvas.polyline(spots, tone, dash=DASHES[style])
    if len(spots) <= 13:
        for spot in spots:
            canvas.marker(MARKERS[style], *spot, tone, 3)


def line_key(name: str, k: int) -> Key:
    return Key(
        name,
        tone=str(k % SERIES + 1),
        dash=DASHES[k % SERIES],
        edge="line",
        marker=MARKERS[k % SERIES],
    )


def _curve_rows(
    found: list[list[tuple[float | None, float | None]]], format_x: Format, format_y: Format
) -> list[list[str]]:
    """About ten rows of the curves' points: enough to read the shape."""
    xs = sorted({x for run in found for x, _y in run if x is not None})
    xs = xs[:: max(1, len(xs) // 10)]
    lookup = [{x: y for x, y in run if x is not None and y is not None} for run in found]
    return [
        [format_x(x), *(MISSING if x not in one else format_y(one[x]) for one in lookup)]
        for x in xs
    ]
