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

MOST_LEFT_OUT = 2  # costs that a headline names
# Anchors of the reading page: the tables that the headlines are read from.
STATEMENTS, ECONOMICS = Place("funding", "statements"), Place("funding", "economics")
STREAMS = Place("funding", "stream")


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
    economics_place = ECONOMICS if base.inputs.margin_known else outlook.missing_place
    return [
        *_cash_headlines(outlook),
        _break_even(outlook),
        _revenue(outlook),
        Headline(_("Gross margin"), statements.metric_text(margin, currency),
                 margin.missing if margin.value is None else _("after inference, over 36 months"),
                 economics_place),
        Headline(_("LTV : CAC"), statements.metric_text(ltv_cac, currency),
                 ltv_cac.missing if ltv_cac.value is None
                 else _("what a customer brings, over what marketing and sales spend to win one; "
                        "pay is not counted"), economics_place),
    ]  # fmt: skip


def _break_even(outlook: Outlook) -> Headline:
    label, text = _("Break-even"), break_even(outlook, outlook.base)
    if missing := metrics.no_profit(outlook.assembly.inputs):
        return Headline(label, text, missing, outlook.missing_place)
    if not outlook.revenue_known:
        return Headline(label, text, _("Add a revenue stream."), STREAMS)
    return Headline(label, text, _("EBITDA stays at or above zero from then on"))


def _revenue(outlook: Outlook) -> Headline:
    """One stream that does not say what it earns makes the whole unknown."""
    label, currency = _("Revenue in year 3"), outlook.contents.plan.currency
    if not outlook.assembly.inputs.revenue_known:
        missing = metrics.missing_input(outlook.assembly.inputs)
        return Headline(label, money.UNKNOWN, missing, outlook.missing_place)
    if not outlook.revenue_known:
        return Headline(label, money.UNKNOWN, _("Add a revenue stream."), STREAMS)
    third = sum(outlook.base.sales[24:], ZERO)
    arr = money.short_money(metrics.arr(outlook.base), currency)
    note = _("ARR at the end: %(arr)s") % {"arr": arr}
    return Headline(label, money.short_money(third, currency), note)


def _cash_headlines(outlook: Outlook) -> list[Headline]:
    base, currency = outlook.base, outlook.contents.plan.currency
    if not base.cash_known:
        label, missing = _("Cash is gone"), metrics.no_profit(base.inputs)
        if base.inputs.withheld.costs:
            return [Headline(label, money.UNKNOWN, missing)]
        if base.inputs.opening is None:
            missing = _("Fill in the cash at the start of the plan, in the assumptions.")
            return [Headline(label, money.UNKNOWN, missing, Place("funding", "assumptions"))]
        return [Headline(label, money.UNKNOWN, missing, outlook.missing_place)]
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
