"""The headings of a section's page as places to jump to. For the reading view; the PDF has its own
table of contents."""

import re
from dataclasses import dataclass

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: SafeString


def outline(html: SafeString) -> tuple[SafeString, list[Heading]]:
    """The rendered section with an id at each h2, and its headings in order.

    What people wrote is escaped in ``html``, so every <h2> is one of our own templates.
    """
    headings: list[Heading] = []

    def with_anchor(match: re.Match[str]) -> str:
        content = mark_safe(match.group(1))
        headings.append(Heading(f"h-{len(headings) + 1}", mark_safe(strip_tags(content).strip())))
        return format_html('<h2 id="{}">{}</h2>', headings[-1].anchor, content)

    return mark_safe(HEADING.sub(with_anchor, html)), headings
