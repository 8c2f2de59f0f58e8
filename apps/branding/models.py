"""The brand: positioning, identity, equity, channel plan, trust assets. For this app only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.branding import rules
from apps.plans.fields import (
    Choice,
    ChoiceList,
    Day,
    LongText,
    Money,
    Quantity,
    RowRef,
    Score,
    ShortText,
)
from apps.plans.models import RowRecord, SheetRecord


class Positioning(SheetRecord):
    """[target] who [need]: for them, [brand] is [category] that [benefit], unlike …"""

    SLOTS = ("need", "brand", "category", "benefit", "alternative", "reason")
    IN_STATEMENT = (*SLOTS, "other_language")
    DEMANDING_BUYERS = ("enterprise", "public_sector")

    target = RowRef(_("target segment"), target="market.segment")
    need = ShortText(_("need"), blank=True)
    brand = ShortText(_("brand"), blank=True)
    category = ShortText(_("product category"), blank=True)
    benefit = ShortText(_("benefit"), blank=True)
    alternative = ShortText(_("alternative"), blank=True)
    reason = ShortText(_("reason to believe"), blank=True)
    other_language = LongText(_("statement in the other language"), blank=True)
    parity = LongText(_("points of parity"), blank=True)
    difference = LongText(_("points of difference"), blank=True)
    proof_professional = LongText(_("proof of professionalism"), blank=True)
    proof_reliable = LongText(_("proof of reliability"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("positioning statement")

    @property
    def target_buyer(self) -> str:
        """Who buys in the target segment: "enterprise", "public_sector", …, "" if unknown."""
        return getattr(self.target_ref.row, "buyer", "") or ""

    @property
    def needs_proof(self) -> bool:
        """Companies and public bodies buy from a brand that shows that it is professional."""
        return self.target_buyer in self.DEMANDING_BUYERS

    @property
    def slots(self) -> dict[str, str]:
        target = self.target_ref
        found = {"target": str(target) if target.state == "found" else ""}
        return found | {name: getattr(self, name) for name in self.SLOTS}

    @property
    def is_started(self) -> bool:
        return any(text.strip() for text in (*self.slots.values(), self.other_language))

    @property
    def sentence_en(self) -> str:
        return rules.positioning_sentence(self.slots, "en")

    @property
    def sentence_zh(self) -> str:
        return rules.positioning_sentence(self.slots, "zh-hans")

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """(language, sentence) in the language of the founder's words first, then in the other:
        the founder's own translation or, until there is one, the frame around the same words."""
        made = {"en": self.sentence_en, "zh-hans": self.sentence_zh}
        own = rules.written_in(self.slots.values())
        other = "en" if own == "zh-hans" else "zh-hans"
        return [(own, made[own]), (other, self.other_language.strip() or made[other])]


class NameStatus(models.TextChoices):
    FREE = "free", _("Free: searched, not yet filed")
    FILED = "filed", _("Filed")
    REGISTERED = "registered", _("Registered")
    CONFLICT = "conflict", _("In conflict with an earlier mark")


class Identity(SheetRecord):
    name = ShortText(_("brand name"), blank=True)
    name_status = Choice(_("trade-mark status"), choices=NameStatus, blank=True)
    name_note = ShortText(_("trade-mark details"), blank=True)
    tagline = ShortText(_("tagline"), blank=True)
    values = LongText(_("values"), blank=True)
    voice = LongText(_("voice"), blank=True)
    logo = LongText(_("logo"), blank=True)
    colours = ShortText(_("colours"), blank=True, validators=[rules.validate_colours])

    class Meta(SheetRecord.Meta):
        verbose_name = _("identity")

    @property
    def colour_list(self) -> list[str]:
        return rules.colour_list(self.colours)


class Block(models.TextChoices):
    """Keller's six building blocks of customer-based brand equity, from the base upwards (2001)."""

    SALIENCE = "salience", _("Brand salience")
    PERFORMANCE = "performance", _("Brand performance")
    IMAGERY = "imagery", _("Brand imagery")
    JUDGEMENTS = "judgements", _("Brand judgements")
    FEELINGS = "feelings", _("Brand feelings")
    RESONANCE = "resonance", _("Brand resonance")


