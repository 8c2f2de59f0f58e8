"""The sheet "Metrics": single figures, and unit economics by year."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.choices import ACQUISITION
from apps.funding.inputs import MONTHS, TWELVE, ZERO
from apps.funding.metrics import (
    arr,
    flow,
    lowest_cash,
    part,
    recurring_before,
    spend,
    unit_economics,
)
from apps.funding.statements import YEARS
from apps.funding.workbook.draft import (
    ACQUIRED,
    HEAD,
    WHOLE_AT,
    YEAR_AT,
    Draft,
    guarded,
    head_form,
    plus,
)
from apps.plans.workbook import Formula, Sheet, address

PERIODS = (*YEARS, (0, MONTHS))
COLUMNS = (*YEAR_AT, WHOLE_AT)
UNIT, MISSING = 1, 6
MARGIN, REVENUE, PROFIT = "margin_known", "revenue_known", "profit_known"


def metrics(draft: Draft) -> Sheet:
    sheet = draft.sheet(
        pgettext("workbook", "Metrics"),
        _("What the model says in single figures. Empty: not known, or not within the plan."),
        [44, 14, 15, 15, 15, 22, 56],
    )
    sheet.put(2, 0, Formula("=scenario", draft.chosen), "note")
    years = [pgettext("workbook", "Year %(number)s") % {"number": n} for n in (1, 2, 3)]
    heads = [
        pgettext("workbook", "Figure"),
        pgettext("workbook", "Unit"),
        *years,
        _("36 months"),
        _("Why it is empty"),
    ]
    for column, text in enumerate(heads):
        sheet.put(HEAD, column, text, head_form(column, COLUMNS))
    sheet.head_rows, sheet.head_columns = HEAD + 1, 1
    _singles(draft, sheet)
    _economics(draft, sheet)
    return sheet


# --- Single figures ------------------------------------------------------------------------------
def _singles(draft: Draft, sheet: Sheet) -> None:
    result, days = draft.result, draft.lines["closing"][0].span(HEAD, 7, 6 + MONTHS)
    never = _("not within 36 months")
    low, low_month = lowest_cash(result)
    cash, given = result.cash_known, result.inputs

    def month_of(key: str) -> str:
        words = never.replace('"', '""')
        return f'IFERROR(INDEX({days},1,MATCH(1,{draft.span(key)},0)),"{words}")'

    def day(month: int | None) -> Any:
        return never if month is None else draft.day(month)

    closing = draft.span("closing")
    worst = f"MATCH(MIN({closing}),{closing},0)"
    draft.heading(sheet, _("Cash and break-even"))
    for key, label, text, value, known, is_known, form in (
        ("cash_out", _("First month that ends below zero"), month_of("below"),
         day(result.cash_out), "cash_known", cash, "month"),
        ("lowest_cash", _("Lowest cash at the end of a month"), f"MIN({closing})", low,
         "cash_known", cash, "money"),
        ("lowest_month", pgettext("workbook", "… in"), f"INDEX({days},1,{worst})",
         draft.day(low_month), "cash_known", cash, "month"),
        ("cash_end", _("Cash after 36 months"), draft.at("closing", MONTHS - 1),
         result.closing[-1], "cash_known", cash, "money"),
        ("break_even", _("Break-even month"), month_of("pays"), day(result.break_even),
         "profit_known", given.profit_known, "month"),
        ("recurring_revenue", _("Annual recurring revenue after 36 months"),
         f"{draft.at('recurring', MONTHS - 1)}*12", arr(result),
         "revenue_known", given.revenue_known, "money"),
        ("last_revenue", _("Revenue of the last twelve months"),
         f"SUM({draft.span('revenue', MONTHS - 12)})", sum(result.sales[-12:], ZERO),
         "revenue_known", given.revenue_known, "money"),
    ):  # fmt: skip
        row = sheet.next_row
        sheet.put(row, 0, label)
        formula = f'=IF({known},{text},"")'
        sheet.put(row, WHOLE_AT, Formula(formula, value if is_known else ""), form)
        if form == "money":
            sheet.put(row, UNIT, draft.currency, "note")
        draft.book.names[key] = sheet.at(row, WHOLE_AT)


# --- By year -------------------------------------------------------------------------------------
def _economics(draft: Draft, sheet: Sheet) -> None:
    result = draft.result
    draft.heading(sheet, _("What they are made of"))
    at: dict[str, int] = {}

    def row(
        key: str, label: str, formula: Callable[[int, int], str], values: Sequence[Any],
        form: str, unit: str = "", missing: str = "",
    ) -> None:  # fmt: skip
        at[key] = sheet.next_row
        sheet.put(at[key], 0, label)
        sheet.put(at[key], UNIT, unit, "note")
        for column, period, value in zip(COLUMNS, PERIODS, values, strict=True):
            text = formula(column, PERIODS.index(period))
            sheet.put(at[key], column, Formula(text, "" if value is None else value), form)
        if missing and values[-1] is None:
            sheet.put(at[key], MISSING, missing, "words")

    def summed(*keys: Any, known: str = "") -> Callable[[int, int], str]:
        return lambda _column, n: guarded(
            "=" + plus([f"SUM({draft.span(key, *PERIODS[n])})" for key in keys]), known
        )

    sold, known = result.inputs.revenue_known, result.inputs.margin_known
    spent, profit = draft.is_known(ACQUIRED), result.inputs.profit_known
    flows = [flow(result, *period) for period in PERIODS]
    acquired = [("cost", *key) for key in result.costs if key[1] in ACQUISITION]
    currency = draft.currency
    for key, label, formula, values, form, unit in (
        ("sales", _("Revenue"), summed("revenue", known=REVENUE),
         [part(result.sales, *p) if sold else None for p in PERIODS],
         "money", currency),
        ("gross", _("Gross profit"), summed("gross_profit", known=MARGIN),
         [part(result.gross_profit, *p) if known else None for p in PERIODS], "money", currency),
        ("months", _("Customer-months that paid"), summed("end", known=REVENUE),
         [f.months if sold else None for f in flows],
         "number", ""),
        ("won", _("Customers won"), summed("won", known=REVENUE),
         [f.won if sold else None for f in flows], "number", ""),
        ("lost", _("Customers lost"), summed("lost", known=REVENUE),
         [f.lost if sold else None for f in flows], "number", ""),
        ("at_risk", _("Customer-months that could have been lost"),
         lambda c, _n: guarded(
             f"={_cell(at['months'], c)}-{_cell(at['won'], c)}+{_cell(at['lost'], c)}", REVENUE),
         [f.at_risk if sold else None for f in flows], "number", ""),
        ("spend", _("Marketing and sales"), summed(*acquired, known=ACQUIRED),
         [spend(result, *p) if spent else None for p in PERIODS], "money", currency),
        ("burnt", _("Net burn"), summed("burn", known=PROFIT),
         [part(result.net_burn, *p) if profit else None for p in PERIODS], "money", currency),
        ("gained", _("Annual recurring revenue gained"),
         lambda _c, n: guarded(_gained(draft, n), REVENUE),
         [_gain(draft, *p) if sold else None for p in PERIODS], "money", currency),
    ):  # fmt: skip
        row(key, label, formula, values, form, unit)
    draft.heading(sheet, _("Unit economics"))
    found = [
        {metric.key: metric for metric in unit_economics(result, *period)} for period in PERIODS
    ]
    forms = {
        "money": "money",
        "percent": "percent",
        "months": "number",
        "ratio": "number",
        "number": "number",
    }
    for key in found[0]:
        whole = found[-1][key]
        values = [_value(one[key]) for one in found]
        unit = {"money": currency, "months": pgettext("workbook", "months")}.get(whole.unit, "")

        def formula(column: int, _n: int, key: str = key) -> str:
            text = FORMULAS[key].format_map(_Cells(at, column))
            return guarded(text, MARGIN if key in OF_MARGIN else REVENUE)

        row(key, whole.label, formula, values, forms[whole.unit], unit, whole.missing or " ")


def _value(metric: Any) -> Decimal | None:
    if metric.value is None:
        return None
    return metric.value / 100 if metric.unit == "percent" else metric.value


class _Cells(dict):
    """The cells of one column by the key of their row."""

    def __init__(self, rows: dict[str, int], column: int) -> None:
        super().__init__({key: _cell(row, column) for key, row in rows.items()})


def _cell(row: int, column: int) -> str:
    return address(row, column)


# What the customers of the period bring after the cost to serve them, and what it took to win them.
EARNED = "{arpa}*{gross_margin}"
OF_MARGIN = {"gross_margin", "burn_multiple"}  # what is read from them is empty with them
FORMULAS = {
    "gross_margin": '=IF({sales}=0,"",{gross}/{sales})',
    "arpa": '=IF({months}=0,"",{sales}/{months})',
    "churn": '=IF({at_risk}=0,"",{lost}/{at_risk})',
    "cac": '=IF(acquisition_known,IF({won}=0,"",{spend}/{won}),"")',
    "ltv": f'=IFERROR(IF(AND({EARNED}>0,{{churn}}>0),{EARNED}/{{churn}},""),"")',
    "ltv_cac": '=IFERROR(IF({cac}>0,{ltv}/{cac},""),"")',
    "payback": f'=IFERROR(IF({EARNED}>0,{{cac}}/({EARNED}),""),"")',
    "burn_multiple": '=IF(profit_known,IF({gained}>0,MAX(0,{burnt})/{gained},""),"")',
}


def _gain(draft: Draft, first: int, last: int) -> Decimal:
    result = draft.result
    before = result.recurring[first - 1] if first else recurring_before(result)
    return (result.recurring[last - 1] - before) * TWELVE


def _gained(draft: Draft, period: int) -> str:
    first, last = PERIODS[period]
    before = draft.at("recurring", first - 1) if first else f"({_before(draft)})"
    return f"=ROUND(({draft.at('recurring', last - 1)}-{before})*12,2)"


def _before(draft: Draft) -> str:
    """Recurring revenue of the month before the plan: of the customers who are there by then."""
    terms = []
    for stream in draft.result.inputs.streams:
        if not stream.recurring:
            continue
        key, base, given = stream.key, stream.source or stream.key, draft.inputs
        there = f"AND({given['start', base]}<=plan_start,{given['sold', key]}<=plan_start)"
        per = f"*{given['tokens', key]}" if stream.per == "token" else ""
        amount = f"{given['customers', base]}*{given['attach', key]}*{draft.planned['price', key]}"
        terms.append(f"IF({there},{amount}{per},0)")
    return plus(terms)
