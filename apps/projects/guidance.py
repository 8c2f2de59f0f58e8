"""Why each field is asked and what a good answer looks like. Used by forms.py only."""

from typing import Any

from django.utils.translation import gettext_lazy as _

Guide = dict[str, tuple[Any, Any]]

CODE = (_("A short code makes long lists and conversations easier."), _("T07"))

OBJECTIVE: Guide = {
    "code": (CODE[0], _("O1")),
    "title": (
        _("What the company wants to have achieved. Three objectives are plenty."),
        _("Shops trust the agent with refunds"),
    ),
    "reason": (
        _("If nobody can say why now, it is not an objective of this plan."),
        _("Refunds are a third of all conversations, and no competitor resolves them unattended."),
    ),
    "measure": (
        _("Without a measure everybody will believe it was reached."),
        _("Share of refund conversations resolved without a person"),
    ),
    "target": (_("The value of the measure that counts as reached."), _("60 % in three shops")),
    "due": (_("An objective without a date is a wish."), "2027-09-30"),
    "owner": (_("One role that answers for it."), _("Product manager")),
}

MILESTONE: Guide = {
    "code": (CODE[0], _("M2")),
    "title": (
        _("A state that is reached or not, never “90 % there”. Say it as a result."),
        _("First model passes the release gate"),
    ),
    "kind": (
        _("Readers look first for the pilot, the filing and the launch."),
        _("Model"),
    ),
    "objective": (
        _("A milestone that serves no objective can be dropped."),
        _("Shops trust the agent with refunds"),
    ),
    "deliverable": (
        _("What lies on the table when it is reached."),
        _("Model weights, evaluation report and model card, all under version control"),
    ),
    "acceptance": (
        _("Written before the work begins, so that nobody bends it in the end."),
        _("At least 92 % correct on the frozen test set, no critical safety finding open."),
    ),
    "owner": (
        _("One role that calls it reached or not. Without one nobody will."),
        _("Technical lead"),
    ),
    "start": (
        _("Optional: when work towards it begins. Tasks before that day are pointed out."),
        "2027-03-01",
    ),
    "due": (_("The day you promise to others."), "2027-05-31"),
    "baseline_due": (
        _(
            "The date as first agreed. Copy it here once the plan is agreed and leave it alone, "
            "so that slip stays visible. A kept version of the plan preserves the rest."
        ),
        "2027-05-24",
    ),
    "reached": (_("The day its owner called it reached. Empty until then."), "2027-05-28"),
}

TASK: Guide = {
    "code": CODE,
    "title": (
        _("Something one role can finish in days or weeks. Begin with a verb."),
        _("Label 24,000 dialogues by the guide"),
    ),
    "milestone": (
        _("The result it leads to. It is drawn and summed with that milestone."),
        _("Training data cleared and frozen"),
    ),
    "deliverable": (
        _("What others can use when it is done."),
        _("Labelled set, with two labels on every tenth dialogue"),
    ),
    "acceptance": (
        _("How its owner and the next one agree that it is done."),
        _("Two people agree on at least 85 % of the doubly labelled dialogues."),
    ),
    "owner": (_("Exactly one role. Others help."), _("Research engineer")),
    "effort": (
        _("Work, not waiting: a filing may take 60 days and 5 person-days."),
        _("30 person-days: two people for three weeks"),
    ),
    "cost": (
        _(
            "What you pay to others for this task. Salaries, data purchases, model runs and risk "
            "actions stand in their own sections and would count twice here."
        ),
        _("18,000 for the lawyer who reviews six data agreements"),
    ),
    "start": (
        _("Not before this day. Leave it empty to begin as soon as what it waits for allows."),
        "2027-03-08",
    ),
    "end": (_("Last day of work. Give this or a duration."), "2027-03-26"),
    "duration": (
        _(
            "First to last day in calendar days, weekends included: partners and authorities do "
            "not count your working days. Give this or an end."
        ),
        _("19 for two and a half weeks"),
    ),
    "depends_on": (
        _("Tasks that must end before this one begins. They make the critical path."),
        _("Sign data agreements; write the labelling guide"),
    ),
    "lag": (
        _("Days of waiting after the last of these, for example until an answer comes."),
        _("14 until the authority's first reply"),
    ),
    "done": (
        _("As of the status date. 0 until it begins, 100 only when it is accepted."),
        _("50 when half of the dialogues are labelled and checked"),
    ),
    "actual_effort": (
        _("Together with the cost so far it shows what the progress took."),
        _("17 person-days up to the status date"),
    ),
    "actual_cost": (
        _("Paid or owed to others up to the status date."),
        _("21,000: two agreements needed a second round"),
    ),
    "baseline_start": (
        _("The start as first agreed. Set it once; slip is counted from it."),
        "2027-03-01",
    ),
    "baseline_end": (
        _(
            "The end as first agreed. Copy the planned dates here once the plan is agreed and "
            "leave them alone: a baseline that follows the plan shows no slip."
        ),
        "2027-03-19",
    ),
}

