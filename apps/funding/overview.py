"""What the funding page shows beyond its records, and the key figures. Used by section.py only."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.funding import metrics, spending, statements
from apps.funding.answers import answers
from apps.funding.causes import Cause, causes, window
from apps.funding.checks import findings
from apps.funding.choices import cost_label
from apps.funding.comparison import (
    break_even,
    chances,
    months_move,
    move_row,
    run_row,
    spared_rows,
)
from apps.funding.headlines import headlines
from apps.funding.inputs import MONTHS, ZERO
from apps.funding.outlook import Outlook
from apps.funding.pictures import Pictures
from apps.funding.sensitivity import Outcome as Run
from apps.funding.story import story
from apps.plans.checks import Figure, MonthlyCost, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content
from apps.plans.sections import registry

ASSUMPTIONS = Place("funding", "assumptions")
FIRST_SEEN = {"raised", "revenue_year_3", "gross_margin", "ltv_cac"}  # the summary's large figures


def context(content: Content) -> dict[str, Any]:
    """Tables are functions, which templates call: the editor's small panels need none of them."""
    outlook = Outlook(content.contents)
    currency = content.plan.currency
    return {
        "empty": outlook.empty,
        "answers": cache(lambda: answers(outlook)),
        "headlines": headlines(outlook),
        "why": why(outlook),
        "warnings": [one.message for one in findings(outlook, guesses=False)],
        "notes": outlook.assembly.notes,
        "withheld": outlook.base.inputs.withheld.costs,
        "origins": origins(outlook),
        "rounds": outlook.rounds,
        "uses": uses(outlook),
        "spending": cache(lambda: spending.rows(outlook)),
        "ownership": outlook.ownership,
        "ownership_rows": ownership_rows(outlook),
        "pictures": Pictures(outlook),
        "by_year": cache(lambda: statements.by_year(outlook)),
        "by_quarter": cache(lambda: statements.by_quarter(outlook)),
        "by_month": cache(lambda: statements.by_month(outlook)),
        "economics": cache(lambda: statements.economics(outlook.base, currency)),
        "scenarios": cache(lambda: [run_row(outlook, run) for run in outlook.scenarios]),
        "as_written": cache(lambda: run_row(outlook, Run(_("As written"), outlook.base))),
        "stresses": cache(lambda: [run_row(outlook, run) for run in outlook.stresses]),
        "spared": cache(lambda: spared_rows(outlook)),
        "tornado": cache(lambda: [move_row(outlook, move) for move in outlook.tornado]),
        "tornado_months": cache(lambda: months_move(outlook)),
        "chances": cache(lambda: chances(outlook)),
    }


# --- Why ----------------------------------------------------------------------------------------
def why(outlook: Outlook) -> dict[str, Any] | None:
    """The causes for which the cash is gone, each in words."""
    month = outlook.base.cash_out
    if month is None:
        return None
    span = window(month)
    return {
        "month": outlook.month(month),
        "causes": [
            (one, _cause_text(one, span, outlook)) for one in causes(outlook.assembly, outlook.base)
        ],
    }


def _cause_text(cause: Cause, months: int, outlook: Outlook) -> str:
    currency = outlook.contents.plan.currency
    change, amount = (money.short_money(one, currency) for one in (cause.change, cause.amount))
    if cause.late is not None:
        said = _("brings %(amount)s only in %(month)s")
        return said % {"amount": amount, "month": outlook.month(cause.late)}
    if cause.owed:
        return _("%(amount)s is sold, but not paid for yet") % {"amount": amount}
    if cause.amount <= 0:
        said = ngettext(
            "brings %(change)s less than in the month before",
            "brings %(change)s less in %(months)s months than in as many before",
            months,
        )
    elif cause.change > 0:
        said = ngettext(
            "costs %(amount)s in the month, %(change)s more than in the one before",
            "costs %(amount)s in %(months)s months, %(change)s more than in as many before",
            months,
        )
    else:
        said = ngettext(
            "costs %(amount)s in the month", "costs %(amount)s in %(months)s months", months
        )
    return said % {"amount": amount, "change": change, "months": months}


# --- Origins of cost -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Origin:
    """All costs of one kind from one section. ``places``: (label, total, place) of each cost."""

    kind: str
    section: str
    total: Any
    counted: bool
    costs: tuple[tuple[str, Any, Place], ...]

    @property
    def place(self) -> Place:
        """The part that all of them are written in."""
        first = self.costs[0][2]
        return Place(first.section, first.part)


