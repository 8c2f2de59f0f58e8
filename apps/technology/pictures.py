"""The pictures of the technology section. Used by section.py only."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import charts, money
from apps.technology.choices import Right
from apps.technology.models import Run, Step

MOST_ROWS = 30  # more would not fit one printed page; the tables have them all


def lifecycle(steps: Sequence[Step], today: date) -> charts.Picture | None:
    """Each step over calendar time, by stage; None while no step has a start."""
    drawn = steps[:MOST_ROWS]
    return charts.calendar(
        id="technology-lifecycle",
        title=_("The model's lifecycle"),
        spans=[
            charts.Span(
                step.name,
                step.start,
                step.end,
                group=step.get_stage_display(),
                note=step.get_status_display(),
            )
            for step in drawn
        ],
        format_month=lambda day: f"{day:%Y-%m}",
        format_date=money.day,
        today=today,
        today_label=_("Today"),
        label_head=pgettext("technology", "Step"),
        start_head=pgettext("technology", "Start"),
        end_head=pgettext("technology", "End"),
        description=left_out(len(steps)),
    )


def run_costs(runs: Sequence[Run], currency: str) -> charts.Picture | None:
    """What each run costs; None while no cost is known."""
    drawn = runs[:MOST_ROWS]
    return charts.bars(
        id="technology-run-costs",
        title=_("Cost of each run"),
        labels=[run.name for run in drawn],
        series=[charts.Series(_("Cost"), [run.cost for run in drawn])],
        format_value=lambda value: money.short_money(value, currency),
        label_head=pgettext("technology", "Run"),
        description=left_out(len(runs)),
    )


def rights(tokens: dict[str, Decimal]) -> charts.Picture | None:
    """{right to train: tokens} as shares of all data whose size is known."""

    def size(value: Any) -> str:
        return money.short_number(value)

    return charts.donut(
        id="technology-rights",
        title=_("Training tokens by the right to train on them"),
        shares=[charts.Share(str(right.label), tokens.get(right, 0)) for right in Right],
        centre=size(sum(tokens.values(), Decimal(0))),
        format_value=size,
        label_head=_("Right to train"),
        value_head=_("Tokens"),
    )


def left_out(rows: int) -> str:
    more = rows - MOST_ROWS
    return _("%(count)d more rows are not drawn.") % {"count": more} if more > 0 else ""
