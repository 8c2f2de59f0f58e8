"""What is folded on a phone: the details of each row and long tables. For the reading views; on a
wide screen everything stands open (static/css/layout.css), and prints never come here."""

import re

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

SHORT = 5  # rows that a table shows without being opened

# What people wrote is escaped, so every tag is one of our own templates. A row's details hold no
# further article, a table no further table.
PIECE = re.compile(
    r'<(?P<end>/?)details\b|<article class="row-detail.*?</article>'
    r'|<div class="table-wrap.*?</table>\s*</div>',
    re.DOTALL,
)
HEADING = re.compile(r"<h3\b[^>]*>(.*?)</h3>", re.DOTALL)
CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)
BODY = re.compile(r"<tbody\b.*?</tbody>", re.DOTALL)
ALARM = re.compile(r'class="badge (?:warn|danger)')


def folded(html: SafeString) -> SafeString:
    """The rendered section with its details and long tables each under a line of its own. What the
    template folds already is left as it is; a piece with a warning in it begins open."""
    depth = 0

    def fold(match: re.Match[str]) -> str:
        nonlocal depth
        piece = match.group()
        if piece.endswith("details"):
            depth += -1 if match["end"] else 1
            return piece
        line = "" if depth else summary(piece)
        if not line:
            return piece
        return format_html(
            '<details class="fold fold--phone wide-open"{}><summary>{}</summary>{}</details>',
            mark_safe(" open" if ALARM.search(piece) else ""),
            line,
            mark_safe(piece),
        )

    return mark_safe(PIECE.sub(fold, html))


def summary(piece: str) -> SafeString | str:
    """The line under which a piece is folded; "" where it stays as it is."""
    if piece.startswith("<article"):
        named = HEADING.search(piece)
        return mark_safe(strip_tags(named[1]).strip()) if named else ""
    rows = sum(body.group().count("<tr") for body in BODY.finditer(piece))
    named = CAPTION.search(piece)
    if rows <= SHORT or not named:
        return ""
    count = ngettext("%(count)s row", "%(count)s rows", rows) % {"count": rows}
    return format_html(
        '{} <span class="muted">· {}</span>', mark_safe(strip_tags(named[1]).strip()), count
    )
