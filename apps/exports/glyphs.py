"""Which characters the PDF's font can draw. Used by render.py: whatever has no glyph is left out
and named to the reader, never printed as an empty box.
"""

import subprocess
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

import uharfbuzz

from apps.core.ops import fonts

# Spaces and line breaks, and the place where a long word may break: laid out, never drawn.
LAID_OUT = frozenset("\t\n\r \u200b\u00ad")
# Selectors, joiners and tags that only change the character before them.
UNSEEN = {"Cf", "Mn", "Me", "Cc", "Cn", "Cs"}


def drawable(html: str) -> tuple[str, str]:
    """The text with every character in our font, and those that had to be left out."""
    html = normalize("NFC", html)
    table = {ord(letter): stand_in(letter) for letter in set(html) if not is_covered(letter)}
    left_out = [chr(code) for code, given in table.items() if not given and is_seen(chr(code))]
    return html.translate(table), "".join(sorted(left_out))


def stand_in(letter: str) -> str:
    """The same in plain letters if there is such a spelling: bold mathematical B as B."""
    plain = normalize("NFKC", letter)
    # What would be markup stays out: the text is HTML already.
    if all(map(is_covered, plain)) and not set(plain) & set("<>&\"'"):
        return plain
    return ""


def is_seen(letter: str) -> bool:
    return category(letter) not in UNSEEN


def is_covered(letter: str) -> bool:
    return letter in LAID_OUT or ord(letter) in coverage()


@cache
def coverage() -> frozenset[int]:
    """The code points in every weight of the font. Read once per process."""
    faces = [frozenset(face(path, index).unicodes) for path, index in font_files()]
    return frozenset.intersection(*faces)


def face(path: str, index: int) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)


def head_of(path: str) -> bytes:
    """Enough of a font file to tell it from any other: a checksum of the rest stands in it."""
    with open(path, "rb") as file:
        return file.read(4096)


def font_files() -> list[tuple[str, int]]:
    """Our own files, or what fontconfig gives for our family where they are missing."""
    own = [fonts.font_path(fonts.folder(), style) for style in fonts.STYLES]
    if all(map(Path.exists, own)):
        return [(str(path), 0) for path in own]
    return [matched(style) for style in fonts.STYLES]


def matched(style: str) -> tuple[str, int]:
    pattern = f"{fonts.FAMILY}:style={style}"
    answer = subprocess.run(
        ["fc-match", "--format", "%{file}\n%{index}", pattern],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    path, index = answer.split("\n")
    return path, int(index)
