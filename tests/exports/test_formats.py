"""Paper, PDF standard and attached data of the PDF; every format has its maker."""

import json
import subprocess

import pikepdf
import pytest

from apps.exports.choices import Format
from apps.exports.formats import MAKERS
from apps.exports.pdf import produce
from apps.plans.document import ATTACHED_AS, content_hash, dump, restore
from apps.plans.sections import registry
from apps.transfer.reading import read_json


@pytest.fixture
def made(order, tools, tmp_path):
    def make(language="en", **changes):
        target = tmp_path / "a.pdf"
        produce(order(language, **changes), target, tools, lambda *_: None)
        return target

    return make


def test_every_format_on_offer_has_a_maker_and_a_kind():
    assert set(MAKERS) <= set(Format) and Format.PDF in MAKERS
    for maker in MAKERS.values():
        assert callable(maker.produce) and "/" in maker.mime


def test_letter_paper_has_its_size_on_every_page(made):
    with pikepdf.open(made(paper="letter", sections=["funding"])) as pdf:
        sizes = {tuple(sorted(int(edge) for edge in page.mediabox[2:])) for page in pdf.pages}
    assert sizes == {(612, 792)}


def test_the_archive_variant_says_so_and_is_tagged(made):
    with pikepdf.open(made(standard="archive", sections=["team"])) as pdf:
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert "/StructTreeRoot" in pdf.Root and pdf.Root.OutputIntents[0].DestOutputProfile
        assert subprocess.run(["qpdf", "--check", pdf.filename], check=False).returncode == 0


def test_version_and_hash_stand_in_the_file(made, order):
    with pikepdf.open(made(sections=["team"])) as pdf:
        assert str(pdf.docinfo["/ventureplancontenthash"]) == order()["hash"]
        assert str(pdf.docinfo["/ventureplanversion"]) == "7"


@pytest.mark.parametrize("standard", ["access", "archive"])
def test_the_attached_document_can_be_imported_again(made, order, standard):
    every = [section.name for section in registry]
    path = made("zh-hans", standard=standard, sections=every, attached=True, edition="investor")
    document = dump(restore(order("zh-hans")["document"]))
    assert content_hash(read_json(path.read_bytes())) == content_hash(document)


def test_no_chapter_travels_along_that_is_not_printed(made, order):
    path = made(sections=["team", "market"], attached=True)
    with pikepdf.open(path) as pdf:
        text = pdf.attachments[ATTACHED_AS].get_file().read_bytes()
    assert set(json.loads(text)["sections"]) == {"team", "market"}
    hidden = frozenset(section.name for section in registry) - {"team", "market"}
    assert json.loads(text) == json.loads(
        json.dumps(dump(restore(order()["document"], hidden=hidden)))
    )


def test_nothing_is_attached_unasked(made):
    with pikepdf.open(made(sections=["team"])) as pdf:
        assert not pdf.attachments
