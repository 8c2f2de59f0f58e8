"""Whether revenue waits for its milestone, and what it means for the cash if it does. Used by
checks.py only.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION, month_index
from apps.funding.inputs import Inputs
from apps.funding.metrics import lowest_cash
from apps.funding.model import run
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.plans.checks import Finding, Place
from apps.plans.sections import registry


def too_early(outlook: Outlook) -> Iterator[Finding]:
    """No stream begins to earn before the milestone it waits for."""
    contents = outlook.contents
    if not registry.has("projects.milestone") or "projects" in contents.hidden:
        return
    early = list(_early(outlook))
    for row, milestone, earns, ready in early:
        message = _(
            "“%(stream)s” earns from %(earns)s on, but waits for “%(milestone)s”, which comes "
            "in %(ready)s. Move the revenue or the milestone."
        ) % {
            "stream": row, "earns": outlook.month(earns), "milestone": milestone,
            "ready": outlook.month(ready),
        }  # fmt: skip
        if outlook.base.cash_known:
            waiting = {one.uid: ready for one, other, *_rest in early if other is milestone}
            moved = run(held_back(outlook.assembly.inputs, waiting))
            message = f"{message} {_effect(outlook, moved)}"
        places = (
            Place(SECTION, "stream", row.uid, "start"),
            Place("projects", "milestone", milestone.uid, "due"),
        )
        yield Finding("funding.revenue_too_early", "error", message, places)


def _early(outlook: Outlook) -> Iterator[tuple[Any, Any, int, int]]:
    """Streams that earn before their milestone: (stream, milestone, month it earns, its month)."""
    first = outlook.contents.plan.start_month
    for row in outlook.contents.part("funding.stream"):
        milestone = row.milestone_ref.row
        ready = month_index(first, milestone_day(milestone)) if milestone else None
        earns = max(0, month_index(first, row.start) or 0)
        if ready is not None and ready > earns and row.uid in outlook.base.revenue:
            yield row, milestone, earns, ready


def milestone_day(milestone: Any) -> date | None:
    """When it was reached; else the later of its date and what its tasks forecast."""
    days = [day for day in (milestone.due, milestone.forecast) if day]
    return milestone.reached or max(days, default=None)


def held_back(inputs: Inputs, waiting: dict[str, int]) -> Inputs:
    """The same plan with these streams ({stream: month}) beginning no earlier than their month.
    What is sold to the customers of such a stream waits with it; nothing else moves."""
    return inputs.but(
        streams=tuple(
            replace(
                one,
                start=max(one.start, waiting.get(one.source or one.key, 0)),
                sold=max(one.sold, waiting.get(one.key, 0)),
            )
            for one in inputs.streams
        )
    )


def _effect(outlook: Outlook, moved: Result) -> str:
    """What becomes of the cash, beside what it is in the plan as written."""
    low, month = lowest_cash(moved)
    low_written, _month = lowest_cash(outlook.base)
    currency = outlook.contents.plan.currency
    words = {
        "out": outlook.month(moved.cash_out), "written": outlook.month(outlook.base.cash_out),
        "low": money.short_money(low, currency), "month": outlook.month(month),
        "low_written": money.short_money(low_written, currency),
    }  # fmt: skip
    if moved.cash_out is None:
        said = _(
            "If all that waits for it begins only then, the cash still lasts: at its lowest "
            "%(low)s are left, in %(month)s (as written: %(low_written)s)."
        )
    else:
        said = _(
            "If all that waits for it begins only then, the cash is gone in %(out)s (as written: "
            "%(written)s), and at its lowest it stands at %(low)s in %(month)s (as written: "
            "%(low_written)s)."
        )
    return said % words