def origins(outlook: Outlook) -> list[Origin]:
    """What every section costs over the plan, with what is left out."""
    groups: dict[tuple[str, str], list[MonthlyCost]] = {}
    for cost in outlook.assembly.declared:
        if any(cost.amounts):
            groups.setdefault((cost.place.section, cost.kind), []).append(cost)
    found = []
    for (section, kind), costs in groups.items():
        lines = tuple((one.label, round(sum(one.amounts, ZERO)), one.place) for one in costs)
        found.append(
            Origin(
                cost_label(kind),
                str(registry[section].title),
                sum((amount for _label, amount, _place in lines), ZERO),
                kind not in outlook.assembly.left_out,
                lines,
            )
        )
    return found


# --- Uses, shares --------------------------------------------------------------------------------
def uses(outlook: Outlook) -> list[dict[str, Any]]:
    """The uses of each round with their sum, rounds in order; then those without a round."""
    rows = outlook.contents.part("funding.use")
    known = {row.uid for row in outlook.rounds}
    groups = [(row, [use for use in rows if use.round == row.uid]) for row in outlook.rounds]
    groups.append((None, [use for use in rows if use.round not in known]))
    return [
        {"round": row, "rows": found, "total": sum((use.share or ZERO for use in found), ZERO)}
        for row, found in groups
        if found
    ]


def ownership_rows(outlook: Outlook) -> list[tuple[str, list[str]]]:
    owned = outlook.ownership
    if owned is None:
        return []
    return [(name, [money.percent(share, 1) for share in shares]) for name, shares in owned.rows]


# --- Key figures ---------------------------------------------------------------------------------
def figures(content: Content) -> list[Figure]:
    """For the summary and for other sections. Months are words, since None would mean unknown."""
    outlook = Outlook(content.contents)
    base = outlook.base
    known = not outlook.empty
    economics = {metric.key: metric for metric in metrics.unit_economics(base)}
    sales = any(base.sales) and base.inputs.revenue_known
    earning = sales and base.inputs.profit_known
    kept = base.inputs.withheld
    no_margin = "" if base.inputs.inference_known else kept.inference
    of_cash = ("cash_out", "runway_months", "lowest_cash", "break_even")
    why = {
        **dict.fromkeys(of_cash, kept.costs),
        "gross_margin": no_margin,
        "ltv_cac": kept.acquisition or no_margin,
    }
    raised = sum((row.amount for row in outlook.rounds if row.amount is not None), ZERO)

    def figure(key: str, label: str, value: Any, unit: str, place: Place = ASSUMPTIONS) -> Figure:
        topic = Topic.HEADLINE if key in FIRST_SEEN else ""
        reason = why.get(key, "") if value is None else ""
        return Figure(key, label, value, unit, place, topic, reason)

    cash_known = known and base.cash_known
    streams, rounds = Place("funding", "stream"), Place("funding", "round")
    years = [
        figure(
            f"revenue_year_{year}",
            _("Revenue in year %(number)s") % {"number": year},
            sum(base.sales[first:last], ZERO) if sales else None,
            "money",
            streams,
        )
        for year, (first, last) in enumerate(statements.YEARS, start=1)
    ]
    # The cash first: after a save the first few that moved are named.
    return [
        figure("cash_out", _("Cash is gone"), outlook.cash_end(base) if cash_known else None,
               "text", _cause_place(outlook)),
        *([figure("cash_out_signed", _("Cash is gone, signed money only"),
                  outlook.cash_end(outlook.signed), "text")]
          if cash_known and outlook.unsigned else []),
        figure("runway_months", _("Months of runway"),
               (MONTHS if base.cash_out is None else base.cash_out)
               if cash_known and any(base.spent) else None,
               "months"),
        figure("lowest_cash", _("Lowest cash"),
               metrics.lowest_cash(base)[0] if cash_known else None, "money"),
        figure("raised", _("Money to be raised"), raised or None, "money", rounds),
        *years,
        figure("arr", _("ARR after 36 months"), metrics.arr(base) if sales else None, "money",
               streams),
        figure("gross_margin", _("Gross margin"), economics["gross_margin"].value, "percent",
               streams),
        figure("ltv_cac", _("LTV : CAC"), economics["ltv_cac"].value, "ratio", streams),
        figure("break_even", _("Break-even"), break_even(outlook, base) if earning else None,
               "text", streams),
        *story(outlook),
    ]  # fmt: skip


def _cause_place(outlook: Outlook) -> Place:
    """Where the end of the cash is decided: the row that took most, else the cash of the start."""
    found = causes(outlook.assembly, outlook.base)
    return found[0].place if found else ASSUMPTIONS
