"""The entries that come with the product: data/cases.json and data/resources.json.

Used by the ``load_library`` command and by tests.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.library.models import Case, Lesson, Resource

DATA = Path(__file__).resolve().parent / "data"


def read(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def flat(entry: dict[str, Any]) -> dict[str, Any]:
    """{"name": {"en": …, "zh": …}} as the models have it: name_en, name_zh."""
    values: dict[str, Any] = {}
    for name, value in entry.items():
        if isinstance(value, dict):
            values |= {f"{name}_{language}": text for language, text in value.items()}
        else:
            values[name] = value
    return values


@transaction.atomic
def load(*, overwrite: bool = False) -> int:
    """Add the entries that are not there; how many were written.

    What administrators changed stays theirs, unless ``overwrite`` asks for our texts again.
    """
    written = 0
    for model, name in ((Case, "cases"), (Resource, "resources")):
        for position, entry in enumerate(read(name), start=1):
            lessons = entry.pop("lessons", [])
            slug = entry.pop("slug")
            values = {"position": position * 10, **flat(entry)}
            if overwrite:
                made, new = model.objects.update_or_create(slug=slug, defaults=values)
            else:
                made, new = model.objects.get_or_create(slug=slug, defaults=values)
            if not (new or overwrite):
                continue
            written += 1
            if model is Case:
                write_lessons(made, lessons)
    return written


def write_lessons(case: Case, lessons: list[dict[str, Any]]) -> None:
    case.lessons.all().delete()
    Lesson.objects.bulk_create(
        Lesson(case=case, position=position, **flat(lesson))
        for position, lesson in enumerate(lessons, start=1)
    )
