"""Finds texts that nobody translated: in templates, in Python, and on a page as people see it.

Used by tests/test_translations.py and tests/test_pages_in_chinese.py.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from apps.core.ops.messages import function_of

LETTERS = re.compile(r"[^\W\d_]{2,}")
CJK = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
ABBREVIATION = re.compile(r"[A-Z]{2,5}")  # PDF, SEO, TAM: Chinese writes them so
NO_WORDS = re.compile(
    r"[\w.+-]{1,64}@\S+|https?://\S+|#[0-9a-f]{6}\b"
)  # mail, web addresses, colours
READ_ALOUD = {"title", "alt", "aria-label", "placeholder", "data-label", "aria-description"}
NOT_READ = {"script", "style", "code", "template"}
# Filters whose quoted argument is printed.
PRINTED_ARGUMENT = re.compile(
    r"""\|(?:default|default_if_none|yesno|pluralize|add|join):(?:"([^"]*)"|'([^']*)')"""
)


class Reader(HTMLParser):
    """Collects what people read or hear of HTML: texts, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_READ:
            self.silent += 1
        named = dict(attrs)
        self.texts += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag == "meta" and named.get("name") in {"description", "keywords"}:
            self.texts.append(named.get("content") or "")
        if tag == "input" and named.get("type") in {"submit", "button", "reset"}:
            self.texts.append(named.get("value") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_READ:
            self.silent = max(0, self.silent - 1)

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def read_texts(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.texts


# --- Templates -----------------------------------------------------------------------------------
def hard_coded_in_template(source: str) -> list[str]:
    """The words of a template that stand outside its translation tags."""
    markup, printed, skipping = [], [], ""
    for token in Lexer(source).tokenize():
        word = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if skipping:
            skipping = "" if word == f"end{skipping}" else skipping
        elif word in {"blocktranslate", "blocktrans", "comment"}:
            skipping = word
        elif token.contents == "block mainclass":  # names a style, not read
            skipping = "block"
        elif token.token_type == TokenType.TEXT:
            markup.append(token.contents)
            continue
        else:
            printed += [one or two for one, two in PRINTED_ARGUMENT.findall(token.contents)]
        markup.append(" ")
    return [text for text in [*read_texts("".join(markup)), *printed] if LETTERS.search(text)]


# --- Python --------------------------------------------------------------------------------------
SHOWN_KEYWORDS = {
    "verbose_name", "verbose_name_plural", "help_text", "label", "title", "lead", "intro",
    "singular", "empty_label", "message",
}  # fmt: skip
SHOWN_DICTS = {"help_texts", "labels", "headings", "error_messages", "default_error_messages"}
# Which positional argument of a call people read.
SHOWN_POSITIONS = {
    "ValidationError": 0, "PermissionDenied": 0, "add_error": 1,
    "success": 1, "info": 1, "warning": 1, "error": 1,
}  # fmt: skip


def hard_coded_in_python(source: str) -> list[str]:
    """The texts shown to people that no gettext function wraps; also every Chinese literal."""
    found: list[ast.expr] = []
    documentation = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found += shown_arguments(node)
        elif isinstance(node, ast.ClassDef):
            found += shown_in_class(node)
        elif isinstance(node, ast.Expr):
            documentation.add(node.value)
        elif isinstance(node, ast.Constant) and node not in documentation and is_chinese(node):
            found.append(node)
    return list(dict.fromkeys(ast.unparse(node) for node in found if is_text(node)))


def shown_arguments(call: ast.Call) -> Iterator[ast.expr]:
    name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    of = getattr(getattr(call.func, "value", None), "id", "")
    yield from (word.value for word in call.keywords if word.arg in SHOWN_KEYWORDS)
    for word in call.keywords:
        if word.arg in SHOWN_DICTS and isinstance(word.value, ast.Dict):
            yield from word.value.values
    at = SHOWN_POSITIONS.get(name)
    if at is not None and len(call.args) > at and (name[0].isupper() or of in {"", "messages"}):
        yield call.args[at]
    if name == "add_error" and len(call.args) > 1:
        yield call.args[1]
    if function_of(call):  # a text made up at run time is in no catalogue
        yield from (text for text in call.args if isinstance(text, ast.JoinedStr))


def shown_in_class(node: ast.ClassDef) -> Iterator[ast.expr]:
    choices = any("Choices" in ast.unparse(base) for base in node.bases)
    for line in node.body:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            continue
        name, value = line.targets[0].id, line.value
        if name in {"verbose_name", "verbose_name_plural"}:
            yield value
        elif name in SHOWN_DICTS and isinstance(value, ast.Dict):
            yield from value.values
        elif choices and isinstance(value, ast.Tuple):
            yield value.elts[-1]


def is_text(node: ast.expr) -> bool:
    """A literal, formatted or joined text that holds words."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(LETTERS.search(node.value))
    if isinstance(node, ast.JoinedStr):
        return any(is_text(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or (isinstance(node.op, ast.Add) and is_text(node.right))
    return isinstance(node, ast.IfExp) and (is_text(node.body) or is_text(node.orelse))


def is_chinese(node: ast.Constant) -> bool:
    return isinstance(node.value, str) and bool(CJK.search(node.value))


# --- Pages ---------------------------------------------------------------------------------------
def latin_words(html: str, allowed: set[str], known: str = "") -> list[str]:
    """The texts of a Chinese page with a Latin word that is neither allowed nor in ``known``, the
    text that people wrote themselves."""
    found = []
    for text in read_texts(html):
        if text in known:
            continue
        words = set(LATIN_WORD.findall(NO_WORDS.sub(" ", text))) - allowed
        if any(word not in known for word in words if not ABBREVIATION.fullmatch(word)):
            found.append(text)
    return found
