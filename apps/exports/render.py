"""From a plan document to HTML to PDF in one piece. No request, no query; used by pdf.py, tests and
the benchmarks.

An ``Order`` is the plain JSON that job.order() makes of an export.
"""

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from weasyprint import CSS, HTML, Attachment
from weasyprint.logger import LOGGER, PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration

from apps.checks.report import Report, report
from apps.exports import outline, references, tagging, typeset
from apps.exports.assumptions import assumptions
from apps.exports.choices import WHO_READS, Annex, Edition, Standard, edition_label, selected
from apps.exports.editions import shortened
from apps.exports.fetcher import StaticFetcher
from apps.exports.frame import contents_of, frame
from apps.exports.glyphs import drawable
from apps.exports.limits import check_pages
from apps.exports.long_tables import bounded
from apps.exports.printable import clean
from apps.plans.contents import Content, Contents
from apps.plans.render import render_section
from apps.plans.sections import Section
from apps.plans.summary import key_figures, story

Order = dict[str, Any]
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Chapter:
    number: int
    section: Section
    html: SafeString
    headings: list[tuple[str, SafeString]]  # (anchor, text) of its parts
    left_out: dict[Annex, SafeString]  # what an annex may bring back

    @property
    def anchor(self) -> str:
        return f"chapter-{self.section.name}"


def render_html(order: Order) -> str:
    """The whole document as one page of HTML, in the export's language."""
    contents = contents_of(order)
    printed = order["sections"]
    with translation.override(order["language"]):
        shown = [one for one in contents.sections() if one.section.name in printed]
        chapters = [
            make_chapter(number, one, order["edition"]) for number, one in enumerate(shown, start=1)
        ]
        figures = [group for group in key_figures(contents) if group.section.name in printed]
        annexes = annexed(contents, chapters, order)
        entries = outline.entries(chapters, annexes["annexes"], summary=bool(figures))
        html = render_to_string(
            "exports/document.html",
            {
                "plan": contents.plan,
                "key_figures": figures,
                "story": story(figures),
                "chapters": chapters,
                **annexes,
                "outline": outline.columns(entries, order["edition"]),
                "edition": Edition(order["edition"]),
                "edition_label": edition_label(order["edition"], printed),
                "selected": selected(order["edition"], printed),
                **frame(order),
            },
        )
    head, begin, body = html.partition("<body")
    # The chapters are bounded already, before anything else was done to them; annexes are not.
    with translation.override(order["language"]):
        body = references.resolved(bounded(body))
    return f"{head}{begin}{typeset.with_languages(body, order['language'])}"


def annexed(contents: Contents, chapters: list[Chapter], order: Order) -> dict[str, Any]:
    """What the annexes print that somebody asked for, and which of them have anything to print.
    ``left_out``: those in which nobody has said anything, named below the contents."""
    asked = order.get("annexes", [])
    made: dict[Annex, Any] = {
        annex: [one.left_out[annex] for one in chapters if annex in one.left_out]
        for annex in (Annex.DETAILS, Annex.MONTHS)
        if annex in asked
    }
    if Annex.ASSUMPTIONS in asked:
        made[Annex.ASSUMPTIONS] = assumptions(contents, order["sections"])
    if Annex.CHECKS in asked:
        made[Annex.CHECKS] = annexed_checks(contents, order)
    if order.get("letter"):
        made[Annex.LETTER] = clean(order["letter"])
    for annex, threads in order.get("comments", {}).items():
        made[Annex(annex)] = clean(threads)
    silent = {annex for annex in made if says_nothing(annex, made[annex])} if chapters else set()
    return {
        **made,
        "annexes": [annex for annex in Annex if made.get(annex) and annex not in silent],
        "left_out": [annex for annex in Annex if annex in silent],
    }


def says_nothing(annex: Annex, made: Any) -> bool:
    """Whether it is a letter without a review, or comments without a thread."""
    if annex == Annex.LETTER:
        return made["number"] is None
    return annex in WHO_READS and not made["groups"]


def annexed_checks(contents: Contents, order: Order) -> Report:
    """Of the printed chapters."""
    return report(contents, clean(order.get("dismissed", {}))).about(order["sections"])


def make_chapter(number: int, content: Content, edition: str) -> Chapter:
    section, html = content.section, render_section(content, printed=True)
    html, left_out = bounded(typeset.without_screen_only(html)), {}
    if edition == Edition.INVESTOR:
        html, left_out = shortened(html, str(section.title))
    html, headings = typeset.with_anchors(typeset.arranged(html), section.name)
    return Chapter(number, section, mark_safe(html), headings, left_out)


# --- PDF ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Printed:
    pages: int
    missing: str  # the characters that no font has; they were left out


class Printer:
    """Keeps what every document shares: fonts, static files, style sheets. One per process."""

    def __init__(self) -> None:
        self.fetcher = StaticFetcher()
        self.fonts = FontConfiguration()
        self.read_sheets: dict[str, CSS] = {}

    def sheet(self, url: str) -> CSS:
        """A style sheet of ours, read once."""
        if url not in self.read_sheets:
            self.read_sheets[url] = CSS(url, url_fetcher=self.fetcher, font_config=self.fonts)
        return self.read_sheets[url]

    def write_pdf(
        self,
        html: str,
        target: Path,
        *,
        identifier: str,
        on_page: Callable[[int], None],
        standard: str = Standard.ACCESS,
        attachments: Sequence[Attachment] = (),
    ) -> Printed:
        """Lay out and write. ``on_page`` hears each page's number, and 0 when writing begins."""
        html, left_out = drawable(html)
        options = options_of(standard)
        with watched(on_page) as undrawn, collector_paused():
            laid_out = HTML(string=html, base_url="static:", url_fetcher=self.fetcher).render(
                font_config=self.fonts, presentational_hints=False, **options
            )
            laid_out.write_pdf(
                target,
                finisher=tagging.mend,
                pdf_identifier=identifier[:32].encode(),
                attachments=list(attachments),
                **options,
            )
        return Printed(len(laid_out.pages), "".join(sorted({*left_out, *undrawn})))


# Both are tagged for screen readers.
VARIANTS = {Standard.ACCESS: "pdf/ua-1", Standard.ARCHIVE: "pdf/a-3a"}


def options_of(standard: str) -> dict[str, Any]:
    return {"pdf_variant": VARIANTS[Standard(standard)], "custom_metadata": True}


@contextmanager
def watched(on_page: Callable[[int], None]) -> Iterator[set[str]]:
    """Listen to WeasyPrint's log: pages laid out, and characters that no font has."""
    missing: set[str] = set()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = str(record.msg)
            if text.startswith(".notdef"):
                missing.add(record.args[0])
            elif text.startswith("Step 5") and "Page" in text:
                check_pages(record.args[0])
                on_page(record.args[0])
            elif text.startswith("Step 6"):
                on_page(0)

    listener = Listener()
    before = PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate
    # A line a page is progress, not news for the log.
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    for logger in (LOGGER, PROGRESS_LOGGER):
        logger.addHandler(listener)
    try:
        yield missing
    finally:
        level, PROGRESS_LOGGER.propagate = before
        PROGRESS_LOGGER.setLevel(level)
        for logger in (LOGGER, PROGRESS_LOGGER):
            logger.removeHandler(listener)


@contextmanager
def collector_paused() -> Iterator[None]:
    """A layout makes millions of objects that live to its end: looking for dead ones costs 8 %."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
