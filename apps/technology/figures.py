"""The key figures of the technology: what training and serving cost, and the right to train.

Used by section.py only.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content
from apps.technology import rules
from apps.technology.choices import Right
from apps.technology.computed import models
from apps.technology.story import story


def tokens_by_right(content: Content) -> dict[str, Decimal]:
    """{right to train: tokens}, of the sources that a run uses; a right that nobody answered for
    counts as unknown."""
    used = {source.uid for run in content["run"] for source in run.sources}
    sums: dict[str, Decimal] = {}
    for source in content["data"]:
        if source.size and source.uid in used:
            right = source.right_or_unknown
            sums[right] = sums.get(right, Decimal(0)) + source.size
    return sums


def without_right(content: Content) -> Decimal | None:
    """The per cent of the tokens used that the company may not, or perhaps not, train on."""
    sums = tokens_by_right(content)
    lacking = sums.get(Right.NO, Decimal(0)) + sums.get(Right.UNKNOWN, Decimal(0))
    return rules.share(lacking, rules.total(sums.values()))


def largest_model(content: Content) -> tuple[str, Decimal | None]:
    """The model that takes the most training compute, and how much: thresholds count each model."""
    sums = [(name, rules.total(run.flops for run in runs)) for name, runs in models(content)]
    known = [(name, flops) for name, flops in sums if flops is not None]
    return max(known, key=lambda one: one[1], default=("", None))


def figures(content: Content) -> list[Figure]:
    runs, data = Place("technology", "run"), Place("technology", "data")
    serving, (_name, flops) = content["serving"], largest_model(content)
    return [
        Figure(
            "training_cost",
            _("Cost of all training runs"),
            rules.total(run.cost for run in content["run"]),
            "money",
            runs,
        ),
        Figure(
            "data_cost",
            _("Cost of the data"),
            rules.total(source.cost for source in content["data"]),
            "money",
            data,
        ),
        Figure(
            "cost_per_million_tokens",
            _("Serving cost of 1M tokens"),
            serving.cost_per_million,
            "money",
            Place("technology", "serving"),
            Topic.TECHNOLOGY,
        ),
        Figure(
            "training_flops",
            _("Training compute of the largest model, in FLOPs"),
            None if flops is None else rules.scientific(flops),
            "text",
            runs,
        ),
        *rights(content),
        *story(content),
    ]


def rights(content: Content) -> list[Figure]:
    """Only a plan that trains asks for the right to train."""
    if not content["run"] and not content["profile"].trains:
        return []
    return [
        Figure(
            "tokens_without_right",
            _("Training tokens without the right to train"),
            without_right(content),
            "percent",
            Place("technology", "data"),
        )
    ]
