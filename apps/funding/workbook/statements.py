"""The sheets "P&L" and "Cash flow": the statements of the plan, month by month."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.inputs import MONTHS, NOTHING, ZERO, Months, minus, total
from apps.funding.metrics import runway_after
from apps.funding.workbook.draft import Draft, group_label, number, plus
from apps.plans.workbook import Chart, Line, Sheet

MARGIN, REVENUE, CASH = "margin_known", "revenue_known", "cash_known"
COSTS, PROFIT = "costs_known", "profit_known"


# --- Profit and loss -----------------------------------------------------------------------------
def income(draft: Draft) -> Sheet:
    result, given = draft.result, draft.result.inputs
    sheet = draft.month_sheet(
        pgettext("workbook", "P&L"), _("Profit and loss; costs are above zero and taken off.")
    )

    costs = pgettext("workbook", "Costs")

    def copied(key):
        return lambda month: f"={draft.at(key, month)}"

    def block(name: str) -> list:
        return [("cost", of_block, group) for of_block, group in _groups(draft) if of_block == name]

    def cost_lines(name: str) -> None:
        for key in block(name):
            draft.line(sheet, ("p&l", *key), group_label(key[2]), copied(key),
                       result.costs.get(key[1:], NOTHING), source=costs,
                       known=COSTS if key[2] in given.withheld.groups else "")  # fmt: skip

    def summed(*keys):
        return lambda month: "=" + plus([draft.at(key, month) for key in keys])

    for stream in given.streams:
        draft.line(sheet, ("p&l", stream.key), stream.name, copied(("revenue", stream.key)),
                   result.revenue[stream.key], source=draft.own("stream"))  # fmt: skip
    sales = summed(*(("p&l", one.key) for one in given.streams))
    draft.line(sheet, "revenue", _("Revenue"), sales, result.sales, strong=True,
               known=REVENUE)  # fmt: skip
    draft.line(sheet, "inference", _("Inference"),
               lambda m: f"=ROUND({draft.at('tokens', m)}*N(inference_price),2)",
               result.inference, known=MARGIN,
               source=draft.source(draft.outlook.assembly.inference_place))  # fmt: skip
    draft.line(sheet, ("p&l", "variable"), _("Other variable cost"), copied("variable"),
               result.variable, source=draft.own("stream"), known=REVENUE)  # fmt: skip
    cost_lines("revenue")
    of_revenue = ["inference", ("p&l", "variable"), *(("p&l", *key) for key in block("revenue"))]
    draft.line(sheet, "cost_of_revenue", _("Cost of revenue"), summed(*of_revenue),
               result.cost_of_revenue, strong=True, known=MARGIN)  # fmt: skip
    _difference(draft, sheet, "gross_profit", _("Gross profit"), ("revenue", "cost_of_revenue"),
                result.gross_profit, MARGIN)  # fmt: skip
    cost_lines("running")
    spent = summed(*(("p&l", *key) for key in block("running")))
    draft.line(sheet, "running", _("Operating costs"), spent, result.running, strong=True,
               known=COSTS)  # fmt: skip
    _difference(draft, sheet, "ebitda", _("EBITDA"), ("gross_profit", "running"), result.ebitda)
    draft.line(sheet, ("p&l", "interest"), _("Interest"), copied("interest"), result.interest,
               source=draft.own("round"))  # fmt: skip
    _difference(draft, sheet, "before_tax", _("Profit before tax"), ("ebitda", ("p&l", "interest")),
                minus(result.ebitda, result.interest))  # fmt: skip
    _tax(draft, sheet)
    _difference(draft, sheet, "profit", _("Profit before depreciation"), ("before_tax", "tax"),
                result.profit)  # fmt: skip
    _pays(draft, sheet)
    return sheet


def _groups(draft: Draft) -> list[tuple[str, str]]:
    """Every kind of cost on the sheet of costs."""
    return [key[1:] for key in draft.lines if isinstance(key, tuple) and key[0] == "cost"]


def _difference(
    draft: Draft, sheet: Sheet, key, label: str, of: tuple, values: Months, known: str = PROFIT
) -> None:
    first, second = of
    draft.line(sheet, key, label,
               lambda m: f"=ROUND({draft.at(first, m)}-{draft.at(second, m)},2)", values,
               strong=True, known=known)  # fmt: skip


def _tax(draft: Draft, sheet: Sheet) -> None:
    """On profit once all losses before it are used up."""
    profits = minus(draft.result.ebitda, draft.result.interest)
    so_far = taxed = ZERO
    sums, bases = [], []
    for profit in profits:
        so_far += profit
        bases.append(max(ZERO, so_far - taxed))
        taxed += bases[-1]
        sums.append(so_far)

    def base(m: int) -> str:
        done = f"-SUM({draft.span('taxed', 0, m)})" if m else ""
        return f"=MAX(0,ROUND(SUM({draft.span('before_tax', 0, m + 1)}){done},2))"

    draft.lines["taxed"] = sheet, sheet.next_row
    draft.line(sheet, "taxed", _("Taxable: above all losses before"), base, bases, known=PROFIT)
    draft.line(sheet, "tax", _("Tax"), lambda m: f"=ROUND({draft.at('taxed', m)}*tax_rate,2)",
               draft.result.tax, known=PROFIT, source=draft.own("assumptions"))  # fmt: skip


def _pays(draft: Draft, sheet: Sheet) -> None:
    """1 from the month on in which EBITDA is never below zero again, once anything is sold."""
    result, ebitda = draft.result, draft.result.ebitda
    lasting = [int(all(one >= 0 for one in ebitda[month:])) for month in range(MONTHS)]
    earning = [int(any(result.sales[: month + 1])) for month in range(MONTHS)]

    def stays(m: int) -> str:
        later = "" if m == MONTHS - 1 else f",{draft.at('lasting', m + 1)}=1"
        return f"=IF(AND({draft.at('ebitda', m)}>=0{later}),1,0)"

    def pays(m: int) -> str:
        sold = f"SUM({draft.span('revenue', 0, m + 1)})>0"
        return f"=IF(AND({draft.at('lasting', m)}=1,{sold}),1,0)"

    draft.heading(sheet, _("Break-even (1 = yes)"))
    draft.lines["lasting"] = sheet, sheet.next_row
    draft.line(sheet, "lasting", _("EBITDA is never below zero again"), stays, lasting,
               form="whole", over="", known=PROFIT)  # fmt: skip
    both = [one * other for one, other in zip(lasting, earning, strict=True)]
    draft.line(sheet, "pays", _("… and there is revenue"), pays, both, form="whole", over="",
               known=PROFIT)  # fmt: skip


# --- Cash ----------------------------------------------------------------------------------------
def cash(draft: Draft) -> Sheet:
    result = draft.result
    sheet = draft.month_sheet(
        pgettext("workbook", "Cash flow"), _("What comes in is above zero, what goes out below.")
    )
    capital = [("cost", *key) for key in _groups(draft) if key[0] == "capital"]
    out = {
        "operations": (_("Paid for operations"), ["cost_of_revenue", "running"],
                       total((result.cost_of_revenue, result.running)), ""),
        "capital": (_("Capital expenditure"), capital, result.capital, draft.own("cost")),
        "interest_tax": (_("Interest and tax"), [("p&l", "interest"), "tax"],
                         total((result.interest, result.tax)), ""),
        "paid_back": (_("Loans repaid"), ["repaid"], result.repaid, draft.own("round")),
    }  # fmt: skip

    def opening(m: int) -> str:
        return f"={draft.at('closing', m - 1)}" if m else "=opening_cash"

    def received(m: int) -> str:
        sales, now = draft.span("revenue"), number(m)
        return f"=IF({now}>months_until_paid,INDEX({sales},1,{now}-months_until_paid),0)"

    def closing(m: int) -> str:
        flows = ("opening", "receipts", *out, "money_raised")
        return f"=ROUND({plus([draft.at(key, m) for key in flows])},2)"

    draft.lines["closing"] = sheet, sheet.next_row + 7
    draft.line(sheet, "opening", _("Opening cash"), opening, result.opening, strong=True,
               source=draft.own("assumptions"), over="first", known=CASH)  # fmt: skip
    draft.line(sheet, "receipts", _("Received from customers"), received, result.receipts,
               source=draft.own("stream"), known=REVENUE)  # fmt: skip
    for key, (label, parts, values, source) in out.items():
        draft.line(sheet, key, label,
                   lambda m, parts=parts: negative([draft.at(one, m) for one in parts]),
                   minus(NOTHING, values), source=source,
                   known=PROFIT if key in ("operations", "interest_tax") else "")  # fmt: skip
    draft.line(sheet, "money_raised", _("Money raised"), lambda m: f"={draft.at('raised', m)}",
               result.raised, source=draft.own("round"))  # fmt: skip
    row = draft.line(sheet, "closing", _("Closing cash"), closing, result.closing, strong=True,
                     over="last", known=CASH)  # fmt: skip
    _burn(draft, sheet)
    line = Line(_("Closing cash"), draft.span("closing"), sheet.span(3, 7, 6 + MONTHS))
    draft.book.charts.append(
        Chart(sheet.title, row + 10, 1, _("Cash at the end of each month"), [line])
    )
    return sheet


def negative(terms: list[str]) -> str:
    return f"=-({plus(terms)})" if terms else "=0"


def _burn(draft: Draft, sheet: Sheet) -> None:
    result = draft.result
    spent = ("operations", "capital", "interest_tax")
    draft.heading(sheet, _("Burn and runway"))
    draft.line(sheet, "burn", _("Net burn"),
               lambda m: f"=-ROUND({plus([draft.at(key, m) for key in ('receipts', *spent)])},2)",
               result.net_burn, known=PROFIT)  # fmt: skip
    gone, so_far = [], ZERO
    for burn, repaid in zip(result.net_burn, result.repaid, strict=True):
        so_far += burn + repaid
        gone.append(so_far)
    draft.line(sheet, "gone", _("Burnt and paid back so far"),
               lambda m: f"=ROUND(SUM({draft.span('burn', 0, m + 1)})"
                         f"-SUM({draft.span('paid_back', 0, m + 1)}),2)",
               gone, over="", known=PROFIT)  # fmt: skip

    def left(m: int) -> str:
        if m == MONTHS - 1:
            return '=""'
        later, now = draft.span("gone", m + 1), f"{draft.at('closing', m)}+{draft.at('gone', m)}"
        numbers = f"{number(m + 1)}:{number(MONTHS - 1)}"
        first = f"SUMPRODUCT(MIN(1000*({later}<=ROUND({now},2))+{numbers}))"
        return f'=IF({first}>{MONTHS},"",{first}-{number(m)}-1)'

    months = [runway_after(result, month) for month in range(MONTHS)]
    draft.line(sheet, "runway", _("Runway without later money (months)"), left,
               ["" if one is None else one for one in months], form="whole", over="",
               known=CASH)  # fmt: skip
    draft.line(sheet, "below", _("Cash is below zero (1 = yes)"),
               lambda m: f"=IF({draft.at('closing', m)}<0,1,0)",
               [int(one < 0) for one in result.closing], form="whole", over="",
               known=CASH)  # fmt: skip
