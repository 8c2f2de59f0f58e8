"""What the pictures take and give: `Series` in, `Picture` out, `Key` for legends.

For the modules of this package; callers use `Picture` and `Series` through the package.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar, cast

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

PHONE = 288  # pixels that a phone has room for
Draw = TypeVar("Draw", bound=Callable[..., "Picture | None"])


@dataclass(frozen=True)
class Picture:
    """A finished picture; print it in a template with `{{ picture }}`.

    `svg` carries title and description inside. `table` holds the same data as text, its first
    row being the head: offer it beside the picture to people who cannot see it. ``narrow`` is the
    same drawn for a phone: static/css/charts.css shows the one that fits, print only this one.
    """

    svg: SafeString
    title: str
    description: str
    width: int
    height: int
    table: tuple[tuple[str, ...], ...] = ()
    narrow: "Picture | None" = None

    @property
    def size(self) -> str:
        """Names the width below which the page lets the picture scroll (static/css/charts.css)."""
        return "small" if self.width <= 420 else "medium" if self.width <= 540 else "large"

    def __html__(self) -> str:
        if self.narrow:
            both = '{}<div class="chart-narrow chart-narrow-{} screen-only">{}</div>'
            return format_html(both, self.svg, self.size, self.narrow.svg)
        if self.size == "small":  # fits every screen
            return self.svg
        hint = _("Scroll sideways to see the whole picture")
        return format_html(
            '<p class="scroll-hint scroll-hint-{} screen-only">{}</p>{}', self.size, hint, self.svg
        )

    def __str__(self) -> str:
        return self.__html__()


def also_for_phones(draw: Draw) -> Draw:
    """Of a drawing function with an `id` and a `width`: draws the same once more for a phone, where
    letters keep their size, fewer labels stand on an axis, and the legend takes more lines."""

    @wraps(draw)
    def both(*, id: str, **given: Any) -> Picture | None:
        wide = draw(id=id, **given)
        if wide is None:
            return None
        return replace(wide, narrow=draw(id=f"{id}-narrow", **{**given, "width": PHONE}))

    return cast(Draw, both)


@dataclass(frozen=True)
class Series:
    """One named row of numbers; None where there is none.

    `Series("Budget", [1200, None, 800])`
    """

    name: str
    values: Sequence[object] = field(default_factory=tuple)


@dataclass(frozen=True)
class Key:
    """One entry of a legend: a filled box, or a line with dash and marker."""

    label: str
    fill: str = ""
    tone: str = ""
    dash: str = ""
    marker: str = ""
    edge: str = ""


def num(value: float) -> str:
    """A coordinate with one decimal: short, and the same on every machine."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{num(x)},{num(y)}" for x, y in pairs)


def describe(table: Sequence[Sequence[str]]) -> str:
    """The data table read aloud: "label: head value, head value; …"."""
    if not table:
        return ""
    head, *rows = table
    single = len(head) <= 2
    parts = []
    for row in rows:
        cells = [
            value if single or not name else f"{name} {value}"
            for name, value in zip(head[1:], row[1:], strict=False)
            if value
        ]
        parts.append(f"{row[0]}: {', '.join(cells)}" if cells else row[0])
    return "; ".join(parts)
