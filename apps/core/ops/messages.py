"""The texts of the interface and their catalogues, without the gettext tools.

English stands in the code and the templates; every app keeps its own translations. Used by the
``messages`` command (which adds and drops entries) and by tests/test_translations.py.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

from apps.core.ops.catalogues import BASE_DIR

LOCALE = "zh_Hans"
METADATA = {
    "Project-Id-Version": "ventureplan",
    "Language": LOCALE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# How many leading arguments are texts, and which of (context, singular, plural) each one is.
FUNCTIONS = {
    "gettext": ("singular",),
    "ngettext": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
}
# Templates that override a package's, kept under the package's own name.
PACKAGE_TEMPLATES = {"account": "accounts"}
PLACEHOLDER = re.compile(r"(?<!%)%(?:\((\w+)\))?[sdif]")
# A call as templatize writes it: literals only, between words made of one letter.
TEMPLATE_CALL = re.compile(
    r"""\b(?:n?p?gettext|_)\((?:\s*(?:u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*'|count),?)+\)"""
)


class Message(NamedTuple):
    """One text: what a catalogue looks it up by."""

    singular: str
    plural: str = ""
    context: str | None = None

    def __str__(self) -> str:
        return f"[{self.context}] {self.singular}" if self.context else self.singular


def function_of(call: ast.AST) -> str:
    """The gettext function that a call is to ("gettext" for ``_``), "" for any other call."""
    if not isinstance(call, ast.Call):
        return ""
    name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    name = "gettext" if name == "_" else name.removesuffix("_lazy").removesuffix("_noop")
    return name if name in FUNCTIONS else ""


def in_python(source: str) -> Iterator[Message]:
    """Every text that Python code hands to a gettext function."""
    calls = [node for node in ast.walk(ast.parse(source)) if function_of(node)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        names = FUNCTIONS[function_of(call)]
        given = [getattr(argument, "value", None) for argument in call.args[: len(names)]]
        if len(given) == len(names) and all(isinstance(text, str) for text in given):
            yield Message(**dict(zip(names, given, strict=True)))


def in_template(source: str) -> Iterator[Message]:
    """Every text of a template's translate and blocktranslate tags and ``_("…")`` arguments."""
    return in_python("\n".join(TEMPLATE_CALL.findall(templatize(source))))


def sources(base: Path = BASE_DIR) -> Iterator[tuple[str, Path]]:
    """Every file that may hold texts, with the app whose catalogue they belong to."""
    for path in sorted(base.glob("apps/*/**/*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(base).parts[1], path
    for path in sorted(base.glob("config/*.py")):
        yield "core", path
    for path in sorted(base.glob("templates/**/*.*")):
        folder = path.relative_to(base).parts[1]
        app = PACKAGE_TEMPLATES.get(folder, folder)
        yield app if (base / "apps" / app / "apps.py").exists() else "core", path


def collect(base: Path = BASE_DIR) -> dict[str, list[Message]]:
    """The texts of every app, each once, in the order in which the files hold them."""
    found: dict[str, dict[Message, None]] = {}
    for app, path in sources(base):
        extract = in_python if path.suffix == ".py" else in_template
        found.setdefault(app, {}).update(dict.fromkeys(extract(path.read_text(encoding="utf-8"))))
    return {app: one_each(messages) for app, messages in found.items() if messages}


def one_each(messages: dict[Message, None]) -> list[Message]:
    """A text used both with and without a plural is one entry, the one with the plural."""
    kept: dict[tuple[str | None, str], Message] = {}
    for message in messages:
        key = message.context, message.singular
        if key not in kept or message.plural:
            kept[key] = message
    return list(kept.values())


def catalogue_path(app: str, base: Path = BASE_DIR) -> Path:
    return base / "apps" / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile(wrapwidth=100)


def updated(catalogue: polib.POFile, messages: list[Message]) -> polib.POFile:
    """The catalogue with exactly these messages; translations that still fit are kept."""
    known = {message_of(entry): entry for entry in catalogue if not entry.obsolete}
    made = polib.POFile(wrapwidth=100)
    made.metadata = METADATA
    for message in messages:
        old = known.get(message)
        entry = polib.POEntry(msgctxt=message.context, msgid=message.singular)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: old.msgstr_plural.get(0, "") if old else ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        if PLACEHOLDER.search(message.singular + message.plural):
            entry.flags.append("python-format")
        if old and old.fuzzy:
            entry.flags.append("fuzzy")
        entry.tcomment = old.tcomment if old else ""
        made.append(entry)
    return made


def message_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt)


def translation_of(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
