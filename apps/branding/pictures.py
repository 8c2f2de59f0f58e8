"""The pictures of the brand section: budget by route and objective, channel calendar, equity."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.branding.models import Block, Channel, EquityBlock, Objective, Route
from apps.core import charts, money

ROUTE_LABELS, OBJECTIVE_LABELS = dict(Route.choices), dict(Objective.choices)
CALENDAR_ROWS = 30  # more do not fit a printed page


def budget(channels: Sequence[Channel], currency: str) -> charts.Picture | None:
    """Each route's budget over its period, parted by the objective it serves."""
    known = [row for row in channels if row.total_budget]
    routes = list(dict.fromkeys(row.route for row in known))
    objectives = [*OBJECTIVE_LABELS, ""]
    sums: dict[tuple[str, str], Decimal] = {}
    for row in known:
        at = (row.route, row.objective if row.objective in OBJECTIVE_LABELS else "")
        sums[at] = sums.get(at, Decimal(0)) + row.total_budget
    routes.sort(key=lambda route: -sum(sums.get((route, goal), 0) for goal in objectives))
    return charts.bars(
        id="branding-budget",
        title=_("Budget by route and objective"),
        labels=[route_label(route) for route in routes],
        series=[
            charts.Series(objective_label(goal), [sums.get((route, goal)) for route in routes])
            for goal in objectives
            if any((route, goal) in sums for route in routes)
        ],
        stacked=True,
        format_value=lambda value: money.short_money(value, currency),
        value_label=_("Budget over the period of each channel"),
        label_head=_("Route"),
    )


def calendar(channels: Sequence[Channel]) -> charts.Picture | None:
    """When each channel runs; patterns tell the families of routes apart."""
    rows = sorted(channels, key=lambda row: (row.start or date.max, row.position))
    return charts.calendar(
        id="branding-calendar",
        title=_("Channel calendar"),
        spans=[
            charts.Span(row.name, *_period(row), group=row.family_label or _("No route yet"))
            for row in rows[:CALENDAR_ROWS]
        ],
        format_month=money.month,
        format_date=money.day,
        label_head=_("Channel"),
        start_head=_("Start date"),
        end_head=_("End date"),
    )


def equity(blocks: Sequence[EquityBlock]) -> charts.Picture | None:
    """Each building block's score today and at the end of the plan, from the base upwards."""
    first = {row.block: row for row in reversed(blocks)}
    return charts.dumbbell(
        id="branding-equity",
        title=_("Brand equity: today and target"),
        changes=[
            charts.Change(block.label, first[block.value].current, first[block.value].target)
            for block in Block
            if block.value in first
        ],
        current_label=_("Score today"),
        target_label=_("Target score"),
        label_head=_("Building block"),
    )


def route_label(route: str) -> str:
    return str(ROUTE_LABELS.get(route) or _("No route yet"))


def objective_label(objective: str) -> str:
    return str(OBJECTIVE_LABELS.get(objective) or _("No objective yet"))


def _period(row: Channel) -> tuple[date | None, date | None]:
    """Start and end, or nothing where they cannot be drawn."""
    return (None, None) if row.months is None else (row.start, row.end)
