"""Why each field is asked and what a good answer looks like. Used by forms.py only."""

from typing import Any

from django.utils.translation import gettext_lazy as _

Guide = dict[str, tuple[Any, Any]]

POLICY: Guide = {
    "appetite": (
        _(
            "Says how much risk the company takes on purpose and where it stops. Without it every "
            "rating is a matter of taste."
        ),
        _(
            "We bet on technology and on speed to market. We take no risk with customers' personal "
            "data or with the law, and no single loss may cost more than two months of cash."
        ),
    ),
    "medium_from": (
        _("From this score on a risk is medium: it needs an owner and a review date."),
        _("5: probability 1 with impact 5 is no longer low."),
    ),
    "high_from": (
        _("From this score on a risk is high: it needs actions."),
        _("10: probability 2 with impact 5."),
    ),
    "critical_from": (
        _("From this score on a risk is critical: it is on every founders' meeting."),
        _("15: probability 3 with impact 5."),
    ),
    "review_rhythm": (
        _("A register that nobody opens protects nobody. Choose a rhythm you will keep."),
        _("Every two weeks, in the founders' meeting."),
    ),
    "acceptance_rule": (
        _("Accepting a risk is a decision with a name under it, not an omission."),
        _("Low and medium: the risk's owner. High: the chief executive. Critical: the board."),
    ),
}

# The two scales, shown with every rating, so that two people rate alike.
PROBABILITY_SCALE = _(
    "Within the coming year: 1 below 5 %, 2 up to 20 %, 3 up to 50 %, 4 up to 80 %, 5 above 80 %."
)
IMPACT_SCALES = {
    "cost": _(
        "In months of cash: 1 a few days, 2 up to one week, 3 up to one month, 4 up to three "
        "months, 5 the company's survival."
    ),
    "time": _(
        "Delay of the next milestone: 1 days, 2 two weeks, 3 one month, 4 one quarter, 5 the "
        "window closes."
    ),
    "quality": _(
        "1 hardly noticed, 2 some complaints, 3 a promised level is missed, 4 customers leave, "
        "5 harm to people or a stop of the service."
    ),
    "reputation": _(
        "1 stays inside, 2 one customer knows, 3 the branch talks, 4 press or regulator ask, "
        "5 trust is lost for years."
    ),
}
STAGE_REASONS = {
    "inherent": _("What it would be if you did nothing: it shows what your responses achieve."),
    "current": _("What the risk is today, counting only responses that already work."),
    "target": _("What you aim at once all actions are done: it shows whether they are enough."),
}


def _ratings() -> Guide:
    scales = {"probability": PROBABILITY_SCALE, **IMPACT_SCALES}
    return {
        f"{stage}_{name}": (reason, scale)
        for stage, reason in STAGE_REASONS.items()
        for name, scale in scales.items()
    }


RISK: Guide = {
    "name": (
        _("A short name that is understood in a meeting without looking it up."),
        _("The fine-tuned model gives confident wrong answers"),
    ),
    "kind": (
        _("An opportunity is uncertain too: it is followed in the same way, but apart."),
        _("Threat."),
    ),
    "category": (
        _("Shows where risks gather and whether a whole side was forgotten."),
        _("Model quality and safety."),
    ),
    "cause": (
        _("What is true today and makes the event possible. A response usually starts here."),
        _("The training set holds few examples of refund disputes."),
    ),
    "event": (
        _("The uncertain thing itself. If it is certain, it is a problem and not a risk."),
        _("In the sales season the model answers refund questions wrongly."),
    ),
    "effect": (
        _("What it would do to your goals. The impact ratings follow from this."),
        _("Complaints double, two key customers end their pilots, the launch slips by a quarter."),
    ),
    "section": (
        _("Links the risk to the part of the plan that it threatens."),
        _("Market, if a segment is at stake."),
    ),
    "milestone": (
        _("Links the risk to the date that it threatens."),
        _("First paying customer."),
    ),
    "proximity": (
        _("From when it could happen. A near risk comes before a distant one of the same score."),
        _("The first day of the November sales."),
    ),
    "identified_by": (
        _("Whom to ask for the background."),
        _("Chen Yu, customer success"),
    ),
    "identified_on": (
        _("Shows how long the risk has been known."),
        _("The day of the workshop."),
    ),
    **_ratings(),
    "response": (
        _(
            "Threats: avoid, transfer, mitigate, accept or escalate. Opportunities: exploit, "
            "share, enhance, accept or escalate."
        ),
        _("Mitigate: a human takes over below a confidence limit."),
    ),
    "trigger": (
        _("The sign on which the contingency plan starts, so that nobody has to debate it then."),
        _("More than 3 % of answers are corrected by an agent in one day."),
    ),
    "indicator": (
        _("A number that moves before the event happens."),
        _("Share of answers corrected by an agent, per day"),
    ),
    "threshold": (
        _("The value of the indicator at which you act."),
        _("Warning at 2 %, action at 3 %"),
    ),
    "contingency_plan": (
        _("What you do if it happens all the same."),
        _("Refund questions go to agents, the last model comes back, customers know the same day."),
    ),
    "owner": (
        _("One role answers for following the risk, even if many help."),
        _("Technical lead."),
    ),
    "status": (
        _("Closed risks stay on the list but no longer count in matrix and exposure."),
        _("Being treated."),
    ),
    "next_review": (
        _("A passed review date is shown as overdue, to you and in the checks."),
        _("The next founders' meeting."),
    ),
    "acceptance_approver": (
        _("Whoever may accept a risk of this level by your policy."),
        _("Wang Lin, chief executive"),
    ),
    "acceptance_reason": (
        _("Why bearing the risk is better than treating it."),
        _("Insurance would cost more per year than the expected loss."),
    ),
    "acceptance_expiry": (
        _("An acceptance ends, so that somebody looks again."),
        _("The day of the next funding round."),
    ),
    "exposure_probability": (
        _("The chance that it happens at all within the three years of the plan."),
        _("25 %: it happened to one in four comparable companies."),
    ),
    "amount_low": (
        _(
            "If it happens, you are 95 % sure that it costs (or brings) at least this. "
            "With the high end it gives the 90 % interval."
        ),
        _("100,000: two weeks of overtime and refunds."),
    ),
    "amount_high": (
        _("If it happens, you are 95 % sure that it costs (or brings) no more than this."),
        _("1,000,000: the largest customer leaves and a penalty is due."),
    ),
}

ACTION: Guide = {
    "text": (
        _("What is done, so concrete that one can see whether it is done."),
        _("Add 4,000 labelled refund dialogues to the training set"),
    ),
    "risk": (
        _("An action that treats no risk belongs in another list."),
        _("The fine-tuned model gives confident wrong answers."),
    ),
    "owner": (
        _("The role that does it; the risk's owner checks."),
        _("Machine-learning engineer."),
    ),
    "due": (
        _("Without a date it is a wish. The cost falls in this month of the cash plan."),
        _("Four weeks before the sales season."),
    ),
    "cost": (
        _("What it costs outside the payroll: it goes into the cash plan."),
        _("60,000 for annotation."),
    ),
    "done": (
        _("How far it is, judged by what exists and not by the time spent."),
        _("50: half of the dialogues are labelled."),
    ),
}
