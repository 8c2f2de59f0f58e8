"""The risk policy, the risk register and its actions. Used by this app only; other sections reach
the records through ``contents.part("risks.…")``.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Percent,
    RowRef,
    Score,
    SectionRef,
    ShortText,
)
from apps.plans.models import RowRecord, SheetRecord
from apps.risks import rules
from apps.risks.simulation import Outcome, simulate

STAGES = ("inherent", "current", "target")
IMPACTS = ("cost", "time", "quality", "reputation")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    MILESTONE = "milestone", _("At every milestone")


class Kind(models.TextChoices):
    THREAT = "threat", pgettext_lazy("risk kind", "Threat")
    OPPORTUNITY = "opportunity", pgettext_lazy("risk kind", "Opportunity")


class Category(models.TextChoices):
    TECHNICAL = "technical", pgettext_lazy("risk category", "Technical")
    DATA = "data", pgettext_lazy("risk category", "Data")
    COMPUTE = "compute", pgettext_lazy("risk category", "Compute and supply")
    MODEL = "model", pgettext_lazy("risk category", "Model quality and safety")
    LEGAL = "legal", pgettext_lazy("risk category", "Legal and regulatory")
    MARKET = "market", pgettext_lazy("risk category", "Market")
    FINANCE = "finance", pgettext_lazy("risk category", "Finance")
    PEOPLE = "people", pgettext_lazy("risk category", "People")
    SECURITY = "security", pgettext_lazy("risk category", "Security")
    OPERATIONS = "operations", pgettext_lazy("risk category", "Operations")


class Response(models.TextChoices):
    AVOID = "avoid", pgettext_lazy("risk response", "Avoid")
    TRANSFER = "transfer", pgettext_lazy("risk response", "Transfer")
    MITIGATE = "mitigate", pgettext_lazy("risk response", "Mitigate")
    EXPLOIT = "exploit", pgettext_lazy("risk response", "Exploit")
    SHARE = "share", pgettext_lazy("risk response", "Share")
    ENHANCE = "enhance", pgettext_lazy("risk response", "Enhance")
    ACCEPT = "accept", pgettext_lazy("risk response", "Accept")
    ESCALATE = "escalate", pgettext_lazy("risk response", "Escalate")


THREAT_RESPONSES = (Response.AVOID, Response.TRANSFER, Response.MITIGATE)
OPPORTUNITY_RESPONSES = (Response.EXPLOIT, Response.SHARE, Response.ENHANCE)
RESPONSES = [
    (_("To a threat"), [(one.value, one.label) for one in THREAT_RESPONSES]),
    (_("To an opportunity"), [(one.value, one.label) for one in OPPORTUNITY_RESPONSES]),
    (_("To either"), [(one.value, one.label) for one in (Response.ACCEPT, Response.ESCALATE)]),
]


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("risk status", "Draft")
    OPEN = "open", pgettext_lazy("risk status", "Open")
    TREATING = "treating", pgettext_lazy("risk status", "Being treated")
    MONITORING = "monitoring", pgettext_lazy("risk status", "Monitored")
    OCCURRED = "occurred", pgettext_lazy("risk status", "Occurred")
    CLOSED = "closed", pgettext_lazy("risk status", "Closed")


class Policy(SheetRecord):
    appetite = LongText(_("risk appetite"), blank=True)
    medium_from = Score(_("medium from score"), low=2, high=25, default=5)
    high_from = Score(_("high from score"), low=2, high=25, default=10)
    critical_from = Score(_("critical from score"), low=2, high=25, default=15)
    review_rhythm = Choice(_("review rhythm"), choices=Rhythm, blank=True)
    acceptance_rule = LongText(_("who may accept a risk"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("risk policy")
        constraints = [
            *SheetRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(medium_from__lt=F("high_from"), high_from__lt=F("critical_from")),
                name="risks_policy_levels_ascend",
            ),
        ]

    @property
    def matrix(self) -> rules.Matrix:
        return rules.Matrix.of(self.medium_from, self.high_from, self.critical_from)

    @property
    def losses(self) -> Outcome | None:
        """What the open threats of the plan may cost together."""
        return self._together(Kind.THREAT)

    @property
    def gains(self) -> Outcome | None:
        """What the open opportunities may bring; never set off against the losses."""
        return self._together(Kind.OPPORTUNITY)

    @property
    def contingency(self) -> Decimal | None:
        """The reserve to hold: 80 % chance that the losses stay within it."""
        losses = self.losses
        return losses.contingency if losses else None

    def _together(self, kind: str) -> Outcome | None:
        risks = self.contents.part("risks.risk") if self.contents else []
        return simulate([r.exposure for r in risks if r.live and r.kind == kind and r.exposure])


class Risk(RowRecord):
    name = ShortText(_("risk name"))
    kind = Choice(_("threat or opportunity"), choices=Kind, default=Kind.THREAT)
    category = Choice(_("risk category"), choices=Category, blank=True)
    cause = LongText(pgettext_lazy("risk", "cause"), blank=True)
    event = LongText(pgettext_lazy("risk", "event"), blank=True)
    effect = LongText(pgettext_lazy("risk", "effect"), blank=True)
    section = SectionRef(_("part of the plan concerned"))
    milestone = RowRef(_("milestone concerned"), target="projects.milestone")
    proximity = Day(_("could happen from"))
    identified_by = ShortText(_("identified by"), blank=True)
    identified_on = Day(_("identified on"))

    inherent_probability = Score(_("inherent probability"))
    inherent_cost = Score(_("inherent impact on cost"))
    inherent_time = Score(_("inherent impact on time"))
    inherent_quality = Score(_("inherent impact on quality"))
    inherent_reputation = Score(_("inherent impact on reputation"))
    current_probability = Score(_("current probability"))
    current_cost = Score(_("current impact on cost"))
    current_time = Score(_("current impact on time"))
    current_quality = Score(_("current impact on quality"))
    current_reputation = Score(_("current impact on reputation"))
    target_probability = Score(_("target probability"))
    target_cost = Score(_("target impact on cost"))
    target_time = Score(_("target impact on time"))
    target_quality = Score(_("target impact on quality"))
    target_reputation = Score(_("target impact on reputation"))

    response = Choice(_("risk response"), choices=RESPONSES, blank=True)
    trigger = LongText(pgettext_lazy("risk", "trigger"), blank=True)
    indicator = ShortText(_("early-warning indicator"), blank=True)
    threshold = ShortText(_("indicator threshold"), blank=True)
    contingency_plan = LongText(_("contingency plan"), blank=True)
    acceptance_approver = ShortText(_("acceptance approved by"), blank=True)
    acceptance_reason = LongText(_("reason for accepting"), blank=True)
    acceptance_expiry = Day(_("acceptance valid until"))

    owner = RowRef(_("risk owner"), target="team.role")
    status = Choice(_("risk status"), choices=Status, default=Status.DRAFT)
    next_review = Day(_("next review"))

    exposure_probability = Percent(_("probability within the plan"))
    amount_low = Money(_("amount, low end"))
    amount_high = Money(_("amount, high end"))

    class Meta(RowRecord.Meta):
        verbose_name = _("risk")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount_low__lte=F("amount_high")), name="risks_risk_amounts_ordered"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        return f"R{self.number}"

    def _rating(self, stage: str) -> rules.Rating:
        policy = self.contents.part("risks.policy") if self.contents else None
        return rules.Rating(
            getattr(self, f"{stage}_probability"),
            rules.impact(*(getattr(self, f"{stage}_{name}") for name in IMPACTS)),
            policy.matrix if policy else rules.Matrix(),
        )

    @property
    def inherent(self) -> rules.Rating:
        """Before any response."""
        return self._rating("inherent")

    @property
    def current(self) -> rules.Rating:
        """With the responses that work today."""
        return self._rating("current")

    @property
    def target(self) -> rules.Rating:
        """Once all actions are done."""
        return self._rating("target")

    @property
    def opportunity(self) -> bool:
        return self.kind == Kind.OPPORTUNITY

    @property
    def live(self) -> bool:
        return self.status != Status.CLOSED

    @property
    def critical(self) -> bool:
        """An open threat whose current rating, or the inherent one before that, is critical."""
        rating = self.current if self.current.level else self.inherent
        return self.live and not self.opportunity and rating.level == rules.Level.CRITICAL

    @property
    def exposure(self) -> rules.Exposure | None:
        return rules.exposure(self.exposure_probability, self.amount_low, self.amount_high)

    @property
    def expected_amount(self) -> Decimal | None:
        """Probability times mean amount."""
        return Decimal(round(self.exposure.expected)) if self.exposure else None

    @property
    def actions(self) -> list[Any]:
        """The actions of this risk."""
        actions = self.contents.part("risks.action") if self.contents else []
        return [action for action in actions if action.risk == self.uid]

    def review_overdue(self, today: date) -> bool:
        return self.live and rules.is_past(self.next_review, today)

    def acceptance_expired(self, today: date) -> bool:
        accepted = self.live and self.response == Response.ACCEPT
        return accepted and rules.is_past(self.acceptance_expiry, today)


class Action(RowRecord):
    text = ShortText(_("risk action"))
    risk = RowRef(_("risk it treats"), target="risks.risk")
    owner = RowRef(_("action owner"), target="team.role")
    due = Day(_("due date"))
    cost = Money(_("cost of the action"))
    done = Percent(_("share done"))

    class Meta(RowRecord.Meta):
        verbose_name = _("risk action")

    def __str__(self) -> str:
        return self.text

    def overdue(self, today: date) -> bool:
        return rules.is_past(self.due, today) and (self.done is None or self.done < 100)
