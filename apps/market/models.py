"""What the market section holds: the analysis, forces, factors, segments, groups."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core import money
from apps.market import rules
from apps.plans.fields import (
    Choice,
    ChoiceList,
    LongText,
    Money,
    Percent,
    Rate,
    RowRef,
    RowScores,
    Score,
    ShortText,
    WholeNumber,
)
from apps.plans.models import Industry, RowRecord, SheetRecord


class Region(models.TextChoices):
    MAINLAND_CHINA = "mainland_china", _("Mainland China")
    HK_MO_TW = "hk_mo_tw", _("Hong Kong, Macao and Taiwan")
    JAPAN_KOREA = "japan_korea", _("Japan and Korea")
    SOUTHEAST_ASIA = "southeast_asia", _("Southeast Asia")
    SOUTH_ASIA = "south_asia", _("South Asia")
    MIDDLE_EAST = "middle_east", _("Middle East")
    EUROPE = "europe", _("Europe")
    NORTH_AMERICA = "north_america", _("North America")
    LATIN_AMERICA = "latin_america", _("Latin America")
    AFRICA = "africa", _("Africa")
    OCEANIA = "oceania", _("Oceania")


class Scenario(models.TextChoices):
    """What the model is used for: the second cut of the market beside the industry."""

    LANGUAGE = "language", _("Natural language")
    VISION = "vision", _("Vision")
    SPEECH = "speech", _("Speech")
    MULTIMODAL = "multimodal", _("Multimodal")
    RECOMMENDATION = "recommendation", _("Recommendation")
    PREDICTION = "prediction", _("Prediction")
    OTHER = "other", _("Other")


class ForceKind(models.TextChoices):
    OPPORTUNITY = "opportunity", _("Opportunity")
    CHALLENGE = "challenge", _("Challenge")


class Driver(models.TextChoices):
    TECHNOLOGY = "technology", _("Technology")
    POLICY = "policy", _("Policy")
    DEMAND = "demand", _("Demand")
    COMPETITION = "competition", _("Competition")
    CAPITAL = "capital", _("Capital")
    TALENT = "talent", _("Talent")


class Horizon(models.TextChoices):
    NOW = "now", _("Already now")
    YEAR = "year", _("Within a year")
    THREE_YEARS = "three_years", _("In 1 to 3 years")
    LATER = "later", _("After 3 years")


class BuyerKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("Enterprise")
    PUBLIC_SECTOR = "public_sector", _("Public sector")
    DEVELOPER = "developer", _("Developer")
    CONSUMER = "consumer", _("Consumer")


class Targeting(models.TextChoices):
    PRIMARY = "primary", pgettext_lazy("segment", "Primary")
    SECONDARY = "secondary", pgettext_lazy("segment", "Secondary")
    REJECTED = "rejected", pgettext_lazy("segment", "Rejected")


class Axis(models.TextChoices):
    ATTRACTIVENESS = "attractiveness", _("Market attractiveness")
    STRENGTH = "strength", _("Our strength")


class BuyingChannel(models.TextChoices):
    DIRECT = "direct", _("Direct sales")
    TENDER = "tender", _("Tender")
    PARTNER = "partner", _("Integrator or reseller")
    CLOUD = "cloud", _("Cloud marketplace")
    PLATFORM = "platform", _("App store of a platform")
    SELF_SERVICE = "self_service", _("Self-service on the web")
    OTHER = "other", _("Other")


class Analysis(SheetRecord):
    """The market as a whole, and the top-down figure that the bottom-up total is held against."""

    scope = LongText(_("scope of the market"), blank=True)
    geography = ChoiceList(_("geography"), options=Region)
    global_trends = LongText(_("global trends"), blank=True)
    home_trends = LongText(_("home-market trends"), blank=True)
    top_down = Money(_("top-down market size per year"))
    top_down_method = LongText(_("how the top-down figure was reached"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("market analysis")


class Force(RowRecord):
    """An opportunity or a challenge that the market brings."""

    statement = LongText(_("statement"))
    kind = Choice(_("opportunity or challenge"), choices=ForceKind, blank=True)
    driver = Choice(_("driver"), choices=Driver, blank=True)
    horizon = Choice(_("when it is felt"), choices=Horizon, blank=True)
    effect = Score(_("effect on us"))

    class Meta(RowRecord.Meta):
        verbose_name = _("opportunity or challenge")

    def __str__(self) -> str:
        return Truncator(" ".join(self.statement.split())).chars(80)


class Factor(RowRecord):
    """One factor of the GE–McKinsey map."""

    name = ShortText(_("name of the factor"))
    axis = Choice(_("axis"), choices=Axis, blank=True)
    weight = Percent(_("weight"))
    meaning = LongText(_("what 1 and 5 mean"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("factor")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(weight__range=(0, 100)), name="market_factor_weight_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def score_label(self) -> str:
        """What the grid of ratings says of it: its axis, and what the ends of the scale mean."""
        axis = f" ({self.get_axis_display()})" if self.axis else ""
        meaning = self.meaning.strip().partition("\n")[0]
        return f"{self.name}{axis}" + (f" · {meaning}" if meaning else "")


class Segment(RowRecord):
    """A part of the market with its size, and whether we go for it."""

    name = ShortText(_("name of the segment"))
    industry = Choice(_("industry"), choices=Industry, blank=True)
    scenario = Choice(_("application scenario"), choices=Scenario, blank=True)
    buyer = Choice(_("kind of buyer"), choices=BuyerKind, blank=True)
    firmographic = LongText(_("who they are"), blank=True)
    geographic = LongText(_("where they are"), blank=True)
    behavioural = LongText(_("how they behave"), blank=True)
    pain = Score(_("severity of the pain"))
    budget_holder = ShortText(_("budget holder"), blank=True)
    procurement_months = WholeNumber(_("months from first talk to contract"))
    regulatory = LongText(_("regulatory limits"), blank=True)

    interviews = WholeNumber(_("interviews held"))
    letters = WholeNumber(_("letters of intent"))
    pilots = WholeNumber(_("pilots"))
    paying = WholeNumber(_("paying customers"))

    accounts = WholeNumber(_("accounts"))
    acv = Money(_("annual contract value"))
    reachable = Percent(_("reachable"))
    fit = Percent(_("fit"))
    obtainable = Percent(_("obtainable"))
    growth = Rate(_("growth per year"))

    targeting = Choice(_("targeting"), choices=Targeting, blank=True)
    targeting_reason = LongText(_("reason for this choice"), blank=True)

    ratings = RowScores(_("ratings"), target="market.factor")
    rating_reasons = LongText(_("why these ratings"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("segment")
        constraints = [
            *RowRecord.Meta.constraints,
            # No share above the whole: SOM ≤ SAM ≤ TAM. (The unknown, NULL, passes a check.)
            models.CheckConstraint(
                condition=Q(reachable__range=(0, 100), fit__range=(0, 100),
                            obtainable__range=(0, 100)),
                name="market_segment_shares",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def sizing(self) -> rules.Sizing:
        return rules.sizing(self.accounts, self.acv, self.reachable, self.fit, self.obtainable)

    @property
    def tam(self) -> Decimal | None:
        return self.sizing.tam

    @property
    def sam(self) -> Decimal | None:
        return self.sizing.sam

    @property
    def som(self) -> Decimal | None:
        return self.sizing.som

    @property
    def som_in_year_3(self) -> Decimal | None:
        """Two years of growth after the first."""
        return rules.grown(self.som, self.growth, 2)

    @property
    def som_text(self) -> str:
        """For the list of segments."""
        return money.short_money(self.som, self.plan.currency)

    @property
    def standing(self) -> rules.Standing:
        return rules.Standing(*(self._score(axis) for axis in (Axis.ATTRACTIVENESS, Axis.STRENGTH)))

    def _score(self, axis: Axis) -> Decimal | None:
        rated = ((factor, rating) for factor, rating in self.ratings_by_row if factor.axis == axis)
        return rules.weighted_score((factor.weight, rating) for factor, rating in rated)

    @property
    def unrated(self) -> list[Factor]:
        """The factors without a rating. One of no weight or on no axis needs none."""
        return [
            factor
            for factor, rating in self.ratings_by_row
            if rating is None and factor.axis and factor.weight != 0
        ]

    @property
    def is_primary(self) -> bool:
        return self.targeting == Targeting.PRIMARY

    @property
    def is_rejected(self) -> bool:
        return self.targeting == Targeting.REJECTED


class Group(RowRecord):
    """A target customer group: the people within a segment whom the product must win."""

    NEEDS = (
        "performance", "stability", "security", "customisation",  # what enterprises weigh
        "ease_of_use", "value_for_money", "price",  # what individuals weigh
    )  # fmt: skip

    name = ShortText(_("name of the group"))
    segment = RowRef(_("segment"), target="market.segment")
    persona = LongText(_("persona"), blank=True)
    jobs = LongText(_("jobs to be done"), blank=True)
    pains = LongText(_("pains"), blank=True)
    gains = LongText(_("gains"), blank=True)
    objections = LongText(_("objections"), blank=True)
    performance = Score(_("performance"), low=0)
    stability = Score(_("stability"), low=0)
    security = Score(_("security"), low=0)
    customisation = Score(_("customisation"), low=0)
    ease_of_use = Score(_("ease of use"), low=0)
    value_for_money = Score(_("value for money"), low=0)
    price = Score(_("low price"), low=0)
    buying_channels = ChoiceList(_("buying channels"), options=BuyingChannel)

    class Meta(RowRecord.Meta):
        verbose_name = _("target customer group")

    def __str__(self) -> str:
        return self.name

    @property
    def need_profile(self) -> list[int | None]:
        return [getattr(self, name) for name in self.NEEDS]
