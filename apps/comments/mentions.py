"""Finding whom a text mentions: @name or @address, without a script on the page. Pure: ``people``
are anything with a pk, a name and an e-mail address."""

import re
from collections.abc import Iterable
from typing import Any

# Texts hold no NUL (forms refuse it): it marks a name that several people bear.
CALL = re.compile(r"(?<![A-Za-z0-9._%+-])@\x00?([\w.%+-]{1,60}(?:@[\w.-]+)?)")


def mentioned(text: str, people: Iterable[Any]) -> list[Any]:
    """Those of ``people`` whom the text calls by "@" and their name, their e-mail address, or the
    first word of their name. A name that two of them bear calls nobody."""
    return _read(text, people)[0]


def unknown(text: str, people: Iterable[Any]) -> list[str]:
    """What the text calls by "@" that names nobody, or several, of ``people``: nobody is told."""
    left = _read(text, people)[1]
    names = [name.rstrip(".-") for name in CALL.findall(left)]
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.lower(), name)
    return list(first.values())


def _read(text: str, people: Iterable[Any]) -> tuple[list[Any], str]:
    """Whom the text calls, and what of it is left without those calls."""
    called = calls(list(people))
    found: dict[int, Any] = {}
    for name in sorted(called, key=len, reverse=True):  # @Mei Lin before @Mei
        pattern = rf"(?<![A-Za-z0-9._%+-])@{re.escape(name)}{boundary(name)}"
        one = len(called[name]) == 1
        left = " " if one else f"@\0{name}"  # a call of nobody, and no shorter name either
        text, count = re.subn(pattern, lambda _call, left=left: left, text, flags=re.IGNORECASE)
        if count and one:
            found |= {person.pk: person for person in called[name]}
    return list(found.values()), text


def calls(people: list[Any]) -> dict[str, list[Any]]:
    """{name: the people called so}; a first word counts only where nobody has it for a name."""
    first: dict[str, list[Any]] = {}
    full: dict[str, list[Any]] = {}
    for person in people:
        name = " ".join(person.name.lower().split())
        full.setdefault(person.email, []).append(person)
        if name:
            full.setdefault(name, []).append(person)
            first.setdefault(name.partition(" ")[0], []).append(person)
    return {**first, **full}


def boundary(name: str) -> str:
    """@Carl is not in "@Carla"; Chinese runs on after a name without a space."""
    return r"(?![A-Za-z0-9_])" if name[-1].isascii() else ""
