"""The organisation chart.

For the team section's picture. Under each root stand its direct reports side by side, as many as
fit, and under each of these its own line of reports as an indented list: forty roles stay
legible on a page and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .picture import Key, Picture
from .text import clean, wrap

_GAP, _TRUNK, _INDENT, _DEEPEST = 10.0, 14.0, 12.0, 4
_WIDEST, _NARROWEST = 168.0, 112.0
_CYCLE = "↻"


@dataclass(frozen=True)
class Post:
    """A role: `Post("cto", "Technical lead", detail="Li Wei · 100 %", parent="ceo")`.

    `key` is unique; an unknown `parent` makes a root. An open role (`filled=False`) has a dashed
    frame and its `status` in words.
    """

    key: str
    label: str
    detail: str = ""
    parent: str = ""
    filled: bool = True
    status: str = ""


def organisation(
    *,
    id: str,
    title: str,
    posts: Sequence[Post],
    description: str = "",
    filled_label: str = "",
    open_label: str = "",
    cycle_note: str = "",
    heads: tuple[str, str, str] = ("", "", ""),
    width: int = 640,
) -> Picture | None:
    """The chart; None without posts. `heads` names the table's columns: role, detail, reports to.

    Where roles report to one another in a circle, the circle is cut at its first role, which
    gets the sign ↻; `cycle_note` explains it below the picture.

    `organisation(id="org", title=_("…"), posts=[Post("ceo", "CEO"), Post("cto", "CTO",
    parent="ceo")], filled_label=_("Filled"), open_label=_("Open"))`
    """
    posts = list({post.key: post for post in posts}.values())
    if not posts:
        return None
    parents, broken = _parents(posts)
    children: dict[str, list[Post]] = {post.key: [] for post in posts}
    for post in posts:
        if parents[post.key]:
            children[parents[post.key]].append(post)
    roots = [post for post in posts if not parents[post.key]]
    canvas = Canvas(id=id, width=width)
    drawer = _Drawer(canvas, posts, roots, children, broken)
    y = 2.0
    for root in (root for root in roots if children[root.key]):
        y = drawer.tree(root, y) + 16
    y = drawer.singles([root for root in roots if not children[root.key]], y)
    keys = []
    if filled_label and any(post.filled for post in posts):
        keys.append(Key(filled_label, fill="tint-1", edge="1"))
    if open_label and any(not post.filled for post in posts):
        keys.append(Key(open_label, fill="paper", edge="muted", dash="4 3"))
    y += canvas.legend(y, keys)
    if broken and cycle_note:
        y += (
            canvas.text(
                2, y + 2, f"{_CYCLE} {cycle_note}", size=10.5, tone="muted", lines=3, valign="top"
            )
            + 4
        )
    names = {post.key: post.label for post in posts}
    table = [list(heads)] + [
        [
            post.label,
            " · ".join(filter(None, (clean(post.detail), clean(post.status)))),
            names.get(post.parent, ""),
        ]
        for post in posts
    ]
    return canvas.finish(height=y, title=title, description=description, table=table)


def _parents(posts: Sequence[Post]) -> tuple[dict[str, str], set[str]]:
    """Each post's parent ("" for a root), circles cut; and the posts at which they were cut."""
    parents = {post.key: post.parent for post in posts}
    parents = {key: parent if parent in parents else "" for key, parent in parents.items()}
    broken: set[str] = set()
    safe: set[str] = set()
    for post in posts:
        path: list[str] = []
        on_path: set[str] = set()
        key = post.key
        while key and key not in safe and key not in on_path:
            path.append(key)
            on_path.add(key)
            key = parents[key]
        if key in on_path:  # a circle: its members are path[path.index(key):]
            first = min(path[path.index(key) :], key=list(parents).index)
            parents[first] = ""
            broken.add(first)
        safe |= on_path
    return parents, broken


