"""What a reader of the printed HTML reads, in order. Used by the tests of other formats."""

import re
from collections.abc import Iterator

from lxml import html as parser

PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def closed_up(text: str) -> str:
    """Without spaces and control characters, and small: the styles make some letters large."""
    return re.sub(r"[\s\u200b\x00-\x1f]+", "", text).casefold()


def printed_texts(html: str) -> list[str]:
    """The texts of the body but for pictures, running heads, the pages of references, and what is
    for screen readers only."""
    return [text for text in _texts(_body(html)) if closed_up(text)]


def headings(html: str, levels: tuple[str, ...] = ("h1", "h2")) -> list[str]:
    """Of the chapters, without the title on the cover, the contents' own and the topics of the
    summary, which Word gets as a table."""
    found = [element for element in _body(html).iter(*levels) if not _is_front(element)]
    return [" ".join(element.text_content().split()) for element in found]


def _body(html: str):
    return parser.document_fromstring(PICTURE.sub("", html)).find("body")


def _is_front(element) -> bool:
    topic = "told" in (element.getparent().get("class") or "").split()
    return topic or element.get("class") == "cover__title" or element.get("id") == "contents"


def _texts(element) -> Iterator[str]:
    names = (element.get("class") or "").split()
    hidden = element.tag == "caption" and "visually-hidden" in names
    if not isinstance(element.tag, str) or hidden or {"running", "ref__page"} & {*names}:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def lost(texts: list[str], found: str) -> list[str]:
    """The texts that are not in ``found``, each after the one before it."""
    found, missing, at = closed_up(found), [], 0
    for text in texts:
        wanted = closed_up(text)
        begin = found.find(wanted, at)
        if begin < 0:
            missing.append(" ".join(text.split()))
        else:
            at = begin + len(wanted)
    return missing
