"""Two values a row: the tornado of a sensitivity, and the dumbbell from now to the goal.

For sections' pictures. The two ends differ by pattern or shape, and amounts are written there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .axes import Format, names_width, shown, value_axis
from .canvas import Canvas
from .picture import Key, Picture, also_for_phones
from .scales import MISSING, Scale, finite, nice_ticks, plain_number
from .text import clean, text_width


@dataclass(frozen=True)
class Swing:
    """A driver's effect when it falls and when it rises: `Swing("Churn", 14.0, 19.5)`."""

    label: str
    low: object
    high: object


@also_for_phones
def tornado(
    *,
    id: str,
    title: str,
    swings: Sequence[Swing],
    base: float,
    low_label: str,
    high_label: str,
    base_label: str = "",
    format_value: Format = plain_number,
    label_head: str = "",
    description: str = "",
    width: int = 640,
) -> Picture | None:
    """Bars to both sides of `base`, the widest on top: what moves the result most.

    `tornado(…, swings=[Swing("GPU price", 15, 20)], base=18, low_label="−20 %",
    high_label="+20 %", base_label="Runway, months")`
    """
    middle_value = finite(base)
    found = [(s, finite(s.low), finite(s.high)) for s in swings]
    drawn = [(s, lo, hi) for s, lo, hi in found if lo is not None and hi is not None]
    if middle_value is None or not drawn:
        return None
    drawn.sort(key=lambda row: -abs(row[2] - row[1]))
    canvas = Canvas(id=id, width=width)
    values = [middle_value, *(v for _s, lo, hi in drawn for v in (lo, hi))]
    ticks = nice_ticks(min(values), max(values), 5)
    margin = min(90.0, max(text_width(clean(format_value(v)), 10.5) for v in values) + 8)
    left = names_width([s.label for s in swings], width)
    across = Scale(ticks[0], ticks[-1], left + margin, width - margin)
    step, top = 30.0, 22.0
    bottom = top + len(drawn) * step
    canvas.text(
        across(middle_value),
        9,
        f"{clean(base_label)} {format_value(base)}".strip(),
        size=11,
        bold=True,
        anchor="middle",
    )
    for i, (swing, lo, hi) in enumerate(drawn):
        y = top + (i + 0.5) * step
        canvas.text(left - 10, y, swing.label, anchor="end", lines=2, width=left - 12, size=11.5)
        for value, given, fill in ((lo, swing.low, "pattern-2"), (hi, swing.high, "1")):
            x0, x1 = sorted((across(middle_value), across(value)))
            canvas.rect(x0, y - 9, x1 - x0, 18, fill)
            to_left = value < middle_value or (value == middle_value and fill == "pattern-2")
            canvas.text(
                x0 - 4 if to_left else x1 + 4,
                y,
                format_value(given),
                size=10.5,
                anchor="end" if to_left else "start",
            )
    canvas.line(across(middle_value), top - 4, across(middle_value), bottom, "ink", line=1.4)
    keys = [Key(low_label, fill="pattern-2"), Key(high_label, fill="1")]
    height = bottom + 8 + canvas.legend(bottom + 8, keys, x=left)
    table = [[label_head, low_label, high_label]]
    table += [[s.label, shown(s.low, format_value), shown(s.high, format_value)] for s in swings]
    return canvas.finish(height=height, title=title, description=description, table=table)


@dataclass(frozen=True)
class Change:
    """A value now and the one aimed at: `Change("Salience", 2, 4)`; either may be missing."""

    label: str
    current: object
    target: object


@also_for_phones
def dumbbell(
    *,
    id: str,
    title: str,
    changes: Sequence[Change],
    current_label: str,
    target_label: str,
    low: float = 1,
    high: float = 5,
    format_value: Format = plain_number,
    label_head: str = "",
    description: str = "",
    width: int = 520,
) -> Picture | None:
    """For each label a ring (now), a diamond (goal) and an arrow between them.

    `dumbbell(id="equity", title=_("…"), changes=[Change("Salience", 2, 4)],
    current_label=_("Current"), target_label=_("Target"))`
    """
    found = [(finite(change.current), finite(change.target)) for change in changes]
    if not any(value is not None for pair in found for value in pair) or high <= low:
        return None
    canvas = Canvas(id=id, width=width)
    left = names_width([change.label for change in changes], width)
    across = Scale(low, high, left + 14, width - 20)
    step = 32.0
    bottom = len(changes) * step + 2
    ticks = [tick for tick in nice_ticks(low, high, 5) if low <= tick <= high]
    value_axis(canvas, ticks, across, bottom, plain_number)
    for i, (change, (current, target)) in enumerate(zip(changes, found, strict=True)):
        y = (i + 0.5) * step + 1
        canvas.text(left - 10, y, change.label, anchor="end", lines=2, width=left - 12)
        if current is not None and target is not None:
            x0, x1 = across(current), across(target)
            canvas.line(x0, y, x1, y, "muted", line=2)
            if abs(x1 - x0) > 26:  # an arrow head half-way says which way
                turn = 1 if x1 > x0 else -1
                tip = (x0 + x1) / 2 + 4 * turn
                canvas.polygon(
                    [(tip, y), (tip - 8 * turn, y - 4.5), (tip - 8 * turn, y + 4.5)], "muted"
                )
        if current is not None:
            canvas.marker("ring", across(current), y, "2", 5.5)
        if target is not None:
            canvas.marker("diamond", across(target), y, "1", 5.5 if current != target else 3)
        if current is None and target is None:
            canvas.text(across(low), y, MISSING, tone="muted", anchor="middle")
    keys = [
        Key(current_label, tone="2", marker="ring"),
        Key(target_label, tone="1", marker="diamond"),
    ]
    height = bottom + 26 + canvas.legend(bottom + 26, keys, x=left)
    table = [[label_head, current_label, target_label]]
    table += [
        [c.label, shown(c.current, format_value), shown(c.target, format_value)] for c in changes
    ]
    return canvas.finish(height=height, title=title, description=description, table=table)
