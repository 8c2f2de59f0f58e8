"""The sheet "Rounds": money from outside by month, its interest, and what is paid back."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.choices import Instrument
from apps.funding.inputs import NOTHING, Months
from apps.funding.model import financing
from apps.funding.workbook.draft import Draft, head, share
from apps.plans.workbook import Sheet, address

COUNTED, AMOUNT, MONTH, RATE, TERM = 2, 3, 4, 5, 6


def rounds(draft: Draft) -> Sheet:
    sheet = draft.month_sheet(
        pgettext("workbook", "Rounds"),
        _("A round that is not counted (0) brings nothing: so the plan reads without it."),
        [pgettext("workbook", "Instrument"), pgettext("workbook", "Counted (1 or 0)"),
         _("Amount raised"), _("Month of the money"), _("Interest a year"),
         _("Months until repaid")],
    )  # fmt: skip
    flows = {one.key: financing((one,)) for one in draft.result.inputs.rounds}
    rows = draft.outlook.rounds
    draft.heading(sheet, _("Money raised"))
    for row in rows:
        _round(draft, sheet, row, flows.get(row.uid))
    loans = [row for row in rows if row.instrument == Instrument.LOAN]
    for name, label, formula, at in (
        ("interest", _("Interest"), _interest, 0), ("repaid", _("Loans repaid"), _repaid, 2),
    ):  # fmt: skip
        if loans:
            draft.heading(sheet, label)
        for row in loans:
            found = flows.get(row.uid)
            draft.line(sheet, (name, row.uid), row.name, formula(draft, row.uid),
                       found[at] if found else NOTHING, over="")  # fmt: skip
    _totals(draft, sheet, [row.uid for row in rows], [row.uid for row in loans])
    return sheet


def _round(draft: Draft, sheet: Sheet, row: Any, found: tuple[Months, ...] | None) -> None:
    at, loan = sheet.next_row, row.instrument == Instrument.LOAN
    words = [str(row.get_instrument_display()), str(row.get_status_display())]
    missing = _("Not given: the round is not counted.")
    sheet.put(at, 1, " · ".join(word for word in words if word), "note")
    sheet.put(at, COUNTED, 1, "whole", input=True)
    sheet.put(at, AMOUNT, row.amount, "money", input=True, note=missing * (row.amount is None))
    sheet.put(at, MONTH, row.month, "month", input=True, note=missing * (row.month is None))
    if loan:
        free = _("Not given: no interest is counted.") * (row.interest is None)
        kept = _("Not given: it is not paid back within the plan.") * (row.term is None)
        sheet.put(at, RATE, share(row.interest), "percent", input=True, note=free)
        sheet.put(at, TERM, row.term, "whole", input=True, note=kept)
    counted, amount, month = _cells(at, COUNTED, AMOUNT, MONTH)

    def formula(m: int) -> str:
        comes = f"AND({head(m)}<={month},EOMONTH({head(m)},0)>={month})"
        return f'=IF(OR({amount}="",{month}=""),"",IF({comes},{counted}*ROUND({amount},2),0))'

    unknown = ("",) * len(NOTHING)
    given = row.amount is not None and row.month is not None
    values: Any = found[1] if found else NOTHING if given else unknown
    draft.line(sheet, ("raised", row.uid), row.name, formula, values, over="", row=at)


def _cells(row: int, *columns: int) -> list[str]:
    return [address(row, column, column_fixed=True) for column in columns]


def _interest(draft: Draft, uid: str):
    """From the month after the money up to the one in which it is paid back."""
    counted, amount, month, rate, term = _cells(
        draft.lines["raised", uid][1], COUNTED, AMOUNT, MONTH, RATE, TERM
    )

    def formula(m: int) -> str:
        until = f'OR({term}="",{head(m)}<=EDATE({month},MIN({term},1200)))'
        runs = f"AND({month}>=plan_start,{head(m)}>{month},{until})"
        return f"=IF({runs},{counted}*ROUND({amount}*{rate}/12,2),0)"

    return formula


def _repaid(draft: Draft, uid: str):
    counted, amount, month, term = _cells(
        draft.lines["raised", uid][1], COUNTED, AMOUNT, MONTH, TERM
    )

    def formula(m: int) -> str:
        due = f"EDATE({month},MIN({term},1200))"
        now = f"{head(m)}<={due},EOMONTH({head(m)},0)>={due}"
        return f'=IF(AND({month}>=plan_start,{term}<>"",{now}),{counted}*ROUND({amount},2),0)'

    return formula


def _totals(draft: Draft, sheet: Sheet, rows: list[str], loans: list[str]) -> None:
    result = draft.result
    draft.heading(sheet, _("All rounds"))
    for name, label, keys, values in (
        ("raised", _("Money raised"), rows, result.raised),
        ("interest", _("Interest"), loans, result.interest),
        ("repaid", _("Loans repaid"), loans, result.repaid),
    ):
        # SUM, for it passes over a round that is empty because it is not known.
        def formula(m: int, name: str = name, keys: list[str] = keys) -> str:
            if not keys:
                return "=0"
            return f"=SUM({draft.at((name, keys[0]), m)}:{draft.at((name, keys[-1]), m)})"

        draft.line(sheet, name, label, formula, values, strong=True, over="")
