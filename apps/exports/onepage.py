"""The plan on one page: key figures, pictures, team and ask. Used by render.py and the tests.

Nothing is cut off at the end of the page: what does not fit is said more briefly, step by step.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from apps.exports import typeset
from apps.exports.choices import Stage
from apps.exports.frame import contents_of, frame
from apps.plans.choices import Topic
from apps.plans.summary import BRIEF, key_figures, story, summary_pictures


@dataclass(frozen=True)
class Density:
    """A step. ``room`` for each text in half letters, ``texts`` of each topic but the ask."""

    room: int
    texts: int
    pictures: int = 2
    small: bool = False
    without: frozenset[str] = frozenset()


LESS = frozenset({Topic.TECHNOLOGY, Topic.NEXT})
DENSITIES = (
    Density(BRIEF, 3),
    Density(BRIEF, 3, small=True),
    Density(170, 2, small=True),
    Density(130, 2, small=True),
    Density(105, 2, small=True),
    Density(105, 1, small=True),
    Density(80, 1, 1, small=True, without=LESS),
    Density(60, 1, 0, small=True, without=LESS | {Topic.RISKS, Topic.EDGE}),
)


def render_one_page(order: dict[str, Any], density: int = 0) -> str:
    """The summary as HTML, said as briefly as ``density`` (a step of DENSITIES) asks."""
    contents, step = contents_of(order), DENSITIES[density]
    with translation.override(order["language"]):
        figures = [one for one in key_figures(contents) if one.section.name in order["sections"]]
        told = [
            replace(one, texts=one.texts if one.topic == Topic.ASK else one.texts[: step.texts])
            for one in story(figures, step.room)
            if one.topic not in step.without
        ]
        html = render_to_string(
            "exports/onepage.html",
            {
                "plan": contents.plan,
                "story": told,
                "pictures": summary_pictures(contents, order["sections"])[: step.pictures],
                "small": step.small,
                **frame(order),
            },
        )
    head, begin, body = typeset.without_screen_only(html).partition("<body")
    return f"{head}{begin}{typeset.with_languages(body, order['language'])}"


def produce(
    order: dict[str, Any], target: Path, tools: Any, progress: Callable[[str, int], None]
) -> Any:
    """Print the fullest summary that fits on the page."""
    progress(Stage.CONTENT, 5)
    for density in range(len(DENSITIES)):
        html = render_one_page(order, density)
        progress(Stage.LAYOUT, 15 + 10 * density)
        printed = tools.whole.write_pdf(
            html,
            target,
            identifier=order["hash"],
            on_page=lambda page: None,
            standard=order["standard"],
        )
        if printed.pages == 1:
            break
    return printed
