"""Every picture of apps.core.charts, drawn from any labels and any numbers.

For the tests and the benchmark of the charts: a picture that is missing here is not tested, and
`test_charts.py` says so.
"""

from collections.abc import Callable, Sequence
from datetime import date

from apps.core import charts

START = date(2027, 1, 1)


def grid(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    cells = {
        (i % 8, i % 7): charts.Cell(number, note=label, strong=i == 0)
        for i, (label, number) in enumerate(zip(labels, numbers, strict=False))
    }
    columns = [labels[i % len(labels)] for i in range(7)]
    return charts.grid(
        id="grid", title=labels[0], rows=labels[:8], columns=columns, cells=cells,
        strong_label=labels[-1],
    )  # fmt: skip


def level_map(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    items = [
        charts.LevelItem(label, number, numbers[0])
        for label, number in zip(labels, numbers, strict=False)
    ]
    return charts.level_map(
        id="levels", title=labels[0], items=items,
        levels=[[1 + (x * y > 4) + (x * y > 9) + (x * y > 14) for x in range(1, 6)]
                for y in range(1, 6)],
        level_names=labels[:4], x_label=labels[0], y_label=labels[-1],
    )  # fmt: skip


def nested_circles(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    layers = [
        charts.Layer(label, number, text=charts.plain_number(number), note=label)
        for label, number in zip(labels, numbers, strict=False)
    ]
    return charts.nested_circles(id="nested", title=labels[0], layers=layers, scale_note=labels[-1])


def bubble_map(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    bubbles = [
        charts.Bubble(label, number, numbers[-1], size=number, strong=i == 0)
        for i, (label, number) in enumerate(zip(labels, numbers, strict=False))
    ]
    zones = [[charts.Zone(labels[0], level) for level in (1, 2, 3)]] * 3
    return charts.bubble_map(
        id="bubbles", title=labels[0], bubbles=bubbles, x_label=labels[0], y_label=labels[-1],
        cuts=(2.33, 3.67), bands=labels[:3], zones=zones, strong_label=labels[-1],
    )  # fmt: skip


def radar(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    axes = [*labels, "B", "C"][:9]
    return charts.radar(id="radar", title=labels[0], axes=axes, series=_series(labels, numbers))


def _series(labels: Sequence[str], numbers: Sequence[object]) -> list[charts.Series]:
    backwards = list(reversed(numbers))
    return [charts.Series(labels[0], numbers), charts.Series(labels[-1], backwards)]


def bars(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    return charts.bars(
        id="bars", title=labels[0], labels=labels, series=_series(labels, numbers),
        value_label=labels[-1],
    )  # fmt: skip


def stacked_bars(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    return charts.bars(
        id="stacked", title=labels[0], labels=labels, series=_series(labels, numbers), stacked=True
    )


def share_bars(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    return charts.share_bars(
        id="shares", title=labels[0], labels=labels, series=_series(labels, numbers)
    )


def tornado(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    swings = [
        charts.Swing(label, number, numbers[0])
        for label, number in zip(labels, numbers, strict=False)
    ]
    return charts.tornado(
        id="tornado", title=labels[0], swings=swings, base=numbers[-1], base_label=labels[0],
        low_label=labels[0], high_label=labels[-1],
    )  # fmt: skip


def dumbbell(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    changes = [
        charts.Change(label, number, numbers[-1])
        for label, number in zip(labels, numbers, strict=False)
    ]
    return charts.dumbbell(
        id="dumbbell", title=labels[0], changes=changes, current_label=labels[0],
        target_label=labels[-1],
    )  # fmt: skip


def calendar(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    spans = [
        charts.Span(
            label, _day(number), _day(numbers[0]), group=label, note=label, done=number,
            milestone=i % 3 == 2, critical=i % 2 == 0, after=(i - 1, i + 1),
        )
        for i, (label, number) in enumerate(zip(labels, numbers, strict=False))
    ]  # fmt: skip
    return charts.calendar(
        id="calendar", title=labels[0], spans=spans, format_month=lambda day: f"{day:%b %Y}",
        today=date(2027, 5, 3), today_label=labels[0], critical_label=labels[-1],
    )  # fmt: skip


def _day(number: object) -> date | None:
    """A day from year 1 to 9999, or None where there is no number."""
    value = charts.finite(number)
    if value is None:
        return None
    return date.fromordinal(int(min(date.max.toordinal(), max(1, START.toordinal() + value * 9))))


def curves(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    points = list(zip(numbers, reversed(numbers), strict=True))
    marks = [charts.Mark(numbers[0], labels[0]), charts.Mark(numbers[-1], labels[-1])]
    return charts.curves(
        id="curves", title=labels[0], marks=marks, kind="step", x_label=labels[0],
        y_label=labels[-1],
        curves=[charts.Curve(labels[0], points), charts.Curve(labels[-1], points[:1])],
    )  # fmt: skip


def panels(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    series = _series(labels, numbers)
    return charts.panels(
        id="panels", title=labels[0], labels=labels,
        panels=[
            charts.Panel(labels[0], series, whole=True),
            charts.Panel(labels[-1], series, kind="area"),
            charts.Panel(labels[-1], series[:1], kind="step"),
        ],
    )  # fmt: skip


def donut(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    shares = [charts.Share(label, number) for label, number in zip(labels, numbers, strict=False)]
    return charts.donut(id="donut", title=labels[0], shares=shares, centre=labels[-1])


def organisation(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    """Who reports to whom follows from the numbers: trees, lone roles and circles."""
    posts = []
    for i, (label, number) in enumerate(zip(labels, numbers, strict=False)):
        value = charts.finite(number)
        boss = "" if value is None else str(int(abs(value)) % (len(labels) + 1))
        posts.append(charts.Post(str(i), label, label, boss, filled=i % 2 == 0, status=label))
    return charts.organisation(
        id="organisation", title=labels[0], posts=posts, filled_label=labels[0],
        open_label=labels[-1], cycle_note=labels[0],
    )  # fmt: skip


def cross(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    forces = [
        charts.Pressure(label, number, strong=i == 1)
        for i, (label, number) in enumerate(zip(labels, numbers, strict=False))
    ]
    return charts.cross(
        id="cross", title=labels[0], middle=charts.Pressure(labels[-1], numbers[-1]),
        around=forces, label_head=labels[0], value_head=labels[-1],
    )  # fmt: skip


def quarters(labels: Sequence[str], numbers: Sequence[object]) -> charts.Picture | None:
    items = list(zip(labels, numbers, strict=False))
    fields = [charts.Quarter(label, items[i % 2 :]) for i, label in enumerate(labels[:4])]
    return charts.quarters(
        id="quarters", title=labels[0], fields=fields, columns=(labels[0], labels[-1]),
        rows=(labels[-1], labels[0]), most=4, weight_head=labels[0],
    )  # fmt: skip


PICTURES: dict[str, Callable[[Sequence[str], Sequence[object]], charts.Picture | None]] = {
    function.__name__: function
    for function in (
        grid, level_map, nested_circles, bubble_map, radar, bars, stacked_bars, share_bars,
        tornado, dumbbell, calendar, curves, panels, donut, organisation, cross, quarters,
    )
}  # fmt: skip
