"""What print needs beyond the section templates' HTML. Used by render.py alone.

The templates are ours and escape what people wrote, so every "<" begins a tag of a known shape:
patterns do here, and cost a hundredth of a parser's time.
"""

import re
from collections.abc import Callable
from math import ceil
from unicodedata import east_asian_width

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

TAG = re.compile(r"<[^>]*>")
SCREEN_ONLY = re.compile(r'<(\w+)\b[^>]*\bclass="[^"]*\bscreen-only\b[^"]*"[^>]*>')
HEADING = re.compile(r"<h2\b([^>]*)>(.*?)</h2>", re.DOTALL)
FACTS = re.compile(r'(<dl class="facts"[^>]*>).*?</dl>', re.DOTALL)
FACT = re.compile(r"\s*<dt\b[^>]*>(.*?)</dt>\s*<dd\b[^>]*>(.*?)</dd>\s*", re.DOTALL)
NOTE = re.compile(r'<span class="evidence-note">(.*?)</span>', re.DOTALL)
NEW_LINE = re.compile(r"<(?:p|br|li|div)\b[^>]*>")
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t\1>", re.DOTALL)
CLASS = re.compile(r'\bclass="')
PICTURE = re.compile(r'<figure class="picture">(?=\s*<svg\b[^>]*\bviewBox="0 0 [\d.]+ ([\d.]+)")')
# A text between two tags, but none in a picture, where no element may be put around it.
TEXT = re.compile(r"<svg\b.*?</svg>|>([^<]*[^<\s][^<]*)(?=<)", re.DOTALL)
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LATIN = re.compile(r"[A-Za-z]")
# Drawn as wide as a Chinese letter among Chinese, and narrow elsewhere.
WIDE_OR_NARROW = re.compile(r"[‘’“”—…·]")
# Brackets around or after Chinese; a colon or comma after it.
BRACKETS = re.compile(r" ?\(([^()]*[\u3400-\u9fff][^()]*)\) ?|(?<=[\u3400-\u9fff”]) ?\(([^()]*)\)")
COLON_OR_COMMA = re.compile(r"(?<=[\u3400-\u9fff”）])([:,])(?: |(?=[\u3400-\u9fff“]))")

# Widths are counted in half letters: a Chinese letter is two, a Latin one is one.
LABEL, VALUE, HALF_VALUE, NOTE_WIDTH = 22, 76, 27, 38
SHORT_NOTE = 2 * NOTE_WIDTH  # fits below a short value in two lines
WHOLE_LINES = 10  # a fact of more lines may break over pages
SHORT_CELL, ROW = 18, 100  # a cell that never breaks; what fits beside each other
FEW_ROWS, FEW_LETTERS = 5, 600  # a table of no more stays on one page
FULL_HEIGHT = 440  # a picture that is higher, in its own pixels, has letters below 7 pt at 110 mm


def without_screen_only(html: str) -> str:
    """The HTML without the elements that are for the page alone, whatever they hold."""
    kept = []
    at = 0
    while found := SCREEN_ONLY.search(html, at):
        kept.append(html[at : found.start()])
        at = end_of_element(html, found[1], found.end())
    return "".join([*kept, html[at:]])


def arranged(html: str) -> str:
    """Facts in boxes, cells in one piece, tall pictures marked: what all HTML of sections needs."""
    return tall_pictures(whole_cells(boxed_facts(html)))


def end_of_element(html: str, name: str, at: int) -> int:
    """Where the element ``name`` ends whose content begins at ``at``."""
    open_elements = 1
    for tag in re.compile(rf"<(/?){name}\b[^>]*>").finditer(html, at):
        open_elements += -1 if tag[1] else 1
        if not open_elements:
            return tag.end()
    return len(html)


def with_anchors(html: str, prefix: str) -> tuple[str, list[tuple[str, SafeString]]]:
    """An anchor at each part's heading, and the headings, for the contents."""
    headings: list[tuple[str, SafeString]] = []

    def anchored(match: re.Match[str]) -> str:
        anchor = f"{prefix}-{len(headings) + 1}"
        # Escaped by its template already; only the tags inside a heading go.
        headings.append((anchor, mark_safe(strip_tags(match[2]).strip())))
        return f'<h2{match[1]} id="{anchor}">{match[2]}</h2>'

    return HEADING.sub(anchored, html), headings


# --- Facts: a name and its text side by side ------------------------------------------------------
def boxed_facts(html: str) -> str:
    """A box around each name and text: two short ones share a line, a very long one may break."""
    return FACTS.sub(lambda facts: f"{facts[1]}{boxes(facts[0])}</dl>", html)


