"""The forms of the team section. Used by section.py only."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.plans.forms import RecordForm
from apps.team.models import (
    Communication,
    Incentive,
    Organisation,
    Responsibility,
    Role,
    Skill,
    Training,
)


class OrganisationForm(RecordForm):
    guide = {
        "structure": (
            _("It settles who decides when a line manager and a project lead disagree."),
            _("Strong matrix: project leads decide scope and date, the technical lead how."),
        ),
        "structure_reason": (
            _("Investors look for a structure that follows the work, not the other way round."),
            _(
                "Each customer launch needs research, engineering and delivery for eight weeks, so "
                "people sit in a craft and work in a launch team."
            ),
        ),
        "culture": (
            _("People read behaviour, not posters. Name what you do that others would not."),
            _("We publish our own failed evaluations to the whole company before the good ones."),
        ),
        "incentive_principles": (
            _("Rules set early keep pay and equity fair when the team doubles."),
            _("Equity follows risk taken and time served; bonuses follow customer results only."),
        ),
        "growth": (
            _("In a field that changes every quarter, learning is part of the job."),
            _("One half-day a week for papers and courses; everybody teaches once a quarter."),
        ),
    }

    class Meta:
        model = Organisation
        fields = ("structure", "structure_reason", "culture", "incentive_principles", "growth")


class RoleForm(RecordForm):
    guide = {
        "title": (
            _("A title that the outside world knows makes hiring and reading easier."),
            _("Technical lead"),
        ),
        "purpose": (
            _("One sentence that says why the role exists keeps it apart from the others."),
            _("Makes the model good enough, fast enough and cheap enough to sell."),
        ),
        "duties": (
            _("Gaps and overlaps between roles show here first."),
            _("Chooses the base model; owns evaluation; leads five engineers."),
        ),
        "decisions": (
            _("What a role may decide alone is what makes a small team fast."),
            _("Model release or roll-back; compute contracts up to 200,000 a month."),
        ),
        "reports_to": (
            _("It draws the organisation chart. Leave it empty for whoever leads the company."),
            _("The engineer reports to the technical lead."),
        ),
        "share": (
            _("Part-time founders and advisers cost less, and get less done."),
            _("100 for full time, 40 for two days a week."),
        ),
        "person": (
            _("Investors back people: name them where you can."),
            _("Dr Lin Yao, formerly head of speech at a public cloud"),
        ),
        "status": (
            _("It separates the team you have from the team you need."),
            _("Filled: under contract. Open: being searched for. Planned: later."),
        ),
        "start": (
            _("Payroll begins here, and a responsibility may not rest on an empty chair."),
            "2027-01",
        ),
        "end": (
            _("Only for roles that end: an interim lead, a contract. Leave it empty otherwise."),
            "2027-12",
        ),
        "salary": (
            _("Gross pay for a full-time month, before what the employer adds."),
            _("45,000 for a senior engineer in Hangzhou."),
        ),
        "on_cost": (
            _("Social insurance, housing fund and benefits come on top of the salary."),
            _("28 per cent, by the accountant's estimate."),
        ),
        "equity": (
            _("The sum over all roles cannot exceed 100; options count as promised."),
            _("1.5 for the first engineer, vesting over four years."),
        ),
    }
    groups = (
        (_("The role"), ("title", "purpose", "duties", "decisions", "reports_to")),
        (_("The person"), ("person", "status", "start", "end")),
        (_("What it costs"), ("share", "salary", "on_cost", "equity")),
    )

    class Meta:
        model = Role
        fields = (
            "title", "purpose", "duties", "decisions", "reports_to", "share", "person", "status",
            "start", "end", "salary", "on_cost", "equity",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end month is before the start month. Correct one."))
        return cleaned


class SkillForm(RecordForm):
    guide = {
        "skill": (
            _("List what the plan depends on, not everything that people can do."),
            _("Fine-tuning and preference training of open-weight models"),
        ),
        "role": (_("A skill that belongs to nobody is a gap."), _("Technical lead")),
        "needed": (
            _(
                "1 knows the words, 2 works with help, 3 works alone, 4 solves new problems, "
                "5 leads others."
            ),
            _("5 for the skill that your product stands on."),
        ),
        "held": (
            _("Judge by work done, not by certificates. Leave it empty for an open role."),
            _("3: has fine-tuned twice, never at this size."),
        ),
        "answer": (
            _("A gap closes by hiring, training, buying help or doing without."),
            _("Hire by March; until then a research partner at the university reviews our runs."),
        ),
    }

    class Meta:
        model = Skill
        fields = ("skill", "role", "needed", "held", "answer")


class ResponsibilityForm(RecordForm):
    guide = {
        "kind": (
            _("Responsibilities attach to parts of the plan, to results and to steps of the work."),
            _("Plan section, for who keeps the market chapter true."),
        ),
        "section": (_("Needed if the row is about a plan section."), _("Market")),
        "milestone": (
            _("Needed if the row is about a milestone of the project plan."),
            _("First paying customer live"),
        ),
        "step": (
            _("Needed if the row is about a step of the model lifecycle."),
            _("Data cleaning"),
        ),
        "subject": (
            _("For everything that is not listed in the plan: say it in a few words."),
            _("Decision to release a model"),
        ),
        "responsible": (
            _("R: they do the work. At least one role."),
            _("Machine learning engineer"),
        ),
        "accountable": (
            _("A: answers for the result and has the last word. Exactly one role."),
            _("Technical lead"),
        ),
        "consulted": (
            _("C: asked before it is decided. Each one costs time, so choose few."),
            _("Product manager"),
        ),
        "informed": (_("I: told afterwards."), _("Marketing manager")),
    }
    groups = (
        (_("About what"), ("kind", "section", "milestone", "step", "subject")),
        (_("Who"), ("responsible", "accountable", "consulted", "informed")),
    )

    class Meta:
        model = Responsibility
        fields = (
            "kind", "section", "milestone", "step", "subject",
            "responsible", "accountable", "consulted", "informed",
        )  # fmt: skip


class CommunicationForm(RecordForm):
    guide = {
        "purpose": (
            _("A channel without a purpose fills with noise."),
            _("Weekly review of launches"),
        ),
        "tool": (
            _("One place for each kind of message, so that nobody has to look in three."),
            _("Meeting"),
        ),
        "participants": (
            _("Those who decide or deliver. Others read the notes."),
            _("Product manager, delivery engineer"),
        ),
        "rhythm": (
            _("What has no time in the calendar does not happen."),
            _("Mondays, 10:00, 30 minutes"),
        ),
        "owner": (
            _("Somebody prepares it, keeps it short and writes down what was decided."),
            _("Operations manager"),
        ),
    }

    class Meta:
        model = Communication
        fields = ("purpose", "tool", "participants", "rhythm", "owner")


class IncentiveForm(RecordForm):
    guide = {
        "name": (_("A name that people use when they talk about it."), _("Launch bonus")),
        "kind": (
            _("Money is one kind of several; research talent often asks for another."),
            _("Bonus"),
        ),
        "roles": (
            _("Rewarding one side of a shared task sets people against each other."),
            _("Delivery engineer, product manager"),
        ),
        "goal": (
            _("You get what you reward: say what you want to see more of."),
            _("Launches that customers renew, not only launches on time."),
        ),
        "rule": (
            _("If people cannot work out what they will get, the incentive does not work."),
            _("Paid 90 days after go-live if at least 60 % of enquiries are solved without help."),
        ),
        "reward": (
            _("Say how much, or how it is reckoned."),
            _("5,000 for each launch, shared by the launch team."),
        ),
    }

    class Meta:
        model = Incentive
        fields = ("name", "kind", "roles", "goal", "rule", "reward")


class TrainingForm(RecordForm):
    guide = {
        "skill": (
            _("Train for the gaps that the skill table shows."),
            _("Red-teaming of language models"),
        ),
        "roles": (
            _("Who learns it. Two people for a skill that the company cannot lose."),
            _("Machine learning engineer, product manager"),
        ),
        "provider": (
            _("A course, a partner or a colleague: say who teaches."),
            _("University computing department"),
        ),
        "date": (
            _("Without a date it gets postponed. The cost falls into this month."),
            "2027-03-15",
        ),
        "cost": (_("Fees and travel for all who take part."), _("24,000 for two people.")),
        "proof": (
            _("Attendance is not learning: what will people be able to show?"),
            _("They lead the next red-team exercise and its report."),
        ),
    }

    class Meta:
        model = Training
        fields = ("skill", "roles", "provider", "date", "cost", "proof")
