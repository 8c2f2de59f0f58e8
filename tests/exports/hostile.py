"""Plans that were written to break a printer. For the tests and tests/bench/bench_hostile.py.

Each changes the sample's document in place. What a field or an import refuses stands here all the
same: the renderer has to bear it even if it came in by another door.
"""

import base64
import io
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

from PIL import Image

from apps.plans import samples
from apps.plans.fields import LONG_TEXT_MAX

Change = Callable[[dict[str, Any]], None]
EVIL = (
    "{{ 7*7 }}{% now 'Y' %}{# gone #}<script>alert(1)</script></style><style>*{display:none}"
    "</style><!-- </body></html> --><svg onload=alert(1)><p style='font-size:1e9px'>end"
)
ADDRESSES = (
    "file:///etc/passwd http://127.0.0.1:1/x https://example.com/ <img src='file:///etc/passwd'>"
    "<link rel=attachment href='file:///etc/passwd'>@import url(http://127.0.0.1:1/x); data:,x"
)
NESTED = "<ul><li>" * 400 + "<div style='display:flex'>" * 400 + "<table><tr><td>" * 300
BIDI = (
    "\u202eevil\u202c \u2066left\u2069 \u200f\u05e9\u05dc\u05d5\u05dd "
    "\u0645\u0631\u062d\u0628\u0627"
)
EMOJI = "\U0001f600\U0001f3f3\ufe0f\u200d\U0001f308\U0001f469\u200d\U0001f4bb\U0001f1e8\U0001f1f3"
NOT_WRITTEN = {"Cc", "Cn", "Cs", "Co"}  # controls, no characters, halves, private ones
COMBINING = "e" + "\u0301" * 2_000


def text(written: str) -> Change:
    """The written text in a long field of a sheet, and of a row, whose name begins with it."""

    def change(document: dict[str, Any]) -> None:
        market = document["sections"]["market"]
        market["analysis"]["scope"] = written
        market["segment"][0] |= {"name": written[:200], "behavioural": written}

    return change


def rows(count: int) -> Change:
    def change(document: dict[str, Any]) -> None:
        held = document["sections"]["market"]["segment"]
        document["sections"]["market"]["segment"] = [
            {**held[at % len(held)], "uid": f"row{at}", "name": f"Segment {at}"}
            for at in range(count)
        ]

    return change


def every_block() -> str:
    """An assigned character out of every 128, so one of each block, over all planes."""
    found = []
    for start in range(0, sys.maxunicode, 128):
        letters = map(chr, range(start, start + 128))
        found += [
            one for one in letters if unicodedata.category(one) not in {"Cc", "Cn", "Cs", "Co"}
        ][:1]
    return " ".join(found)


# In what a person may write …
ALLOWED: dict[str, Change] = {
    "words of 5,000 letters": text(" ".join(["w" * 4_998] * 4)),
    "20,000 Chinese letters": text("\u5b57" * LONG_TEXT_MAX),
    "10,000 lines": text("a\n" * (LONG_TEXT_MAX // 2)),
    "20,000 line breaks": text("a" + "\n" * (LONG_TEXT_MAX - 2) + "z"),
    "nested markup": text(NESTED),
    "templates, scripts, styles": text(EVIL),
    "addresses": text(ADDRESSES),
    "every block of Unicode": text(every_block()),
    "2,000 rows": rows(2_000),
    "bidi, emoji, combining marks": text(f"{BIDI} {EMOJI} {COMBINING}"),
}
# … and in what the forms and imports refuse.
REFUSED: dict[str, Change] = {
    "10,000 rows": rows(10_000),
    "a word of 100,000 letters": text("w" * 100_000),
    "a paragraph of 1 MB": text("word " * 200_000),
    "20,000 lines": text("a\n" * 20_000),
    "half characters": text("half \ud800 a \udfff character"),
    "control characters": text("nul \x00 bell \x07 escape \x1b no character \uffff"),
}
CASES = {**ALLOWED, **REFUSED}


def hostile(change: Change) -> dict[str, Any]:
    document = samples.document("customer_service", "en")
    change(document)
    return document


# --- Logos ----------------------------------------------------------------------------------------
def picture(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("1", (width, height)).save(made, "PNG")
    return made.getvalue()


def cut_off() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((300, 100), 50).save(made, "PNG")
    return made.getvalue()[: made.tell() // 2]


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    b'<image xlink:href="file:///etc/passwd"/><image href="http://127.0.0.1:1/x.png"/>'
    b'<use href="http://127.0.0.1:1/x.svg#a"/><style>@import url(http://127.0.0.1:1/x)</style></svg>'
)
# What is uploaded; and the same where a logo is kept, as no upload would leave it.
LOGOS = {
    "a logo of 40 megapixels": (picture(8_000, 5_000), encoded(picture(8_000, 5_000))),
    "an SVG logo that loads": (SVG, encoded(SVG)),
    "a logo that is cut off": (cut_off(), encoded(cut_off())),
}
