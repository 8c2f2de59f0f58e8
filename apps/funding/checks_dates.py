"""Whether the dates of the money lie in the months that the plan counts. Used by checks.py only."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION, month_index
from apps.funding.inputs import MONTHS
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.sections import registry

LASTING = ("funding.cost", "team.role")  # they have an end, and may have begun before the plan


def horizon(outlook: Outlook) -> Iterator[Finding]:
    """Nothing that has a date is left out of the model without a word."""
    yield from _moments(outlook)
    for path in LASTING:
        section = path.partition(".")[0]
        if registry.has(path) and section not in outlook.contents.hidden:
            yield from _spans(outlook, path)


def _moments(outlook: Outlook) -> Iterator[Finding]:
    """Revenue begins, and money comes, within the plan."""
    first = outlook.contents.plan.start_month
    for row in outlook.contents.part("funding.stream"):
        month = month_index(first, row.start)
        place = Place(SECTION, "stream", row.uid, "start")
        if month is not None and month >= MONTHS:
            yield _outside(outlook, row, row.start, place)
        elif month is not None and month < 0:
            message = _(
                "“%(row)s” begins in %(day)s, before the plan. It is counted from %(first)s on, "
                "with its customers at the start."
            ) % {"row": row, "day": money.month(row.start), "first": outlook.month(0)}
            yield Finding("funding.stream_before_plan", "hint", message, (place,))
    for row in outlook.rounds:
        month = month_index(first, row.month)
        if month is not None and not 0 <= month < MONTHS:
            place = Place(SECTION, "round", row.uid, "month")
            yield _outside(outlook, row, row.month, place)


def _spans(outlook: Outlook, path: str) -> Iterator[Finding]:
    """What has a beginning and an end touches the plan."""
    first = outlook.contents.plan.start_month
    section, _dot, part = path.partition(".")
    for row in outlook.contents.part(path):
        start, end = month_index(first, row.start), month_index(first, row.end)
        if start is not None and start >= MONTHS:
            yield _outside(outlook, row, row.start, Place(section, part, row.uid, "start"))
        elif end is not None and end < 0:
            yield _outside(outlook, row, row.end, Place(section, part, row.uid, "end"))


def _outside(outlook: Outlook, row: Any, day: Any, place: Place) -> Finding:
    message = _(
        "“%(row)s” (%(day)s) lies outside the months that the plan counts (%(first)s to %(last)s), "
        "so it is not counted. Check its date."
    ) % {
        "row": row,
        "day": money.month(day),
        "first": outlook.month(0),
        "last": outlook.month(MONTHS - 1),
    }
    return Finding("funding.outside_plan", "warning", message, (place,))