CONTROL: Guide = {
    "status_date": (
        _(
            "The day up to which “share done” and “so far” are reported. Earned value, the "
            "curves and what is overdue count from it."
        ),
        "2027-02-26",
    ),
    "day_rate": (
        _(
            "Turns effort into money for earned value, so that a task without invoices counts "
            "too. It adds nothing to the plan's costs: salaries are counted in the team section."
        ),
        _("2,500: payroll of a month divided by the working days of all"),
    ),
    "review_rhythm": (
        _("Control is a habit. Choose a rhythm that the team keeps."),
        _("Every two weeks, before the founders' meeting"),
    ),
    "measuring": (
        _("“90 % done” means nothing unless all count alike."),
        _("0 before it begins, 50 at the first usable result, 100 when accepted."),
    ),
    "tolerance": (
        _("A milestone that slips further needs a decision in the change log."),
        _("7 days"),
    ),
    "change_rule": (
        _("Keeps dates and scope from moving unnoticed."),
        _("Owners move tasks within a milestone; milestones move only by the founders' meeting."),
    ),
}

QUALITY: Guide = {
    "item": (
        _("The result whose quality customers will feel."),
        _("Answers about refunds"),
    ),
    "metric": (_("One number that two people measure alike."), _("Share of correct answers")),
    "target": (_("The value you promise yourselves or others."), _("At least 92 %")),
    "tolerance": (
        _("How far it may fall short before you act."),
        _("Below 90 % the release is stopped"),
    ),
    "method": (
        _("Who measures on what. Quality judged by the maker alone convinces nobody."),
        _("500 dialogues of the frozen test set, rated by two people who did not train it"),
    ),
    "frequency": (_("At the latest before customers notice."), _("At every release")),
    "owner": (_("Best someone other than the maker."), _("Product manager")),
    "result": (_("The latest value, with its date."), _("88 % on 12 February 2027")),
    "passed": (
        _("Whether the latest result meets the target within its tolerance."),
        _("No, until the second training round"),
    ),
}

CHANGE: Guide = {
    "subject": (
        _("What shall be different, in one line."),
        _("Pilot with three shops instead of five"),
    ),
    "aspect": (
        _("Scope, dates, cost and quality pull at one another: name the one that gives."),
        _("Scope"),
    ),
    "milestones": (_("So that their slip is explained."), _("Pilot concluded")),
    "requested_on": (_("Shows how long decisions take."), "2027-02-19"),
    "requested_by": (_("Who saw the need."), _("Product manager")),
    "reason": (
        _("In a year nobody will remember. Write what you know today."),
        _("Two shops use an order system without a test environment."),
    ),
    "effect": (
        _("On dates, cost and quality, if it is done and if it is not."),
        _("Saves 20 person-days and keeps the date; fewer kinds of goods are tested."),
    ),
    "decision": (_("An open change blocks people. Decide, or put it off to a day."), _("Approved")),
    "decided_by": (_("A decision has a name under it."), _("Technical lead")),
    "decided_on": (_("From this day the new plan holds."), "2027-02-22"),
}
