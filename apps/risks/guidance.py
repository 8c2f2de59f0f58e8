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

# What 1 to 5 mean, written into the choices, so that two people rate alike.
SCALES: dict[str, tuple[Any, ...]] = {
    "probability": (
        _("below 5 %"), _("up to 20 %"), _("up to 50 %"), _("up to 80 %"), _("above 80 %"),
    ),
    "cost": (
        _("a few days"), _("up to one week"), _("up to one month"), _("up to three months"),
        _("the company's survival"),
    ),
    "time": (
        _("days"), _("two weeks"), _("one month"), _("one quarter"), _("the window closes"),
    ),
    "quality": (
        _("hardly noticed"), _("some complaints"), _("a promised level is missed"),
        _("customers leave"), _("harm to people or a stop of the service"),
    ),
    "reputation": (
        _("stays inside"), _("one customer knows"), _("the branch talks"),
        _("press or regulator ask"), _("trust is lost for years"),
    ),
}  # fmt: skip
SCALE_REASONS = {
    "probability": _("Within the coming year."),
    "cost": _("The loss, as time that our cash would last."),
    "time": _("Delay of the next milestone."),
    "quality": _("What customers notice."),
    "reputation": _("Who hears of it."),
}
STAGE_REASONS = {
    "inherent": _("What it would be if you did nothing: it shows what your responses achieve."),
    "current": _("What the risk is today, counting only responses that already work."),
    "target": _("What you aim at once all actions are done: it shows whether they are enough."),
}
# One story through all three ratings: the model that answers refund questions wrongly.
RATING_EXAMPLES = {
    "inherent_probability": _(
        "4: without any check, wrong refund answers in the sales are likely."
    ),
    "inherent_cost": _("4: refunds, overtime and two lost pilots would eat about two months."),
    "inherent_time": _("4: the launch would slip by a quarter."),
    "inherent_quality": _("4: two key customers would leave."),
    "inherent_reputation": _("3: other shops would hear of it."),
    "current_probability": _("3: the confidence limit already stops half of the wrong answers."),
    "current_cost": _("3: with refunds capped, at most one month."),
    "current_time": _("3: retraining would take the team a month."),
    "current_quality": _("3: 95 % of the answers are right, 98 % are promised."),
    "current_reputation": _("2: the customer concerned hears it from us the same day."),
    "target_probability": _("2: with 4,000 labelled refund dialogues, at most one chance in five."),
    "target_cost": _("2: refunds of single orders, less than a week."),
    "target_time": _("1: the previous model is back within a day."),
    "target_quality": _("2: single complaints, settled the same day."),
    "target_reputation": _("1: we notice and mend it before a customer does."),
}


def _ratings() -> Guide:
    return {
        name: (SCALE_REASONS[name.partition("_")[2]], example)
        for name, example in RATING_EXAMPLES.items()
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
