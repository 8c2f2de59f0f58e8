"""What is wrong with the catalogues: texts missing, stale, unsure, or with other placeholders.

Used by ``messages --check`` and tests/test_translations.py.
"""

from collections.abc import Iterator
from pathlib import Path

import polib

from apps.core.ops.catalogues import BASE_DIR
from apps.core.ops.messages import (
    PLACEHOLDER,
    Message,
    catalogue_path,
    collect,
    message_of,
    read,
    translation_of,
)


def problems(base: Path = BASE_DIR) -> list[str]:
    """One line for everything wrong, empty if every text has its translation."""
    found = []
    catalogues = {}
    for app, messages in collect(base).items():
        catalogues[app] = read(catalogue_path(app, base))
        found += [f"{app}: {problem}" for problem in compare(catalogues[app], messages)]
    return found + list(disagreements(catalogues))


def compare(catalogue: polib.POFile, messages: list[Message]) -> Iterator[str]:
    known = {message_of(entry): entry for entry in catalogue if not entry.obsolete}
    for message in messages:
        entry = known.get(message)
        if entry is None or not translation_of(entry):
            yield f"missing: {message}"
        elif entry.fuzzy:
            yield f"fuzzy: {message}"
        else:
            yield from (f"{problem}: {message}" for problem in misfits(entry))
    for entry in catalogue:
        if entry.obsolete or message_of(entry) not in messages:
            yield f"obsolete: {message_of(entry)}"


def misfits(entry: polib.POEntry) -> Iterator[str]:
    """Where the translation cannot stand in the original's place."""
    text = translation_of(entry)
    original = entry.msgid_plural or entry.msgid
    given, wanted = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(original))
    if given != wanted:
        yield f"placeholders {sorted(given)} instead of {sorted(wanted)}"
    if (text[:1] == "\n", text[-1:] == "\n") != (original[:1] == "\n", original[-1:] == "\n"):
        yield "other line breaks at its ends"


def disagreements(catalogues: dict[str, polib.POFile]) -> Iterator[str]:
    """Django keeps one translation of a text for all apps: two would show in the wrong places."""
    first: dict[tuple[str | None, str], tuple[str, str]] = {}
    for app, catalogue in catalogues.items():
        for entry in catalogue:
            text = translation_of(entry)
            if entry.obsolete or not text:
                continue
            other, said = first.setdefault((entry.msgctxt, entry.msgid), (app, text))
            if said != text:
                yield f"{app}: “{message_of(entry)}” is “{text}” here and “{said}” in {other}"
