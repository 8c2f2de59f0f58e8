"""From the bytes of a file to a text or a JSON value, with limits; a sentence where it cannot be.

Pure. Files come from anybody and from any program: nothing here trusts their size, depth, encoding
or numbers.
"""

import codecs
import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.plans.document import UNSTORABLE, DocumentError
from apps.transfer import attached
from apps.transfer.limits import MAX_DOCUMENT

PDF = b"%PDF-"
MAX_DEPTH = 12  # a plan document has 8
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in. Chinese Excel writes GB18030 without a mark."""
    marked = [name for mark, name in BOMS if data.startswith(mark)]
    # Without a mark UTF-16 gives itself away: every other byte of Latin letters is zero.
    pairs = data[:400]
    if not marked and pairs.count(0) > len(pairs) // 4:
        marked = ["utf-16-be" if pairs[:1] == b"\0" else "utf-16-le"]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise DocumentError(
        _("The characters of this file cannot be read. Save it as UTF-8 and try again.")
    )


def read_json(data: bytes) -> dict[str, Any]:
    """The JSON object in the file, or attached to the PDF; numbers with a point are Decimals."""
    if data.startswith(PDF):
        data = attached.document_in(data)
    if len(data) > MAX_DOCUMENT:
        raise DocumentError(
            _("The file is larger than %(size)s MB. A plan document is much smaller.")
            % {"size": MAX_DOCUMENT // 1_000_000}
        )
    text, _encoding = decode(data)
    try:
        value = json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_repeats
        )
    except RecursionError as error:
        raise DocumentError(too_deep()) from error
    except json.JSONDecodeError as error:
        raise DocumentError(
            _("This is not JSON: line %(line)s, column %(column)s. Choose a file that was "
              "downloaded as JSON.") % {"line": error.lineno, "column": error.colno}
        ) from error  # fmt: skip
    except ValueError as error:  # a whole number of thousands of digits
        raise DocumentError(_("The file holds a number that is too long to be read.")) from error
    if not isinstance(value, dict):
        raise DocumentError(_("This is not a plan document that this version can read."))
    _look_through(value)
    return value


def _no_constant(name: str) -> Any:
    raise DocumentError(
        _("%(name)s is not a number that a plan can hold. Replace it by null.") % {"name": name}
    )


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DocumentError(
                _("“%(name)s” stands twice in the same place. Remove one of the two.")
                % {"name": printable(name)}
            )
        found[name] = value
    return found


def _look_through(value: Any) -> None:
    """Refuse what is too deep or cannot be stored, naming the place. Not recursive itself."""
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while waiting:
        path, item = waiting.pop()
        if len(path) > MAX_DEPTH:
            raise DocumentError(too_deep())
        if isinstance(item, dict):
            waiting += [((*path, name), inner) for name, inner in item.items()]
            item = " ".join(item)
        elif isinstance(item, list):
            waiting += [((*path, index + 1), inner) for index, inner in enumerate(item)]
        if isinstance(item, str) and UNSTORABLE.search(item):
            place = " › ".join(printable(str(step)) for step in path)
            raise DocumentError(
                _("%(place)s: a character here cannot be stored. Remove it and try again.")
                % {"place": place or "{}"}
            )


def too_deep() -> str:
    return _("The file is nested more deeply than any plan. Choose a file downloaded as JSON.")


def printable(text: str) -> str:
    """Short, and without what cannot be sent to a browser."""
    return UNSTORABLE.sub("\ufffd", text)[:60]
