"""The sheet "Scenarios": what each course of things does to the drivers, the stress cases too."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import money
from apps.funding.drivers import FACTORS
from apps.funding.outlook import Outlook
from apps.funding.sensitivity import Outcome, driver_labels
from apps.funding.workbook.draft import Draft
from apps.plans.workbook import Formula, Sheet


def labelled(outlook: Outlook) -> list[tuple[str, Outcome]]:
    """Every course of things that can be chosen, each under a label of its own."""
    stresses = [(_("Stress: %(case)s") % {"case": one.label}, one) for one in outlook.stresses]
    named = [*((one.label, one) for one in outlook.scenarios), *stresses]
    found: dict[str, Outcome] = {}
    for label, one in named:
        unique, count = label, 1
        while unique.casefold() in {known.casefold() for known in found}:
            count += 1
            unique = f"{label} ({count})"
        found[unique] = one
    return list(found.items())


def scenarios(draft: Draft) -> Sheet:
    sheet = draft.sheet(
        pgettext("workbook", "Scenarios"),
        _("Factors upon the plan as written. The one chosen on the first sheet is in force."),
        [40, 16],
    )
    cases = labelled(draft.outlook)
    first, last = 2, 1 + len(cases)
    sheet.put(3, 0, pgettext("workbook", "Driver"), "head_label")
    sheet.put(3, 1, pgettext("workbook", "In force"), "head")
    for column, (label, _one) in enumerate(cases, start=first):
        sheet.put(3, column, label, "head")
        sheet.put(4, column, column - 1, "count")
        sheet.widths[column] = 20
    sheet.put(4, 0, pgettext("workbook", "Number"), "note")
    labels, numbers = sheet.span(3, first, last), sheet.span(4, first, last)
    at = [label for label, _one in cases].index(draft.chosen) + 1
    # By comparing and not by MATCH: to that "*" and "?" in a name would be wildcards.
    picked = f"=SUMPRODUCT(EXACT({labels},scenario)*{numbers})"
    sheet.put(4, 1, Formula(picked, at), "count")
    draft.book.names["scenario_number"] = sheet.at(4, 1)
    sheet.head_rows, sheet.head_columns = 5, 2
    words = {name: f"{label} ×" for name, label in driver_labels().items()}
    rows = [
        *((f"factor_{name}", words[name], name, "factor") for name in FACTORS),
        ("delay", _("Months that new revenue is late"), "delay", "whole"),
        ("churn_points", _("Churn: percentage points more"), "churn_points", "number"),
    ]
    for name, label, driver, form in rows:
        row = sheet.next_row
        sheet.put(row, 0, label)
        span = sheet.span(row, first, last)
        now = getattr(draft.result.drivers, driver)
        sheet.put(row, 1, Formula(f"=INDEX({span},1,scenario_number)", now), form)
        for column, (_label, one) in enumerate(cases, start=first):
            sheet.put(row, column, getattr(one.result.drivers, driver), form, input=True)
        draft.book.names[name] = sheet.at(row, 1)
    return sheet


def compared(draft: Draft, sheet: Sheet) -> None:
    """What each comes to, as the plan had it when the file was made, beside this workbook."""
    cases = labelled(draft.outlook)
    first, last = 2, 1 + len(cases)
    draft.heading(sheet, _("As computed from the plan when this file was made: does not move"))
    never = _("not within 36 months")

    def day(month: int | None) -> Any:
        return never if month is None else draft.day(month)

    for name, label, form, of in (
        ("cash_end", _("Cash after 36 months"), "money", lambda one: one.closing),
        ("lowest_cash", _("Lowest cash at the end of a month"), "money", lambda one: one.lowest),
        ("cash_out", _("First month that ends below zero"), "month",
         lambda one: day(one.result.cash_out) if one.result.cash_known else None),
        ("break_even", _("Break-even month"), "month",
         lambda one: day(one.result.break_even) if one.result.inputs.profit_known else None),
        ("last_revenue", _("Revenue of the last twelve months"), "money",
         lambda one: one.revenue),
    ):  # fmt: skip
        row = sheet.next_row
        sheet.put(row, 0, label)
        for column, (_label, one) in enumerate(cases, start=first):
            sheet.put(row, column, of(one), form, note="" if of(one) is not None else money.UNKNOWN)
        now = of(dict(cases)[draft.chosen])
        sheet.put(row, 1, Formula(f"={name}", "" if now is None else now), form, strong=True)
        if name == "cash_end":
            before = f"INDEX({sheet.span(row, first, last)},1,scenario_number)"
    row = sheet.next_row
    sheet.put(row, 0, _("Cash after 36 months: this workbook less the plan"))
    text = f'=IF(cash_known,ROUND(cash_end-{before},2),"")'
    sheet.put(row, 1, Formula(text, 0 if draft.result.cash_known else ""), "money", strong=True)
