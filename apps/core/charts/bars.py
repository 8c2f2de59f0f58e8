"""Horizontal bars: side by side, stacked, as shares of 100 %, from a base, from now to goal.

For sections' pictures. Names stand on the left and may wrap, so long Chinese or English names
fit. Series differ by pattern, and amounts are written at the bars.
"""

from collections.abc import Sequence

from .axes import Format, names_width, shown, value_axis
from .canvas import Canvas
from .picture import Key, Picture, Series, also_for_phones
from .scales import MISSING, Scale, finites, nice_ticks, plain_number
from .text import clean, text_width
from .tones import SERIES, series_fill

_BAR, _GAP = 15.0, 12.0


@also_for_phones
def bars(
    *,
    id: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    stacked: bool = False,
    format_value: Format = plain_number,
    value_label: str = "",
    label_head: str = "",
    description: str = "",
    width: int = 640,
) -> Picture | None:
    """One group of bars a label, side by side or `stacked`; negative values grow to the left.

    Every series has one value a label, None where there is none. About 25 labels fit a printed
    page: sum up the rest before calling.

    `bars(id="budget", title=_("…"), labels=["Press", "Events"], stacked=True,
    series=[Series("Awareness", [900, 200]), Series("Conversion", [None, 400])])`
    """
    rows = [finites(one.values)[: len(labels)] for one in series]
    rows = [row + [None] * (len(labels) - len(row)) for row in rows]
    present = [value for row in rows for value in row if value is not None]
    if not present:
        return None
    sums = [_sums(row[i] for row in rows) for i in range(len(labels))]
    low = min(0.0, min(s[0] for s in sums) if stacked else min(present))
    high = max(0.0, max(s[1] for s in sums) if stacked else max(present))
    canvas = Canvas(id=id, width=width)
    ticks = nice_ticks(low, high, 5)
    ends = (
        [(s[1], format_value(sum(s))) for s in sums]
        if stacked
        else [(value, format_value(value)) for value in present]
    )
    left = names_width(labels, width)
    across = _scale(ticks, ends, left, width, format_value)
    group = _BAR if stacked else _BAR * len(rows)
    step = max(group, 26.0) + _GAP
    bottom = len(labels) * step + 4
    value_axis(canvas, ticks, across, bottom, format_value)
    for i, label in enumerate(labels):
        middle = (i + 0.5) * step + 2
        canvas.text(left - 10, middle, label, anchor="end", lines=2, width=left - 12)
        column = [row[i] for row in rows]
        if stacked:
            _stack(canvas, column, across, middle, format_value)
        else:
            _group(canvas, column, across, middle - group / 2, format_value)
    canvas.line(across(0), 0, across(0), bottom, "axis", line=1.2)
    height = bottom + 24
    if value_label:
        canvas.text((left + width) / 2, height + 6, value_label, size=11, anchor="middle")
        height += 18
    if len(series) > 1:
        keys = [Key(one.name, fill=series_fill(k)) for k, one in enumerate(series)]
        height += canvas.legend(height + 2, keys, x=0) + 4
    table = [[label_head, *(one.name or value_label for one in series)]]
    for i, label in enumerate(labels):
        found = [(one.values[i] if i < len(one.values) else None) for one in series]
        table.append([label, *(shown(value, format_value) for value in found)])
    return canvas.finish(height=height, title=title, description=description, table=table)


@also_for_phones
def share_bars(
    *,
    id: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    format_value: Format = plain_number,
    label_head: str = "",
    description: str = "",
    width: int = 640,
) -> Picture | None:
    """Each label one bar of 100 %, parted by series; the percentages stand in the parts.

    Takes the same data as `bars`; negative and missing values count as zero.
    """
    rows = [[max(0.0, v or 0.0) for v in finites(one.values)[: len(labels)]] for one in series]
    rows = [row + [0.0] * (len(labels) - len(row)) for row in rows]
    totals = [sum(row[i] for row in rows) for i in range(len(labels))]
    if not any(totals):
        return None
    canvas = Canvas(id=id, width=width)
    left = names_width(labels, width)
    step = 38.0
    table = [[label_head, *(one.name for one in series)]]
    for i, label in enumerate(labels):
        middle, x = (i + 0.5) * step, left
        canvas.text(left - 10, middle, label, anchor="end", lines=2, width=left - 12)
        for k, row in enumerate(rows):
            share = row[i] / totals[i] if totals[i] else 0.0
            part = share * (width - left - 1)
            if part:
                canvas.rect(x, middle - 11, part, 22, series_fill(k), stroke="paper")
                percent = f"{share:.0%}"
                if part > text_width(percent, 10.5, True) + 8:
                    canvas.text(
                        x + part / 2,
                        middle,
                        percent,
                        size=10.5,
                        bold=True,
                        anchor="middle",
                        backed=True,
                    )
            x += part
        if not totals[i]:
            canvas.text(left, middle, MISSING, tone="muted")
        found = [(one.values[i] if i < len(one.values) else None) for one in series]
        table.append([label, *(shown(value, format_value) for value in found)])
    keys = [Key(one.name, fill=series_fill(k)) for k, one in enumerate(series)]
    height = len(labels) * step + 4
    height += canvas.legend(height, keys)
    return canvas.finish(height=height, title=title, description=description, table=table)


def _scale(
    ticks: list[float],
    ends: list[tuple[float, str]],
    left: float,
    width: int,
    format_value: Format,
) -> Scale:
    """As wide as the amounts written at the ends of the bars leave room for."""
    room = [(value, min(120.0, text_width(clean(text), 11) + 10)) for value, text in ends]
    if ticks[0] < 0:
        margin = max(need for _value, need in room)
        return Scale(ticks[0], ticks[-1], left + margin, width - margin)
    reach = [(width - need - left) / (value / ticks[-1]) for value, need in room if value > 0]
    tick = width - left - text_width(clean(format_value(ticks[-1])), 10) / 2 - 2
    return Scale(0.0, ticks[-1], left, left + min([tick, *reach]))


def _sums(column: object) -> tuple[float, float]:
    """Sum of the negative and of the positive values."""
    values = [value for value in column if value is not None]
    return sum(v for v in values if v < 0), sum(v for v in values if v > 0)


def _stack(
    canvas: Canvas, column: list[float | None], across: Scale, middle: float, format_value: Format
) -> None:
    below = above = 0.0
    for k, value in enumerate(column):
        if not value:
            continue
        start = above if value > 0 else below
        x0, x1 = sorted((across(start), across(start + value)))
        canvas.rect(x0, middle - 10, x1 - x0, 20, series_fill(k), stroke="paper", line=0.8)
        above, below = (start + value, below) if value > 0 else (above, start + value)
    if any(value is not None for value in column):
        canvas.text(across(above) + 6, middle, format_value(above + below), size=11)
    else:
        canvas.text(across(0) + 6, middle, MISSING, size=11, tone="muted")


def _group(
    canvas: Canvas, column: list[float | None], across: Scale, top: float, format_value: Format
) -> None:
    for k, value in enumerate(column):
        y = top + k * _BAR
        if value is None:
            canvas.text(across(0) + 6, y + _BAR / 2, MISSING, size=11, tone="muted")
            continue
        x0, x1 = sorted((across(0), across(value)))
        canvas.rect(x0, y + 1, x1 - x0, _BAR - 2, series_fill(k % SERIES))
        canvas.text(
            x0 - 5 if value < 0 else x1 + 6,
            y + _BAR / 2,
            format_value(value),
            size=11,
            anchor="end" if value < 0 else "start",
        )
