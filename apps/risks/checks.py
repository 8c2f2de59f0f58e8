"""What the risk section tells the founder about the register. Used by section.py only.

``today`` is passed in: a page, an old version and a PDF all judge dates as of the day they are
made.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.plans.checks import Finding, Place
from apps.plans.choices import Stage
from apps.plans.contents import Contents
from apps.plans.fields import Ref
from apps.plans.sections import registry
from apps.plans.stages import reached
from apps.risks import rules
from apps.risks.models import Action, Response, Risk


def findings(contents: Contents, today: date) -> list[Finding]:
    """Every broken rule of the register, the gravest first."""
    live = [risk for risk in contents.part("risks.risk") if risk.live]
    actions = contents.part("risks.action")
    return [
        *_critical(live),
        *_acceptance(live, today),
        *_residual(live),
        *_ranges(live),
        *_reviews(live, today),
        *_actions(actions, today),
        *_matrix(contents),
    ]


def has_owner(ref: Ref) -> bool:
    """Whether somebody is named; a role that the reader may not see counts as named."""
    if ref.state == "removed":
        return not registry.has("team.role")
    return bool(ref)


def _finding(key: str, severity: str, message: str, risk: Risk, field: str = "") -> Finding:
    place = Place("risks", "risk", risk.uid, field)
    return Finding(f"risks.{key}", severity, message, (place,))


def _critical(live: list[Risk]) -> Iterator[Finding]:
    """A critical risk has an owner, and at least one action with a due date. (An idea has nobody
    yet to give it to.)"""
    for risk in live:
        if not risk.critical or not reached(Stage.PRE_SEED, risk):
            continue
        missing = []
        if not has_owner(risk.owner_ref):
            missing.append(_("an owner"))
        if not risk.actions:
            missing.append(_("an action"))
        elif not any(action.due for action in risk.actions):
            missing.append(_("an action with a due date"))
        if missing:
            message = _("%(risk)s is critical but lacks: %(missing)s.") % {
                "risk": _named(risk), "missing": _(", ").join(missing),
            }  # fmt: skip
            yield _finding("critical_unmanaged", "error", message, risk, "owner")


def _acceptance(live: list[Risk], today: date) -> Iterator[Finding]:
    """Accepting needs an approver, a reason and an end."""
    for risk in live:
        if risk.response != Response.ACCEPT:
            continue
        missing = [
            word
            for value, word in (
                (risk.acceptance_approver, _("who approved it")),
                (risk.acceptance_reason, _("the reason")),
                (risk.acceptance_expiry, _("until when it holds")),
            )
            if not value
        ]
        if missing:
            message = _("%(risk)s is accepted, but it is not written down: %(missing)s.") % {
                "risk": _named(risk), "missing": _(", ").join(missing),
            }  # fmt: skip
            yield _finding("acceptance_incomplete", "warning", message, risk, "acceptance_approver")
        elif risk.acceptance_expired(today):
            message = _("The acceptance of %(risk)s has expired. Decide on it again.")
            message %= {"risk": _named(risk)}
            yield _finding("acceptance_expired", "warning", message, risk, "acceptance_expiry")


def _residual(live: list[Risk]) -> Iterator[Finding]:
    """Responses make a threat smaller or an opportunity larger, never the reverse."""
    inherent = pgettext("risk rating", "inherent")
    current = pgettext("risk rating", "current")
    target = pgettext("risk rating", "target")
    for risk in live:
        steps = (
            (risk.inherent, risk.current, inherent, current),
            (risk.current, risk.target, current, target),
            (risk.inherent, risk.target, inherent, target),
        )
        for before, after, first, second in steps:
            if rules.in_order(before, after, opportunity=risk.opportunity):
                continue
            sentence = (
                _("%(risk)s: the %(second)s score (%(after)s) is below the %(first)s one "
                  "(%(before)s), though responses should enlarge an opportunity.")
                if risk.opportunity
                else _("%(risk)s: the %(second)s score (%(after)s) is above the %(first)s one "
                       "(%(before)s). Rate again: responses should lower it.")
            )  # fmt: skip
            message = sentence % {
                "risk": _named(risk), "first": first, "second": second,
                "before": before.score, "after": after.score,
            }  # fmt: skip
            yield _finding("residual_above_inherent", "warning", message, risk,
                           "current_probability")  # fmt: skip
            break  # one sentence a risk is enough: the others follow from it


def _ranges(live: list[Risk]) -> Iterator[Finding]:
    """A range that cannot be right is left out of the exposure, and said so."""
    for risk in live:
        problem = rules.range_problem(risk.amount_low, risk.amount_high)
        if problem:
            yield _finding("range_impossible", "warning", f"{_named(risk)}: {problem}", risk,
                           "amount_low")  # fmt: skip


def _reviews(live: list[Risk], today: date) -> Iterator[Finding]:
    """One sentence for all of them: they are caught up in one meeting."""
    overdue = [risk for risk in live if risk.review_overdue(today)]
    if overdue:
        message = ngettext(
            "The review of %(risks)s is overdue. Hold it and set the next date.",
            "The reviews of %(risks)s are overdue. Hold them and set the next dates.",
            len(overdue),
        ) % {"risks": _(", ").join(map(_named, overdue))}
        places = tuple(Place("risks", "risk", risk.uid, "next_review") for risk in overdue)
        yield Finding("risks.review_overdue", "warning", message, places)


def _actions(actions: list[Action], today: date) -> Iterator[Finding]:
    overdue = [action for action in actions if action.overdue(today)]
    if overdue:
        message = ngettext(
            "The action %(actions)s is overdue. Finish it or set a new date.",
            "The actions %(actions)s are overdue. Finish them or set new dates.",
            len(overdue),
        ) % {"actions": _(", ").join(_("“%s”") % action for action in overdue)}
        places = tuple(Place("risks", "action", action.uid, "due") for action in overdue)
        yield Finding("risks.action_overdue", "warning", message, places)
    for action in actions:
        if action.cost and not action.due:
            message = _(
                "The action “%(action)s” has a cost but no due date, so the cash plan cannot "
                "count it."
            ) % {"action": action}
            place = Place("risks", "action", action.uid, "due")
            yield Finding("risks.action_undated", "hint", message, (place,))


def _matrix(contents: Contents) -> Iterator[Finding]:
    """Limits that contradict each other are not used."""
    policy = contents.part("risks.policy")
    if not rules.ascending(policy.medium_from, policy.high_from, policy.critical_from):
        message = _(
            "The levels of the risk matrix do not rise from medium to critical, so the usual "
            "5, 10 and 15 are used. Correct them in the risk policy."
        )
        place = Place("risks", "policy", "", "critical_from")
        yield Finding("risks.matrix_contradictory", "warning", message, (place,))


def _named(risk: Risk) -> str:
    return f"{risk.code} “{risk}”"
