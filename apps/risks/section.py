"""The section "Risks": its parts, what its template shows, what it tells the whole plan."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Finding, MonthlyCost, Place
from apps.plans.choices import Stage
from apps.plans.contents import Content, Contents
from apps.plans.sections import Section, Sheet, Table, register
from apps.risks import needs, pictures
from apps.risks.checks import findings
from apps.risks.figures import figures, largest
from apps.risks.forms import ActionForm, PolicyForm, RiskForm
from apps.risks.models import IMPACTS, STAGES, Action, Risk
from apps.risks.rules import Level
from apps.risks.starters import usual_risks

TOP = 8
MONTHS = 36


@dataclass(frozen=True)
class Line:
    """A record with what is true of it today."""

    record: Risk | Action
    overdue: bool
    ratings: tuple[tuple[str, str], ...] = ()


def risk_line(risk: Risk, today: date) -> Line:
    return Line(risk, risk.review_overdue(today), ratings(risk))


def ratings(risk: Risk) -> tuple[tuple[str, str], ...]:
    """(heading, "20 · Critical (probability 4; cost 3, …)") of the ratings that were given."""
    headings = (gettext("Inherent rating"), gettext("Current rating"), gettext("Target rating"))
    lines = []
    for stage, heading in zip(STAGES, headings, strict=True):
        rating = getattr(risk, stage)
        if rating.probability is None and rating.impact is None:
            continue
        given = {name: getattr(risk, f"{stage}_{name}") or "—" for name in IMPACTS}
        text = gettext(
            "%(rating)s (probability %(probability)s; impact on cost %(cost)s, time %(time)s, "
            "quality %(quality)s, reputation %(reputation)s)"
        ) % {"rating": rating, "probability": rating.probability or "—", **given}
        lines.append((heading, text))
    return tuple(lines)


def context(content: Content) -> dict[str, Any]:
    today = timezone.localdate()
    policy, risks = content["policy"], content["risk"]
    threats = [risk for risk in risks if risk.live and not risk.opportunity]
    top = largest(threats)[:TOP]
    losses = policy.losses
    return {
        "today": today,
        "register": [risk_line(risk, today) for risk in risks if not risk.opportunity],
        "opportunities": [risk_line(risk, today) for risk in risks if risk.opportunity],
        "action_lines": [Line(action, action.overdue(today)) for action in content["action"]],
        "levels": levels(threats),
        "level_ranges": policy.matrix.ranges(),
        "top": top,
        "losses": losses,
        "gains": policy.gains,
        "threats_open": len(threats),
        "threats_counted": sum(risk.exposure is not None for risk in threats),
        "action_cost": known_sum(action.cost for action in content["action"]),
        "warnings": [finding.message for finding in findings(content.contents, today)],
        "pictures": {
            "inherent_map": pictures.heat_map(threats, policy.matrix, "inherent"),
            "current_map": pictures.heat_map(threats, policy.matrix, "current"),
            "top_risks": pictures.top_risks(top),
            "exceedance": pictures.exceedance(losses, content.plan.currency),
        },
    }


def levels(threats: list[Risk]) -> list[tuple[str, int]]:
    """How many threats stand on each level today, critical first."""
    counts = Counter(risk.current.level for risk in threats)
    return [(level.label, counts[level]) for level in reversed(Level)]


def known_sum(amounts: Any) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def checks(contents: Contents) -> list[Finding]:
    return findings(contents, timezone.localdate())


def monthly_costs(content: Content) -> list[MonthlyCost]:
    """Each action's cost in the month it is due, and the contingency.

    The contingency is spread evenly over the months of the plan: nobody knows when a loss comes,
    and the whole reserve at once would show a cash hole that no single event makes.
    """
    costs = []
    for action in content["action"]:
        month = months_between(content.plan.start_month, action.due)
        if action.cost and month is not None and 0 <= month < MONTHS:
            amounts = [Decimal(0)] * MONTHS
            amounts[month] = action.cost
            place = Place("risks", "action", action.uid, "cost")
            costs.append(MonthlyCost("risk", str(action), tuple(amounts), place))
    contingency = content["policy"].contingency
    if contingency:
        label = gettext("Contingency for risks (P80)")
        place = Place("risks", "policy")
        costs.append(MonthlyCost("contingency", label, spread(contingency), place))
    return costs


def months_between(start: date | None, day: date | None) -> int | None:
    """The index of the day's month, 0 being the month of ``start``."""
    if start is None or day is None:
        return None
    return (day.year - start.year) * 12 + day.month - start.month


def spread(amount: Decimal) -> tuple[Decimal, ...]:
    """Equal shares over all months; the last one takes what rounding leaves."""
    share = (amount / MONTHS).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    return (*[share] * (MONTHS - 1), amount - share * (MONTHS - 1))


register(
    Section(
        name="risks",
        title=_("Risks"),
        lead=_(
            "What may go otherwise than planned, how much it would matter, and what is done about "
            "it."
        ),
        order=60,
        parts=(
            Sheet(
                name="policy",
                form=PolicyForm,
                title=_("Risk policy"),
                intro=_(
                    "How much risk you bear, how you rate it, and who decides. The usual levels "
                    "are filled in; change them only for a reason."
                ),
                needs=needs.policy,
                since=Stage.PRE_SEED,
            ),
            Table(
                name="risk",
                form=RiskForm,
                title=_("Risk register"),
                singular=_("risk"),
                intro=_(
                    "Every risk is rated three times: without any response, as of today, and as "
                    "it should become. Impact is the worst of the four dimensions; the score is "
                    "probability times impact. Each change stays in the history with date and "
                    "person."
                ),
                columns=("name", "current", "owner", "status", "next_review"),
                headings={"current": _("Current rating")},
                needs=needs.risk,
                min_rows=3,
                more_rows={Stage.PRE_SEED: 5},
                starters=usual_risks,
                quantified=("exposure_probability", "amount_low", "amount_high"),
                pictures=("inherent_map", "current_map", "top_risks", "exceedance"),
            ),
            Table(
                name="action",
                form=ActionForm,
                title=_("Risk actions"),
                singular=_("risk action"),
                intro=_("What you do so that the target ratings come true."),
                columns=("text", "risk", "owner", "due", "done"),
                needs=needs.action,
                since=Stage.PRE_SEED,
                min_rows=1,
                more_rows={Stage.GROWTH: 3},
                quantified=("cost",),
            ),
        ),
        context=context,
        checks=checks,
        monthly_costs=monthly_costs,
        figures=figures,
    )
)
