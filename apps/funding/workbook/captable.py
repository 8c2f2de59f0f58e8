"""The sheet "Cap table": who owns what today and after each round that sells shares."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.choices import HolderKind
from apps.funding.workbook.draft import Draft, share
from apps.funding.workbook.rounds import AMOUNT
from apps.plans.workbook import Formula, Sheet, address

SHARES, TODAY = 1, 2  # columns; each round stands in one further to the right
TERMS = ("amount", "pre", "post", "sold", "target", "in_pool", "pool", "others", "possible")


def captable(draft: Draft) -> Sheet | None:
    """None while nobody holds a share."""
    owned = draft.outlook.ownership
    if owned is None:
        return None
    issues = [row for row in draft.outlook.rounds if row.share_sold is not None]
    sheet = draft.sheet(
        pgettext("workbook", "Cap table"),
        _("A pool that a round tops up is created before its money, so the others pay for it."),
        [40, 16, 16, *[16] * len(issues)],
    )
    heads = [pgettext("workbook", "Holder"), _("Shares today"), *owned.moments]
    for column, text in enumerate(heads):
        sheet.put(3, column, text, "head" if column else "head_label")
    sheet.head_rows, sheet.head_columns = 4, 1
    rows = _rows(draft, issues)
    last = 3 + len(rows)
    terms = {name: last + 4 + at for at, name in enumerate(TERMS)}
    _today(sheet, rows, last)
    for column, issue in enumerate(issues, start=TODAY + 1):
        _issue(draft, sheet, rows, terms, column, issue)
    _sums(sheet, last, TODAY + len(issues))
    _terms(draft, sheet, rows, terms, issues)
    return sheet


def _rows(draft: Draft, issues: Sequence[Any]) -> list[dict[str, Any]]:
    """Holders, a pool that a round creates, and the buyers of each round."""
    owned = draft.outlook.ownership
    holders = [row for row in draft.outlook.contents.part("funding.holder") if row.shares]
    rows = [
        {"name": row.name, "shares": row.shares, "pool": row.kind == HolderKind.POOL, "issue": None}
        for row in holders
    ]
    pooled = any(row["pool"] for row in rows)
    for issue in issues:
        if issue.pool and not pooled:
            pooled = True
            rows.append({"name": _("Option pool"), "shares": None, "pool": True, "issue": None})
        rows.append({"name": issue.name, "shares": None, "pool": False, "issue": issue})
    stakes = iter(owned.rows)
    nothing = (Decimal(0),) * len(owned.moments)
    for row in rows:
        sold = row["issue"] is None or row["issue"].name not in owned.impossible
        row["stakes"] = next(stakes)[1] if sold else nothing
    return rows


def _today(sheet: Sheet, rows: list[dict[str, Any]], last: int) -> None:
    every = f"{address(4, SHARES, row_fixed=True)}:{address(last, SHARES, row_fixed=True)}"
    for at, row in enumerate(rows, start=4):
        sheet.put(at, 0, row["name"])
        if row["shares"] is not None:
            sheet.put(at, SHARES, row["shares"], "whole", input=True)
        text = f"=IF(SUM({every})=0,0,N({address(at, SHARES)})/SUM({every}))"
        sheet.put(at, TODAY, Formula(text, row["stakes"][0] / 100), "percent")


def _issue(
    draft: Draft, sheet: Sheet, rows: list[dict[str, Any]], terms: dict[str, int], column: int,
    issue: Any,
) -> None:  # fmt: skip
    at = {name: address(row, column, row_fixed=True) for name, row in terms.items()}
    pools = sum(row["pool"] for row in rows)
    for place, row in enumerate(rows, start=4):
        before = address(place, column - 1)
        if row["issue"] is issue:
            text = f"=IF({at['possible']}=1,{at['sold']},0)"
        elif row["pool"]:
            part = f"IF({at['in_pool']}>0,{before}/{at['in_pool']},1/{pools})"
            text = f"=IF({at['possible']}=1,{at['pool']}*{part},{before})"
        else:
            outside = f"(1-{at['in_pool']})"
            kept = f"IF({outside}>0,{before}*{at['others']}/{outside},0)"
            text = f"=IF({at['possible']}=1,{kept},{before})"
        stake = row["stakes"][column - TODAY] / 100
        sheet.put(place, column, Formula(text, stake), "percent")


def _sums(sheet: Sheet, last: int, end: int) -> None:
    sheet.put(last + 1, 0, pgettext("workbook", "Together"), strong=True)
    for column in range(TODAY, end + 1):
        values = [sheet.cells[row, column].value.value for row in range(4, last + 1)]
        text = f"=SUM({address(4, column)}:{address(last, column)})"
        sheet.put(last + 1, column, Formula(text, sum(values)), "percent", strong=True)


def _terms(
    draft: Draft, sheet: Sheet, rows: list[dict[str, Any]], terms: dict[str, int],
    issues: Sequence[Any],
) -> None:  # fmt: skip
    labels = {
        "amount": _("Amount raised"), "pre": _("Pre-money valuation"),
        "post": _("Post-money valuation"), "sold": _("Share sold"),
        "target": _("Option pool after the round"), "in_pool": _("Pool before it"),
        "pool": _("Pool after it"), "others": _("Left to the present holders"),
        "possible": pgettext("workbook", "Possible (1 = yes)"),
    }  # fmt: skip
    sheet.put(min(terms.values()) - 1, 0, _("Terms of the rounds"), "heading")
    for name, row in terms.items():
        sheet.put(row, 0, labels[name])
    rounds = {row.uid: draft.lines["raised", row.uid] for row in issues}
    for column, issue in enumerate(issues, start=TODAY + 1):
        at = {name: address(row, column) for name, row in terms.items()}
        source, line = rounds[issue.uid]
        before = [row["stakes"][column - TODAY - 1] / 100 for row in rows]
        in_pool = sum(
            (one for one, row in zip(before, rows, strict=True) if row["pool"]), Decimal(0)
        )
        sold = share(issue.share_sold)
        pool = (
            1 - sold if in_pool >= 1 else max(share(issue.pool) or Decimal(0), in_pool * (1 - sold))
        )
        others = 1 - sold - pool
        possible = int(sold < 1 and others >= 0 and not (in_pool < 1 and others == 0))
        pooled = [address(place, column - 1) for place, row in enumerate(rows, 4) if row["pool"]]
        cells = {
            "amount": (f"={source.at(line, AMOUNT)}", issue.amount, "money"),
            "post": (f"={at['amount']}+{at['pre']}", issue.post_money, "money"),
            "sold": (f"=IF({at['post']}=0,0,{at['amount']}/{at['post']})", sold, "percent"),
            "in_pool": (f"={'+'.join(pooled) or '0'}", in_pool, "percent"),
            "pool": (f"=IF({at['in_pool']}>=1,1-{at['sold']},"
                     f"MAX(N({at['target']}),{at['in_pool']}*(1-{at['sold']})))", pool, "percent"),
            "others": (f"=1-{at['sold']}-{at['pool']}", others, "percent"),
            "possible": (f"=IF(AND({at['sold']}<1,{at['others']}>=0,"
                         f"NOT(AND({at['in_pool']}<1,{at['others']}=0))),1,0)", possible, "whole"),
        }  # fmt: skip
        sheet.put(terms["pre"], column, issue.pre_money, "money", input=True)
        note = _("Not given: the pool is not topped up.") * (issue.pool is None)
        sheet.put(terms["target"], column, share(issue.pool), "percent", input=True, note=note)
        for name, (text, value, form) in cells.items():
            sheet.put(terms[name], column, Formula(text, value), form)
