"""The financial statements as tables of text: by year, by quarter, by month. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.choices import cost_label
from apps.funding.inputs import MONTHS, NOTHING, Months, minus, total
from apps.funding.metrics import unit_economics
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.plans.checks import Place
from apps.plans.sections import registry

YEARS = ((0, 12), (12, 24), (24, 36))
LARGE = Decimal(10) ** 10  # from here on a cell shows 12.3B instead of all digits


@dataclass(frozen=True)
class Line:
    """A line over the months. ``over``: how a period is read from its months; ``known``: False
    where an input is missing, so that every cell is a dash."""

    label: str
    months: Months
    strong: bool = False
    places: tuple[Place, ...] = ()
    over: Callable[[Sequence[Decimal]], Decimal] = sum
    known: bool = True


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[str, ...]
    strong: bool = False
    places: tuple[Place, ...] = ()

    @property
    def origins(self) -> list[tuple[Place, str]]:
        """Where the figure is written, each place with the title of its section."""
        known = [place for place in self.places if place.section in registry]
        return [(place, str(registry[place.section].title)) for place in known]


@dataclass(frozen=True)
class Statement:
    """A table: ``title`` is its caption, ``heads`` the periods."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


# --- Lines ---------------------------------------------------------------------------------------
def own(part: str, row: str = "") -> Place:
    return Place("funding", part, row)


def income_lines(outlook: Outlook) -> list[Line]:
    result = outlook.base
    known, sold = result.inputs.margin_known, result.inputs.revenue_known
    spent, earned = result.inputs.costs_known, result.inputs.profit_known
    streams = [
        Line(stream.name, result.revenue[stream.key], places=(own("stream", stream.key),))
        for stream in result.inputs.streams
    ]
    return [
        *streams,
        Line(_("Revenue"), result.sales, strong=True, known=sold),
        Line(
            _("Inference"),
            result.inference,
            places=(outlook.assembly.inference_place,),
            known=known,
        ),
        Line(_("Other variable cost"), result.variable, places=(own("stream"),), known=sold),
        *_cost_lines(outlook, "revenue"),
        Line(_("Gross profit"), result.gross_profit, strong=True, known=known),
        *_cost_lines(outlook, "running"),
        Line(_("Operating costs"), result.running, strong=True, known=spent),
        Line(_("EBITDA"), result.ebitda, strong=True, known=earned),
        Line(_("Interest"), result.interest, places=(own("round"),)),
        Line(
            _("Tax"),
            result.tax,
            places=(own("assumptions"),),
            known=earned or not result.inputs.tax,
        ),
        *_profit_line(result, earned),
    ]


def _profit_line(result: Result, known: bool) -> list[Line]:
    """Nothing where neither interest nor tax stands between it and EBITDA."""
    if result.profit == result.ebitda:
        return []
    return [Line(_("Profit before depreciation"), result.profit, strong=True, known=known)]


def _cost_lines(outlook: Outlook, block: str) -> list[Line]:
    return [
        Line(
            cost_label(group),
            months,
            places=_origins(outlook, block, group),
            known=group not in outlook.base.inputs.withheld.groups,
        )
        for (of_block, group), months in outlook.base.costs.items()
        if of_block == block
    ]


def _origins(outlook: Outlook, block: str, group: str) -> tuple[Place, ...]:
    """Where the costs of a line are written: the row, or the part in which there are several."""
    rows: dict[tuple[str, str], list[Place]] = {}
    for cost in outlook.assembly.inputs.costs:
        if cost.block == block and cost.group == group:
            rows.setdefault((cost.place.section, cost.place.part), []).append(cost.place)
    return tuple(
        places[0] if len(places) == 1 else Place(section, part)
        for (section, part), places in rows.items()
    )


def cash_lines(outlook: Outlook) -> list[Line]:
    """What comes in is above zero, what goes out below."""
    result = outlook.base
    return [
        Line(_("Opening cash"), result.opening, True, (own("assumptions"),), _first),
        Line(_("Received from customers"), result.receipts, places=(own("stream"),)),
        Line(_("Paid for operations"), _out(total((result.cost_of_revenue, result.running)))),
        Line(_("Capital expenditure"), _out(result.capital), places=(own("cost"),)),
        Line(_("Interest and tax"), _out(total((result.interest, result.tax)))),
        Line(_("Money raised"), result.raised, places=(own("round"),)),
        Line(_("Loans repaid"), _out(result.repaid), places=(own("round"),)),
        Line(_("Closing cash"), result.closing, strong=True, over=_last),
        Line(_("Net burn"), result.net_burn),
    ]


