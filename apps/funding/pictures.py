"""The pictures of the funding section, from the outlook. Used by overview.py only."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import charts, money
from apps.funding.choices import Purpose, cost_label
from apps.funding.inputs import MONTHS, Months, total
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.funding.sensitivity import runway

FLATTENS = 50  # a curve this many times the plan's own makes a straight line of it
MOST_SERIES = 6  # more repeat their patterns; the smallest are summed up
Text = Callable[[Any], str]
Draw = Callable[[Outlook], charts.Picture | None]


class Pictures(Mapping[str, charts.Picture | None]):
    """Pictures by name, each drawn when first asked for: the editor shows one or two of them."""

    def __init__(self, outlook: Outlook) -> None:
        self._outlook = outlook
        self._drawn: dict[str, charts.Picture | None] = {}

    def __getitem__(self, name: str) -> charts.Picture | None:
        if name not in self._drawn:
            self._drawn[name] = DRAWN_BY[name](self._outlook)
        return self._drawn[name]

    def __iter__(self) -> Iterator[str]:
        return iter(DRAWN_BY)

    def __len__(self) -> int:
        return len(DRAWN_BY)


def _short(outlook: Outlook) -> Text:
    return lambda value: money.short_money(value, outlook.contents.plan.currency)


def cash(outlook: Outlook) -> charts.Picture | None:
    """Cash at the end of each month: the scenarios, and the plan without unsigned rounds."""
    if not outlook.base.cash_known:
        return None
    curves = [(one.label, one.result) for one in outlook.scenarios[: MOST_SERIES - 1]]
    curves, beyond = _drawable(curves, outlook.base)
    if outlook.unsigned:
        curves.append((_("Without rounds not signed yet"), outlook.signed))
    return charts.panels(
        id="funding-cash",
        title=_("Cash at the end of each month"),
        labels=outlook.month_names,
        label_head=_("Month"),
        panels=[
            charts.Panel(
                _("Cash; too large to be drawn: %(curves)s") % {"curves": _(", ").join(beyond)}
                if beyond
                else _("Cash"),
                [charts.Series(label, result.closing) for label, result in curves],
                kind="line",
                format_value=_short(outlook),
            )
        ],
        panel_height=240,
    )


def _drawable(
    curves: list[tuple[str, Result]], base: Result
) -> tuple[list[tuple[str, Result]], list[str]]:
    """The curves that leave the plan's own one readable, and the names of those that do not."""
    most = max(map(abs, base.closing)) * FLATTENS
    fits = {label: max(map(abs, result.closing)) <= most for label, result in curves}
    return [one for one in curves if fits[one[0]] or not most], [
        label for label, fit in fits.items() if most and not fit
    ]


def burn(outlook: Outlook) -> charts.Picture | None:
    """What the business eats a month, above the people it employs."""
    if not outlook.base.inputs.profit_known:
        return None
    panels = [
        charts.Panel(
            _("Net burn a month; below zero the business earns"),
            [charts.Series(_("Net burn"), outlook.base.net_burn)],
            format_value=_short(outlook),
        )
    ]
    if outlook.heads:
        series = [charts.Series(_("Headcount"), outlook.heads)]
        panels.append(charts.Panel(_("Headcount of the team section"), series, "step", whole=True))
    return charts.panels(
        id="funding-burn",
        title=_("Burn and headcount by month"),
        labels=outlook.month_names,
        label_head=_("Month"),
        panels=panels,
    )


def revenue(outlook: Outlook) -> charts.Picture | None:
    result = outlook.base
    named = [(stream.name, result.revenue[stream.key]) for stream in result.inputs.streams]
    if not any(result.sales) or not result.inputs.revenue_known:
        return None
    title = _("Revenue by stream and month")
    return _columns(outlook, "funding-revenue", title, _("Revenue"), named)


def costs(outlook: Outlook) -> charts.Picture | None:
    result = outlook.base
    if not result.inputs.costs_known:
        return None
    named = [(_("Inference"), result.inference), (_("Other variable cost"), result.variable)]
    groups: dict[str, list[Months]] = {}
    for (block, group), months in result.costs.items():
        if block != "capital":
            groups.setdefault(cost_label(group), []).append(months)
    named += [(label, total(columns)) for label, columns in groups.items()]
    if not any(any(months) for _label, months in named):
        return None
    title = _("Costs by kind and month")
    return _columns(outlook, "funding-costs", title, _("Costs"), named)


