"""The plan under other drivers as rows of text: scenarios, stress, tornado, draws. Used by
overview.py only."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.funding.sensitivity import Move, stress_library
from apps.funding.sensitivity import Outcome as Run


@dataclass(frozen=True)
class RunRow:
    """A scenario or stress in words: what it does to the plan as written."""

    label: str
    what: str
    cash_out: str
    signed_out: str  # with signed money only; empty where all of it is signed
    break_even: str
    lowest: Any
    closing: Any
    change: Any  # of the closing cash against the plan as written
    revenue: Any


def run_row(outlook: Outlook, run: Run) -> RunRow:
    known = run.result.cash_known
    signed = outlook.signed_under(run.result.drivers) if outlook.unsigned and known else None
    return RunRow(
        run.label,
        run.what,
        outlook.cash_end(run.result),
        outlook.cash_end(signed) if signed else "",
        break_even(outlook, run.result),
        run.lowest,
        run.closing,
        run.closing - outlook.base.closing[-1] if known else None,
        run.revenue,
    )


def spared_rows(outlook: Outlook) -> list[tuple[str, str]]:
    """The stress cases that do not apply, each with its reason."""
    return [
        (one.label, outlook.spared[one.key])
        for one in stress_library()
        if one.key in outlook.spared
    ]


def break_even(outlook: Outlook, result: Result) -> str:
    known = result.inputs.profit_known and outlook.revenue_known
    return outlook.month(result.break_even) if known else money.UNKNOWN


@dataclass(frozen=True)
class MoveRow:
    label: str
    low_cash: Any
    high_cash: Any
    low_month: str
    high_month: str


def move_row(outlook: Outlook, move: Move) -> MoveRow:
    known = outlook.base.cash_known
    return MoveRow(
        move.label,
        move.low.closing[-1] if known else None,
        move.high.closing[-1] if known else None,
        outlook.month(move.low.cash_out) if known else money.UNKNOWN,
        outlook.month(move.high.cash_out) if known else money.UNKNOWN,
    )


def months_move(outlook: Outlook) -> bool:
    """Whether any driver moves the month in which the cash is gone."""
    planned = outlook.base.cash_out
    ends = {end for move in outlook.tornado for end in (move.low.cash_out, move.high.cash_out)}
    return bool(ends - {planned})


def chances(outlook: Outlook) -> dict[str, Any] | None:
    """P10, P50, P90 of the month in which the cash is gone."""
    if outlook.chances is None:
        return None
    planned, signed = outlook.chances
    heads = [_("P10: gone by then in 1 case of 10"), _("P50: in 5 of 10"), _("P90: in 9 of 10")]
    named = [(_("With all rounds"), planned)]
    if outlook.unsigned:
        named.append((_("With signed rounds only"), signed))
    rows = [
        {
            "label": label,
            "months": [
                (head, outlook.month(month))
                for head, month in zip(heads, (one.p10, one.p50, one.p90), strict=True)
            ],
            "alive": money.percent(round(one.alive[-1] * 100, 1)),
        }
        for label, one in named
    ]
    return {"rows": rows, "heads": heads, "draws": planned.draws, "risks": len(outlook.risks)}
