"""Four fields of listed items, two by two: SWOT.

For sections' pictures. Fields are told apart by their place and name; the tint is only a help.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .canvas import Canvas
from .picture import Picture
from .scales import MISSING, finite, plain_number
from .text import LINE_HEIGHT, clean, wrap

_SIZE = 11.0
_LINES = 3  # of one item
_AIR = 5.0


@dataclass(frozen=True)
class Quarter:
    """One field: its name and its items, each with a weight or None.

    `Quarter("Strengths", [("Data with the right to train", 5), ("Small team", None)])`
    """

    name: str
    items: Sequence[tuple[str, object]] = field(default_factory=tuple)


def quarters(
    *,
    id: str,
    title: str,
    fields: Sequence[Quarter],
    columns: tuple[str, str],
    rows: tuple[str, str],
    most: int = 6,
    description: str = "",
    item_head: str = "",
    weight_head: str = "",
    width: int = 640,
) -> Picture | None:
    """Four `fields`: upper left, upper right, lower left, lower right; None if all are empty.

    `columns` and `rows` name the two cuts. Of each field the first `most` items are drawn with
    their weight, the rest counted as "+n"; the data table has them all.

    `quarters(…, fields=[strengths, weaknesses, opportunities, threats],
    columns=("Helps", "Harms"), rows=("Inside", "Outside"))`
    """
    four = [*fields, *(Quarter("") for _missing in range(4 - len(fields)))][:4]
    if not any(quarter.items for quarter in four):
        return None
    canvas = Canvas(id=id, width=width)
    left, top = 22.0, 22.0
    wide = (width - left - 1) / 2
    for column, name in enumerate(columns):
        canvas.text(
            left + (column + 0.5) * wide, 10, name, bold=True, anchor="middle", width=wide - 8
        )
    for row, name in enumerate(rows):
        pair = four[row * 2 : row * 2 + 2]
        high = max(_height(quarter, wide, most) for quarter in pair)
        canvas.text(
            10, top + high / 2, name, bold=True, anchor="middle", turned=True, width=high - 8
        )
        for column, quarter in enumerate(pair):
            x = left + column * wide
            canvas.rect(x, top, wide, high, f"tint-{row * 2 + column + 1}", stroke="axis")
            _fill(canvas, quarter, x, top, wide, most)
        top += high
    table = [[item_head, *(quarter.name for quarter in four)]]
    for index, quarter in enumerate(four):
        for label, weight in quarter.items:
            number = finite(weight)
            marks = [""] * 4
            marks[index] = MISSING if number is None else f"{weight_head} {plain_number(number)}"
            table.append([label, *marks])
    return canvas.finish(height=top + 1, title=title, description=description, table=table)


def _lines(label: str, wide: float) -> list[str]:
    return wrap(clean(label), wide - 44, _SIZE, _LINES)


def _height(quarter: Quarter, wide: float, most: int) -> float:
    rows = sum(max(1, len(_lines(label, wide))) for label, _weight in quarter.items[:most])
    more = 1 if len(quarter.items) > most else 0
    return max(74.0, 34 + (rows + more) * _SIZE * LINE_HEIGHT + len(quarter.items[:most]) * _AIR)


def _fill(
    canvas: Canvas, quarter: Quarter, x: float, top: float, wide: float, most: int
) -> None:  # fmt: skip
    canvas.text(x + 10, top + 15, quarter.name, bold=True, size=12.5, width=wide - 20)
    y = top + 29
    for label, weight in quarter.items[:most]:
        number = finite(weight)
        mark = MISSING if number is None else plain_number(number)
        canvas.text(
            x + 22, y, mark, size=_SIZE, bold=True, anchor="end", valign="top", width=20
        )  # fmt: skip
        drawn = canvas.text(
            x + 30, y, label, size=_SIZE, width=wide - 44, lines=_LINES, valign="top"
        )
        y += max(drawn, _SIZE * LINE_HEIGHT) + _AIR
    if len(quarter.items) > most:
        more = f"+{len(quarter.items) - most}"
        canvas.text(x + 30, y, more, size=_SIZE, tone="muted", valign="top")