def _columns(
    outlook: Outlook, id: str, title: str, panel: str, named: Sequence[tuple[str, Months]]
) -> charts.Picture | None:
    """Stacked columns, the largest series first, the smallest summed up."""
    ranked = sorted(named, key=lambda item: -sum(item[1]))
    ranked = [(label, months) for label, months in ranked if any(months)]
    if len(ranked) > MOST_SERIES:
        rest = total(months for _label, months in ranked[MOST_SERIES - 1 :])
        ranked = [*ranked[: MOST_SERIES - 1], (_("All others"), rest)]
    series = [charts.Series(label, months) for label, months in ranked]
    return charts.panels(
        id=id,
        title=title,
        labels=outlook.month_names,
        label_head=_("Month"),
        panels=[charts.Panel(panel, series, format_value=_short(outlook))],
        panel_height=200,
    )


def tornado(outlook: Outlook) -> charts.Picture | None:
    """What ±20 % of a driver does to the runway; to the last month's cash if that says more."""
    base = outlook.base
    if not base.cash_known:
        return None
    months = {move.label: (runway(move.low), runway(move.high)) for move in outlook.tornado}
    if base.cash_out is not None and len({*sum(months.values(), ()), base.cash_out}) > 1:
        ends: dict[str, tuple[Any, Any]] = months
        title, base_label = _("What moves the runway"), _("Runway in months")
        value, text = float(base.cash_out), _months_text
    else:
        ends = {
            move.label: (move.low.closing[-1], move.high.closing[-1]) for move in outlook.tornado
        }
        title, base_label = _("What moves the cash after 36 months"), _("Cash")
        value, text = float(base.closing[-1]), _short(outlook)
    return charts.tornado(
        id="funding-tornado",
        title=title,
        swings=[charts.Swing(label, low, high) for label, (low, high) in ends.items()],
        base=value,
        low_label=_("20 % lower"),
        high_label=_("20 % higher"),
        base_label=base_label,
        format_value=text,
        label_head=_("Driver"),
    )


def _months_text(value: Any) -> str:
    return (
        f"{MONTHS}+" if value is not None and float(value) >= MONTHS else charts.plain_number(value)
    )


def survival(outlook: Outlook) -> charts.Picture | None:
    """The chance that there is cash left, month by month."""
    if outlook.chances is None:
        return None
    planned, signed = outlook.chances
    named = [(_("With all rounds"), planned)]
    if outlook.unsigned:
        named.append((_("With signed rounds only"), signed))
    return charts.panels(
        id="funding-survival",
        title=_("Chance that there is cash left"),
        labels=outlook.month_names,
        label_head=_("Month"),
        panels=[
            charts.Panel(
                _("Share of all draws"),
                [charts.Series(label, spread.alive) for label, spread in named],
                kind="line",
                format_value=lambda share: f"{float(share):.0%}",
            )
        ],
    )


def use_of_funds(outlook: Outlook) -> charts.Picture | None:
    """Amounts by purpose, one pattern a round."""
    uses = outlook.contents.part("funding.use")
    amounts: dict[tuple[str, str], Decimal] = {}
    for use in uses:
        if use.amount is not None:
            key = (use.round, use.purpose)
            amounts[key] = amounts.get(key, Decimal(0)) + use.amount
    purposes = [one for one in Purpose if any(purpose == one for _round, purpose in amounts)]
    return charts.bars(
        id="funding-use",
        title=_("Use of funds"),
        labels=[str(one.label) for one in purposes],
        series=[
            charts.Series(row.name, [amounts.get((row.uid, one.value)) for one in purposes])
            for row in outlook.rounds
            if any(round == row.uid for round, _purpose in amounts)
        ],
        stacked=True,
        format_value=_short(outlook),
        label_head=_("Used for"),
    )


def cap_table(outlook: Outlook) -> charts.Picture | None:
    """Who owns what, before and after each round; the smallest holders summed up."""
    owned = outlook.ownership
    if owned is None:
        return None
    rows = sorted(owned.rows, key=lambda row: -max(row[1]))
    if len(rows) > MOST_SERIES:
        rest = [
            sum(column) for column in zip(*(row[1] for row in rows[MOST_SERIES - 1 :]), strict=True)
        ]
        rows = [*rows[: MOST_SERIES - 1], (_("All others"), tuple(rest))]
    return charts.share_bars(
        id="funding-cap-table",
        title=_("Ownership before and after each round"),
        labels=list(owned.moments),
        series=[charts.Series(name, shares) for name, shares in rows],
        format_value=lambda share: money.percent(round(Decimal(share), 1)),
        label_head=_("After"),
    )


def _if_any(draw: Draw) -> Draw:
    """Nothing is drawn of a plan in which there is nothing to compute with."""
    return lambda outlook: None if outlook.empty else draw(outlook)


DRAWN_BY: dict[str, Draw] = {
    "cash": _if_any(cash),
    "burn": _if_any(burn),
    "revenue": _if_any(revenue),
    "costs": _if_any(costs),
    "tornado": _if_any(tornado),
    "survival": _if_any(survival),
    "use_of_funds": use_of_funds,
    "cap_table": cap_table,
}