class _Drawer:
    """Lays boxes of one size out on a canvas."""

    def __init__(
        self,
        canvas: Canvas,
        posts: Sequence[Post],
        roots: Sequence[Post],
        children: dict[str, list[Post]],
        broken: set[str],
    ) -> None:
        self.canvas, self.children, self.broken = canvas, children, broken
        fitting = max(1, int((canvas.width - _TRUNK + _GAP) // (_NARROWEST + _GAP)))
        # Even rows look calmer than a full and a short one: eight reports are four and four.
        wanted = [len(children[root.key]) for root in roots if children[root.key]]
        wanted.append(sum(not children[root.key] for root in roots))
        self.per_row = max(-(-count // -(-count // fitting)) for count in wanted if count)
        self.slot = (canvas.width - 1 - _TRUNK + _GAP) / self.per_row
        self.box_width = min(_WIDEST, self.slot - _GAP)
        inner = self.box_width - 12 - _INDENT  # of the boxes one level down
        self.titles = max(len(wrap(clean(post.label), inner, 11.5, 3, True)) for post in posts)
        self.details = max(sum(bool(clean(part)) for part in self._details(post)) for post in posts)
        self.box_height = 10 + self.titles * 14.4 + self.details * 12.5

    def tree(self, root: Post, y: float) -> float:
        """Draw a root over its columns; returns the y below."""
        reports = self.children[root.key]
        rows = -(-len(reports) // self.per_row)
        share = -(-len(reports) // rows)
        centre = (_TRUNK + self.canvas.width - 1) / 2
        self._box(root, centre - self.box_width / 2, y, self.box_width)
        y += self.box_height
        bus = y + 12
        self.canvas.line(centre, y, centre, bus)
        first_bus = bus
        for at in range(0, len(reports), share):
            columns = [self._column(head) for head in reports[at : at + share]]
            span = len(columns) * self.slot - _GAP
            left = centre - span / 2
            middles = [left + i * self.slot + (self.slot - _GAP) / 2 for i in range(len(columns))]
            ends = [middles[0], middles[-1], centre if at == 0 else _TRUNK / 2]
            if rows > 1:
                ends.append(_TRUNK / 2)
            self.canvas.line(min(ends), bus, max(ends), bus)
            last_bus, lowest = bus, bus
            for middle, column in zip(middles, columns, strict=True):
                self.canvas.line(middle, bus, middle, bus + 10)
                lowest = max(lowest, self._draw_column(column, middle, bus + 10))
            bus = lowest + 16
        if rows > 1:
            self.canvas.line(_TRUNK / 2, first_bus, _TRUNK / 2, last_bus)
        return lowest

    def singles(self, posts: Sequence[Post], y: float) -> float:
        """Roles without a line above or below, in rows; returns the y below."""
        for at in range(0, len(posts), self.per_row):
            row = posts[at : at + self.per_row]
            left = _TRUNK + (self.canvas.width - 1 - _TRUNK - (len(row) * self.slot - _GAP)) / 2
            for i, post in enumerate(row):
                spare = (self.slot - _GAP - self.box_width) / 2
                self._box(post, left + i * self.slot + spare, y, self.box_width)
            y += self.box_height + 12
        return y

    def _column(self, head: Post) -> list[tuple[Post, int]]:
        """The head and all below it with their depths, depth first."""
        column: list[tuple[Post, int]] = []
        stack = [(head, 0)]
        while stack:
            post, depth = stack.pop()
            column.append((post, depth))
            stack += [(child, depth + 1) for child in reversed(self.children[post.key])]
        return column

    def _draw_column(self, column: list[tuple[Post, int]], middle: float, y: float) -> float:
        left = middle - self.box_width / 2
        bottoms: dict[int, tuple[float, float]] = {}  # depth → x and y where its line starts
        for post, depth in column:
            indent = min(depth, _DEEPEST) * _INDENT
            x = left + indent
            if depth:
                line_x, from_y = bottoms[depth - 1]
                mid = y + self.box_height / 2
                line_x = min(line_x, x - 4)
                self.canvas.path(f"M{line_x:.1f},{from_y:.1f}V{mid:.1f}H{x:.1f}", stroke="axis")
            self._box(post, x, y, self.box_width - indent)
            bottoms[depth] = (x + 6, y + self.box_height)
            y += self.box_height + 7
        return y - 7

    def _details(self, post: Post) -> tuple[str, str]:
        return post.detail, post.status

    def _box(self, post: Post, x: float, y: float, width: float) -> None:
        open_style = {"stroke": "muted", "dash": "4 3", "line": 1.4}
        self.canvas.rect(
            x,
            y,
            width,
            self.box_height,
            "tint-1" if post.filled else "paper",
            radius=4,
            **({"stroke": "1", "line": 1.2} if post.filled else open_style),
        )
        label = f"{_CYCLE} {clean(post.label)}" if post.key in self.broken else post.label
        details = [part for part in self._details(post) if clean(part)]
        lines = len(wrap(clean(label), width - 12, 11.5, self.titles, True))
        top = y + (self.box_height - lines * 14.4 - len(details) * 12.5) / 2
        self.canvas.text(
            x + width / 2,
            top,
            label,
            size=11.5,
            bold=True,
            anchor="middle",
            width=width - 12,
            lines=self.titles,
            valign="top",
        )
        top += lines * 14.4
        for part in details:
            self.canvas.text(
                x + width / 2,
                top,
                part,
                size=10,
                anchor="middle",
                tone="muted",
                width=width - 12,
                valign="top",
            )
            top += 12.5
