"""The first questions of whoever gives money, each answered in a line or a few. Used by
overview.py only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.core import money
from apps.funding.comparison import spared_rows
from apps.funding.inputs import MONTHS
from apps.funding.outlook import Outlook
from apps.funding.story import asked, told


@dataclass(frozen=True)
class Answer:
    question: str
    lines: tuple[str, ...]


def answers(outlook: Outlook) -> list[Answer]:
    """When the cash is gone, in which scenario, what ends it earlier, what is asked for."""
    if outlook.empty:
        return []
    found = [Answer(_("When is the cash gone?"), _cash(outlook))]
    if outlook.base.cash_known:
        found.append(Answer(_("And in each scenario?"), _scenarios(outlook)))
        found.append(Answer(_("What ends it earlier?"), _earlier(outlook)))
    return [*found, Answer(_("What is asked for?"), _ask(outlook))]


def _line(case: str, text: str) -> str:
    return _("%(case)s: %(text)s") % {"case": case, "text": text}


def _cash(outlook: Outlook) -> tuple[str, ...]:
    if not outlook.base.cash_known:
        why = outlook.base.inputs.withheld.costs
        return (
            _("%(dash)s (%(why)s)") % {"dash": money.UNKNOWN, "why": why} if why else money.UNKNOWN,
        )
    planned = outlook.cash_end(outlook.base)
    if not outlook.unsigned:
        return (planned,)
    signed = outlook.cash_end(outlook.signed)
    return _line(_("With all rounds"), planned), _line(_("With signed rounds only"), signed)


def _scenarios(outlook: Outlook) -> tuple[str, ...]:
    return tuple(_line(one.label, outlook.cash_end(one.result)) for one in outlook.scenarios)


def _earlier(outlook: Outlook) -> tuple[str, ...]:
    """The stress cases that bring the end forward, the soonest first."""
    planned = outlook.base.cash_out
    last = MONTHS if planned is None else planned
    ends = [(one.result.cash_out, one.label) for one in outlook.stresses]
    sooner = [(end, label) for end, label in ends if end is not None and end < last]
    if sooner:
        return tuple(_line(label, outlook.month(end)) for end, label in sorted(sooner))
    return (*_harmless(outlook), *(_spared(*one) for one in spared_rows(outlook)))


def _harmless(outlook: Outlook) -> tuple[str, ...]:
    """That none of the cases computed ends the cash earlier; nothing if none was."""
    if not outlook.stresses:
        return ()
    cases = _(", ").join(one.label for one in outlook.stresses)
    return (_("These stress cases do not: %(cases)s.") % {"cases": cases},)


def _spared(case: str, reason: str) -> str:
    return _("%(case)s does not apply: %(reason)s") % {"case": case, "reason": reason}


def _ask(outlook: Outlook) -> tuple[str, ...]:
    return tuple(told(row, outlook) for row in asked(outlook)) or (_("Nothing: no round is open."),)
