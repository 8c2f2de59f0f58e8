"""What the strategy section holds: success factors, challenges, the business model, competitors,
advantages, forces, suppliers, SWOT, TOWS and the moat. Used by this app only.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.fields import (
    Choice,
    LongText,
    Money,
    Percent,
    RowRef,
    RowRefs,
    Score,
    ShortText,
    WholeNumber,
    YesNo,
)
from apps.plans.models import RowRecord, SheetRecord
from apps.strategy import rules
from apps.strategy.choices import (
    OVERTAKERS,
    AdvantageKind,
    CompetitorKind,
    ForceKind,
    SupplyKind,
    SwotKind,
)


class Factor(RowRecord):
    """A key success factor and how well the company does on it."""

    name = ShortText(_("success factor"))
    meaning = LongText(_("what it means for us"), blank=True)
    score = Score(_("self-score today"))
    target = Score(_("self-score in a year"))
    proof = LongText(_("proof of the score"), blank=True)
    next_step = LongText(_("next step"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("success factor")

    def __str__(self) -> str:
        return self.name


class Challenge(RowRecord):
    """A key challenge; a grave one becomes a row of the risk register, linked by ``risk``."""

    name = ShortText(pgettext_lazy("strategy", "challenge"))
    description = LongText(_("how it shows"), blank=True)
    exposure = Score(_("exposure to the challenge"))
    answer = LongText(_("our answer"), blank=True)
    risk = RowRef(_("risk in the register"), target="risks.risk")

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("strategy", "challenge")

    def __str__(self) -> str:
        return self.name

    @property
    def grave(self) -> bool:
        return self.exposure is not None and self.exposure >= rules.HIGH_EXPOSURE


class BusinessModel(SheetRecord):
    """How value is made, delivered and paid for."""

    customers = LongText(_("customers we serve"), blank=True)
    value = LongText(_("value we deliver"), blank=True)
    channels = LongText(_("channels to the customer"), blank=True)
    relationships = LongText(_("customer relationships"), blank=True)
    revenue = LongText(_("revenue sources"), blank=True)
    resources = LongText(_("key resources"), blank=True)
    activities = LongText(_("key activities"), blank=True)
    partners = LongText(_("key partners"), blank=True)
    costs = LongText(_("cost structure"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("business model")


class PositioningMap(SheetRecord):
    """The two axes on which customers compare, and where the company stands on them."""

    x_axis = ShortText(_("horizontal axis"), blank=True)
    y_axis = ShortText(_("vertical axis"), blank=True)
    x = Score(_("our place on the horizontal axis"), low=0, high=10)
    y = Score(_("our place on the vertical axis"), low=0, high=10)
    conclusion = LongText(_("what the map shows"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("positioning map")


class Competitor(RowRecord):
    name = ShortText(_("name of the competitor"))
    kind = Choice(_("kind of competitor"), choices=CompetitorKind, blank=True)
    offer = LongText(_("what they offer"), blank=True)
    price = Money(_("price to the customer per year"))
    pricing = ShortText(_("how they charge"), blank=True)
    segment = RowRef(_("segment where we meet"), target="market.segment")
    strengths = LongText(_("their strengths"), blank=True)
    weaknesses = LongText(_("their weaknesses"), blank=True)
    source = ShortText(_("how we know"), blank=True)
    threat = Score(_("threat to us"))
    x = Score(_("place on the horizontal axis"), low=0, high=10)
    y = Score(_("place on the vertical axis"), low=0, high=10)

    class Meta(RowRecord.Meta):
        verbose_name = _("competitor")

    def __str__(self) -> str:
        return self.name

    @property
    def overtaker(self) -> bool:
        """A platform or an open model: one that may take the whole market at once."""
        return self.kind in OVERTAKERS


class Advantage(RowRecord):
    claim = ShortText(_("claim"))
    kind = Choice(_("kind of advantage"), choices=AdvantageKind, blank=True)
    proof = LongText(_("proof of the claim"), blank=True)
    segment = RowRef(_("segment it wins"), target="market.segment")
    valuable = YesNo(_("valuable: customers pay for it"))
    rare = YesNo(_("rare: few others have it"))
    inimitable = YesNo(_("inimitable: hard to copy"))
    organised = YesNo(_("organised: we are set up to use it"))

    class Meta(RowRecord.Meta):
        verbose_name = _("advantage")

    def __str__(self) -> str:
        return self.claim

    @property
    def verdict(self) -> rules.Verdict | None:
        return rules.verdict(self.valuable, self.rare, self.inimitable, self.organised)

    @property
    def verdict_text(self) -> str:
        """For the list of advantages; empty while an answer is open."""
        return str(self.verdict.label) if self.verdict else ""


class Force(RowRecord):
    """One of the five forces of the branch."""

    kind = Choice(_("force"), choices=ForceKind)
    pressure = Score(_("pressure on us"))
    reason = LongText(_("where the pressure comes from"), blank=True)
    answer = LongText(_("our answer to the force"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("force")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Supplier(RowRecord):
    """Somebody whose stop would be felt: share of what we buy of its kind."""

    name = ShortText(_("name of the supplier"))
    kind = Choice(_("what they supply"), choices=SupplyKind, blank=True)
    share = Percent(_("share of what we buy of this kind"))
    alternative = LongText(_("alternative if they stop"), blank=True)
    switch_weeks = WholeNumber(_("weeks to switch"))

    class Meta(RowRecord.Meta):
        verbose_name = _("supplier")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share__range=(0, 100)), name="strategy_supplier_share_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Swot(RowRecord):
    text = ShortText(_("SWOT item"))
    kind = Choice(_("kind of item"), choices=SwotKind, blank=True)
    weight = Score(_("weight of the item"))
    proof = LongText(_("proof of the item"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("SWOT item")

    def __str__(self) -> str:
        return self.text


class Tows(RowRecord):
    """What follows from SWOT items: at least one internal and one external."""

    text = ShortText(_("what we do"))
    items = RowRefs(_("SWOT items it uses"), target="strategy.swot")
    how = LongText(_("how we do it"), blank=True)
    owner = RowRef(_("owner of the strategy"), target="team.role")

    class Meta(RowRecord.Meta):
        verbose_name = _("TOWS strategy")

    def __str__(self) -> str:
        return self.text

    @property
    def used(self) -> list[Swot]:
        return [ref.row for ref in self.items_refs if ref.row is not None]

    @property
    def kinds(self) -> list[str]:
        return [item.kind for item in self.used]

    @property
    def missing_sides(self) -> tuple[bool, bool]:
        """Whether an internal and an external item are missing."""
        return rules.missing_sides(self.kinds)

    @property
    def quadrants(self) -> str:
        return rules.quadrants(self.kinds)


class Moat(SheetRecord):
    """What survives a base model that becomes ten times cheaper, or free."""

    ten_times_cheaper = LongText(_("if the base model becomes ten times cheaper"), blank=True)
    free = LongText(_("if the base model becomes free"), blank=True)
    price_held = Percent(_("share of today's price that still holds then"))
    compounding = LongText(_("what grows with every customer"), blank=True)
    next_step = LongText(_("what we do now so that it holds"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("moat")
        constraints = [
            *SheetRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(price_held__range=(0, 100)), name="strategy_moat_price_held_0_to_100"
            ),
        ]
