"""The rubrics that come with the product: data/rubrics.json.

Used by the ``load_rubrics`` command, at every start, and by tests.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.reviews.models import Criterion, Rubric

DATA = Path(__file__).resolve().parent / "data" / "rubrics.json"


def read() -> list[dict[str, Any]]:
    return json.loads(DATA.read_text(encoding="utf-8"))


@transaction.atomic
def load(*, overwrite: bool = False) -> int:
    """Add the rubrics that are not there; how many were written.

    A rubric that is there is its administrators': nothing in it changes, no criterion they took
    out comes back, unless ``overwrite`` asks for our texts again. Their own criteria stay.
    """
    written = 0
    for order, entry in enumerate(read(), start=1):
        values = {**in_columns("name", entry["name"]), "order": order}
        if overwrite:
            rubric, new = Rubric.objects.update_or_create(uid=entry["uid"], defaults=values)
        else:
            rubric, new = Rubric.objects.get_or_create(uid=entry["uid"], defaults=values)
        if new or overwrite:
            written += 1
            write_criteria(rubric, entry["criteria"])
    return written


def write_criteria(rubric: Rubric, entries: list[dict[str, Any]]) -> None:
    for order, entry in enumerate(entries, start=1):
        Criterion.objects.update_or_create(
            rubric=rubric,
            uid=entry["uid"],
            defaults={
                **in_columns("name", entry["name"]),
                "weight": entry["weight"],
                "sections": entry["sections"],
                "anchors": entry["anchors"],
                "order": order,
            },
        )


def in_columns(name: str, texts: dict[str, str]) -> dict[str, str]:
    """{"en": …, "zh": …} as the models have it: name_en, name_zh."""
    return {f"{name}_{language}": text for language, text in texts.items()}
