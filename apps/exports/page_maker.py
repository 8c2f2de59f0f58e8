"""Begin and end WeasyPrint's layout in the middle of a part. Used by fragments.py alone.

Reaches into WeasyPrint's page maker: each page is made from the box tree, the place where the last
page ended and few facts more. They are noted here for each page; and a layout that begins with
those of an old page makes what follows it.
"""

from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint.layout import page as layout_page

from apps.exports.cuts import Resume, Start

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class NotResumed(Exception):
    """The old pages are not met again, or cannot be told from others."""


@dataclass
class Pages:
    starts: list[Start] = field(default_factory=list)  # of each page that was asked for
    in_blocks: bool = False  # each block of the part is one box
    met: int | None = None  # the old page that would be next


@contextmanager
def made_pages(resume: Resume | None = None) -> Iterator[Pages]:
    """Notes how each page begins; with ``resume``, makes no other pages than those it asks for,
    and, where it begins in the middle, the first one."""
    made = Pages()
    remake_page = layout_page.remake_page

    def remade(index: int, context: Any, root_box: Any, html: Any) -> Any:
        page, resume_at = remake_page(index, context, root_box, html)
        if index == 0:
            made.starts, made.in_blocks = [Start(0)], holder_of(root_box) is not None
            if resume and not made.in_blocks:
                raise NotResumed
            if resume and resume.first:
                made.starts = [resume.start]
                return page, go_on(context, root_box, resume.start)
        if resume_at is None:
            if resume and resume.filled.stop < len(block_boxes(root_box)):
                raise NotResumed
            return page, None
        start = start_of(context, root_box, context.page_maker[index + 1])
        if resume and start.resumable and start in resume.met:
            made.met = resume.met[start]
            end(context, index)
            return page, None
        if resume and start.block not in resume.filled:
            raise NotResumed
        made.starts.append(start)
        return page, resume_at

    layout_page.remake_page = remade
    try:
        yield made
    finally:
        layout_page.remake_page = remake_page


def go_on(context: Any, root_box: Any, start: Start) -> Any:
    """From here, as if all pages before had been made. The first one was, for what runs on from
    there: the chapter's title and what stands at the head of each page."""
    body, section = holder_of(root_box) or (0, 0)
    at = {body: {section: {start.block: literal_eval(start.within)}}}
    _resume_at, _next_page, right_page, state, remake = context.page_maker[1]
    remake["content_changed"] = True
    context.page_maker[1] = (at, literal_eval(start.next_page), right_page, state, remake)
    return at


def end(context: Any, index: int) -> None:
    """As if nothing followed."""
    _resume_at, next_page, right_page, state, remake = context.page_maker[index + 1]
    remake["content_changed"] = False
    context.page_maker[index + 1] = (None, next_page, right_page, state, remake)


def holder_of(root_box: Any) -> tuple[int, int] | None:
    """Where in the tree the part's section is, if there is one and each of its elements a box."""
    for number, body in enumerate(root_box.children):
        sections = [
            at for at, box in enumerate(getattr(body, "children", ())) if not box.is_running()
        ]
        if body.element_tag == "body" and len(sections) == 1:
            section = body.children[sections[0]]
            boxes = [box.element for box in getattr(section, "children", ())]
            if boxes == list(section.element):
                return number, sections[0]
    return None


def block_boxes(root_box: Any) -> list[Any]:
    body, section = holder_of(root_box) or (0, 0)
    return root_box.children[body].children[section].children


def start_of(context: Any, root_box: Any, item: Any) -> Start:
    """How the next page begins; not resumable if it depends on more than is noted here."""
    resume_at, next_page, _right_page, (quotes, _counters, _scopes, groups), _remake = item
    holder = holder_of(root_box)
    if holder is None:
        return Start(0)
    body, section = holder
    within = (resume_at.get(body) or {}).get(section) or {0: None}
    if len(within) != 1:
        return Start(min(within))
    [(block, rest)] = within.items()
    plain = not (context.broken_out_of_flow or context.reported_footnotes or groups)
    whole = not heading_is_split(root_box, resume_at)
    return Start(block, repr(rest), repr(next_page), plain and whole and quotes == [0])


def heading_is_split(box: Any, resume_at: Any) -> bool:
    """It is named in the outline once, where it begins."""
    while resume_at and len(resume_at) == 1:
        if box.element_tag in HEADINGS:
            return True
        [(index, resume_at)] = resume_at.items()
        if not hasattr(box, "children") or index >= len(box.children):
            return False
        box = box.children[index]
    return False
