"""A plan out of a PDF that carries its data; PDF files that carry none, or lie."""

import io
import json
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.plans.document import ATTACHED_AS, DocumentError
from apps.transfer.limits import MAX_DOCUMENT
from apps.transfer.reading import read_json


def pdf_with(data: bytes | None, name: str = ATTACHED_AS) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if data is not None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def test_the_document_is_found():
    assert read_json(pdf_with(json.dumps({"format": "ventureplan/1"}).encode())) == {
        "format": "ventureplan/1"
    }


BOMB = zlib.compress(b" " * (50 * MAX_DOCUMENT))


def bomb() -> bytes:
    """A PDF of 400 kB whose attachment unpacks to 400 MB."""
    pdf = pikepdf.open(io.BytesIO(pdf_with(b"x")))
    stream = pdf.attachments[ATTACHED_AS].get_file().obj
    stream.write(BOMB, filter=pikepdf.Name.FlateDecode)
    made = io.BytesIO()
    pdf.save(made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf_with(None), "holds no plan data"),
        (pdf_with(b"{}", name="other.json"), "holds no plan data"),
        (pdf_with(b"not json"), "This is not JSON"),
        (b"%PDF-1.7 and nothing more", "damaged"),
        (b"%PDF-" + b"0" * 30_000_001, "larger than"),
    ],
    ids=["none", "another", "no json", "damaged", "too large"],
)
def test_what_cannot_be_read_says_why(data, says):
    with pytest.raises(DocumentError, match=says):
        read_json(data)


def test_a_bomb_is_not_unpacked():
    data = bomb()
    assert len(data) < 1_000_000
    with pytest.raises(DocumentError, match="larger than"):
        read_json(data)


GOOD = pdf_with(b'{"format": "ventureplan/1"}')


@settings(max_examples=60, deadline=None)
@given(st.integers(5, len(GOOD) - 1), st.binary(min_size=1, max_size=30))
def test_damage_anywhere_is_a_sentence_or_does_not_matter(at, noise):
    damaged = GOOD[:at] + noise + GOOD[at + len(noise) :]
    try:
        assert isinstance(read_json(damaged), dict)
    except DocumentError as error:
        assert str(error).endswith(".")