def boxes(facts: str) -> str:
    """What stands in the list, each name and text in a box."""
    found = list(FACT.finditer(facts))
    kinds = paired([kind_of_fact(fact[1], fact[2]) for fact in found])
    # Closed up: a space between two boxes would be one on paper.
    return "".join(
        f'<div class="fact fact--{kind}">{fact[0].strip()}</div>'
        for kind, fact in zip(kinds, found, strict=True)
    )


def paired(kinds: list[str]) -> list[str]:
    """A short one without a short neighbour to share its line has the line for itself."""
    result: list[str] = []
    for kind in kinds:
        if kind == "short" and result and result[-1] == "left":
            result.append("right")
        else:
            if result and result[-1] == "left":
                result[-1] = "whole"
            result.append("left" if kind == "short" else kind)
    if result and result[-1] == "left":
        result[-1] = "whole"
    return result


def kind_of_fact(name: str, text: str) -> str:
    notes = NOTE.findall(text)
    value = NOTE.sub("", text)
    if max(lines(name, LABEL), lines(value, VALUE) + len(notes)) > WHOLE_LINES:
        return "long"
    if lines(name, LABEL) > 2:
        return "above"
    if lines(value, HALF_VALUE) <= 1 and sum(map(width, notes)) <= SHORT_NOTE and len(notes) < 2:
        return "short"
    return "whole"


def width(html: str) -> int:
    text = " ".join(TAG.sub("", html).split())
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def lines(html: str, room: int) -> int:
    """How many lines the text takes, about."""
    return sum(ceil(width(piece) / room) for piece in NEW_LINE.split(html))


# --- Pictures ---------------------------------------------------------------------------------
def tall_pictures(html: str) -> str:
    """Mark those that may fill a page, since their letters would get too small to read."""

    def marked(figure: re.Match[str]) -> str:
        return (
            '<figure class="picture picture--tall">'
            if float(figure[1]) > FULL_HEIGHT
            else figure[0]
        )

    return PICTURE.sub(marked, html)


# --- Tables ---------------------------------------------------------------------------------------
def whole_cells(html: str) -> str:
    """Dates, amounts and other short texts of a table stay on one line, and a table of few rows on
    one page: two of them alone on the next one are read as another table."""
    return TABLE.sub(lambda table: whole_if_few(whole_cells_of(table[0])), html)


def whole_if_few(table: str) -> str:
    if table.count("<tr") > FEW_ROWS + 1 or width(table) > FEW_LETTERS:
        return table
    return CLASS.sub('class="table-whole ', table, count=1)


def whole_cells_of(table: str) -> str:
    head = HEAD.search(table)
    columns = len(CELL.findall(head[0])) if head else 1
    room = min(SHORT_CELL, ROW // max(1, columns))

    def marked(cell: re.Match[str]) -> str:
        kind, attributes, content = cell.groups()
        if max(map(width, NEW_LINE.split(content))) > room:
            return cell[0]
        if CLASS.search(attributes):
            attributes = CLASS.sub('class="nowrap ', attributes, count=1)
        else:
            attributes += ' class="nowrap"'
        return f"<t{kind}{attributes}>{content}</t{kind}>"

    if "table-matrix" in table[: table.index(">")] and head:
        # As many columns as roles: their names have to break.
        return table[: head.end()] + CELL.sub(marked, table[head.end() :])
    return CELL.sub(marked, table)


# --- Languages ------------------------------------------------------------------------------------
def with_languages(body: str, language: str) -> str:
    """Each text that is not in the document's language says so, by its own letters.

    Quotation marks and dashes are the same characters in both languages, but not of the same
    width; and a screen reader wants to know, too.
    """
    other, is_other = OTHERS[language]

    def told(match: re.Match[str]) -> str:
        text = match[1]
        if not text:
            return match[0]
        if is_other(text):
            return f'><span lang="{other}">{text}</span>'
        return ">" + (with_wide_punctuation(text) if language == "zh-hans" else text)

    return TEXT.sub(told, body)


def with_wide_punctuation(text: str) -> str:
    """Brackets, colons and commas of a Chinese text in their Chinese form, as in every book."""
    if not is_chinese(text):
        return text
    text = BRACKETS.sub(lambda found: f"（{found[1] or found[2]}）", text)
    return COLON_OR_COMMA.sub(lambda found: "：" if found[1] == ":" else "，", text)


def is_latin(text: str) -> bool:
    """Only where it shows: without such a character both languages look the same."""
    return bool(LATIN.search(text) and WIDE_OR_NARROW.search(text)) and not is_chinese(text)


def is_chinese(text: str) -> bool:
    return bool(HAN.search(text))


OTHERS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "en": ("zh-Hans", is_chinese),
    "zh-hans": ("en", is_latin),
}
