"""Whether the scenarios themselves can be believed: their factors, and that low is worse than base
and high is better. Used by checks.py only; whether the cash lasts in them is in checks_cases.py."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.assemble import SECTION
from apps.funding.choices import Case
from apps.funding.inputs import MONTHS
from apps.funding.model import run
from apps.funding.outlook import Outlook
from apps.funding.result import Result
from apps.plans.checks import Finding, Place


def zero_factors(outlook: Outlook) -> Iterator[Finding]:
    """No driver of a scenario is taken times 0: what is paid, sold or lost never stops wholly."""
    for row in outlook.contents.part("funding.scenario"):
        zeros = [name for name in row.changed if not getattr(row, name)]
        if not zeros:
            continue
        message = _(
            "The scenario “%(scenario)s” cannot come true: %(factors)s. A factor of 0 makes the "
            "whole of it vanish. Write the share that you expect to be left, such as 0.8."
        ) % {"scenario": row, "factors": _factors(row, zeros)}
        yield Finding("funding.scenario_zero", "warning", message, _places(row, zeros))


def order(outlook: Outlook) -> Iterator[Finding]:
    """The low case is no better for the cash than the base case, the high case no worse."""
    if not outlook.base.cash_known:
        return
    rows = outlook.contents.part("funding.scenario")
    runs = [outcome.result for outcome in outlook.written_scenarios]
    written = [one for row, one in zip(rows, runs, strict=True) if row.case == Case.BASE]
    base = written[0] if written else outlook.base
    words = {
        Case.LOW: _("The low case “%(scenario)s” is better than %(base)s: %(compared)s. What "
                    "makes it so: %(factors)s. Make the case a worse one, or call it another."),
        Case.HIGH: _("The high case “%(scenario)s” is worse than %(base)s: %(compared)s. What "
                     "makes it so: %(factors)s. Make the case a better one, or call it another."),
    }  # fmt: skip
    for row, result in zip(rows, runs, strict=True):
        if row.case not in words or not _wrong(row.case, result, base):
            continue
        names = _reasons(outlook, row, base)
        message = words[row.case] % {
            "scenario": row,
            "base": _("the base case") if written else _("the plan as written"),
            "compared": _compared(outlook, result, base),
            "factors": _factors(row, names),
        }
        yield Finding("funding.scenario_order", "warning", message, _places(row, names))


def _wrong(case: str, result: Result, base: Result) -> bool:
    return _rank(result) > _rank(base) if case == Case.LOW else _rank(result) < _rank(base)


def _rank(result: Result) -> tuple[Any, ...]:
    """What is better has more: first the months that the cash lasts, then what is left of it."""
    return (MONTHS if result.cash_out is None else result.cash_out, result.closing[-1])


def _reasons(outlook: Outlook, row: Any, base: Result) -> list[str]:
    """The drivers that turn the case the wrong way, each taken alone; all where only together."""
    names = [
        name
        for name in row.changed
        if getattr(row.drivers, name) != getattr(base.drivers, name)
        and _wrong(row.case, _alone(outlook, row, base, name), base)
    ]
    return names or row.changed


def _alone(outlook: Outlook, row: Any, base: Result, name: str) -> Result:
    drivers = replace(base.drivers, **{name: getattr(row.drivers, name)})
    return run(outlook.assembly.inputs, drivers)


def _compared(outlook: Outlook, result: Result, base: Result) -> str:
    """What becomes of the cash in the case and in the base case, by month if that differs."""
    currency = outlook.contents.plan.currency
    if result.cash_out == base.cash_out:
        said, words = _("%(case)s after 36 months instead of %(planned)s"), [
            money.short_money(one.closing[-1], currency) for one in (result, base)
        ]  # fmt: skip
    else:
        words = [outlook.month(one.cash_out) for one in (result, base)]
        if result.cash_out is None:
            said = _("the cash lasts instead of ending in %(planned)s")
        elif base.cash_out is None:
            said = _("the cash is gone in %(case)s instead of lasting")
        else:
            said = _("the cash is gone in %(case)s instead of %(planned)s")
    return said % {"case": words[0], "planned": words[1]}


def _factors(row: Any, names: list[str]) -> str:
    return _(", ").join(row.factor_text(name) for name in names)


def _places(row: Any, names: list[str]) -> tuple[Place, ...]:
    return tuple(Place(SECTION, "scenario", row.uid, name) for name in names or [""])
