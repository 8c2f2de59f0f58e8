"""A small JSON Schema checker: the keywords that our schema uses, and no others.

A keyword that it does not know is an error, so that the schema cannot say what nobody checks.
"""

import re
from collections.abc import Iterator
from typing import Any

NOTES = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
         "integer": int, "number": (int, float)}  # fmt: skip


def mistakes(
    value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = ""
) -> Iterator[str]:
    """One sentence for each place where the value is not what the schema says."""
    for word, wanted in schema.items():
        if word in NOTES or word.startswith("x-"):
            continue
        yield from KEYWORDS[word](value, wanted, root, at)


def _type(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    names = [wanted] if isinstance(wanted, str) else wanted
    if not any(
        isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in names
    ):
        yield f"{at} is no {wanted}: {value!r}"


def _properties(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    for name in value.keys() & wanted.keys() if isinstance(value, dict) else ():
        yield from mistakes(value[name], wanted[name], root, f"{at}/{name}")


def _additional(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    # We use it only where there are no properties.
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield from mistakes(inner, wanted, root, f"{at}/{name}")


def _items(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    for index, inner in enumerate(value) if isinstance(value, list) else ():
        yield from mistakes(inner, wanted, root, f"{at}/{index}")


def _required(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    yield from (f"{at} lacks {name}" for name in wanted if name not in value)


def _one_of(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    fitting = [one for one in wanted if not list(mistakes(value, one, root, at))]
    if len(fitting) != 1:
        yield f"{at} fits {len(fitting)} of the choices: {value!r}"


def _ref(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    name = wanted.removeprefix("#/$defs/")
    yield from mistakes(value, root["$defs"][name], root, at)


def _simple(holds: Any, kind: Any) -> Any:
    def check(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
        if isinstance(value, kind) and not isinstance(value, bool) and not holds(value, wanted):
            yield f"{at} breaks {wanted!r}: {value!r}"

    return check


KEYWORDS = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "required": _required,
    "oneOf": _one_of,
    "$ref": _ref,
    "const": _simple(lambda value, wanted: value == wanted, object),
    "pattern": _simple(lambda value, wanted: re.search(wanted, value), str),
    "maxLength": _simple(lambda value, wanted: len(value) <= wanted, str),
    "maxItems": _simple(lambda value, wanted: len(value) <= wanted, list),
    "minimum": _simple(lambda value, wanted: value >= wanted, (int, float)),
    "maximum": _simple(lambda value, wanted: value <= wanted, (int, float)),
}
