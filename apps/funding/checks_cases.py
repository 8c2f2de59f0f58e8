"""Whether the money lasts under other drivers: scenarios and stress cases. Used by checks.py only.

Where the plan as written runs out of cash too, a case is held against it: what comes earlier is a
finding of its own, and what only repeats the plan is said once.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.funding.assemble import SECTION
from apps.funding.choices import Case
from apps.funding.drivers import AS_PLANNED
from apps.funding.outlook import Outlook
from apps.funding.sensitivity import Outcome
from apps.plans.checks import Finding, Place

FALLBACK = Place(SECTION, "assumptions", "", "fallback")


def scenarios(outlook: Outlook) -> Iterator[Finding]:
    """The cash lasts in every scenario, at least as long as in the plan as written."""
    repeated = []
    rows = outlook.contents.part("funding.scenario")
    for row, outcome in zip(rows, outlook.written_scenarios, strict=True):
        month, place = outcome.result.cash_out, Place(SECTION, "scenario", row.uid)
        if month is None:
            continue
        if not _earlier(outlook, outcome):
            if row.drivers != AS_PLANNED:
                repeated.append((outcome, place))
            continue
        severity = "error" if row.case == Case.BASE else "warning"
        message = _scenario_text(outlook, month) % {
            "scenario": row, "month": outlook.month(month), "difference": _against(outlook, month)
        }  # fmt: skip
        yield Finding("funding.scenario_cash_out", severity, message, (place, FALLBACK))
    if repeated:
        message = _(
            "These scenarios do not save the cash, which is gone in %(month)s in the plan as "
            "written: %(cases)s."
        ) % {
            "month": outlook.month(outlook.base.cash_out),
            "cases": _named(outlook, [outcome for outcome, _place in repeated]),
        }
        places = tuple(place for _outcome, place in repeated)
        yield Finding("funding.scenario_no_rescue", "hint", message, places)


def _scenario_text(outlook: Outlook, month: int) -> str:
    if outlook.base.cash_out is None:
        return _(
            "In the scenario “%(scenario)s” the cash is gone in %(month)s. Say what you would cut "
            "or raise before then."
        )
    return _(
        "In the scenario “%(scenario)s” the cash is gone in %(month)s, %(difference)s than in the "
        "plan as written. Say what you would cut or raise before then."
    )


def stresses(outlook: Outlook) -> Iterator[Finding]:
    """The cash lasts in every stress case that applies, as long as in the plan as written."""
    failed = [
        one
        for one in outlook.stresses
        if one.result.cash_out is not None and one.result.closing != outlook.base.closing
    ]
    if not failed:
        return
    sooner = [one for one in failed if _earlier(outlook, one)]
    if outlook.base.cash_out is None:
        said = _(
            "The cash does not last in these stress cases: %(cases)s. Say how you would answer "
            "each."
        )
    elif sooner:
        said = _(
            "The cash is gone even earlier in these stress cases: %(cases)s. Say how you would "
            "answer each."
        )
    else:
        said = _(
            "No stress case ends the cash earlier than %(month)s, when it is gone in the plan as "
            "written, but none of them saves it: %(cases)s."
        )
    message = said % {
        "cases": _named(outlook, sooner or failed), "month": outlook.month(outlook.base.cash_out)
    }  # fmt: skip
    yield Finding(
        "funding.stress_cash_out", "hint", message, (Place(SECTION, "scenario"), FALLBACK)
    )


def _earlier(outlook: Outlook, outcome: Outcome) -> bool:
    """Whether the case ends the cash before the plan as written does, if that ends it at all."""
    month, planned = outcome.result.cash_out, outlook.base.cash_out
    return month is not None and (planned is None or month < planned)


def _named(outlook: Outlook, cases: list[Outcome]) -> str:
    """Each case with its month, and how far that is from the one of the plan as written."""
    named = []
    for case in cases:
        month = case.result.cash_out
        words = {
            "case": case.label, "month": outlook.month(month),
            "difference": _against(outlook, month),
        }  # fmt: skip
        said = _("%(case)s (%(month)s, %(difference)s)")
        named.append((said if words["difference"] else _("%(case)s (%(month)s)")) % words)
    return _(", ").join(named)


def _against(outlook: Outlook, month: int) -> str:
    """ "2 months earlier"; empty while the cash of the plan as written lasts."""
    planned = outlook.base.cash_out
    if planned is None:
        return ""
    if month == planned:
        return _("the same month")
    apart = abs(planned - month)
    said = (
        ngettext("%(months)s month earlier", "%(months)s months earlier", apart)
        if month < planned
        else ngettext("%(months)s month later", "%(months)s months later", apart)
    )
    return said % {"months": apart}
