"""Whether the dates of the money lie in the months that the plan counts. Used by checks.py only."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION, month_index
from apps.funding.inputs import MONTHS
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.sections import registry

# Tables of all sections whose rows cost money in their months: the fields of their first and last
# day, and that of the money without which a date says nothing here. Tasks and milestones are held
# against the plan by the project section, which knows what moves them.
DATED = (
    ("funding.cost", "start", "end", ""),
    ("team.role", "start", "end", ""),
    ("team.training", "date", "date", "cost"),
    ("branding.channel", "start", "end", "budget"),
    ("technology.data", "acquired", "acquired", "cost"),
    ("technology.run", "start", "end", "cost"),
    ("risks.action", "due", "due", "cost"),
)


def horizon(outlook: Outlook) -> Iterator[Finding]:
    """Nothing that has a date is left out of the model without a word."""
    yield from _moments(outlook)
    for path, first, last, cost in DATED:
        section, _dot, part = path.partition(".")
        if registry.has(path) and section not in outlook.contents.hidden:
            for row in outlook.contents.part(path):
                if not cost or getattr(row, cost):
                    yield from _span(outlook, row, Place(section, part, row.uid), first, last)


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


def _span(outlook: Outlook, row: Any, place: Place, first: str, last: str) -> Iterator[Finding]:
    """What has a beginning and an end touches the plan."""
    begins = outlook.contents.plan.start_month
    start, end = getattr(row, first), getattr(row, last)
    started, ended = month_index(begins, start), month_index(begins, end)
    if started is not None and started >= MONTHS:
        yield _outside(outlook, row, start, replace(place, field=first))
    elif ended is not None and ended < 0:
        # What a run needs gives its end: only the start is written.
        written = last if last in registry[place.section].part(place.part).fields else first
        yield _outside(outlook, row, end, replace(place, field=written))


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
