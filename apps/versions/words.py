"""Which words of a text changed. Pure; the text may be Latin, Chinese or both.

A Latin word is one unit, a Chinese character is one, since Chinese sets no spaces. Sentences are
compared first and words only inside those that differ, which is both quick and what a reader
would do.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# A unit takes the space behind it along, so that joined units are the text again.
WORD = re.compile(rf"[{HAN}]\s*|[^\W{HAN}]+(?:['’.,-][^\W{HAN}]+)*\s*|\W\s*")
# A point inside a number or an address ends no sentence.
SENTENCE = re.compile(r"(?:[^.!?。！？；\n]|[.!?](?!\s|\Z))*(?:[.!?。！？；\n]+\s*|\Z)")

# Sentences longer than this, and ones with less than this in common, are shown as replaced: quick,
# and easier to read than a patchwork.
MOST_WORDS = 1500
ALIKE = 0.4
# Fewer unchanged characters than this between two changes are shown as part of the change.
ISLAND = 3
# Unchanged text this far from any change is folded away.
CONTEXT = 120
# Of two long texts that took each other's place, so much is shown before they differ.
BEFORE = 40


@dataclass(frozen=True)
class Piece:
    """``kind``: "same", "del" (in the old text only), "ins" (in the new one), "gap" (folded)."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces in order: "same" and "del" joined are the old text, "same" and "ins" the new."""
    pieces: list[Piece] = []
    for before, after in _differing(SENTENCE.findall(old), SENTENCE.findall(new)):
        pieces += [Piece("same", before)] if before == after else _in_words(before, after)
    return _joined(_without_islands(_joined(pieces)))


def folded(pieces: list[Piece], context: int = CONTEXT) -> list[Piece]:
    """The pieces with long unchanged stretches shortened to what stands beside a change."""
    shown = []
    for index, piece in enumerate(pieces):
        first, last = index == 0, index == len(pieces) - 1
        keep = context * (2 - first - last)
        if piece.kind != "same" or len(piece.text) <= keep + context // 2:
            shown.append(piece)
            continue
        words = WORD.findall(piece.text)
        if not first:
            shown.append(Piece("same", _beginning(words, context)))
        shown.append(Piece("gap", "…"))
        if not last:
            shown.append(Piece("same", _beginning(words[::-1], context, backwards=True)))
    return shown


def excerpt(pieces: list[Piece], most: int) -> list[Piece]:
    """The first changes with what stands beside them, about ``most`` characters of each text. Long
    texts that took each other's place begin shortly before they differ, so that no two read alike.
    """
    shown: list[Piece] = []
    left = most
    for index, piece in enumerate(pieces):
        if piece.kind not in ("del", "ins"):
            shown.append(piece)
            continue
        before, after = pieces[max(0, index - 1) : index], pieces[index + 1 : index + 2]
        old = next((one.text for one in before if piece.kind == "ins" and one.kind == "del"), "")
        new = next((one.text for one in after if piece.kind == "del" and one.kind == "ins"), "")
        if left <= 0 and not old:
            return [*shown, Piece("gap", "…")]
        shown.append(Piece(piece.kind, _cut(piece.text, old or new, most)))
        left -= len(shown[-1].text)
    return shown


def _cut(text: str, other: str, most: int) -> str:
    if len(text) <= most:
        return text
    pairs = enumerate(zip(text, other, strict=False))
    differ = next((place for place, (one, two) in pairs if one != two), min(len(text), len(other)))
    begin = min(max(0, differ - BEFORE), len(text) - most)
    cut = text[begin : begin + most]
    return ("…" if begin else "") + cut.strip() + ("…" if begin + most < len(text) else "")


def _beginning(words: list[str], length: int, backwards: bool = False) -> str:
    """As many whole words as ``length`` characters hold, but one at least."""
    kept: list[str] = []
    for word in words:
        length -= len(word)
        if kept and length < 0:
            break
        kept.append(word)
    return "".join(kept[::-1] if backwards else kept)


def _differing(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Stretches of (old, new) units, joined; equal ones are the same text twice."""
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("".join(old[a:b]), "".join(new[c:d])) for _tag, a, b, c, d in found]


def _in_words(old: str, new: str) -> list[Piece]:
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) <= MOST_WORDS:
        stretches = _differing(before, after)
        same = sum(len(a) for a, b in stretches if a == b)
        if same >= ALIKE * min(len(old), len(new)):
            return [piece for a, b in stretches for piece in _pieces(a, b)]
    return _pieces(old, new)


def _pieces(old: str, new: str) -> list[Piece]:
    if old == new:
        return [Piece("same", old)] if old else []
    space = old[len(old.rstrip()) :]  # the space behind both of them did not change
    if not (old.strip() and new.strip() and space == new[len(new.rstrip()) :]):
        space = ""
    end = -len(space) or None
    told = (("del", old[:end]), ("ins", new[:end]), ("same", space))
    return [Piece(kind, text) for kind, text in told if text]


def _without_islands(pieces: list[Piece]) -> list[Piece]:
    """A word or two that stayed by chance between two changes goes with them."""
    shown: list[Piece] = []
    for index, piece in enumerate(pieces):
        inside = 0 < index < len(pieces) - 1
        if piece.kind == "same" and inside and len(piece.text.strip()) < ISLAND:
            shown += [Piece("del", piece.text), Piece("ins", piece.text)]
        else:
            shown.append(piece)
    return shown


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Between two unchanged pieces one "del" and one "ins" at most."""
    shown: list[Piece] = []
    run = {"del": "", "ins": "", "same": ""}

    def flush(kinds: tuple[str, ...]) -> None:
        for kind in kinds:
            if run[kind]:
                shown.append(Piece(kind, run[kind]))
                run[kind] = ""

    for piece in pieces:
        flush(("del", "ins") if piece.kind == "same" else ("same",))
        run[piece.kind] += piece.text
    flush(("same", "del", "ins"))
    return shown
