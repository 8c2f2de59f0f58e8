"""Text in pictures: cleaned, measured and wrapped without asking a font.

For the modules of this package. Browser and PDF may use different fonts, so widths are those
of Noto Sans SC plus a little air: a label never leaves the box it was given.
"""

import unicodedata
from functools import lru_cache

LINE_HEIGHT = 1.25  # em
ELLIPSIS = "…"
LONGEST_LABEL = 300  # characters looked at; no box holds more
AIR = 1.04

# Advance widths of Noto Sans SC Regular for U+0020 to U+007E, in thousandths of an em.
_ASCII_WIDTHS = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392,
    555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474,
    946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
    633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559,
    606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606,
    620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
)  # fmt: skip
_BOLD = 1.07

# Chinese breaks between any two characters, but never before closing punctuation.
_CLOSING = "，。、；：！？）》」』】〕％…,.;:!?)]}%"
_OPENING = "（《「『【〔([{"


def clean(value: object, longest: int = LONGEST_LABEL) -> str:
    """`value` as one line that XML, HTML and the PDF can carry; lazy translations included.

    Control and format characters (with them surrogates and direction overrides), private-use
    and unassigned code points go: they are illegal in XML or have no glyph.
    """
    if value is None:
        return ""
    text = str(value)
    if len(text) > longest:
        return _printable(text[: longest - 1]) + ELLIPSIS
    return _printable(text)


@lru_cache(maxsize=4096)
def _printable(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        text = "".join(
            char if char in " \t\r\n" or unicodedata.category(char)[0] != "C" else ""
            for char in text
        )
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def char_width(char: str) -> float:
    """Width of one character in em."""
    code = ord(char)
    if 32 <= code < 127:
        return _ASCII_WIDTHS[code - 32] / 1000 * AIR
    if unicodedata.combining(char):
        return 0.0
    if code >= 0x1F000 and code < 0x20000:  # emoji come from another, wider font
        return 1.3
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.7


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimated width of `text` in pixels at font size `size`."""
    return sum(map(char_width, text)) * size * (_BOLD if bold else 1.0)


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """`text`, or its beginning and "…" if it is wider than `width`; "" if not even that fits."""
    if text_width(text, size, bold) <= width:
        return text
    scale = size * (_BOLD if bold else 1.0)
    room = width / scale - char_width(ELLIPSIS)
    if room < 0:
        return ""
    used, kept = 0.0, 0
    for char in text:
        used += char_width(char)
        if used > room:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def wrap(text: str, width: float, size: float, lines: int = 1, bold: bool = False) -> list[str]:
    """`text` broken into at most `lines` lines of `width` pixels, the last one shortened.

    Lines are made about equally long: "自然语言处 / 理" reads worse than "自然语 / 言处理".
    """
    greedy = _wrap(text, width, size, lines, bold)
    if len(greedy) < 2 or greedy[-1].endswith(ELLIPSIS):
        return greedy
    word = longest_word(text, size, bold)
    for share in (0.55, 0.7, 0.85):
        if word <= width * share:
            even = _wrap(text, width * share, size, lines, bold)
            if len(even) == len(greedy) and not even[-1].endswith(ELLIPSIS):
                return even
    return greedy


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """Width of the longest piece of `text` that should not be broken."""
    longest = used = 0.0
    for index, char in enumerate(text):
        if index and _may_break(text[index - 1], char):
            used = 0.0
        used += char_width(char) if char != " " else 0.0
        longest = max(longest, used)
    return longest * size * (_BOLD if bold else 1.0)


def _wrap(text: str, width: float, size: float, lines: int, bold: bool) -> list[str]:
    result: list[str] = []
    while len(result) < lines - 1 and text_width(text, size, bold) > width:
        end = _line_end(text, width / (size * (_BOLD if bold else 1.0)))
        if end == 0:
            break
        result.append(text[:end].rstrip())
        text = text[end:].lstrip()
    last = shorten(text, width, size, bold)
    return [*result, last] if last else result


def _line_end(text: str, room: float) -> int:
    """Where to break `text` so that its beginning takes at most `room` em."""
    used, fitting = 0.0, 0
    for char in text:
        used += char_width(char)
        if used > room:
            break
        fitting += 1
    for end in range(fitting, 0, -1):
        if end == len(text) or _may_break(text[end - 1], text[end]):
            return end
    return fitting  # one word wider than the box: break it anywhere


def _may_break(before: str, after: str) -> bool:
    if before in " -/" or after == " ":
        return True
    return after not in _CLOSING and before not in _OPENING and (_is_cjk(before) or _is_cjk(after))


def _is_cjk(char: str) -> bool:
    return ord(char) >= 0x2E80 and unicodedata.east_asian_width(char) in "WF"
