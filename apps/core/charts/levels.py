"""Level maps: items by two scores on hatched levels (the 5 × 5 risk heat map).

For sections' pictures. Item numbers stand on paper chips, and levels are hatched.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import Key, Picture
from .scales import finite
from .text import clean, text_width
from .tones import level_fill


@dataclass(frozen=True)
class LevelItem:
    """An item on a level map: its short mark (a number) and its place, 1 … size on each axis.

    `LevelItem("R3", x=4, y=5)`; an item without a place is left out of the map.
    """

    label: str
    x: int | None
    y: int | None


def level_map(
    *,
    id: str,
    title: str,
    items: Sequence[LevelItem],
    levels: Sequence[Sequence[int]],
    level_names: Sequence[str],
    x_label: str,
    y_label: str,
    description: str = "",
    item_label: str = "",
    place_label: str = "",
    width: int = 312,
) -> Picture | None:
    """Items by two scores on levels: the risk heat map. Two of them stand side by side on a page.

    `levels[y - 1][x - 1]` is the level, 1 (mildest) to 4, of the cell x, y; all rows have the
    same length. `level_names` names levels 1, 2, … for the legend. `item_label` and `place_label`
    head the data table. Items of one cell are listed in it, those that do not fit as "+n".

    `level_map(…, title=_("Inherent"), items=[LevelItem("1", 5, 4)], levels=[[1, 1], [1, 2]],
    level_names=["Low", "High"], x_label="Impact", y_label="Probability")`
    """
    columns, rows = min((len(row) for row in levels), default=0), len(levels)
    placed = _by_cell(items, columns, rows)
    if not placed or not columns:
        return None
    canvas = Canvas(id=id, width=width)
    left, top = 38.0, 26.0
    cell = min((width - left - 1) / columns, 76.0)
    wide, bottom = columns * cell, top + rows * cell
    canvas.text(left + wide / 2, 12, title, anchor="middle", bold=True, size=13, width=wide)
    for r, row in enumerate(levels):
        y = bottom - (r + 1) * cell
        for c in range(columns):
            x = left + c * cell
            canvas.rect(x, y, cell, cell, level_fill(row[c]), stroke="paper", line=1.5)
            _chips(canvas, placed.get((c + 1, r + 1), []), x, y, cell)
    canvas.rect(left, top, wide, rows * cell, "none", stroke="axis")
    _draw_scores(canvas, left, bottom, cell, columns, rows)
    canvas.text(left + wide / 2, bottom + 26, x_label, anchor="middle", size=11, width=wide)
    canvas.text(
        10, (top + bottom) / 2, y_label, anchor="middle", size=11, width=rows * cell, turned=True
    )
    keys = [
        Key(name, fill=level_fill(level), edge=f"edge-{min(level, 4)}")
        for level, name in enumerate(level_names, start=1)
    ]
    height = bottom + 44
    height += canvas.legend(height, keys, x=left)
    return canvas.finish(
        height=height,
        title=title,
        description=description,
        table=[[item_label, place_label], *_places(items, levels, level_names)],
    )


def _draw_scores(
    canvas: Canvas, left: float, bottom: float, cell: float, columns: int, rows: int
) -> None:
    """The scores 1, 2, … along both axes."""
    for r in range(rows):
        y = bottom - (r + 0.5) * cell
        canvas.text(left - 7, y, str(r + 1), anchor="end", size=11, tone="muted")
    for c in range(columns):
        x = left + (c + 0.5) * cell
        canvas.text(x, bottom + 10, str(c + 1), anchor="middle", size=11, tone="muted")


def _by_cell(
    items: Sequence[LevelItem], columns: int, rows: int
) -> dict[tuple[int, int], list[str]]:
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for item in items:
        x, y = finite(item.x), finite(item.y)
        if x is not None and y is not None and 1 <= x <= columns and 1 <= y <= rows:
            cells[round(x), round(y)].append(clean(item.label))
    return cells


def _chips(canvas: Canvas, labels: list[str], left: float, top: float, cell: float) -> None:
    """Item numbers on paper chips: readable over any hatching."""
    if not labels:
        return
    size, high, gap = 10.5, 15.0, 3.0
    widest = min(cell - 6, max(text_width(label, size, True) for label in labels) + 8)
    per_row = max(1, int((cell - 4 + gap) // (widest + gap)))
    room = per_row * max(1, int((cell - 4 + gap) // (high + gap)))
    if len(labels) > room:
        labels = [*labels[: room - 1], f"+{len(labels) - room + 1}"]
    rows = [labels[at : at + per_row] for at in range(0, len(labels), per_row)]
    y = top + cell / 2 - (len(rows) * (high + gap) - gap) / 2
    for row in rows:
        x = left + cell / 2 - (len(row) * (widest + gap) - gap) / 2
        for label in row:
            canvas.rect(x, y, widest, high, "paper", stroke="ink", line=0.8, radius=3)
            canvas.text(
                x + widest / 2,
                y + high / 2,
                label,
                anchor="middle",
                size=size,
                bold=True,
                width=widest - 2,
            )
            x += widest + gap
        y += high + gap


def _places(
    items: Sequence[LevelItem], levels: Sequence[Sequence[int]], names: Sequence[str]
) -> list[list[str]]:
    """One row an item: "y × x level", or nothing for an item off the map."""
    rows = []
    for item in items:
        x, y = finite(item.x), finite(item.y)
        place = ""
        if x is not None and y is not None and 1 <= y <= len(levels) and 1 <= x <= len(levels[0]):
            level = levels[round(y) - 1][round(x) - 1]
            name = names[level - 1] if 1 <= level <= len(names) else ""
            place = f"{y:.0f} × {x:.0f} {name}".strip()
        rows.append([clean(item.label), place])
    return rows
