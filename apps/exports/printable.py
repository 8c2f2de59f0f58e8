"""Text made safe to lay out. Used on the whole document before anything is rendered.

WeasyPrint raises on lone surrogates and needs minutes for a word of many thousand letters.
"""

import re
from typing import Any

LONG_WORD = 80
BREAK_EVERY = 24
BREAK = "\u200b"  # zero-width space: a place where a line may end

# Control characters but tab and line breaks, lone surrogates, the overrides that turn text around,
# and what is no character at all.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    r"\ufdd0-\ufdef\ufffe\uffff]"
)
# Letters between which a line cannot end by itself, as Chinese, Japanese and Korean ones can.
WORD = re.compile(rf"[^\s{BREAK}\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{{{LONG_WORD},}}")


def clean(value: Any) -> Any:
    """The value with every string in it made printable."""
    if isinstance(value, str):
        return WORD.sub(_with_breaks, UNPRINTABLE.sub("", value))
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def _with_breaks(match: re.Match[str]) -> str:
    word = match[0]
    return BREAK.join(word[at : at + BREAK_EVERY] for at in range(0, len(word), BREAK_EVERY))
