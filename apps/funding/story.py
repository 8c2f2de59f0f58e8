"""What the funding tells the executive summary: the years in figures, what is raised and what for.
Used by overview.py and answers.py only."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding import metrics, statements
from apps.funding.choices import Status
from apps.funding.inputs import ZERO
from apps.funding.outlook import Outlook
from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic

MOST_ROUNDS, MOST_USES = 4, 4


def story(outlook: Outlook) -> list[Figure]:
    return [*unknown(outlook), *years(outlook), *rounds(outlook)]


# --- What nobody knows ----------------------------------------------------------------------------
def unknown(outlook: Outlook) -> list[Figure]:
    """The figures that are missing because of an input, with that input, so that nobody overlooks
    either."""
    inputs = outlook.assembly.inputs
    missing = metrics.missing_input(inputs)
    if not missing or missing == inputs.withheld.inference:  # told beside each figure
        return []
    said = (
        _("Margin and cash are not known yet. %(missing)s")
        if inputs.revenue_known
        else _("Revenue, margin and cash are not known yet. %(missing)s")
    ) % {"missing": missing}
    return [
        Figure("unknown", _("Not known yet"), said, "text", outlook.missing_place, Topic.RESULTS)
    ]


# --- The years ------------------------------------------------------------------------------------
def years(outlook: Outlook) -> list[Figure]:
    """The lines of the statements that an investor looks for."""
    if outlook.empty:
        return []
    base, streams = outlook.base, Place("funding", "stream")
    found = []
    # Without a stream nobody has said yet what is earned: that is no zero to show an investor.
    if outlook.revenue_known:
        found.append(
            Figure("revenue_by_year", _("Revenue"), by_year(base.sales), "years", streams,
                   Topic.RESULTS)
        )  # fmt: skip
    given, kept, earns = base.inputs, base.inputs.withheld, outlook.revenue_known
    closing = tuple(base.closing[last - 1] for _first, last in statements.YEARS)
    for key, label, value, is_known, why in (
        ("gross_profit_by_year", _("Gross profit"), by_year(base.gross_profit),
         given.margin_known and earns, kept.inference if earns else ""),
        ("ebitda_by_year", _("EBITDA"), by_year(base.ebitda),
         given.profit_known and earns, kept.costs if earns else ""),
        ("cash_by_year", _("Closing cash"), closing, base.cash_known, kept.costs),
    ):  # fmt: skip
        place = Place("funding", "assumptions") if key == "cash_by_year" else streams
        if is_known or why:
            found.append(
                Figure(key, label, value if is_known else None, "years", place, Topic.RESULTS,
                       "" if is_known else why)
            )  # fmt: skip
    return found


def by_year(months: Any) -> tuple[Decimal, ...]:
    return tuple(metrics.part(months, first, last) for first, last in statements.YEARS)


# --- The ask --------------------------------------------------------------------------------------
def rounds(outlook: Outlook) -> list[Figure]:
    """The rounds that are asked for, and what the first of them is used for."""
    open_rounds = asked(outlook)
    found = [
        Figure(f"ask_{number}", _("Round"), told(row, outlook), "text",
               Place("funding", "round", row.uid), Topic.ASK)
        for number, row in enumerate(open_rounds[:MOST_ROUNDS], start=1)
    ]  # fmt: skip
    if open_rounds and (used := uses(outlook, open_rounds[0])):
        found.append(
            Figure("use_of_funds", _("Use of funds"), used, "text", Place("funding", "use"),
                   Topic.ASK)
        )  # fmt: skip
    return found


def asked(outlook: Outlook) -> list[Any]:
    """The rounds whose money is not there yet."""
    return [row for row in outlook.rounds if row.amount and row.status != Status.CLOSED]


def told(row: Any, outlook: Outlook) -> str:
    """What is asked of an investor, in a line: amount, month, share, valuation, how far it is."""
    currency = outlook.contents.plan.currency
    parts = [money.short_money(row.amount, currency)]
    if row.month:
        parts.append(money.month(row.month))
    if row.share_sold is not None:
        sold, before = row.share_text, money.short_money(row.pre_money, currency)
        parts.append(_("%(share)s at %(value)s pre-money") % {"share": sold, "value": before})
    if row.status:
        parts.append(row.get_status_display())
    return f"{row}: {' · '.join(parts)}"


def uses(outlook: Outlook, row: Any) -> str:
    rows = [use for use in outlook.contents.part("funding.use") if use.round == row.uid]
    largest = sorted((use for use in rows if use.share), key=lambda use: -(use.share or ZERO))
    named = [f"{use} {money.percent(use.share)}" for use in largest[:MOST_USES]]
    if not named:
        return ""
    listed = _(", ").join(named)
    return _("Use of the %(round)s: %(uses)s.") % {"round": row, "uses": listed}
