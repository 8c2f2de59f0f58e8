"""The Word document in a real office program: it opens, and its PDF has all the text."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from apps.exports.docx import maker as docx
from apps.exports.render import Printer, render_html
from apps.plans import samples
from tests.exports.conftest import make_order
from tests.exports.printed_text import lost, printed_texts

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
TIME_LIMIT = 300

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine"),
    pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler) is not on this machine"),
]


def to_text(document: Path, profile: Path) -> str:
    """By way of a PDF. A profile of its own: another office program may be open."""
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", document.parent, document],
        check=True, capture_output=True, timeout=TIME_LIMIT,
    )  # fmt: skip
    pdf = document.with_suffix(".pdf")
    read = subprocess.run([PDFTOTEXT, "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    return read.stdout


@pytest.mark.parametrize(("language", "edition"), [("en", "investor"), ("zh-hans", "full")])
def test_no_word_is_lost_on_the_way_to_a_pdf(language, edition, tmp_path):
    plan = samples.document("customer_service", language)
    order = make_order(plan, language, format="docx", edition=edition, annexes=["assumptions"])
    target = tmp_path / "plan.docx"
    docx.produce(order, target, SimpleNamespace(whole=Printer()), lambda *_: None)
    found = to_text(target, tmp_path / "profile")
    # Cells that stand side by side are read in another order: each word for itself.
    words = {word for text in printed_texts(render_html(order)) for word in text.split()}
    assert len(words) > 1000
    assert [word for word in sorted(words) if lost([word], found)] == []
