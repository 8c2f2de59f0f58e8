"""The numbers at the head of the funding page, each with what it means or what it lacks. Used by
overview.py only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding import metrics, statements
from apps.funding.checks_unknown import lacking
from apps.funding.comparison import break_even
from apps.funding.inputs import ZERO
from apps.funding.outlook import Outlook
from apps.plans.checks import Place

MOST_LEFT_OUT = 2  # rows that a headline names
# Anchors of the reading page: the tables that the headlines are read from.
STATEMENTS, ECONOMICS = Place("funding", "statements"), Place("funding", "economics")


@dataclass(frozen=True)
class Headline:
    label: str
    text: str
    note: str = ""
    place: Place = STATEMENTS


def headlines(outlook: Outlook) -> list[Headline]:
    """The numbers that every change moves."""
    if outlook.empty:
        return []
    base, currency = outlook.base, outlook.contents.plan.currency
    margin, *_rest = economics = metrics.unit_economics(base)
    ltv_cac = next(metric for metric in economics if metric.key == "ltv_cac")
    return [
        *_cash_headlines(outlook),
        Headline(_("Break-even"), break_even(outlook, base), _break_even_note(outlook)),
        _revenue(outlook),
        Headline(_("Gross margin"), statements.metric_text(margin, currency),
                 margin.missing if margin.value is None else _("after inference, over 36 months"),
                 ECONOMICS),
        Headline(_("LTV : CAC"), statements.metric_text(ltv_cac, currency),
                 ltv_cac.missing if ltv_cac.value is None
                 else _("what a customer brings, over what marketing and sales spend to win one; "
                        "pay is not counted"), ECONOMICS),
    ]  # fmt: skip


def _break_even_note(outlook: Outlook) -> str:
    if not outlook.revenue_known:
        return _no_revenue(outlook)
    if not outlook.base.inputs.profit_known:
        return metrics.no_profit(outlook.base.inputs)
    return _("EBITDA stays at or above zero from then on")


def _revenue(outlook: Outlook) -> Headline:
    """Of the streams whose figures are there; the others are named."""
    label, currency = _("Revenue in year 3"), outlook.contents.plan.currency
    if not outlook.revenue_known:
        return Headline(label, money.UNKNOWN, _no_revenue(outlook), Place("funding", "stream"))
    third = sum(outlook.base.sales[24:], ZERO)
    arr = money.short_money(metrics.arr(outlook.base), currency)
    note = _("ARR at the end: %(arr)s") % {"arr": arr}
    if outlook.assembly.lacking:
        words = {"note": note, "left_out": _no_revenue(outlook)}
        note = _("%(note)s; %(left_out)s") % words
    return Headline(label, money.short_money(third, currency), note)


def _no_revenue(outlook: Outlook) -> str:
    """Which stream lacks what, or that there is none."""
    rows = [
        _("“%(row)s” (missing: %(fields)s)") % {"row": lack.name, "fields": lack.labels}
        for lack in outlook.assembly.lacking[:MOST_LEFT_OUT]
    ]
    if not rows:
        return _("Add a revenue stream.")
    return _("not counted: %(rows)s") % {"rows": _(", ").join(rows)}


def _cash_headlines(outlook: Outlook) -> list[Headline]:
    base, currency = outlook.base, outlook.contents.plan.currency
    if not base.cash_known:
        return [Headline(_("Cash is gone"), money.UNKNOWN, metrics.no_cash(base.inputs))]
    low, month = metrics.lowest_cash(base)
    found = [
        Headline(_("Cash is gone"), outlook.cash_end(base),
                 _cash_note(outlook)) if any(base.spent) else _no_cost(outlook),
        Headline(_("Lowest cash"), money.short_money(low, currency),
                 _("at the end of %(month)s") % {"month": outlook.month(month)}),
    ]  # fmt: skip
    if outlook.unsigned and any(base.spent):
        found.insert(1, Headline(
            _("Cash is gone, signed money only"), outlook.cash_end(outlook.signed),
            _("if no further round is signed"),
        ))  # fmt: skip
    return found


def _cash_note(outlook: Outlook) -> str:
    """What the month means, and which costs it leaves out."""
    said = (
        _("it never ends a month below zero")
        if outlook.base.cash_out is None
        else _("first month that ends below zero")
    )
    left_out = _left_out(outlook)
    return _("%(note)s; %(left_out)s") % {"note": said, "left_out": left_out} if left_out else said


def _left_out(outlook: Outlook) -> str:
    """The costs that nobody knows yet; empty if there are none."""
    unknown = outlook.assembly.unknown
    if not unknown:
        return ""
    return _("not counted: %(rows)s") % {"rows": lacking(outlook, unknown, MOST_LEFT_OUT)}


def _no_cost(outlook: Outlook) -> Headline:
    """Cash that nothing takes is not cash that lasts; nor is a cost nobody knows none."""
    unknown = outlook.assembly.unknown
    note = _left_out(outlook) or _(
        "Fill in what the company costs: its people in the team section, or costs of its own."
    )
    place = unknown[0].place if unknown else Place("funding", "cost")
    return Headline(_("Cash is gone"), outlook.cash_end(outlook.base), note, place)