def _out(months: Months) -> Months:
    return minus(NOTHING, months)


def _first(values: Sequence[Decimal]) -> Decimal:
    return values[0]


def _last(values: Sequence[Decimal]) -> Decimal:
    return values[-1]


# --- Tables --------------------------------------------------------------------------------------
def table(
    title: str, lines: list[Line], heads: Sequence[str], periods: Sequence[tuple[int, int]]
) -> Statement:
    """Lines that are zero in all of these periods are left out, unless they are totals."""
    rows = [
        Row(
            line.label,
            tuple(_cell(line, first, last) for first, last in periods),
            line.strong,
            line.places,
        )
        for line in lines
        if line.strong or not line.known or any(line.months[periods[0][0] : periods[-1][1]])
    ]
    return Statement(title, tuple(heads), tuple(rows))


def _cell(line: Line, first: int, last: int) -> str:
    return amount(line.over(line.months[first:last])) if line.known else money.UNKNOWN


def amount(value: Decimal) -> str:
    """Whole units; a statement says no more in cents."""
    if abs(value) > money.MOST:
        return money.beyond(value < 0)
    text = money.short_number(value) if abs(value) >= LARGE else money.number(value, 0)
    return "0" if text == "-0" else text


def by_year(outlook: Outlook) -> list[Statement]:
    heads = [_("Year %(number)s") % {"number": year} for year in (1, 2, 3)] + [_("36 months")]
    return _both(outlook, heads, [*YEARS, (0, MONTHS)])


def by_quarter(outlook: Outlook) -> list[Statement]:
    periods = [(first, first + 3) for first in range(0, MONTHS, 3)]
    heads = [
        f"{outlook.month_names[first]}\u2013{outlook.month_names[last - 1][-2:]}"
        for first, last in periods
    ]
    return _both(outlook, heads, periods)


def by_month(outlook: Outlook) -> list[list[Statement]]:
    """The statements of each year: a page each."""
    pages = []
    for first, last in YEARS:
        heads = outlook.month_names[first:last]
        pages.append(_both(outlook, heads, [(month, month + 1) for month in range(first, last)]))
    return pages


def _both(
    outlook: Outlook, heads: Sequence[str], periods: Sequence[tuple[int, int]]
) -> list[Statement]:
    statements = [table(_("Profit and loss"), income_lines(outlook), heads, periods)]
    if outlook.base.cash_known:
        statements.append(table(_("Cash flow"), cash_lines(outlook), heads, periods))
    return statements


# --- Unit economics ------------------------------------------------------------------------------
@dataclass(frozen=True)
class MetricRow:
    label: str
    cells: tuple[str, ...]
    missing: str  # why the last cell is empty, if it is


def economics(result: Result, currency: str) -> list[MetricRow]:
    """Each metric by year and over the whole plan."""
    columns = [unit_economics(result, *period) for period in (*YEARS, (0, MONTHS))]
    rows = []
    for metrics in zip(*columns, strict=True):
        cells = tuple(metric_text(metric, currency) for metric in metrics)
        whole = metrics[-1]
        rows.append(MetricRow(whole.label, cells, whole.missing if whole.value is None else ""))
    return rows


def metric_text(metric: Any, currency: str) -> str:
    value = metric.value
    if value is None:
        return money.UNKNOWN
    if metric.unit == "money":
        return (
            money.money(round(value), currency)
            if abs(value) < LARGE
            else (money.short_money(value, currency))
        )
    if metric.unit == "ratio":
        return money.ratio(value)
    if abs(value) >= LARGE:
        return money.short_number(value)
    return {
        "percent": lambda: money.percent(value, 1),
        "months": lambda: _("%(count)s months") % {"count": money.number(value, 1)},
        "number": lambda: money.number(value, 1),
    }[metric.unit]()
