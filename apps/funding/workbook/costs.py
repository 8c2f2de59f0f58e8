"""The sheet "Costs": every line, those of other sections too, and what each kind comes to.

A line that costs the same from one month to another is told by its amount and its months, any
other one by its months alone.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.choices import COST_OF_REVENUE
from apps.funding.drivers import DRIVER_OF_COST
from apps.funding.inputs import MONTHS, NOTHING, Months, total
from apps.funding.workbook.draft import FIRST, Draft, group_label, head, share
from apps.plans.checks import MonthlyCost, Place
from apps.plans.workbook import Formula, Sheet, address

COUNTED, AMOUNT, BEGIN, END, RISE = 2, 3, 4, 5, 6
BLOCKS = ("revenue", "running", "capital")


@dataclass(frozen=True)
class CostLine:
    """``months``: what it costs in each, None if unknown; ``flat``: told by amount and months."""

    block: str
    group: str
    label: str
    source: str
    months: Months | None
    counted: bool = True
    flat: bool = False
    amount: Decimal | None = None
    begin: date | None = None
    end: date | None = None
    rise: Decimal | None = None
    note: str = ""


def costs(draft: Draft) -> Sheet:
    sheet = draft.month_sheet(
        pgettext("workbook", "Costs"),
        _("Each line with its months; the total of a kind moves with its driver, to the cent."),
        [pgettext("workbook", "From"), pgettext("workbook", "Counted (1 or 0)"),
         _("Amount a month"), _("First month"), _("Last month"), _("Rise a year")],
    )  # fmt: skip
    blocks = {"revenue": _("Cost of revenue"), "running": _("Operating costs"),
              "capital": _("Capital expenditure")}  # fmt: skip
    groups = grouped(draft)
    for block in BLOCKS:
        if any(of_block == block for of_block, _group in groups):
            draft.heading(sheet, blocks[block])
        for (of_block, group), lines in groups.items():
            if of_block == block:
                _group(draft, sheet, block, group, lines)
    return sheet


def grouped(draft: Draft) -> dict[tuple[str, str], list[CostLine]]:
    """By (block, group): those of the model first, in its order."""
    groups: dict[tuple[str, str], list[CostLine]] = {key: [] for key in draft.result.costs}
    for line in (*_declared(draft), *_own(draft)):
        groups.setdefault((line.block, line.group), []).append(line)
    return groups


def _declared(draft: Draft) -> list[CostLine]:
    """Of other sections; a section that is not told gives no more than the sum of each kind."""
    assembly, told, sums = draft.outlook.assembly, [], {}
    for cost in (*assembly.declared, *assembly.unknown):
        if cost.place.section in draft.told:
            told.append(cost)
        elif cost.amounts is not None:
            sums.setdefault((cost.place.section, cost.kind), []).append(cost.amounts)
    told += [
        MonthlyCost(kind, group_label(kind), total(columns), Place(section))
        for (section, kind), columns in sums.items()
    ]
    return [_as_line(draft, one) for one in told]


def _as_line(draft: Draft, cost: MonthlyCost) -> CostLine:
    """Told by amount and months if it is the same from its first month to its last."""
    counted = cost.kind not in draft.outlook.assembly.left_out
    line = CostLine(
        "running", cost.kind, cost.label, draft.source(cost.place), cost.amounts, counted
    )
    if cost.amounts is None:
        note = _("Nobody has said yet how much or when: it is not counted.")
        return replace(line, flat=True, note=note)
    at = [month for month, amount in enumerate(cost.amounts) if amount]
    if not at or len(set(cost.amounts[at[0] : at[-1] + 1])) > 1:
        return line
    last = None if at[-1] == MONTHS - 1 else draft.day(at[-1])
    return replace(line, flat=True, amount=cost.amounts[at[0]], begin=draft.day(at[0]), end=last)


def _own(draft: Draft) -> list[CostLine]:
    months = {one.place.row: one.amounts for one in draft.outlook.assembly.inputs.costs
              if one.place.section == "funding"}  # fmt: skip
    found = []
    for row in draft.outlook.contents.part("funding.cost"):
        group = row.category or "other"
        block = "revenue" if group in COST_OF_REVENUE else "running"
        found.append(
            CostLine(
                "capital" if row.capital else block, group, row.name, draft.own("cost"),
                months.get(row.uid), True, True, row.amount, row.start, row.end,
                share(row.growth), _("No amount is given: it is not counted."),
            )
        )  # fmt: skip
    return found


def _group(draft: Draft, sheet: Sheet, block: str, group: str, lines: list[CostLine]) -> None:
    first = sheet.next_row
    for line in lines:
        _line(sheet, sheet.next_row, line)
    last = sheet.next_row - 1
    factor = f"factor_{DRIVER_OF_COST.get(group, 'other')}"
    switches = (
        f"{address(first, COUNTED, column_fixed=True)}:{address(last, COUNTED, column_fixed=True)}"
    )

    def formula(month: int) -> str:
        column = FIRST + month
        amounts = f"{address(first, column)}:{address(last, column)}"
        return f"=ROUND(SUMPRODUCT({switches},{amounts})*{factor},2)"

    values = draft.result.costs.get((block, group), NOTHING)
    label = _("%(kind)s, together") % {"kind": group_label(group)}
    hidden = group in draft.result.inputs.withheld.groups
    draft.line(sheet, ("cost", block, group), label, formula, values, strong=True, over="",
               known="costs_known" if hidden else "")  # fmt: skip
    row = draft.lines["cost", block, group][1]
    sheet.put(row, COUNTED - 1, _("× driver in force"), "note", strong=True)


def _line(sheet: Sheet, row: int, line: CostLine) -> None:
    sheet.put(row, 0, line.label)
    sheet.put(row, 1, line.source, "note")
    sheet.put(row, COUNTED, int(line.counted), "whole", input=True)
    if not line.flat:
        for month, amount in enumerate(line.months or ()):
            sheet.put(row, FIRST + month, amount, "money", input=True)
        return
    note = line.note if line.amount is None else ""
    sheet.put(row, AMOUNT, line.amount, "money", input=True, note=note)
    sheet.put(row, BEGIN, line.begin, "month", input=True)
    sheet.put(row, END, line.end, "month", input=True)
    sheet.put(row, RISE, line.rise, "percent", input=True)
    amount, begin, end, rise = (
        address(row, column, column_fixed=True) for column in (AMOUNT, BEGIN, END, RISE)
    )
    for month in range(MONTHS):
        day = head(month)
        there = f'AND(EOMONTH({day},0)>={begin},OR({end}="",{day}<={end}))'
        years = f'DATEDIF(MAX({begin},plan_start),EOMONTH({day},0),"y")'
        # 0 to the power of 0, where a line falls by 100 %, is an error to some programs.
        risen = f"{amount}*IFERROR((1+{rise})^{years},1)"
        value = line.months[month] if line.months is not None else ""
        cell = Formula(f'=IF({amount}="","",IF({there},{risen},0))', value)
        sheet.put(row, FIRST + month, cell, "money")
