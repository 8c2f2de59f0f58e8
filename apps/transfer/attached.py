"""The plan document inside a PDF that was exported with its data. Pure."""

import io
import zlib

import pikepdf
from django.utils.translation import gettext as _

from apps.plans.document import ATTACHED_AS, DocumentError
from apps.transfer.limits import MAX_DOCUMENT, MAX_PDF


def document_in(data: bytes) -> bytes:
    """The bytes of the attached document."""
    if len(data) > MAX_PDF:
        raise DocumentError(
            _("The PDF is larger than %(size)s MB.") % {"size": MAX_PDF // 1_000_000}
        )
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            if ATTACHED_AS not in pdf.attachments:
                raise DocumentError(
                    _("This PDF holds no plan data. Export it again with “Attach the data of the "
                      "plan”, or choose a file that was downloaded as JSON.")
                )  # fmt: skip
            return _unpacked(pdf.attachments[ATTACHED_AS].get_file().obj)
    except (pikepdf.PdfError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise DocumentError(
            _("This PDF is damaged. Ask for the original, or choose a file that was downloaded as "
              "JSON.")
        ) from error  # fmt: skip


def _unpacked(stream: pikepdf.Object | None) -> bytes:
    """Not by pikepdf: a few kilobytes may unpack to gigabytes."""
    if not isinstance(stream, pikepdf.Stream):
        raise ValueError("an attachment without a file")
    packed = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return packed
    if stream.Filter not in ("/FlateDecode", ["/FlateDecode"]):
        raise ValueError("an unknown filter")
    return zlib.decompressobj().decompress(packed, MAX_DOCUMENT + 1)
