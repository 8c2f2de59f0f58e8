"""The words of an export: its states, what can be chosen for it and by whom, why it may fail."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.comments.models import Visibility
from apps.plans.access import Access
from apps.plans.sections import registry


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


class Stage(models.TextChoices):
    """Where a running export is; the texts complete "now: …"."""

    PREPARING = "preparing", _("reading the version")
    CONTENT = "content", _("writing the chapters")
    LAYOUT = "layout", _("laying out the pages")
    WRITING = "writing", _("writing the file")
    STORING = "storing", _("storing the file")


class Edition(models.TextChoices):
    """How much of each chapter is printed; see editions.py."""

    ONE_PAGE = "one_page", _("One-page summary")
    INVESTOR = "investor", _("Investor edition")
    FULL = "full", _("Full edition")


def selected(edition: str, sections: Collection[str]) -> bool:
    """Whether chapters of the plan are left out. The one page has none."""
    return edition != Edition.ONE_PAGE and any(one.name not in sections for one in registry)


def edition_label(edition: str, sections: Collection[str]) -> str:
    """What a document is called: nothing is full that lacks chapters."""
    label = str(Edition(edition).label)
    if not selected(edition, sections):
        return label
    part = _("Selected chapters")
    return str(part) if edition == Edition.FULL else f"{label} · {part}"


class Format(models.TextChoices):
    """What kind of file it is; formats.py says who makes each."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document (DOCX)")
    XLSX = "xlsx", _("Financial model with live formulas (XLSX)")


class Paper(models.TextChoices):
    A4 = "a4", _("A4 (210 × 297 mm)")
    LETTER = "letter", _("US Letter (8.5 × 11 in)")


class Standard(models.TextChoices):
    """Which of the standards for PDF files it keeps to. A file can name but one of them."""

    ACCESS = "access", _("For reading and screen readers (PDF/UA-1)")
    ARCHIVE = "archive", _("For archives (PDF/A-3a)")


class Annex(models.TextChoices):
    """What can be printed after the chapters, in this order."""

    # Of the investor edition: the chapters of the full one hold both.
    DETAILS = "details", _("Annex: details of every row")
    MONTHS = "months", _("Annex: monthly statements")
    ASSUMPTIONS = "assumptions", _("Annex: assumptions and evidence")
    CHECKS = "checks", _("Annex: open checks")
    LETTER = "letter", _("Annex: reply to the reviewers")
    COMMENTS = "comments", _("Annex: comments of founders and mentors")
    FOUNDERS_COMMENTS = "founders_comments", _("Annex: comments among the founders")

    @property
    def template(self) -> str:
        return f"exports/_annex_{self.value}.html"


# The annexes of comments, by whose threads each prints.
WHO_READS = {
    Annex.COMMENTS: Visibility.EVERYONE,
    Annex.FOUNDERS_COMMENTS: Visibility.FOUNDERS,
}


def withheld(access: Access) -> set[Annex]:
    """The annexes that this person gets in no export. What mentors said to the founders is the
    founders' to pass on; comments are for those who read them on their page."""
    kept = set() if access.reads_comments else {Annex.COMMENTS}
    return kept if access.founder else kept | {Annex.LETTER, Annex.FOUNDERS_COMMENTS}


class Failure(models.TextChoices):
    """Why an export failed: a sentence that says what happened and what to do."""

    BROKER = (
        "broker",
        _(
            "The queue cannot be reached, so no worker was told about this export. Your plan is "
            "safe. Try again in a minute; if it goes on, tell the person who runs this server."
        ),
    )
    WORKER_LOST = (
        "worker_lost",
        _(
            "The worker stopped several times while it made this PDF. Try again; if it goes on, "
            "tell the person who runs this server."
        ),
    )
    TIMEOUT = (
        "timeout",
        _(
            "The PDF took too long and was stopped. Shorten very long texts or tables and try "
            "again."
        ),
    )
    MEMORY = (
        "memory",
        _(
            "The PDF needed more memory than one export may use. Shorten very long texts or tables "
            "and try again."
        ),
    )
    PAGES = (
        "pages",
        _(
            "The PDF would have more than 1,500 pages and was stopped. Choose fewer sections or "
            "annexes, or shorten very long texts, and try again."
        ),
    )
    CRASH = (
        "crash",
        _(
            "The program that makes the PDF stopped unexpectedly. Try again; if it goes on, tell "
            "the person who runs this server."
        ),
    )
    CONTENT = (
        "content",
        _(
            "A text or table of the plan could not be laid out. Look for unusually long or deeply "
            "nested content, shorten it and try again."
        ),
    )
    STORAGE = (
        "storage",
        _(
            "The PDF was made but could not be stored: the file storage refuses to write. Tell the "
            "person who runs this server, then try again."
        ),
    )