class EquityBlock(RowRecord):
    block = Choice(_("building block"), choices=Block)
    current = Score(_("score today"))
    target = Score(_("target score"))
    proof = LongText(_("proof of the score"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("building block of equity")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(current=None) | Q(current__range=(1, 5)),
                name="branding_equity_current_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__range=(1, 5)),
                name="branding_equity_target_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.get_block_display()


class Family(models.TextChoices):
    COMMUNICATION = "communication", _("Brand communication")
    ONLINE = "online", _("Online promotion")
    OFFLINE = "offline", _("Offline promotion")
    COMMUNITY = "community", _("Community and developers")
    DIRECT = "direct", _("Referral and sales")


class Route(models.TextChoices):
    SOCIAL_MEDIA = "social_media", _("Social media")
    CONFERENCE = "conference", _("Industry conference")
    PRESS = "press", _("Press")
    SEO = "seo", _("Search engine optimisation (SEO)")
    SOCIAL_MARKETING = "social_marketing", _("Social media marketing")
    CONTENT = "content", _("Content marketing")
    PAID = "paid", _("Paid advertising")
    TRADE_SHOW = "trade_show", _("Trade show")
    LAUNCH_EVENT = "launch_event", _("Launch event")
    JOINT_PROMOTION = "joint_promotion", _("Joint promotion with partners")
    COMMUNITY = "community", _("Community")
    DEVELOPER_RELATIONS = "developer_relations", _("Developer relations")
    REFERRAL = "referral", _("Referral")
    DIRECT_SALES = "direct_sales", _("Direct sales")


ROUTES = {
    Family.COMMUNICATION: (Route.SOCIAL_MEDIA, Route.CONFERENCE, Route.PRESS),
    Family.ONLINE: (Route.SEO, Route.SOCIAL_MARKETING, Route.CONTENT, Route.PAID),
    Family.OFFLINE: (Route.TRADE_SHOW, Route.LAUNCH_EVENT, Route.JOINT_PROMOTION),
    Family.COMMUNITY: (Route.COMMUNITY, Route.DEVELOPER_RELATIONS),
    Family.DIRECT: (Route.REFERRAL, Route.DIRECT_SALES),
}
FAMILY_OF = {route.value: family for family, routes in ROUTES.items() for route in routes}
ROUTE_CHOICES = [
    (family.label, [(route.value, route.label) for route in routes])
    for family, routes in ROUTES.items()
]


def family_label(route: str) -> str:
    """The family that a route belongs to, in words; "" for none."""
    return str(FAMILY_OF[route].label) if route in FAMILY_OF else ""


class Objective(models.TextChoices):
    AWARENESS = "awareness", _("Awareness")
    CONSIDERATION = "consideration", _("Consideration")
    CONVERSION = "conversion", _("Conversion")
    RETENTION = "retention", _("Retention")


class Channel(RowRecord):
    """One way to the customers: its owner, its budget for each month, what it must bring."""

    name = ShortText(_("channel name"))
    route = Choice(_("channel route"), choices=ROUTE_CHOICES, blank=True)
    segment = RowRef(_("segment"), target="market.segment")
    objective = Choice(_("objective"), choices=Objective, blank=True)
    activity = LongText(_("what is done"), blank=True)
    owner = RowRef(_("owner"), target="team.role")
    start = Day(_("start date"))
    end = Day(_("end date"))
    budget = Money(_("budget per month"))
    kpi = ShortText(_("key figure (KPI)"), blank=True)
    kpi_baseline = Quantity(_("baseline"))
    kpi_target = Quantity(_("target value"))
    kpi_actual = Quantity(_("actual value"))
    customers = Quantity(_("expected customers"))

    class Meta(RowRecord.Meta):
        verbose_name = _("channel")

    def __str__(self) -> str:
        return self.name

    @property
    def family_label(self) -> str:
        return family_label(self.route)

    @property
    def months(self) -> int | None:
        return rules.months_between(self.start, self.end)

    @property
    def total_budget(self) -> Decimal | None:
        return rules.total_budget(self.budget, self.start, self.end)

    @property
    def expected_cac(self) -> Decimal | None:
        return rules.acquisition_cost(self.total_budget, self.customers)

    @property
    def kpi_progress(self) -> Decimal | None:
        return rules.kpi_progress(self.kpi_baseline, self.kpi_target, self.kpi_actual)

    def spend(self, key: Any) -> rules.Spend:
        return rules.Spend(key, self.total_budget, self.customers)

    def monthly_amounts(self, first: date) -> tuple[Decimal, ...]:
        return rules.monthly_amounts(self.budget, self.start, self.end, first)


class Certification(models.TextChoices):
    ISO_42001 = "iso_42001", _("ISO/IEC 42001 (AI management)")
    ISO_27001 = "iso_27001", _("ISO/IEC 27001 (information security)")
    SOC_2 = "soc_2", _("SOC 2")
    MLPS = "mlps", _("MLPS (China's multi-level protection scheme)")


class Trust(SheetRecord):
    """What lets a buyer believe in a model that cannot be looked into."""

    benchmark = LongText(_("published benchmark"), blank=True)
    model_card = LongText(_("model card"), blank=True)
    safety_page = LongText(_("safety page"), blank=True)
    licence = LongText(_("licence"), blank=True)
    certifications = ChoiceList(_("certifications"), options=Certification)
    certification_note = LongText(_("state of the certifications"), blank=True)
    filing_number = ShortText(_("filing number"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("trust assets")
