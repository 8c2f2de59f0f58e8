"""Panels by month that share one time axis: headcount and payroll, cash by scenario.

For sections' pictures. Two measures stand in two panels, never on two axes of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .axes import Format, axis_width, x_labels, y_axis
from .canvas import Canvas
from .lines import draw_run, line_key, pieces, stairs
from .picture import Key, Picture, Series, also_for_phones
from .scales import MISSING, Scale, finites, nice_ticks, plain_number
from .text import clean, text_width
from .tones import series_fill

_BETWEEN = 12.0  # pixels between panels


@dataclass(frozen=True)
class Panel:
    """One measure over the months: its name, its series, columns or lines.

    `Panel("Payroll", [Series("Salaries", [12_000, 15_000])], kind="line")`; columns of several
    series are stacked. `whole` keeps the axis to integers.
    """

    name: str
    series: Sequence[Series]
    kind: Literal["columns", "line", "area", "step"] = "columns"
    format_value: Format = field(default=plain_number)
    whole: bool = False


@also_for_phones
def panels(
    *,
    id: str,
    title: str,
    labels: Sequence[str],
    panels: Sequence[Panel],
    label_head: str = "",
    description: str = "",
    panel_height: int = 130,
    width: int = 640,
) -> Picture | None:
    """Panels below one another over the same labels (months): headcount above, payroll below.

    Every series has one value a label. Labels that would touch are left out evenly.

    `panels(id="people", title=_("…"), labels=["1/27", "2/27"], panels=[Panel("Heads",
    [Series("Filled", [2, 3]), Series("Open", [1, 1])], whole=True), Panel("Payroll", …)])`
    """
    count = len(labels)
    data = [[_fitted(one.values, count) for one in panel.series] for panel in panels]
    if not count or not any(v is not None for rows in data for row in rows for v in row):
        return None
    canvas = Canvas(id=id, width=width)
    ranges = [
        nice_ticks(*_extent(rows, stacked=p.kind == "columns"), 4, whole=p.whole)
        for p, rows in zip(panels, data, strict=True)
    ]
    left = max(axis_width(t, p.format_value) for t, p in zip(ranges, panels, strict=True))
    slot = (width - left - 12) / count
    across = Scale(0, count, left, width - 12)
    y = 0.0
    for panel, rows, ticks in zip(panels, data, ranges, strict=True):
        y += _panel_head(canvas, panel, y)
        up = Scale(ticks[0], ticks[-1], y + panel_height - 10, y + 6)
        y_axis(canvas, ticks, up, across, panel.format_value, "")
        if panel.kind == "columns":
            _columns(canvas, rows, across, up, slot)
        else:
            _panel_lines(canvas, rows, across, up, panel.kind)
        y += panel_height + _BETWEEN
    places = [(left + (i + 0.5) * slot, clean(label)) for i, label in enumerate(labels)]
    x_labels(canvas, places, y - _BETWEEN + 4)
    heads = [one.name or panel.name for panel in panels for one in panel.series]
    table = [[label_head, *heads]]
    for i, label in enumerate(labels):
        cells = [
            MISSING if row[i] is None else panel.format_value(row[i])
            for panel, rows in zip(panels, data, strict=True)
            for row in rows
        ]
        table.append([label, *cells])
    return canvas.finish(
        height=y - _BETWEEN + 14, title=title, description=description, table=table
    )


def _panel_head(canvas: Canvas, panel: Panel, y: float) -> float:
    """Name and legend above the panel; returns their height."""
    name = clean(panel.name)
    beside = text_width(name, 12, True) + 24
    if beside > canvas.width * 0.6:
        beside = 0.0
    named = canvas.text(0, y + 1.5, name, bold=True, lines=3, valign="top")
    if len(panel.series) < 2:
        return named + 7.0
    keys = [
        Key(one.name, fill=series_fill(k)) if panel.kind == "columns" else line_key(one.name, k)
        for k, one in enumerate(panel.series)
    ]
    top = y if beside else y + named + 5
    return top - y + canvas.legend(top, keys, x=beside) + 4


def _fitted(values: Sequence[object], count: int) -> list[float | None]:
    row = finites(values)[:count]
    return row + [None] * (count - len(row))


def _extent(rows: list[list[float | None]], *, stacked: bool) -> tuple[float, float]:
    """Lowest and highest value of a panel, zero included."""
    columns = [[v or 0.0 for v in column] for column in zip(*rows, strict=True)]
    if stacked:
        return (
            min((sum(min(v, 0) for v in c) for c in columns), default=0),
            max((sum(max(v, 0) for v in c) for c in columns), default=0),
        )
    values = [0.0, *(v for column in columns for v in column)]
    return min(values), max(values)


def _columns(
    canvas: Canvas, rows: list[list[float | None]], across: Scale, up: Scale, slot: float
) -> None:
    wide = min(slot * 0.72, 34.0)
    for i in range(len(rows[0]) if rows else 0):
        below = above = 0.0
        for k, row in enumerate(rows):
            value = row[i]
            if not value:
                continue
            start = above if value > 0 else below
            top, bottom = sorted((up(start), up(start + value)))
            canvas.rect(
                across(i + 0.5) - wide / 2,
                top,
                wide,
                bottom - top,
                series_fill(k),
                stroke="paper",
                line=0.6,
            )
            above, below = (start + value, below) if value > 0 else (above, start + value)


def _panel_lines(
    canvas: Canvas, rows: list[list[float | None]], across: Scale, up: Scale, kind: str
) -> None:
    for k, row in enumerate(rows):
        for piece in pieces([(i + 0.5, v) for i, v in enumerate(row)]):
            spots = [(across(x), up(v)) for x, v in piece]
            if kind == "step":
                spots = stairs(
                    [(x - (across(0.5) - across(0)), y) for x, y in spots]
                    + [(spots[-1][0] + across(0.5) - across(0), spots[-1][1])]
                )
            draw_run(canvas, spots, k, up(0.0), filled=kind == "area")
