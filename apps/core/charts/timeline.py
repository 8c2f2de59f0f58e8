"""Bars over calendar time: the channel calendar, and the Gantt chart of a project.

For sections' pictures. Each group has its own pattern; critical bars have a strong frame and
milestones a diamond.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .canvas import Canvas
from .picture import Key, Picture
from .scales import MISSING, Scale, finite
from .text import clean, text_width
from .tones import series_fill

_ROW, _HEAD = 28.0, 26.0
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000)


@dataclass(frozen=True)
class Span:
    """A row of the calendar, its last day included; without a start it keeps an empty row.

    `Span("Trade show", date(2027, 3, 1), date(2027, 4, 15), group="Offline", note="$4,000")`.
    `done` (0 to 1) fills part of the bar; `milestone` draws a diamond at the end; `after` lists
    the rows (from 0) that must end before this one starts.
    """

    label: str
    start: date | None
    end: date | None = None
    group: str = ""
    note: str = ""
    done: float | None = None
    milestone: bool = False
    critical: bool = False
    after: tuple[int, ...] = ()


def calendar(
    *,
    id: str,
    title: str,
    spans: Sequence[Span],
    format_month: Callable[[date], str],
    format_date: Callable[[date], str] = date.isoformat,
    today: date | None = None,
    today_label: str = "",
    critical_label: str = "",
    label_head: str = "",
    start_head: str = "",
    end_head: str = "",
    description: str = "",
    width: int = 640,
) -> Picture | None:
    """One row a span, in the given order; groups share a pattern, named in the legend.

    `format_month` writes the axis labels from the first day of a month. About 30 rows fit a
    printed page.

    `calendar(id="channels", title=_("…"), spans=[Span(…)], format_month=lambda d: f"{d:%m/%y}")`
    """
    ranges = [_range(span) for span in spans]
    dated = [found for found in ranges if found]
    if not dated:
        return None
    canvas = Canvas(id=id, width=width)
    first = min(start for start, _end in dated).replace(day=1)
    after_last = _add_months(max(end for _start, end in dated).replace(day=1), 1)
    widest = max(text_width(clean(span.label), 12) for span in spans)
    left = min(widest + 12, width * 0.32)
    label_size = 12 if widest <= left - 11 else 10  # one size for all, or the list looks ragged
    across = Scale(first.toordinal(), after_last.toordinal(), left, width - 1.0)
    bottom = _HEAD + len(spans) * _ROW
    _draw_months(canvas, first, after_last, across, bottom, format_month)
    shows_today = today is not None and first <= today < after_last
    if today and shows_today:
        x = across(today.toordinal())
        canvas.line(x, _HEAD - 4, x, bottom, "4", line=1.6, dash="4 3")
    groups = list(dict.fromkeys(span.group for span in spans))
    boxes = []
    for i, (span, found) in enumerate(zip(spans, ranges, strict=True)):
        y = _HEAD + (i + 0.5) * _ROW
        canvas.line(0, y + _ROW / 2, width, y + _ROW / 2, "grid", line=0.7)
        canvas.text(
            left - 10,
            y,
            span.label,
            anchor="end",
            lines=2,
            width=left - 11,
            size=label_size,
        )
        if found is None:
            canvas.text(left + 6, y, MISSING, tone="muted")
            boxes.append(None)
            continue
        boxes.append(
            _draw_span(canvas, span, found, y, across, series_fill(groups.index(span.group)))
        )
    for i, span in enumerate(spans):
        for before in span.after:
            if 0 <= before < len(boxes) and before != i and boxes[before] and boxes[i]:
                _draw_arrow(canvas, boxes[before], boxes[i])
    keys = [Key(name, fill=series_fill(k)) for k, name in enumerate(groups) if name]
    if critical_label and any(span.critical for span in spans):
        keys.append(Key(critical_label, fill="paper", edge="ink"))
    if today_label and shows_today:
        keys.append(Key(today_label, tone="4", dash="4 3"))
    height = bottom + 8 + canvas.legend(bottom + 8, keys)
    table = [[label_head, start_head, end_head]]
    for span, found in zip(spans, ranges, strict=True):
        name = " · ".join(filter(None, (clean(span.label), clean(span.group), clean(span.note))))
        table.append([name, *(map(format_date, found) if found else (MISSING, MISSING))])
    return canvas.finish(height=height, title=title, description=description, table=table)


def _range(span: Span) -> tuple[date, date] | None:
    """First and last day; one missing end makes a single day, swapped ends are put right."""
    days = [day for day in (span.start, span.end) if day is not None]
    if (span.start is None and not span.milestone) or not days:
        return None
    return min(days), max(days)


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) if index // 12 <= date.max.year else date.max


def _draw_months(
    canvas: Canvas,
    first: date,
    after_last: date,
    across: Scale,
    bottom: float,
    format_month: Callable[[date], str],
) -> None:
    """Month lines and labels, every month or as few as fit."""
    months = (after_last.year - first.year) * 12 + after_last.month - first.month
    slot = (across.end - across.start) / max(1, months)
    # Names of months differ in width: those of one year, and a little room for the years after.
    names = [clean(format_month(_add_months(first, i))) for i in range(max(1, min(months, 12)))]
    need = max(text_width(name, 10) for name in names) * 1.05 + 8
    step = next((s for s in _MONTH_STEPS if s * slot >= need), _MONTH_STEPS[-1])
    day = first
    while day < after_last:
        x = across(day.toordinal())
        canvas.line(x, _HEAD - 4, x, bottom, "grid")
        if canvas.width - x - 3 >= text_width(clean(format_month(day)), 10):  # whole, or not at all
            canvas.text(x + 3, _HEAD - 13, format_month(day), size=10, tone="muted")
        day = _add_months(day, step)
    canvas.line(across.start, _HEAD - 4, across.end, _HEAD - 4, "axis")


def _draw_span(
    canvas: Canvas, span: Span, found: tuple[date, date], y: float, across: Scale, fill: str
) -> tuple[float, float, float]:
    """Draw the bar or the diamond and its note; returns (left, right, y) for arrows."""
    start, end = found
    x0, x1 = across(start.toordinal()), across(min(end, date.max - timedelta(1)).toordinal() + 1)
    if span.milestone:
        x0 = x1 = min(max(x1, across.start + 7), across.end - 7)
        canvas.polygon(
            [(x1, y - 7), (x1 + 7, y), (x1, y + 7), (x1 - 7, y)],
            "4" if span.critical else "ink",
            stroke="paper",
        )
        x0, x1 = x1 - 7, x1 + 7
    else:
        x1 = max(x1, x0 + 3)
        done = finite(span.done)
        canvas.rect(
            x0, y - 8, x1 - x0, 16, fill, radius=2, stroke="ink" if span.critical else "", line=2
        )
        if done is not None:
            part = (x1 - x0) * min(1.0, max(0.0, done))
            canvas.rect(x0, y + 4, part, 3, "ink", stroke="paper", line=0.6)
    note = clean(span.note)
    need = text_width(note, 10) + 8
    if note and across.end - x1 >= need:
        canvas.text(x1 + 5, y, note, size=10, tone="muted", backed=True)
    elif note and x0 - across.start >= need:
        canvas.text(x0 - 5, y, note, size=10, tone="muted", anchor="end", backed=True)
    elif note and x1 - x0 >= need:
        canvas.text((x0 + x1) / 2, y, note, size=10, anchor="middle", backed=True)
    return x0, x1, y


def _draw_arrow(
    canvas: Canvas, before: tuple[float, float, float], after: tuple[float, float, float]
) -> None:
    """From the end of one bar to the start of the next: right, down, and in from the left."""
    _x0, x1, y = before
    x2, _x3, y2 = after
    turn = min(x1 + 5, canvas.width - 2)
    if x2 >= x1 + 10:
        canvas.path(f"M{x1:.1f},{y:.1f}H{turn:.1f}V{y2:.1f}H{x2 - 4:.1f}", stroke="muted", line=1.2)
    else:  # the next starts earlier: go round between the two rows
        half = y2 - _ROW / 2 if y2 > y else y2 + _ROW / 2
        canvas.path(
            f"M{x1:.1f},{y:.1f}H{turn:.1f}V{half:.1f}H{x2 - 8:.1f}V{y2:.1f}H{x2 - 4:.1f}",
            stroke="muted",
            line=1.2,
        )
    canvas.polygon([(x2, y2), (x2 - 5, y2 - 3), (x2 - 5, y2 + 3)], "muted")
