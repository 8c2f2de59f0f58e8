"""The lists of a Word document. Used by the docx modules of this app alone."""

from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from apps.exports.docx.xml import make, twips

BULLETS, NUMBERS = 1, 2  # the lists of the numbering part


def set_numbering(document: Document, fonts: Any, color: str) -> None:
    """One list of points and one of numbers, nine deep."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for key, form in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
        levels = [
            make(
                "lvl",
                make("start", val=1),
                make("numFmt", val=form),
                make("lvlText", val="•–·"[level % 3] if form == "bullet" else f"%{level + 1}."),
                make("lvlJc", val="left"),
                make("pPr", make("ind", left=twips(5 + 5 * level), hanging=twips(4))),
                make("rPr", deepcopy(fonts), make("color", val=color)),
                ilvl=level,
            )
            for level in range(9)
        ]
        multi = make("multiLevelType", val="hybridMultilevel")
        numbering.append(make("abstractNum", multi, *levels, abstractNumId=key))
    for key in (BULLETS, NUMBERS):
        numbering.append(make("num", make("abstractNumId", val=key), numId=key))


def restarted(document: Document) -> int:
    """A list of numbers that begins at one."""
    numbering = document.part.numbering_part.element
    number = len(numbering.findall(qn("w:num"))) + 1
    restart = make("lvlOverride", make("startOverride", val=1), ilvl=0)
    numbering.append(make("num", make("abstractNumId", val=NUMBERS), restart, numId=number))
    return number
