"""Links from one place of the printed plan to another, with the page they lead to. Text in, text
out; used by render.py, parts.py.

Templates write them by ``{% show %}`` and ``{% page_reference %}`` of plan_tags, in print alone;
here those stay whose place is printed. The number itself has a room of fixed width: a layout in
one piece fills it by CSS, joining.py once it knows on which page each part begins. So no text moves
when a page number does, and a chapter that refers to a moved one is not laid out again.
"""

import re

REFERENCE = re.compile(
    r'<a class="ref" href="([^"]*)">(.*?)<span class="ref__page">(.*?)</span></a>', re.DOTALL
)
WIDE_BRACKET = "（"  # has its space inside
NUMBER = "{number}"  # where a language's words have the page's number
ID = re.compile(r'\sid="([^"]+)"')
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
# By CSS, of an anchor anywhere; and by joining.py.
BY_COUNTER, BY_JOINING = 'data-counts="#', 'data-page-of="'


def resolved(html: str) -> str:
    """The HTML with references to what it prints. In a table they are links without a number, which
    would stand in every row."""
    if 'class="ref"' not in html:
        return html
    printed = set(ID.findall(html))
    in_tables = TABLE.sub(lambda table: linked(table[0], printed, numbered=False), html)
    return linked(in_tables, printed, numbered=True)


def linked(html: str, printed: set[str], *, numbered: bool) -> str:
    def written(found: re.Match[str]) -> str:
        places, label, words = found.groups()
        place = next((one for one in places.split("#")[1:] if one in printed), "")
        if not place:
            return label
        before, _number, after = words.partition(NUMBER)
        number = f'<span class="ref__number" {BY_COUNTER}{place}"></span>'
        space = "" if before.startswith(WIDE_BRACKET) else " "
        page = f'{space}<span class="ref__page">{before}{number}{after}</span>' if numbered else ""
        return f'<a href="#{place}">{label}{page}</a>'

    return REFERENCE.sub(written, html)


def for_joining(html: str) -> str:
    return html.replace(BY_COUNTER, BY_JOINING)
