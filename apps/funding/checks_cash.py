"""Whether the money lasts, and what is due after it. Used by checks.py only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import money
from apps.funding.assemble import SECTION, month_index
from apps.funding.causes import causes
from apps.funding.inputs import MONTHS, ZERO
from apps.funding.metrics import runway_after
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.sections import registry

RESERVE_MONTHS = 6
THIN_MONTHS = 3
MOST_NAMED = 5
SLACK_MONTHS = 3  # a round that closes a quarter late is the usual case


def cash_out(outlook: Outlook) -> Iterator[Finding]:
    """The cash lasts as long as the plan."""
    month = outlook.base.cash_out
    if month is not None:
        found = causes(outlook.assembly, outlook.base)
        places = (*(cause.place for cause in found), Place(SECTION, "assumptions"))
        message = _("The cash is gone in %(month)s. Raise more, raise earlier, or spend later.") % {
            "month": outlook.month(month)
        }
        yield Finding("funding.cash_out", "error", message, places)


def milestones(outlook: Outlook) -> Iterator[Finding]:
    """Nothing is due after the money is gone."""
    contents, month = outlook.contents, outlook.base.cash_out
    if month is None or not registry.has("projects.milestone") or "projects" in contents.hidden:
        return
    start = contents.plan.start_month
    late = [
        row
        for row in contents.part("projects.milestone")
        if row.due and not row.reached and month_index(start, row.due) >= month
    ]
    if not late:
        return
    late.sort(key=lambda row: row.due)
    named = [
        _("“%(milestone)s” (%(due)s)")
        % {"milestone": row, "due": outlook.month(month_index(start, row.due))}
        for row in late[:MOST_NAMED]
    ]
    message = _(
        "The cash is gone in %(month)s, before these milestones are due: %(milestones)s."
    ) % {
        "month": outlook.month(month),
        "milestones": _(", ").join(named) + (_(" and more") if len(late) > MOST_NAMED else ""),
    }
    ends = [Place("projects", "milestone", row.uid, "due") for row in late[:MOST_NAMED]]
    places = (*ends, Place(SECTION, "round"))
    yield Finding("funding.milestone_after_cash", "error", message, places)


def reserve(outlook: Outlook) -> Iterator[Finding]:
    """After the last round there is money for half a year at least."""
    inside = [one for one in outlook.assembly.inputs.rounds if 0 <= one.month < MONTHS]
    if not inside:
        return
    last = max(inside, key=lambda one: one.month)
    months = runway_after(outlook.base, last.month)
    if months is not None and months < RESERVE_MONTHS:
        message = ngettext(
            "After “%(round)s” the cash lasts %(months)s month. Plan for six at least.",
            "After “%(round)s” the cash lasts %(months)s months. Plan for six at least.",
            months,
        ) % {"round": last.name, "months": months}
        place = Place(SECTION, "round", last.key, "amount")
        yield Finding("funding.short_runway", "warning", message, (place,))


def signed_money(outlook: Outlook) -> Iterator[Finding]:
    """What the plan can do if no further round is signed."""
    month = outlook.signed.cash_out
    if not outlook.unsigned or month is None or month == outlook.base.cash_out:
        return
    rounds = outlook.assembly.inputs.rounds
    hoped = [one for one in rounds if not one.firm and 0 <= one.month <= month]
    first = min(hoped, key=lambda one: one.month)
    message = _(
        "With signed money only, the cash is gone in %(month)s. “%(round)s”, planned for %(due)s, "
        "is not signed yet. Close it before then, or say what you would stop."
    ) % {
        "month": outlook.month(month), "round": first.name, "due": outlook.month(first.month),
    }  # fmt: skip
    severity = "warning" if month - first.month < SLACK_MONTHS else "hint"
    places = (
        Place(SECTION, "round", first.key, "status"),
        Place(SECTION, "assumptions", "", "fallback"),
    )
    yield Finding("funding.signed_money", severity, message, places)


def thin_cash(outlook: Outlook) -> Iterator[Finding]:
    """There is always money for three months of what has been burnt on average until then."""
    base, currency = outlook.base, outlook.contents.plan.currency
    if not base.cash_known or base.cash_out is not None:
        return
    burns = [sum(base.net_burn[: month + 1], ZERO) / (month + 1) for month in range(MONTHS)]
    thin = [at for at, burn in enumerate(burns) if base.closing[at] < THIN_MONTHS * burn]
    if not thin:
        return
    month = min(thin, key=lambda at: base.closing[at])
    message = _(
        "At the end of %(month)s only %(cash)s is left, less than three months of what you burn: "
        "%(burn)s a month on average until then. Raise more, or spend later."
    ) % {
        "month": outlook.month(month),
        "cash": money.short_money(base.closing[month], currency),
        "burn": money.short_money(burns[month], currency),
    }
    yield Finding("funding.thin_cash", "warning", message, (Place(SECTION, "round"),))
