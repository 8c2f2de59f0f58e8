"""Sample plans: apps/<app>/samples/<name>.json, figures once, texts in every language.

A text is {"en": …, "zh-hans": …}. ``document`` picks one language and joins the parts of every
section app into a plan document. Used by plan creation, the demo command and the tests.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language

from apps.plans.document import FORMAT, Document
from apps.plans.sections import registry

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Sample:
    name: str
    title: str
    summary: str


def localise(value: Any, language: str) -> Any:
    """The value with every {"en": …, "zh-hans": …} replaced by the text of ``language``."""
    if isinstance(value, dict):
        if value.keys() == LANGUAGES:
            return value[language]
        return {key: localise(item, language) for key, item in value.items()}
    if isinstance(value, list):
        return [localise(item, language) for item in value]
    return value


@cache
def _read(app: str, name: str) -> dict[str, Any]:
    path = Path(apps.get_app_config(app).path) / "samples" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def names() -> list[str]:
    folder = Path(apps.get_app_config("plans").path) / "samples"
    found = [path.stem for path in folder.glob("*.json")]
    return sorted(found, key=lambda name: (_read("plans", name)["order"], name))


def available() -> list[Sample]:
    """The samples with title and summary in the active language."""
    language = get_language() or "en"
    language = language if language in LANGUAGES else "en"
    return [
        Sample(
            name,
            localise(_read("plans", name)["plan"]["title"], language),
            localise(_read("plans", name)["summary"], language),
        )
        for name in names()
    ]


def document(name: str, language: str) -> Document:
    """The sample as a plan document in one language; KeyError if there is no such sample."""
    if name not in names():
        raise KeyError(name)
    plan = {**localise(_read("plans", name)["plan"], language), "language": language}
    sections = {section.name: localise(_read(section.name, name), language) for section in registry}
    return {"format": FORMAT, "plan": plan, "sections": sections}
