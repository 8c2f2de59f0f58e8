"""Tables and lists of rows that are too long to print: the first rows, and how many more there are.
Sums, figures and pictures count all of them. Text in, text out; used by render.py alone.

As in typeset.py, the templates are ours and escape what people wrote, so patterns do here.
"""

import re
from collections.abc import Sequence

from django.utils.translation import ngettext

from apps.exports.limits import ROW_LIMIT, TOLD_LIMIT
from apps.exports.typeset import FACT

BODY = re.compile(r"(<tbody\b[^>]*>)(.*?)</tbody>", re.DOTALL)
ROW = re.compile(r'<tr\b(?! class="left-out").*?</tr>', re.DOTALL)
CELL = re.compile(r"<t[hd]\b")
FACTS = re.compile(r'<dl class="facts\b[^"]*"[^>]*>.*?</dl>', re.DOTALL)
TOLD = re.compile(r'<article class="row-detail\b.*?</article>', re.DOTALL)  # a row's own texts


def bounded(html: str) -> str:
    """The HTML with at most ``ROW_LIMIT`` rows of each table, and the texts of ``TOLD_LIMIT``. Done
    twice, it is as if done once."""
    return FACTS.sub(cut_facts, cut_told(BODY.sub(cut_body, html)))


def cut_body(body: re.Match[str]) -> str:
    begin, rows = body[1], ROW.findall(body[2])
    if len(rows) <= ROW_LIMIT:
        return body[0]
    columns = len(CELL.findall(rows[0]))
    more = said(len(rows) - ROW_LIMIT)
    left_out = f'<tr class="left-out"><td colspan="{columns}">{more}</td></tr>'
    return f"{begin}{''.join(rows[:ROW_LIMIT])}{left_out}</tbody>"


def cut_told(html: str) -> str:
    """Those that follow one another without anything between them tell the rows of one table."""
    kept: list[str] = []
    at = 0
    for run in runs(list(TOLD.finditer(html)), html):
        if len(run) > TOLD_LIMIT:
            end = run[TOLD_LIMIT - 1].end()
            kept += [html[at:end], f'<p class="left-out">{said(len(run) - TOLD_LIMIT)}</p>']
            at = run[-1].end()
    return "".join([*kept, html[at:]])


def cut_facts(facts: re.Match[str]) -> str:
    """A fact for each row, as the reasons of a rating are told."""
    found = list(FACT.finditer(facts[0]))
    if len(found) <= TOLD_LIMIT:
        return facts[0]
    kept = facts[0][: found[TOLD_LIMIT - 1].end()]
    return f'{kept}</dl><p class="left-out">{said(len(found) - TOLD_LIMIT)}</p>'


def runs(found: Sequence[re.Match[str]], html: str) -> list[list[re.Match[str]]]:
    """The matches, those with nothing but space between them together."""
    together: list[list[re.Match[str]]] = []
    for one in found:
        if together and not html[together[-1][-1].end() : one.start()].strip():
            together[-1].append(one)
        else:
            together.append([one])
    return together


def said(more: int) -> str:
    return ngettext(
        "… and %(count)s more row. The plan's CSV file of this table holds all of them.",
        "… and %(count)s more rows. The plan's CSV file of this table holds all of them.",
        more,
    ) % {"count": f"{more:,}"}
