"""What a founder writes about the team. Used by this app's forms, section and pictures only.

Other sections point at a role by uid: ``RowRef("team.role")``.
"""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.plans.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Month,
    Percent,
    Ref,
    RowRef,
    RowRefs,
    Score,
    SectionRef,
    ShortText,
)
from apps.plans.models import RowRecord, SheetRecord
from apps.plans.sections import registry
from apps.team import rules


class Structure(models.TextChoices):
    """The ladder from line management to pure projects, as the PMBOK Guide names it."""

    FUNCTIONAL = "functional", _("Functional")
    WEAK_MATRIX = "weak_matrix", _("Weak matrix")
    BALANCED_MATRIX = "balanced_matrix", _("Balanced matrix")
    STRONG_MATRIX = "strong_matrix", _("Strong matrix")
    PROJECT = "project", _("Project-based")


class Status(models.TextChoices):
    FILLED = "filled", _("Filled")
    PLANNED = "planned", pgettext_lazy("team", "Planned")
    OPEN = "open", pgettext_lazy("team", "Open")
    OFFERED = "offered", _("Offer made")


class Subject(models.TextChoices):
    """What a row of the responsibility matrix is about."""

    SECTION = "section", _("Plan section")
    MILESTONE = "milestone", _("Milestone")
    STEP = "step", _("Lifecycle step")
    OTHER = "other", _("Something else")


class Tool(models.TextChoices):
    EMAIL = "email", _("E-mail")
    MESSAGING = "messaging", _("Instant messaging")
    PROJECT = "project", _("Project software")
    MEETING = "meeting", _("Meeting")
    DOCUMENT = "document", _("Document")


class Reward(models.TextChoices):
    PAY = "pay", _("Pay")
    BONUS = "bonus", _("Bonus")
    EQUITY = "equity", _("Equity or options")
    RECOGNITION = "recognition", _("Recognition")
    GROWTH = "growth", _("Learning and promotion")
    TIME = "time", _("Time and freedom")


class Organisation(SheetRecord):
    structure = Choice(_("organisational structure"), choices=Structure, blank=True)
    structure_reason = LongText(_("why this structure"), blank=True)
    culture = LongText(_("culture statements"), blank=True)
    incentive_principles = LongText(_("incentive principles"), blank=True)
    growth = LongText(_("how the team grows"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("organisation")


class Role(RowRecord):
    """A place in the team, filled or not. Costs are from the start to the end month, inclusive."""

    title = ShortText(_("job title"))
    purpose = LongText(_("purpose"), blank=True)
    duties = LongText(_("duties"), blank=True)
    decisions = LongText(_("decisions"), blank=True)
    reports_to = RowRef(verbose_name=_("reports to"), target="team.role")
    share = Percent(_("full-time share"), default=Decimal(100))
    person = ShortText(pgettext_lazy("team", "person"), blank=True)
    status = Choice(_("status"), choices=Status, blank=True)
    start = Month(_("start month"))
    end = Month(_("end month"))
    salary = Money(_("monthly salary"))
    on_cost = Percent(_("on-cost"))
    equity = Percent(_("equity"))

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("team", "role")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end=None) | Q(start=None) | Q(end__gte=F("start")),
                name="team_role_ends_after_start",
                violation_error_message=_("The end month is before the start month."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def monthly_cost(self) -> Decimal | None:
        """What the role costs in a month in which it is filled."""
        return rules.monthly_cost(self.salary, self.share, self.on_cost)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which nobody knows what the role costs, or in which months."""
        needed = ("salary", "share", "on_cost", "start")
        return tuple(name for name in needed if getattr(self, name) is None)

    @property
    def filled(self) -> bool:
        return self.status == Status.FILLED

    @property
    def holder(self) -> str:
        """The person, or how far the search is."""
        return self.person or self.get_status_display()


class Skill(RowRecord):
    """What a role must be able to do, on a scale from 1 (knows the words) to 5 (leads others)."""

    skill = ShortText(_("skill"))
    role = RowRef(verbose_name=pgettext_lazy("team", "role"), target="team.role")
    needed = Score(_("needed level"))
    held = Score(_("held level"))
    answer = LongText(_("how the gap closes"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("skill")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(needed=None) | Q(needed__range=(1, 5)))
                & (Q(held=None) | Q(held__range=(1, 5))),
                name="team_skill_levels_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.skill

    @property
    def gap(self) -> int | None:
        return rules.skill_gap(self.needed, self.held)


class Responsibility(RowRecord):
    """One row of the responsibility matrix (RACI)."""

    named_after = ("milestone", "step")

    kind = Choice(_("kind of subject"), choices=Subject, default=Subject.SECTION)
    section = SectionRef(_("plan section"))
    milestone = RowRef(verbose_name=_("milestone"), target="projects.milestone")
    step = RowRef(verbose_name=_("lifecycle step"), target="technology.step")
    subject = ShortText(_("subject"), blank=True)
    responsible = RowRefs(verbose_name=_("responsible"), target="team.role")
    accountable = RowRefs(verbose_name=_("accountable"), target="team.role")
    consulted = RowRefs(verbose_name=_("consulted"), target="team.role")
    informed = RowRefs(verbose_name=_("informed"), target="team.role")

    class Meta(RowRecord.Meta):
        verbose_name = _("responsibility")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the row is about, in words."""
        pointed: Any = ""
        if self.kind == Subject.SECTION and self.section in registry:
            pointed = registry[self.section].title
        elif self.kind in {Subject.MILESTONE, Subject.STEP}:
            ref: Ref = getattr(self, f"{self.kind}_ref")
            pointed = ref.label if ref else ""
        return str(pointed or self.subject or gettext("No subject yet"))


class Communication(RowRecord):
    purpose = ShortText(_("purpose"))
    tool = Choice(_("tool"), choices=Tool, blank=True)
    participants = RowRefs(verbose_name=_("participants"), target="team.role")
    rhythm = ShortText(_("rhythm"), blank=True)
    owner = RowRef(verbose_name=pgettext_lazy("team", "owner"), target="team.role")

    class Meta(RowRecord.Meta):
        verbose_name = _("communication")

    def __str__(self) -> str:
        return self.purpose


class Incentive(RowRecord):
    name = ShortText(pgettext_lazy("team", "name"))
    kind = Choice(_("kind"), choices=Reward, blank=True)
    roles = RowRefs(verbose_name=pgettext_lazy("team", "roles"), target="team.role")
    goal = LongText(_("what it should encourage"), blank=True)
    rule = LongText(_("who earns it and when"), blank=True)
    reward = LongText(_("what is given"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("incentive")

    def __str__(self) -> str:
        return self.name


class Training(RowRecord):
    skill = ShortText(_("skill"))
    roles = RowRefs(verbose_name=pgettext_lazy("team", "roles"), target="team.role")
    provider = ShortText(_("provider"), blank=True)
    date = Day(_("date"))
    cost = Money(_("cost"))
    proof = LongText(_("proof of success"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("training")

    def __str__(self) -> str:
        return self.skill
