"""One export as PDF: the whole job of the renderer process. Named by formats.py."""

import logging
from pathlib import Path

from apps.exports.attachment import document_of
from apps.exports.chapters import ChapterPrinter
from apps.exports.glyphs import drawable
from apps.exports.joining import NotJoined
from apps.exports.models import Stage
from apps.exports.parts import has_parts
from apps.exports.render import Order, Printed, Progress, options_of, render_html

logger = logging.getLogger(__name__)


def produce(order: Order, target: Path, tools: ChapterPrinter, progress: Progress) -> Printed:
    """From parts laid out apart; in one piece where they do not make one document."""
    progress(Stage.CONTENT, 5)
    html = render_html(order)
    progress(Stage.LAYOUT, 15)
    try:
        if has_parts(html):
            return from_parts(html, order, target, tools, progress)
    except NotJoined as reason:
        logger.warning("Laid out in one piece, which takes longer: %s", reason)
    return in_one_piece(html, order, target, tools, progress)


def from_parts(
    html: str, order: Order, target: Path, tools: ChapterPrinter, progress: Progress
) -> Printed:
    def on_share(share: float) -> None:
        if share < 1:
            progress(Stage.LAYOUT, 15 + round(65 * share))
        else:
            progress(Stage.WRITING, 85)

    html, left_out = drawable(html)
    printed = tools.write_pdf(
        html,
        target,
        options=options_of(order["standard"]),
        attached=order if order["attached"] else None,
        on_share=on_share,
    )
    return Printed(printed.pages, "".join(sorted({*left_out, *printed.missing})))


def in_one_piece(
    html: str, order: Order, target: Path, tools: ChapterPrinter, progress: Progress
) -> Printed:
    highest = 0

    def on_page(page: int) -> None:
        nonlocal highest
        stage, percent = estimate(page, order["expected_pages"])
        highest = max(highest, percent)  # page numbers start again when the contents moved them
        progress(stage, highest)

    return tools.whole.write_pdf(
        html,
        target,
        identifier=order["hash"],
        on_page=on_page,
        standard=order["standard"],
        attachments=[document_of(order)] if order["attached"] else [],
    )


def estimate(page: int, expected: int) -> tuple[str, int]:
    """(stage, percent) while page ``page`` is laid out, or (0) while the file is written."""
    if page == 0:
        return Stage.WRITING, 65  # as long as half the layout
    share = page / expected if expected else page / (page + 20)
    return Stage.LAYOUT, 15 + round(50 * min(1, share))
