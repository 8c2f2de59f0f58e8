"""The drawing board under every picture: shapes, text and legends written as SVG.

For the modules of this package. Writing text takes a tenth of a millisecond. Two readers need
the colours: the page, whose style sheet (static/css/charts.css) overrides them by class for dark
mode, and WeasyPrint, which ignores page CSS inside an inline SVG and takes the presentation
attributes. So every shape carries both.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from django.utils.safestring import mark_safe

from .picture import Key, Picture, describe, num, points
from .text import LINE_HEIGHT, clean, text_width, wrap
from .tones import PATTERNS, TONES

FONT = "Noto Sans SC,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,Arial,sans-serif"


@lru_cache(maxsize=1024)
def _paint(fill: str, stroke: str, stroke_width: float, dash: str) -> str:
    classes = [f"fill-{fill}"] if fill and fill != "none" else []
    attributes = f' fill="{TONES[fill]}"' if fill else ""
    if stroke:
        classes.append(f"stroke-{stroke}")
        attributes += f' stroke="{TONES[stroke]}" stroke-width="{stroke_width:g}"'
    if dash:
        attributes += f' stroke-dasharray="{dash}"'
    names = f' class="{" ".join(classes)}"' if classes else ""
    return names + attributes


class Canvas:
    """Collects shapes; `finish` makes the Picture. Coordinates are CSS pixels."""

    def __init__(self, *, id: str, width: int) -> None:
        self.id = "c-" + (re.sub(r"[^\w-]", "-", id, flags=re.ASCII) or "picture")
        self.width = width
        self._parts: list[str] = []
        self._patterns: set[str] = set()

    def paint(self, fill: str, stroke: str = "", width: float = 1, dash: str = "") -> str:
        """Class and presentation attributes for a fill (tone or pattern) and a stroke (tone)."""
        if fill in PATTERNS:
            self._patterns.add(fill)
            return f' fill="url(#{self.id}-{fill})"' + _paint("", stroke, width, dash)
        return _paint(fill, stroke, width, dash)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        stroke: str = "",
        line: float = 1,
        dash: str = "",
        radius: float = 0,
    ) -> None:
        corner = f' rx="{radius:g}"' if radius else ""
        self._parts.append(
            f'<rect x="{num(x)}" y="{num(y)}" width="{num(max(0, width))}"'
            f' height="{num(max(0, height))}"{corner}{self.paint(fill, stroke, line, dash)}/>'
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str,
        *,
        stroke: str = "",
        line: float = 1,
        dash: str = "",
    ) -> None:
        self._parts.append(
            f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"'
            f"{self.paint(fill, stroke, line, dash)}/>"
        )

    def path(
        self, d: str, *, fill: str = "none", stroke: str = "", line: float = 1, dash: str = ""
    ) -> None:
        self._parts.append(f'<path d="{d}"{self.paint(fill, stroke, line, dash)}/>')

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        stroke: str = "axis",
        *,
        line: float = 1,
        dash: str = "",
    ) -> None:
        self.path(f"M{num(x1)},{num(y1)}L{num(x2)},{num(y2)}", stroke=stroke, line=line, dash=dash)

    def polygon(
        self,
        corners: Iterable[tuple[float, float]],
        fill: str,
        *,
        stroke: str = "",
        line: float = 1,
        dash: str = "",
    ) -> None:
        self._parts.append(
            f'<polygon points="{points(corners)}"{self.paint(fill, stroke, line, dash)}/>'
        )

    def polyline(
        self,
        corners: Iterable[tuple[float, float]],
        stroke: str,
        *,
        line: float = 2,
        dash: str = "",
    ) -> None:
        self._parts.append(
            f'<polyline points="{points(corners)}"{self.paint("none", stroke, line, dash)}/>'
        )

    def marker(self, kind: str, x: float, y: float, tone: str, radius: float = 4) -> None:
        """A small sign with a paper edge, so that it stays apart from the line under it."""
        r = radius
        if kind == "square":
            self.rect(x - r, y - r, 2 * r, 2 * r, tone, stroke="paper")
        elif kind == "triangle":
            corners = [(x, y - r * 1.2), (x + r * 1.15, y + r * 0.85), (x - r * 1.15, y + r * 0.85)]
            self.polygon(corners, tone, stroke="paper")
        elif kind == "diamond":
            corners = [(x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)]
            self.polygon(corners, tone, stroke="paper")
        elif kind == "ring":
            self.circle(x, y, r, "paper", stroke=tone, line=2)
        elif kind == "cross":
            a, b, c, d = num(x - r), num(x + r), num(y - r), num(y + r)
            self.path(f"M{a},{c}L{b},{d}M{a},{d}L{b},{c}", stroke=tone, line=2.2)
        else:
            self.circle(x, y, r, tone, stroke="paper")

    def text(
        self,
        x: float,
        y: float,
        text: object,
        *,
        size: float = 12,
        anchor: str = "start",
        tone: str = "ink",
        bold: bool = False,
        width: float | None = None,
        lines: int = 1,
        valign: str = "middle",
        turned: bool = False,
        backed: bool = False,
    ) -> float:
        """Write `text` into `width` pixels and `lines` lines around (x, y); returns its height.

        `valign` says what `y` is: the block's "top", "middle" or "bottom". `turned` reads
        upwards. `backed` puts paper behind, where lines cross. One element a line, because
        WeasyPrint anchors the tspans of a text as one block.
        """
        full = clean(text)
        room = max(0.0, self._room(x, anchor)) if not turned else None
        limit = min(w for w in (width, room, 1e6) if w is not None)
        drawn = wrap(full, limit, size, lines, bold)
        if not drawn:
            return 0.0
        height = len(drawn) * size * LINE_HEIGHT
        top = y - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign] * height
        if backed:
            widest = max(text_width(line, size, bold) for line in drawn)
            left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * widest
            self.rect(left - 2, top, widest + 4, height, "paper", radius=2)
        style = (
            f' font-size="{size:g}"'
            + (' font-weight="700"' if bold else "")
            + (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + self.paint(tone)
        )
        turn = f' transform="rotate(-90 {num(x)} {num(y)})"' if turned else ""
        shapes = "".join(
            f'<text x="{num(x)}" y="{num(top + (i + 0.5) * size * LINE_HEIGHT + size * 0.36)}"'
            f"{style}{turn}>{escape(line)}</text>"
            for i, line in enumerate(drawn)
        )
        if drawn[-1].endswith("…") and drawn[-1] != full:
            # The mouse shows the whole; inside <text>, WeasyPrint would print the title.
            shapes = f"<g><title>{escape(full)}</title>{shapes}</g>"
        self._parts.append(shapes)
        return height

    def _room(self, x: float, anchor: str) -> float:
        """Pixels between `x` and the edge of the picture: no text leaves it."""
        if anchor == "start":
            return self.width - x
        return x if anchor == "end" else 2 * min(x, self.width - x)

    def legend(self, y: float, keys: Sequence[Key], *, x: float = 0) -> float:
        """Lay the keys out from left to right in as many lines as needed; returns the height."""
        left, top = x, y
        for key in keys:
            label = clean(key.label)
            width = 28 + min(text_width(label, 11), self.width - x - 32)
            if left > x and left + width > self.width:
                left, top = x, top + 18
            middle = top + 9
            if key.fill:
                self.rect(
                    left + 1,
                    middle - 5.5,
                    18,
                    11,
                    key.fill,
                    dash=key.dash,
                    stroke=key.edge or "axis",
                    line=1.4 if key.dash else 0.8,
                )
            elif key.tone:
                if key.dash or key.edge or not key.marker:
                    self.line(left, middle, left + 20, middle, key.tone, line=2, dash=key.dash)
                if key.marker:
                    self.marker(key.marker, left + 10, middle, key.tone, 3.5)
            self.text(left + 25, middle, label, size=11, width=width - 26)
            left += width + 16
        return top + 18 - y if keys else 0

    def finish(
        self,
        *,
        height: float,
        title: object,
        description: object = "",
        table: Sequence[Sequence[object]] = (),
    ) -> Picture:
        """The Picture. Without a description the data table is read out instead."""
        name = clean(title)
        rows = tuple(tuple(clean(cell) for cell in row) for row in table)
        told = clean(description, 2000)
        told = clean(f"{told} {describe(rows)}" if told else describe(rows), 4000)
        tall = max(1, round(height + 0.49))
        defs = "".join(self._pattern(key) for key in sorted(self._patterns))
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"'
            f' aria-labelledby="{self.id}-title" aria-describedby="{self.id}-desc"'
            f' width="{self.width}" height="{tall}" viewBox="0 0 {self.width} {tall}"'
            f' font-family="{FONT}"><title id="{self.id}-title">{escape(name)}</title>'
            f'<desc id="{self.id}-desc">{escape(told)}</desc>'
            f"{f'<defs>{defs}</defs>' if defs else ''}{''.join(self._parts)}</svg>"
        )
        return Picture(mark_safe(svg), name, told, self.width, tall, rows)

    def _pattern(self, key: str) -> str:
        base, stroke, tile, line, d = PATTERNS[key]
        return (
            f'<pattern id="{self.id}-{key}" width="{tile}" height="{tile}"'
            f' patternUnits="userSpaceOnUse"><rect width="{tile}" height="{tile}"'
            f"{_paint(base, '', 1, '')}/>"
            f'<path d="{d}"{_paint("none", stroke, line, "")}/></pattern>'
        )
