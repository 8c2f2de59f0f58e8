"""Points on two axes: the GE–McKinsey map with its cut-offs, and the positioning map.

For sections' pictures. A bubble that finds no free place for its name carries a number, and the
name stands in the key below.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .canvas import Canvas
from .picture import Key, Picture, num
from .scales import MISSING, Scale, finite, plain_number
from .text import clean, text_width
from .tones import level_fill

LARGEST, SMALLEST = 24.0, 7.0  # bubble radius in pixels
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Bubble:
    """A point; `size` sets its area: `Bubble("Hospitals", x=3.4, y=4.1, size=2e6)`.

    `strong` draws it filled (the primary segment), `note` stands in the data table only.
    """

    label: str
    x: object
    y: object
    size: object = None
    strong: bool = False
    note: str = ""


@dataclass(frozen=True)
class Zone:
    """A part of the map: a name and a level (1 to 4) for its shade and hatching."""

    label: str
    level: int


def bubble_map(
    *,
    id: str,
    title: str,
    bubbles: Sequence[Bubble],
    x_label: str,
    y_label: str,
    low: float = 1,
    high: float = 5,
    cuts: Sequence[float] = (),
    bands: Sequence[str] = (),
    zones: Sequence[Sequence[Zone]] = (),
    description: str = "",
    label_head: str = "",
    strong_label: str = "",
    width: int = 520,
) -> Picture | None:
    """Bubbles on two axes from `low` to `high`, parted by `cuts` (2.33, 3.67) into bands.

    `bands` names the len(cuts) + 1 bands from low to high, for both axes. `zones[row][column]`,
    from the low corner, shades the cells; equal zones share one entry of the legend. Bubbles
    without both coordinates stay out of the map but in the data table.

    `bubble_map(…, bubbles=[Bubble("Hospitals", 3.4, 4.1, 2e6)], cuts=(2.33, 3.67),
    bands=("Low", "Medium", "High"), zones=[[harvest, harvest, selective], …])`
    """
    placed = [
        (bubble, x, y)
        for bubble in bubbles
        if (x := finite(bubble.x)) is not None and (y := finite(bubble.y)) is not None
    ]
    if not placed or high <= low:
        return None
    canvas = Canvas(id=id, width=width)
    left, right, top = 56.0, width - 8.0, 8.0
    bottom = top + (right - left) * 0.76
    across, up = Scale(low, high, left, right), Scale(low, high, bottom, top)
    edges = [low, *(cut for cut in sorted(cuts) if low < cut < high), high]
    _draw_zones(canvas, zones, edges, across, up)
    canvas.rect(left, top, right - left, bottom - top, "none", stroke="axis")
    for cut in edges[1:-1]:
        canvas.line(across(cut), top, across(cut), bottom, "muted", dash="5 4")
        canvas.line(left, up(cut), right, up(cut), "muted", dash="5 4")
    _draw_axes(canvas, edges, bands, across, up, x_label, y_label)
    numbered = _draw_bubbles(canvas, placed, across, up)
    height = bottom + (52 if bands else 40)
    kinds = list(dict.fromkeys(zone for row in zones for zone in row))
    keys = [
        Key(z.label, fill=level_fill(z.level), edge=f"edge-{min(max(z.level, 1), 4)}")
        for z in kinds
    ]
    if strong_label and any(bubble.strong for bubble, _x, _y in placed):
        keys.append(Key(strong_label, tone="1", marker="dot"))
    height += canvas.legend(height, keys, x=left)
    height += _draw_key(canvas, numbered, left, height + 6)
    table = [[label_head, x_label, y_label]]
    table += [
        [
            f"{clean(bubble.label)} {clean(bubble.note)}".strip(),
            *(MISSING if finite(v) is None else plain_number(v) for v in (bubble.x, bubble.y)),
        ]
        for bubble in bubbles
    ]
    return canvas.finish(height=height, title=title, description=description, table=table)


def _draw_zones(
    canvas: Canvas, zones: Sequence[Sequence[Zone]], edges: list[float], across: Scale, up: Scale
) -> None:
    for row, (y0, y1) in zip(zones, pairwise(edges), strict=False):
        for zone, (x0, x1) in zip(row, pairwise(edges), strict=False):
            canvas.rect(
                across(x0), up(y1), across(x1) - across(x0), up(y0) - up(y1), level_fill(zone.level)
            )


def _draw_axes(
    canvas: Canvas,
    edges: list[float],
    bands: Sequence[str],
    across: Scale,
    up: Scale,
    x_label: str,
    y_label: str,
) -> None:
    left, right, bottom, top = across.start, across.end, up.start, up.end
    for edge in edges:
        canvas.text(
            across(edge), bottom + 10, plain_number(edge), size=10, tone="muted", anchor="middle"
        )
        canvas.text(
            left - 5,
            up(edge) + (5 if edge == edges[-1] else 0),
            plain_number(edge),
            size=10,
            tone="muted",
            anchor="end",
        )
    for name, lower, upper in zip(bands, edges, edges[1:], strict=False):
        canvas.text(
            (across(lower) + across(upper)) / 2,
            bottom + 10,
            name,
            size=11,
            anchor="middle",
            width=across(upper) - across(lower) - 40,
        )
        canvas.text(
            left - 14,
            (up(lower) + up(upper)) / 2,
            name,
            size=11,
            anchor="middle",
            turned=True,
            width=up(lower) - up(upper) - 40,
        )
    canvas.text(
        (left + right) / 2,
        bottom + (30 if bands else 26),
        x_label,
        bold=True,
        anchor="middle",
        width=right - left,
    )
    canvas.text(
        12, (top + bottom) / 2, y_label, bold=True, anchor="middle", turned=True, width=bottom - top
    )


def _draw_bubbles(
    canvas: Canvas, placed: list[tuple[Bubble, float, float]], across: Scale, up: Scale
) -> list[tuple[int, str]]:
    """Draw the bubbles, the largest first, and their names; returns the names left for the key."""
    sizes = [finite(bubble.size) for bubble, _x, _y in placed]
    largest = max((size for size in sizes if size and size > 0), default=0.0)
    circles: list[tuple[float, float, float]] = []
    places: list[tuple[float, float]] = []
    for (_bubble, x, y), size in zip(placed, sizes, strict=True):
        share = max(0.0, size or 0.0) / largest if largest else 0.0
        radius = max(SMALLEST, LARGEST * math.sqrt(share))
        cx, cy = across(x), up(y)
        # Points that coincide fan out a little, else one would hide the other.
        twins = sum(math.hypot(cx - a, cy - b) < SMALLEST for a, b in places)
        places.append((cx, cy))
        angle = twins * 2.4
        cx += 2 * SMALLEST * math.sqrt(twins) * math.cos(angle)
        cy += 2 * SMALLEST * math.sqrt(twins) * math.sin(angle)
        cx = min(max(cx, across.start + radius), across.end - radius)
        cy = min(max(cy, up.end + radius), up.start - radius)
        circles.append((cx, cy, radius))
    for i in sorted(range(len(placed)), key=lambda i: -circles[i][2]):
        strong = placed[i][0].strong
        canvas.circle(
            *circles[i], "1" if strong else "heat-1", stroke="paper" if strong else "1", line=1.6
        )
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for x, y, r in circles]
    bounds = (across.start, up.end, across.end, up.start)
    numbered = []
    for i, (bubble, _x, _y) in enumerate(placed):
        label = clean(bubble.label)
        spot = _free_place(circles[i], text_width(label, 11), bounds, taken)
        if label and spot:
            taken.append(spot)
            canvas.text(spot[0] + 2, (spot[1] + spot[3]) / 2, label, size=11, backed=True)
        elif label:
            numbered.append((i + 1, label))
            canvas.text(
                circles[i][0],
                circles[i][1],
                str(i + 1),
                size=10,
                bold=True,
                tone="paper" if bubble.strong else "ink",
                anchor="middle",
            )
    return numbered


def _free_place(
    circle: tuple[float, float, float], width: float, bounds: Box, taken: list[Box]
) -> Box | None:
    """The first place beside the circle where a name of `width` meets nothing."""
    x, y, r = circle
    wide, high = width + 4, 15.0
    for left, top in (
        (x + r + 1, y - high / 2),
        (x - r - 1 - wide, y - high / 2),
        (x - wide / 2, y - r - high - 1),
        (x - wide / 2, y + r + 1),
    ):
        box = (left, top, left + wide, top + high)
        inside = (
            box[0] >= bounds[0]
            and box[1] >= bounds[1]
            and box[2] <= bounds[2]
            and box[3] <= bounds[3]
        )
        if inside and not any(
            box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
        ):
            return box
    return None


def _draw_key(canvas: Canvas, numbered: list[tuple[int, str]], left: float, top: float) -> float:
    """The names of numbered bubbles in two columns; returns the height."""
    half = (canvas.width - left) / 2
    for index, (number, label) in enumerate(numbered):
        x, y = left + index % 2 * half, top + index // 2 * 17 + 8
        canvas.text(x + 18, y, f"{num(number)}.", size=11, bold=True, anchor="end")
        canvas.text(x + 23, y, label, size=11, width=half - 30)
    return 6 + (len(numbered) + 1) // 2 * 17 if numbered else 0
