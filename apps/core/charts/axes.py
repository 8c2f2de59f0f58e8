"""Axes, grid lines and their labels; labels that would touch are left out.

For the modules of this package.
"""

from collections.abc import Callable, Sequence

from .canvas import Canvas
from .scales import MISSING, Scale, finite
from .text import clean, text_width

Format = Callable[[object], str]


def shown(value: object, format_value: Format) -> str:
    return MISSING if finite(value) is None else format_value(value)


def names_width(labels: Sequence[str], width: int) -> float:
    """Pixels for the names: what they need, at most three tenths of the picture."""
    widest = max((text_width(clean(label), 12) for label in labels), default=0)
    return min(widest + 14, max(90.0, width * 0.3))


def value_axis(
    canvas: Canvas, ticks: Sequence[float], across: Scale, bottom: float, format_value: Format
) -> None:
    """Grid lines and tick labels; labels that would touch their neighbour are left out."""
    free_from = 0.0
    for tick in ticks:
        x = across(tick)
        canvas.line(x, 0, x, bottom, "grid")
        label = clean(format_value(tick))
        half = text_width(label, 10) / 2
        if x - half >= free_from:
            canvas.text(x, bottom + 11, label, size=10, tone="muted", anchor="middle")
            free_from = x + half + 6


def axis_width(ticks: Sequence[float], format_value: Format) -> float:
    return min(110.0, max(text_width(clean(format_value(t)), 10) for t in ticks) + 12)


def y_axis(
    canvas: Canvas,
    ticks: Sequence[float],
    up: Scale,
    across: Scale,
    format_value: Format,
    label: str,
) -> None:
    for tick in ticks:
        zero = tick == 0
        canvas.line(across.start, up(tick), across.end, up(tick), "axis" if zero else "grid")
        canvas.text(
            across.start - 6, up(tick), format_value(tick), size=10, tone="muted", anchor="end"
        )
    canvas.text(
        9,
        (up.start + up.end) / 2,
        label,
        size=11,
        anchor="middle",
        turned=True,
        width=abs(up.start - up.end),
    )


def x_labels(canvas: Canvas, places: list[tuple[float, str]], y: float) -> None:
    """Labels under the axis: every one, or every second, third … so that none touch."""
    if not places:
        return
    widest = max(text_width(label, 10) for _x, label in places) + 8
    slot = places[1][0] - places[0][0] if len(places) > 1 else canvas.width
    every = max(1, -int(-widest // max(slot, 0.1)))
    for n, (x, label) in enumerate(places[::every]):
        if n and x + text_width(label, 10) / 2 > canvas.width:
            continue  # the edge would cut it
        canvas.text(x, y, label, size=10, tone="muted", anchor="middle", width=max(widest, slot))
