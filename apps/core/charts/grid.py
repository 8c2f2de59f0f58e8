"""Tables drawn as pictures: a heat grid of counts, and level maps (the 5 × 5 risk map).

For sections' pictures. Numbers stand in the cells and levels are hatched, so both read without
colour.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import Key, Picture
from .scales import finite, plain_number
from .text import clean, longest_word, text_width, wrap

HEAT_STEPS = 4


@dataclass(frozen=True)
class Cell:
    """A cell of a grid: a number that sets the shade, a small note, a strong frame or none.

    `Cell(3, note="Support desks", strong=True)`
    """

    value: object = None
    note: str = ""
    strong: bool = False


def grid(
    *,
    id: str,
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], Cell],
    description: str = "",
    corner: str = "",
    strong_label: str = "",
    format_value: Callable[[object], str] = plain_number,
    width: int = 640,
) -> Picture | None:
    """Rows × columns, shaded by value: how many segments per industry and scenario.

    `cells` maps (row, column), both from 0, to a `Cell`; others stay empty. `corner` names the
    first column of the data table, `strong_label` explains the strong frame.

    `grid(id="grid", title=_("…"), rows=["Retail"], columns=["Vision"], cells={(0, 0): Cell(2)})`
    """
    shown = {
        at: cell
        for at, cell in cells.items()
        if finite(cell.value) is not None and 0 <= at[0] < len(rows) and 0 <= at[1] < len(columns)
    }
    if not shown:
        return None
    canvas = Canvas(id=id, width=width)
    left = min(width * 0.25, max((text_width(clean(name), 12) for name in rows), default=0) + 14)
    step = (width - left - 1) / len(columns)
    names = [clean(name) for name in columns]
    # Small enough for the longest word ("Recommendation"), but not smaller than can be read.
    size = max(8, 11 * min(1.0, (step - 2) / max(1, *(longest_word(n, 11) for n in names))))
    top = max(len(wrap(name, step - 2, size, 3)) for name in names) * size * 1.25 + 10
    noted = any(cell.note for cell in shown.values())
    row_height = 54.0 if noted else 32.0
    for index, name in enumerate(names):
        canvas.text(
            left + (index + 0.5) * step,
            top - 5,
            name,
            size=size,
            anchor="middle",
            tone="muted",
            width=step - 2,
            lines=3,
            valign="bottom",
        )
    largest = max(max(finite(cell.value) or 0 for cell in shown.values()), 1e-9)
    for r, name in enumerate(rows):
        y = top + r * row_height
        canvas.text(left - 10, y + row_height / 2, name, anchor="end", width=left - 12, lines=2)
        for c in range(len(columns)):
            cell, x = shown.get((r, c)), left + c * step
            value = finite(cell.value) if cell else None
            shade = 0 if not value else min(HEAT_STEPS, max(1, round(value / largest * HEAT_STEPS)))
            canvas.rect(
                x, y, step, row_height, f"heat-{shade}" if shade else "paper", stroke="grid"
            )
            if cell is None or (not value and not cell.note):
                continue
            middle = y + (15 if cell.note else row_height / 2)
            canvas.text(
                x + step / 2,
                middle,
                format_value(cell.value),
                anchor="middle",
                bold=True,
                size=13,
                width=step - 6,
            )
            canvas.text(
                x + step / 2,
                y + 25,
                cell.note,
                anchor="middle",
                size=9.5,
                width=step - 6,
                lines=2,
                valign="top",
            )
    for (r, c), cell in shown.items():  # after all cells, so that no neighbour covers the frame
        if cell.strong:
            canvas.rect(
                left + c * step + 1,
                top + r * row_height + 1,
                step - 2,
                row_height - 2,
                "none",
                stroke="ink",
                line=2.2,
            )
    height = top + len(rows) * row_height + 1
    if strong_label and any(cell.strong for cell in shown.values()):
        keys = [Key(strong_label, fill="paper", edge="ink")]
        height += 8 + canvas.legend(height + 8, keys, x=left)
    table = [[corner, *columns]]
    for r, name in enumerate(rows):
        found = [shown.get((r, c)) for c in range(len(columns))]
        table.append([name, *(_cell_text(cell, format_value) for cell in found)])
    return canvas.finish(height=height, title=title, description=description, table=table)


def _cell_text(cell: Cell | None, format_value: Callable[[object], str]) -> str:
    if cell is None:
        return ""
    return f"{format_value(cell.value)} {clean(cell.note)}".strip()
