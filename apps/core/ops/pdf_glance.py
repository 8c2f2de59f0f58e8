"""Look into a PDF with nothing but the standard library: how many pages, which characters.

Used by ``up --check``, which must work without development packages. It reads what WeasyPrint
writes; it is no general PDF reader.
"""

import re
import zlib
from collections.abc import Iterator


def page_count(content: bytes) -> int:
    """Pages by the root of the page tree. Raises ValueError for a file that is not whole."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-64:]:
        raise ValueError("it has no proper beginning or end")
    counts = [
        int(count)
        for part in parts(content)
        for node in re.findall(rb"<<[^<>]*/Type\s*/Pages\b[^<>]*>>", part)
        for count in re.findall(rb"/Count\s+(\d+)", node)
    ]
    if not counts:
        raise ValueError("it has no page tree")
    return max(counts)


def characters(content: bytes) -> set[str]:
    """Every character that a font of the file prints, by the fonts' ToUnicode maps."""
    found: set[str] = set()
    for part in parts(content):
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", part, re.DOTALL):
            for text in re.findall(rb"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", block):
                found.update(bytes.fromhex(text.decode()).decode("utf-16-be", "replace"))
    return found


def parts(content: bytes) -> Iterator[bytes]:
    """The file itself, then each of its streams, unpacked."""
    yield content
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            continue
